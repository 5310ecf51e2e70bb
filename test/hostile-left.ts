// Which fields does the walk over all forms not bring as far as a row of the database, and what is known of them?

const of = (operation: string, fields: string) => fields.split(' ').map((field) => `${operation} ${field}`)
const numbered = (operation: string, name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, nth) => `${operation} ${name}${from + nth}`)

/** Typed by hand, with the signs in them, into a case that is far enough for it: `hostile.ts`, looked at in `injection.test.ts`. */
const byHand = [
  ...of('case.close', 'words notOffered'),
  ...['case.reopen why', 'case.matrix.answer accepted', 'case.need.not why', 'meeting.call place'],
  ...of('case.plan.answer', 'words'),
  // The questions of the referral are the same as those of the page on which they are put right.
  ...of('case.contact.save', 'mayAnswer codeWord never feared mayTell mayNotTell'),
  ...of('case.person.correct', 'givenName familyName formerNames relation atRisk'),
]

/**
 * Sent, and looked at where the form comes back; the world of the matrix is not far enough for the work to be done, so nobody has looked yet at the page
 * that shows them later. Whoever takes that world further takes them off.
 */
const comesBack = [
  ...of('case.action.add', 'person because'),
  ...['case.children.told whom'],
  ...['case.person.correct why', 'case.follow-up note', 'case.link.answer reason', 'transfer.revoke words'],
  ...of('case.need.offer', 'declineNote note'),
  ...[
    'assignment.end note',
    'people.enable reason',
    'people.askEmail reason',
    'passkey.add name',
    'volunteer.status reason',
  ],
  ...['report.capacity.say source', 'support.next.plan person'],
  ...of('field.visit', 'note expenseNote'),
  ...['field.report summary'],
  ...of('matching.assign', 'rationale overrideReason'),
  ...of('meeting.minutes.correct', 'words reason'),
  ...['meeting.minutes.write reason'],
  ...numbered('recruitment.interview.add', 'answer', 2, 12),
  ...['recruitment.move note', 'recruitment.step note', 'recruitment.take note'],
  ...numbered('supervision.sample.look', 'note', 2, 8),
  ...of('support.visit.correct', 'note expenseNote reason'),
  ...of('volunteer.edit', 'name occupation availability childrenReason notes'),
  ...of('volunteer.message.send', 'etTitle etBody enTitle enBody ruTitle ruBody'),
  ...of('volunteer.message.template.write', 'etTitle etBody enTitle enBody ruTitle ruBody name'),
]

/** No words at all: a day, a mark of what was seen, a secret that only a proof lets in. */
const noWords = [
  ...['account.changeFactor secret', 'case.need.not seen', 'case.plan.answer plan', 'report.figure figure'],
  ...['field.visit day', 'support.visit.correct day'],
]

/** A new field is on none of these: it goes through the walk, or somebody says here why not. */
export const left = new Set([...byHand, ...comesBack, ...noWords])
