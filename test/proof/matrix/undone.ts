// Which forms take effect for nobody in the world of the matrix, and where else is it tried that they do? And which answer with what was asked for?

/** Why nobody here can have it done. */
type Why =
  /** It says which version was read, and only the page that was opened knows that. */
  | 'version'
  /** It chooses among what its own page offers. */
  | 'offered'
  /** Nothing in this world waits for it. */
  | 'nothing'
  /** Its words have a form of their own. */
  | 'words'
  /** It takes a file. */
  | 'file'
  /** It takes what a device makes. */
  | 'device'

/** Each with the test in which somebody has it done, and with what. */
export const undone: Record<string, { why: Why; seen: string; by: string }> = {
  '/account/calendar/end': { why: 'nothing', seen: 'app/access/calendar/calendar.test.ts', by: 'endCalendar.run(' },
  '/account/factor': { why: 'device', seen: 'app/access/account/accounts.test.ts', by: 'changeFactor.run(' },
  '/account/passkeys/new': { why: 'device', seen: 'app/access/passkey/own-keys.test.ts', by: 'addPasskey.run(' },
  '/account/prove': { why: 'device', seen: 'app/access/passkey/passkeys.test.ts', by: "at: '/account/prove'" },
  '/assignments/:id/contact': { why: 'words', seen: 'app/support/next/next.test.ts', by: 'planNext.run(' },
  '/assignments/:id/places': {
    why: 'nothing',
    seen: 'app/matching/assignment/answer.test.ts',
    by: 'openToSupport.run(',
  },
  '/break-glass/:id/answer': { why: 'nothing', seen: 'app/cases/break-glass/glass.test.ts', by: 'answerGlass.run(' },
  '/cases/:id/brief': { why: 'version', seen: 'app/cases/identity/places.test.ts', by: 'saveBrief.run(' },
  '/cases/:id/children': { why: 'nothing', seen: 'app/cases/closing/closing.test.ts', by: 'tellChildProtection.run(' },
  '/cases/:id/closing': { why: 'nothing', seen: 'app/cases/closing/closing.test.ts', by: 'closeCase.run(' },
  '/cases/:id/contact/edit': { why: 'version', seen: 'app/cases/contact/contact.test.ts', by: 'saveSafeContact.run(' },
  '/cases/:id/diversity': { why: 'version', seen: 'app/cases/diversity/diversity.test.ts', by: 'saveDiversity.run(' },
  '/cases/:id/follow-up/:task': { why: 'nothing', seen: 'app/cases/closing/closing.test.ts', by: 'saveFollowUp.run(' },
  '/cases/:id/known': { why: 'words', seen: 'app/matching/links/links.test.ts', by: 'tellFact.run(' },
  '/cases/:id/need': { why: 'nothing', seen: 'app/cases/basis/basis.test.ts', by: 'offerSupport.run(' },
  '/cases/:id/not-offered': {
    why: 'nothing',
    seen: 'app/cases/need/not-offered.test.ts',
    by: 'explainNotOffered.run(',
  },
  '/cases/:id/people/:person/correct': {
    why: 'words',
    seen: 'app/cases/identity/another.test.ts',
    by: 'correctPerson.run(',
  },
  '/cases/:id/plan/:action/owner': { why: 'offered', seen: 'app/meetings/plan/update.test.ts', by: 'handAction.run(' },
  '/cases/:id/plan/answer/:kind/:nth': {
    why: 'offered',
    seen: 'app/cases/adults/adults.test.ts',
    by: 'answerRisk.run(',
  },
  '/cases/:id/plan/approval': { why: 'nothing', seen: 'app/meetings/approval/approval.test.ts', by: 'answerPlan.run(' },
  '/cases/:id/plan/ask': { why: 'nothing', seen: 'app/meetings/approval/approval.test.ts', by: 'askForPlan.run(' },
  '/cases/:id/plan/new': { why: 'offered', seen: 'app/cases/adults/adults.test.ts', by: 'addAction.run(' },
  '/cases/:id/reopen': { why: 'nothing', seen: 'app/cases/closing/closing.test.ts', by: 'reopenCase.run(' },
  '/cases/:id/repeat': { why: 'offered', seen: 'app/cases/repeat/repeat.test.ts', by: 'judgeRepeat.run(' },
  '/cases/:id/sharing/law': { why: 'nothing', seen: 'app/cases/basis/basis.test.ts', by: 'useLaw.run(' },
  '/cases/:id/sharing/proof/:word': { why: 'file', seen: 'app/cases/basis/proof.test.ts', by: 'addProof.run(' },
  '/cases/:id/transfer': { why: 'offered', seen: 'app/cases/transfer/transfer.test.ts', by: 'sendTransfer.run(' },
  '/cases/flags/lift': { why: 'nothing', seen: 'app/meetings/agenda/flag.test.ts', by: 'liftFlags.run(' },
  '/cases/new/:journey/check': { why: 'nothing', seen: 'app/cases/referral/referral.test.ts', by: 'refer.run(' },
  '/concerns/:id/answer': { why: 'nothing', seen: 'app/support/concern/concerns.test.ts', by: 'answerConcern.run(' },
  '/concerns/:id/seen': { why: 'nothing', seen: 'app/support/concern/concerns.test.ts', by: 'seeConcern.run(' },
  '/drafts': { why: 'words', seen: 'app/support/visit/half-written.test.ts', by: 'saveDraft.run(' },
  '/erasures/due': { why: 'nothing', seen: 'app/safekeeping/erasure/due.test.ts', by: 'askDueErasures.run(' },
  '/erasures/new': { why: 'offered', seen: 'app/safekeeping/erasure/erasures.test.ts', by: 'askErasure.run(' },
  '/field/entries/:device': { why: 'device', seen: 'app/field/together.test.ts', by: '/field/entries/' },
  '/filters/keep': { why: 'offered', seen: 'app/core/saved/saved-filters.test.ts', by: 'keepFilter.run(' },
  '/imports': { why: 'file', seen: 'app/imports/batch/upload.test.ts', by: 'uploadWorkbook.run(' },
  '/matching/:need/assign/:volunteer': {
    why: 'nothing',
    seen: 'app/matching/assignment/propose.test.ts',
    by: 'assign.run(',
  },
  '/matching/assign-all': { why: 'version', seen: 'app/matching/assignment/propose.test.ts', by: 'assignAll.run(' },
  '/meetings/:id/agenda/:case/lift': { why: 'nothing', seen: 'app/meetings/agenda/flag.test.ts', by: 'liftFlag.run(' },
  '/meetings/:id/begin': { why: 'nothing', seen: 'app/meetings/cycle.test.ts', by: 'beginMeeting.run(' },
  '/meetings/:id/minutes/correct/:case': {
    why: 'version',
    seen: 'app/meetings/minutes/minutes.test.ts',
    by: 'correctDecision.run(',
  },
  '/meetings/:id/minutes/write': {
    why: 'offered',
    seen: 'app/meetings/minutes/minutes.test.ts',
    by: 'writeMinutes.run(',
  },
  '/meetings/:id/view/:case': { why: 'offered', seen: 'app/meetings/view/view.test.ts', by: 'sayView.run(' },
  '/messages/new': { why: 'version', seen: 'app/volunteers/message/message.test.ts', by: 'sendMessage.run(' },
  '/messages/templates/:wording': {
    why: 'words',
    seen: 'app/volunteers/message/message.test.ts',
    by: 'writeMessageTemplate.run(',
  },
  '/messages/templates/new': {
    why: 'words',
    seen: 'app/volunteers/message/message.test.ts',
    by: 'writeMessageTemplate.run(',
  },
  '/outings/:id/stop': { why: 'nothing', seen: 'app/support/outing/drill.test.ts', by: 'stopDrill.run(' },
  '/outings/drills': { why: 'offered', seen: 'app/support/outing/drill.test.ts', by: 'beginDrill.run(' },
  '/papers/templates/:template/edit': {
    why: 'words',
    seen: 'app/papers/template/template.test.ts',
    by: 'writeTemplate.run(',
  },
  '/people/:id/enable': { why: 'nothing', seen: 'app/access/people/people.test.ts', by: 'enablePerson.run(' },
  '/questionnaire/new': {
    why: 'words',
    seen: 'app/cases/risk/questionnaire/questionnaire.test.ts',
    by: 'addQuestionnaire.run(',
  },
  '/reach/capacity/:measure': { why: 'words', seen: 'app/reports/capacity/capacity.test.ts', by: 'sayFacts.run(' },
  '/recruitment/:id/interview': {
    why: 'version',
    seen: 'app/recruitment/interview/interviews.test.ts',
    by: 'holdInterview.run(',
  },
  '/recruitment/:id/known': { why: 'nothing', seen: 'app/recruitment/pipeline/pipeline.test.ts', by: 'joinKnown.run(' },
  '/recruitment/:id/move': {
    why: 'offered',
    seen: 'app/recruitment/pipeline/pipeline.test.ts',
    by: 'moveApplicant.run(',
  },
  '/recruitment/:id/step': { why: 'offered', seen: 'app/recruitment/pipeline/pipeline.test.ts', by: 'setStep.run(' },
  '/recruitment/:id/take': {
    why: 'offered',
    seen: 'app/recruitment/pipeline/pipeline.test.ts',
    by: 'takeApplication.run(',
  },
  '/recruitment/campaigns/new': {
    why: 'words',
    seen: 'app/recruitment/campaign/campaign.test.ts',
    by: 'addCampaign.run(',
  },
  '/reports/new': { why: 'offered', seen: 'app/reports/reports.test.ts', by: 'createReport.run(' },
  '/substitution/ask': {
    why: 'offered',
    seen: 'app/access/substitution/substitutions.test.ts',
    by: 'askSubstitution.run(',
  },
  '/substitution/new': {
    why: 'offered',
    seen: 'app/access/substitution/substitutions.test.ts',
    by: 'giveSubstitution.run(',
  },
  '/supervision/deputies': { why: 'offered', seen: 'app/supervision/supervision.test.ts', by: 'nameDeputy.run(' },
  '/supervision/samples/:round/looks/:entry': {
    why: 'version',
    seen: 'app/supervision/sample/forgotten.test.ts',
    by: 'lookAt.run(',
  },
  '/supervision/samples/new': { why: 'words', seen: 'app/supervision/sample/sample.test.ts', by: 'drawRound.run(' },
  '/supervision/sessions/:id': {
    why: 'offered',
    seen: 'app/supervision/covision/covision.test.ts',
    by: 'holdSession.run(',
  },
  '/supervision/sessions/:id/join': {
    why: 'offered',
    seen: 'app/supervision/covision/covision.test.ts',
    by: 'joinCovision.run(',
  },
  '/supervision/sessions/new': {
    why: 'offered',
    seen: 'app/supervision/covision/covision.test.ts',
    by: 'planSession.run(',
  },
  '/volunteers/:id/edit': { why: 'version', seen: 'app/volunteers/keeping.test.ts', by: 'editVolunteer.run(' },
  '/volunteers/:id/evidence/:kind/:evidence/correct': {
    why: 'words',
    seen: 'app/volunteers/papers/papers.test.ts',
    by: 'correctEvidence.run(',
  },
  '/volunteers/:id/evidence/:kind/new': {
    why: 'words',
    seen: 'app/volunteers/papers/papers.test.ts',
    by: 'addEvidence.run(',
  },
  '/volunteers/:id/status': { why: 'offered', seen: 'app/volunteers/papers/papers.test.ts', by: 'changeStatus.run(' },
  '/volunteers/:id/supervisor': {
    why: 'offered',
    seen: 'app/supervision/supervision.test.ts',
    by: 'setSupervisor.run(',
  },
}

/** Forms whose answer shows something at once. */
export const telling = [
  '/account/calendar',
  '/account/codes',
  '/account/passkeys/options',
  '/account/prove/options',
  '/assignments/:id/look/:place',
  '/break-glass/:id/reveal/:what/:item',
  '/cases/:id/plan/look',
  '/cases/:id/reveal/:what/:item',
  '/cases/find',
  '/field/devices',
  '/meetings/:id/minutes/send',
  '/people/:id/invite',
  '/volunteers/:id/code',
]
export const isTelling = (address: string): boolean => telling.includes(address)
