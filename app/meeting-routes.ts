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
import { answerPlanPage, askForPlanAction } from './meetings/approval/approval.page.tsx'
import { callPage, cancelPage, changePage, planPage } from './meetings/calendar/calendar.page.tsx'
import { coreGroupPage, seatPage } from './meetings/core-group/seats.page.tsx'
import { meetingsPage } from './meetings/list.page.tsx'
import {
  apologiesPage,
  attendancePage,
  observerPage,
  pledgePage,
  presentAction,
} from './meetings/live/attendance.page.tsx'
import { beginAction, endMeetingAction, livePage } from './meetings/live/live.page.tsx'
import { markAnnexPage } from './meetings/minutes/annex.page.tsx'
import {
  approveMinutesAction,
  correctDecisionPage,
  minutesPage,
  writeMinutesPage,
} from './meetings/minutes/minutes.page.tsx'
import { lookPlanPage } from './meetings/plan/look.page.tsx'
import { planPage as casePlanPage } from './meetings/plan/plan.page.tsx'
import { answerRiskPage, endActionPage, handActionPage, newActionPage } from './meetings/plan/steps.page.tsx'
import { planUpdatePage } from './meetings/plan/update.page.tsx'
import { answerResearchPage, researchPage } from './meetings/research/research.page.tsx'
import { viewPage } from './meetings/view/view.page.tsx'
import { sendMinutesPage } from './reports/minutes/send.page.tsx'

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
  ['/meetings/:id/research', researchPage],
  ['/meetings/:id/research/:case', answerResearchPage],
  ['/meetings/:id/view/:case', viewPage],
  ['/meetings/:id/pledge', pledgePage],
  ['/meetings/:id/begin', beginAction],
  ['/meetings/:id/end', endMeetingAction],
  ['/meetings/:id/attendance', attendancePage],
  ['/meetings/:id/attendance/observer', observerPage],
  ['/meetings/:id/attendance/:person/present', presentAction],
  ['/meetings/:id/attendance/:person/apologies', apologiesPage],
  ['/meetings/:id/live/:case', livePage],
  ['/meetings/:id/minutes', minutesPage],
  ['/meetings/:id/minutes/write', writeMinutesPage],
  ['/meetings/:id/minutes/approve', approveMinutesAction],
  ['/meetings/:id/minutes/correct/:case', correctDecisionPage],
  ['/meetings/:id/minutes/mark/:case', markAnnexPage],
  ['/meetings/:id/minutes/send', sendMinutesPage],
  ['/cases/:id/plan', casePlanPage],
  ['/cases/:id/plan/new', newActionPage],
  ['/cases/:id/plan/look', lookPlanPage],
  ['/cases/:id/plan/ask', askForPlanAction],
  ['/cases/:id/plan/approval', answerPlanPage],
  ['/cases/:id/plan/answer/:kind/:nth', answerRiskPage],
  ['/cases/:id/plan/:action/end', endActionPage],
  ['/cases/:id/plan/:action/owner', handActionPage],
  ['/cases/:id/plan/:action/contact', planUpdatePage],
]
