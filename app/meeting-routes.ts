// At which addresses does a core group plan, hold and follow its meetings?
import type { Route } from './core/page.tsx'
import {
  addItemPage,
  closeAgendaAction,
  inviteAction,
  keepItemAction,
  liftFlagAction,
  raiseItemAction,
  removeItemPage,
} from './meetings/agenda/arrange.page.tsx'
import { meetingPage } from './meetings/agenda/meeting.page.tsx'
import { callPage, cancelPage, changePage, planPage } from './meetings/calendar/calendar.page.tsx'
import { coreGroupPage, seatPage } from './meetings/core-group/seats.page.tsx'
import { meetingsPage } from './meetings/list.page.tsx'

/** The chapter of routes.ts on meetings and what was agreed there. */
export const meetingRoutes: Route[] = [
  ['/meetings', meetingsPage],
  ['/meetings/plan', planPage],
  ['/meetings/new', callPage],
  ['/meetings/core-group', coreGroupPage],
  ['/meetings/core-group/:network/:person', seatPage],
  ['/meetings/:id', meetingPage],
  ['/meetings/:id/invite', inviteAction],
  ['/meetings/:id/close', closeAgendaAction],
  ['/meetings/:id/change', changePage],
  ['/meetings/:id/cancel', cancelPage],
  ['/meetings/:id/add', addItemPage],
  ['/meetings/:id/agenda/:case/remove', removeItemPage],
  ['/meetings/:id/agenda/:case/keep', keepItemAction],
  ['/meetings/:id/agenda/:case/raise', raiseItemAction],
  ['/meetings/:id/agenda/:case/lift', liftFlagAction],
]
