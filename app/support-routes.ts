// Every address of helping, and of guiding those who help: a chapter of the table of contents in routes.ts.
import type { Route } from './core/page.tsx'
import { countryPage, countryRoundPage } from './evaluation/sample/country.page.tsx'
import { editMaterialPage, materialPage, materialsPage } from './materials/materials.page.tsx'
import { deputyPage, coveragePage as supervisionCoveragePage } from './supervision/coverage.page.tsx'
import { joinCovisionPage } from './supervision/covision/join.page.tsx'
import { awayPage, dutyPage, endAwayAction } from './supervision/duty.page.tsx'
import { checklistPage, editChecklistPage } from './supervision/sample/checklist.page.tsx'
import { lookPage, replyAction, topicAction } from './supervision/sample/look.page.tsx'
import { newRoundPage } from './supervision/sample/plan.page.tsx'
import { roundPage } from './supervision/sample/round.page.tsx'
import { endRoundPage, lotPage, roundsPage } from './supervision/sample/rounds.page.tsx'
import { callOffAction, sessionPage } from './supervision/session.page.tsx'
import { planSessionPage, sessionsPage } from './supervision/sessions.page.tsx'
import { checkinsPage, ownCheckinPage, seeCheckinAction } from './supervision/wellbeing/checkin.page.tsx'
import { loadsPage } from './supervision/wellbeing/load.page.tsx'
import { endAwayAction as backAction, ownAwayPage, volunteerAwayPage } from './support/away/away.page.tsx'
import { awaysPage } from './support/away/everybody.page.tsx'
import {
  answerConcernPage,
  closeConcernAction,
  concernPage,
  concernsPage,
  seeConcernAction,
} from './support/concern/concerns.page.tsx'
import { helpNowPage, helpStatePage } from './support/concern/help.page.tsx'
import { entriesPage, entryPage, rhythmPage } from './support/feedback/entries.page.tsx'
import { drillsPage, stopDrillAction } from './support/outing/drills.page.tsx'
import { answerOutingPage, outingPage, pressOutingAction } from './support/outing/outing.page.tsx'
import { overduePage, remindAction } from './support/report/overdue.page.tsx'
import { ownReportPage, ownReportsPage } from './support/report/own-reports.page.tsx'
import { reviewPage, reviewRowsPage } from './support/report/review.page.tsx'
import { superviseePage, supervisionPage } from './support/report/supervision.page.tsx'
import { correctVisitPage, newVisitPage, visitPage, visitsPage } from './support/visit/visits.page.tsx'
import { workPage, yearsPage } from './support/work/work.page.tsx'

/** Addresses for people who have signed in. */
export const supportRoutes: Route[] = [
  ['/support/visits', visitsPage],
  ['/support/visits/new', newVisitPage],
  ['/support/visits/:id', visitPage],
  ['/support/visits/:id/correct', correctVisitPage],
  ['/outings/drills', drillsPage],
  ['/outings/:id', outingPage],
  ['/outings/:id/press', pressOutingAction],
  ['/outings/:id/answer', answerOutingPage],
  ['/outings/:id/stop', stopDrillAction],
  ['/outings/:outing/visit', newVisitPage],
  ['/support/work', workPage],
  ['/support/work/years', yearsPage],
  ['/materials', materialsPage],
  ['/materials/:situation', materialPage],
  ['/materials/:situation/edit', editMaterialPage],
  ['/my-away', ownAwayPage],
  ['/away', awaysPage],
  ['/volunteers/:id/away', volunteerAwayPage],
  ['/away/:away/end', backAction],
  ['/support/help', helpNowPage],
  ['/support/help/:id', helpStatePage],
  ['/support/reports', ownReportsPage],
  ['/support/reports/:month', ownReportPage],
  ['/support/overdue', overduePage],
  ['/support/overdue/:id/remind', remindAction],
  ['/supervision', supervisionPage],
  ['/supervision/volunteers/:id', superviseePage],
  ['/supervision/reports/:id', reviewPage],
  ['/supervision/reports/:id/cases/:case', reviewRowsPage],
  ['/supervision/entries', entriesPage],
  ['/supervision/entries/:id', entryPage],
  ['/supervision/rhythm/:id', rhythmPage],
  ['/supervision/checkins', checkinsPage],
  ['/supervision/checkins/:id/seen', seeCheckinAction],
  ['/my-wellbeing', ownCheckinPage],
  ['/supervision/load', loadsPage],
  ['/supervision/sessions', sessionsPage],
  ['/supervision/sessions/new', planSessionPage],
  ['/supervision/sessions/:id', sessionPage],
  ['/supervision/sessions/:id/call-off', callOffAction],
  ['/supervision/samples', roundsPage],
  ['/supervision/samples/new', newRoundPage],
  ['/supervision/samples/:round', roundPage],
  ['/supervision/samples/:round/lot', lotPage],
  ['/supervision/samples/:round/end', endRoundPage],
  ['/supervision/samples/:round/looks/:entry', lookPage],
  ['/supervision/samples/:round/looks/:entry/reply', replyAction],
  ['/supervision/samples/:round/looks/:entry/topic', topicAction],
  ['/samples', countryPage],
  ['/samples/checklist', checklistPage],
  ['/samples/checklist/edit', editChecklistPage],
  ['/samples/:round', countryRoundPage],
  ['/supervision/sessions/:id/join', joinCovisionPage],
  ['/supervision/duty', dutyPage],
  ['/supervision/away', awayPage],
  ['/supervision/away/:id/end', endAwayAction],
  ['/supervision/coverage', supervisionCoveragePage],
  ['/supervision/deputies', deputyPage],
  ['/concerns', concernsPage],
  ['/concerns/:id', concernPage],
  ['/concerns/:id/answer', answerConcernPage],
  ['/concerns/:id/seen', seeConcernAction],
  ['/concerns/:id/close', closeConcernAction],
]
