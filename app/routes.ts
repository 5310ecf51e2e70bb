// Every address of the product on one page: the table of contents. Chapters of their own: access-routes.ts, meeting-routes.ts, support-routes.ts, recruitment-routes.ts, paper-routes.ts.
import { accessRoutes } from './access-routes.ts'
import { auditPage } from './audit/audit.page.tsx'
import { askLiftPage, keepWallAction, liftWallAction, wallPage, wallsPage } from './audit/walls/walls.page.tsx'
import { baitsPage, retireBaitAction } from './audit/watch/baits.page.tsx'
import { findingPage, judgeFindingPage, watchPage } from './audit/watch/watch.page.tsx'
import { addAdultPage } from './cases/adults/adult.page.tsx'
import { consentPage, lawPage, withdrawPage as withdrawConsentPage } from './cases/basis/basis.page.tsx'
import { proofPage, proofPicturePage } from './cases/basis/proof.page.tsx'
import { sharingPage } from './cases/basis/sharing.page.tsx'
import { askGlassPage, endGlassAction } from './cases/break-glass/ask.page.tsx'
import { glassCasePage, glassRevealPage } from './cases/break-glass/look.page.tsx'
import { answerGlassPage, glassPage, judgeGlassPage, reviewGlassPage } from './cases/break-glass/watch.page.tsx'
import { childrenPage, finishTaskAction } from './cases/children.page.tsx'
import { followUpPage, reopenPage } from './cases/closing/after.page.tsx'
import { closingPage } from './cases/closing/closing.page.tsx'
import { flagsPage, liftFlagsPage } from './cases/closing/flags.page.tsx'
import { contactPage, editContactPage, planContactPage, withdrawContactAction } from './cases/contact/contact.page.tsx'
import { diversityPage } from './cases/diversity/diversity.page.tsx'
import { findPage } from './cases/find/find.page.tsx'
import { addChildPage, addPerpetratorPage } from './cases/identity/another.page.tsx'
import { correctPersonPage } from './cases/identity/correct.page.tsx'
import { briefPage, dropPlacePage, placesPage } from './cases/identity/places.page.tsx'
import { revealPage } from './cases/identity/reveal.page.tsx'
import { incidentPage } from './cases/incident/incident.page.tsx'
import { answerLinkPage, dropFactAction, linkFactsPage, linksPage } from './cases/links/links.page.tsx'
import { casesPage } from './cases/list.page.tsx'
import { closeNeedPage, needPage } from './cases/need/need.page.tsx'
import { notOfferedPage } from './cases/need/not-offered.page.tsx'
import { supportPage } from './cases/need/support.page.tsx'
import { casePage } from './cases/overview.page.tsx'
import { referralStepPage } from './cases/referral/parts.page.tsx'
import { checkPage, childProtectionPage, dropReferralPage, newCasePage } from './cases/referral/referral.page.tsx'
import { addToReferralPage } from './cases/referred/add.page.tsx'
import { answerReferralPage, readReferralAction, referredPage } from './cases/referred/referred.page.tsx'
import { repeatPage } from './cases/repeat/repeat.page.tsx'
import { assessPage } from './cases/risk/assess.page.tsx'
import { newQuestionnairePage, questionnairesPage } from './cases/risk/questionnaire/questionnaire.page.tsx'
import { assessmentPage, riskPage } from './cases/risk/risk.page.tsx'
import { safetyPlanPage, writeSafetyPlanPage } from './cases/safety/safety-plan.page.tsx'
import { timelinePage } from './cases/timeline.page.tsx'
import { arrivalPage } from './cases/transfer/arrival.page.tsx'
import { transfersPage } from './cases/transfer/list.page.tsx'
import {
  acceptTransferAction,
  refuseTransferPage,
  revokeTransferPage,
  transferPage,
} from './cases/transfer/look.page.tsx'
import { sendTransferPage } from './cases/transfer/send.page.tsx'
import { viewsPage } from './cases/views/views.page.tsx'
import { withdrawPersonPage } from './cases/withdraw/withdraw.page.tsx'
import type { Route } from './core/page.tsx'
import { coveragePage } from './evaluation/coverage/coverage.page.tsx'
import { reachPage } from './evaluation/reach/reach.page.tsx'
import { fieldRoutes } from './field-routes.ts'
import { monthFigurePage } from './home/coordinator/month.page.tsx'
import { addPromisePage, finishPromisePage, handoverPage } from './home/handover/handover.page.tsx'
import { homePage } from './home/home.page.tsx'
import { batchPage, commitPage, discardPage, returnedPage } from './imports/batch/batch.page.tsx'
import { importsPage } from './imports/batch/list.page.tsx'
import { assignAllPage, assignPage } from './matching/assignment/assign.page.tsx'
import { assignmentPage } from './matching/assignment/assignment.page.tsx'
import { assignmentsPage } from './matching/assignment/list.page.tsx'
import { declinePage, proposalPage } from './matching/assignment/proposal.page.tsx'
import { endPage, handOverPage, lookPage, openPlaceAction, withdrawPage } from './matching/assignment/steps.page.tsx'
import { matchingPage } from './matching/board/board.page.tsx'
import { needMatchPage } from './matching/board/need.page.tsx'
import { whyPage } from './matching/board/why.page.tsx'
import { askLinkAction, matchLinksPage } from './matching/links/links.page.tsx'
import { meetingRoutes } from './meeting-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { recruitmentRoutes } from './recruitment-routes.ts'
import { reportRoutes } from './report-routes.ts'
import {
  askDuePage,
  erasurePage,
  erasuresPage,
  newErasurePage,
  refuseErasurePage,
} from './safekeeping/erasure/erasures.page.tsx'
import { caseKeyPage } from './safekeeping/keys/key-change.page.tsx'
import { nextContactPage, withdrawNextAction } from './support/next/next.page.tsx'
import { supportRoutes } from './support-routes.ts'
import { volunteerRoutes } from './volunteer-routes.ts'
import { circlePage, forgetLineAction } from './volunteers/circle/circle.page.tsx'
import { editVolunteerPage, newVolunteerPage } from './volunteers/edit.page.tsx'
import { volunteersPage } from './volunteers/list.page.tsx'
import { ownProfilePage, volunteerPage } from './volunteers/profile/profile.page.tsx'
import { withdrawTiePage } from './volunteers/profile/ties.page.tsx'
import {
  ownTiePage,
  volunteerAccountPage,
  volunteerCodePage,
  volunteerSupervisorPage,
  volunteerTiePage,
} from './volunteers/steps.page.tsx'

/** Addresses for people who have signed in. */
export const routes: Route[] = [
  ['/', homePage],
  ...accessRoutes,
  ['/month/:figure', monthFigurePage],
  ['/substitution/:id', handoverPage],
  ['/substitution/:id/promises/new', addPromisePage],
  ['/substitution/:id/promises/:promise', finishPromisePage],
  ['/audit', auditPage],
  ['/erasures', erasuresPage],
  ['/erasures/new', newErasurePage],
  ['/erasures/due', askDuePage],
  ['/erasures/:id', erasurePage],
  ['/erasures/:id/refuse', refuseErasurePage],
  ['/watch', watchPage],
  ['/watch/baits', baitsPage],
  ['/watch/baits/:bait/retire', retireBaitAction],
  ['/watch/:id', findingPage],
  ['/watch/:id/judge', judgeFindingPage],
  ['/walls', wallsPage],
  ['/walls/:id', wallPage],
  ['/walls/:id/ask', askLiftPage],
  ['/walls/:id/lift', liftWallAction],
  ['/walls/:id/keep', keepWallAction],
  ['/volunteers', volunteersPage],
  ['/volunteers/new', newVolunteerPage],
  ['/volunteers/:id', volunteerPage],
  ['/volunteers/:id/edit', editVolunteerPage],
  ['/volunteers/:id/supervisor', volunteerSupervisorPage],
  ['/volunteers/:id/account', volunteerAccountPage],
  ['/volunteers/:id/tie', volunteerTiePage],
  ['/volunteers/:id/code', volunteerCodePage],
  ...volunteerRoutes,
  ...recruitmentRoutes,
  ...paperRoutes,
  ['/my-profile', ownProfilePage],
  ['/my-profile/tie', ownTiePage],
  ['/my-circle', circlePage],
  ['/my-circle/:line/forget', forgetLineAction],
  ['/ties/:tie/withdraw', withdrawTiePage],
  ['/questionnaire', questionnairesPage],
  ['/questionnaire/new', newQuestionnairePage],
  ['/cases', casesPage],
  ['/cases/new', newCasePage],
  ['/cases/new/child-protection', childProtectionPage],
  ['/cases/new/:journey/check', checkPage],
  ['/cases/new/:journey/drop', dropReferralPage],
  ['/cases/new/:journey/:part', referralStepPage],
  ['/cases/find', findPage],
  ['/cases/flags', flagsPage],
  ['/cases/flags/lift', liftFlagsPage],
  ['/cases/:id', casePage],
  ['/cases/:id/risk', riskPage],
  ['/cases/:id/risk/:assessment', assessmentPage],
  ['/cases/:id/assess', assessPage],
  ['/cases/:id/timeline', timelinePage],
  ['/cases/:id/support', supportPage],
  ['/cases/:id/need', needPage],
  ['/cases/:id/not-offered', notOfferedPage],
  ['/cases/:id/need/:need/close', closeNeedPage],
  ['/cases/:id/sharing', sharingPage],
  ['/cases/:id/sharing/consent', consentPage],
  ['/cases/:id/sharing/law', lawPage],
  ['/cases/:id/sharing/withdraw', withdrawConsentPage],
  ['/cases/:id/sharing/proof/:word', proofPage],
  ['/cases/:id/sharing/proof/:word/picture', proofPicturePage],
  ['/cases/:id/closing', closingPage],
  ['/cases/:id/follow-up/:task', followUpPage],
  ['/cases/:id/reopen', reopenPage],
  ['/cases/:id/repeat', repeatPage],
  ['/cases/:id/referred', referredPage],
  ['/cases/:id/referred/answer', answerReferralPage],
  ['/cases/:id/referred/read', readReferralAction],
  ['/referrals/:id', addToReferralPage],
  ['/cases/:id/links', linksPage],
  ['/cases/:id/links/:pair', answerLinkPage],
  ['/cases/:id/known', linkFactsPage],
  ['/cases/:id/known/:fact/drop', dropFactAction],
  ['/cases/:id/views', viewsPage],
  ['/cases/:id/people/:person/correct', correctPersonPage],
  ['/cases/:id/people/:person/withdraw', withdrawPersonPage],
  ['/cases/:id/adults/new', addAdultPage],
  ['/cases/:id/perpetrators/new', addPerpetratorPage],
  ['/cases/:id/children/new', addChildPage],
  ['/cases/:id/diversity', diversityPage],
  ['/cases/:id/reveal/:what/:item', revealPage],
  ['/cases/:id/whereabouts', placesPage],
  ['/cases/:id/whereabouts/:place/drop', dropPlacePage],
  ['/cases/:id/incident', incidentPage],
  ['/cases/:id/contact', contactPage],
  ['/cases/:id/contact/edit', editContactPage],
  ['/cases/:id/contact/plan', planContactPage],
  ['/cases/:id/contact/:plan/withdraw', withdrawContactAction],
  ['/cases/:id/safety', safetyPlanPage],
  ['/cases/:id/safety/edit', writeSafetyPlanPage],
  ['/cases/:id/brief', briefPage],
  ['/cases/:id/children', childrenPage],
  ['/cases/:id/key', caseKeyPage],
  ['/cases/:id/tasks/:task', finishTaskAction],
  ['/cases/:id/transfer', sendTransferPage],
  ['/cases/:id/arrival', arrivalPage],
  ['/transfers', transfersPage],
  ['/transfers/:id', transferPage],
  ['/transfers/:id/accept', acceptTransferAction],
  ['/transfers/:id/refuse', refuseTransferPage],
  ['/transfers/:id/revoke', revokeTransferPage],
  ['/break-glass', glassPage],
  ['/break-glass/new', askGlassPage],
  ['/break-glass/:id', glassCasePage],
  ['/break-glass/:id/reveal/:what/:item', glassRevealPage],
  ['/break-glass/:id/end', endGlassAction],
  ['/break-glass/:id/answer', answerGlassPage],
  ['/break-glass/:id/review', reviewGlassPage],
  ['/break-glass/:id/judge', judgeGlassPage],
  ...meetingRoutes,
  ['/matching', matchingPage],
  ['/matching/assign-all', assignAllPage],
  ['/matching/links', matchLinksPage],
  ['/coverage', coveragePage],
  ['/reach', reachPage],
  ['/matching/:need', needMatchPage],
  ['/matching/:need/why/:volunteer', whyPage],
  ['/matching/:need/assign/:volunteer', assignPage],
  ['/matching/:need/ask/:volunteer', askLinkAction],
  ['/proposals/:id', proposalPage],
  ['/proposals/:id/decline', declinePage],
  ['/assignments', assignmentsPage],
  ['/assignments/:id', assignmentPage],
  ['/assignments/:id/withdraw', withdrawPage],
  ['/assignments/:id/end', endPage],
  ['/assignments/:id/hand-over', handOverPage],
  ['/assignments/:id/places', openPlaceAction],
  ['/assignments/:id/look/:place', lookPage],
  ['/assignments/:id/contact', nextContactPage],
  ['/assignments/:id/contact/:plan/withdraw', withdrawNextAction],
  ['/imports', importsPage],
  ['/imports/:id', batchPage],
  ['/imports/:id/commit', commitPage],
  ['/imports/:id/discard', discardPage],
  ['/imports/:id/returned', returnedPage],
  ...supportRoutes,
  ...fieldRoutes,
  ...reportRoutes,
]
