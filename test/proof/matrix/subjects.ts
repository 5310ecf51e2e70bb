// Whose is what an address names? The rules of who may have it, written from the promises and not from the policies.
import type { Actor } from './actors.ts'
import {
  anybody,
  between,
  couldBeSecond,
  decides,
  guides,
  helps,
  nationwide,
  ofNetwork,
  own,
  type Subject,
  stands,
} from './subject.ts'
import { contactSubjects } from './subjects-contact.ts'
import { linkSubjects } from './subjects-links.ts'
import { meetingSubjects } from './subjects-meetings.ts'
import { paperSubjects } from './subjects-papers.ts'
import { settingSubjects } from './subjects-settings.ts'

const guidesHere = (who: Actor, facts: Record<string, unknown>) => !stands(who, facts) && guides(who, facts)
const endsRound = (who: Actor, of: Record<string, unknown>) =>
  of.supervisor === undefined ? who.role === 'coordinator' : guides(who, of)
const knowsRound = (who: Actor, of: Record<string, unknown>) =>
  endsRound(who, of) || (of.supervisor === undefined && who.role === 'supervisor')
const guidesNow = (who: Actor, of: Record<string, unknown>) => guidesHere(who, of) && of.support === 'active'

const subjects: Subject[] = [
  { at: '/cases/new/:journey', things: 'journeys', may: own },
  { at: '/cases/:id', things: 'cases', may: (who, of) => !stands(who, of) && (nationwide(who) || ofNetwork(who, of)) },
  {
    at: '/cases/:id/reveal/:what/:item',
    things: 'items',
    may: (who, of) => !stands(who, of) && (nationwide(who) || ofNetwork(who, of)),
  },
  {
    at: '/cases/:id/follow-up/:task',
    things: 'cases',
    names: { task: 'followUp' },
    may: (who, of) => !stands(who, of) && ofNetwork(who, of),
  },
  // Written down of a case that is closed; in this world none is.
  { at: '/cases/:id/follow-up/:task', method: 'POST', things: 'cases', names: { task: 'followUp' }, may: () => false },
  ...contactSubjects,
  ...linkSubjects,
  { at: '/matching/:need', things: 'cases', may: (who, of) => !stands(who, of) },
  {
    at: '/proposals/:id',
    things: 'cases',
    names: { id: 'assignment' },
    may: (who, of) => !stands(who, of) && helps(who, of) && of.support === 'proposed',
  },
  {
    at: '/assignments/:id',
    things: 'cases',
    names: { id: 'assignment' },
    may: (who, of) =>
      !stands(who, of) &&
      (nationwide(who) || ofNetwork(who, of) || guides(who, of) || (helps(who, of) && of.support !== 'ended')),
  },
  {
    at: '/assignments/:id/look/:place',
    things: 'cases',
    names: { id: 'assignment' },
    may: (who, of) => !stands(who, of) && helps(who, of) && of.support === 'active',
  },
  {
    at: '/support/visits/:id',
    things: 'helped',
    names: { id: 'visit' },
    // What she did stays hers to read and to put right, for the month's report; what she was told of the case does not.
    may: (who, of) => !stands(who, of) && (guides(who, of) || helps(who, of)),
  },
  // Put right by the one who wrote it, while the help lasts.
  {
    at: '/support/visits/:id/correct',
    method: 'POST',
    things: 'helped',
    names: { id: 'visit' },
    may: (who, of) => !stands(who, of) && helps(who, of) && of.support === 'active',
  },
  {
    at: '/support/help/:id',
    things: 'helped',
    names: { id: 'concern' },
    may: (who, of) => !stands(who, of) && helps(who, of),
  },
  {
    at: '/concerns/:id',
    things: 'helped',
    names: { id: 'concern' },
    may: (who, of) => !stands(who, of) && (nationwide(who) || ofNetwork(who, of) || guides(who, of)),
  },
  { at: '/support/overdue/:id', things: 'overdue', may: anybody },
  { at: '/supervision/reports/:id', things: 'months', may: guides },
  { at: '/supervision/volunteers/:id', things: 'volunteers', may: guides },
  { at: '/supervision/sessions/:id', things: 'talks', may: guides },
  // A round of the country is of all who guide, and the coordinator's; one of her own nobody else's. What was drawn is for whoever guides them.
  { at: '/supervision/samples/:round', things: 'rounds', may: (who, of) => knowsRound(who, of) },
  { at: '/supervision/samples/:round/end', things: 'rounds', may: (who, of) => endsRound(who, of) },
  { at: '/supervision/samples/:round/looks/:entry', things: 'drawn', may: guidesHere },
  { at: '/samples/:round', things: 'rounds', may: (_who, of) => of.supervisor === undefined },
  // To a covision that is open to others whoever guides somebody brings them.
  { at: '/supervision/sessions/:id/join', things: 'covisions', may: anybody },
  { at: '/supervision/entries/:id', things: 'helped', names: { id: 'visit' }, may: guidesHere },
  // Agreed anew while the help lasts.
  { at: '/supervision/rhythm/:id', things: 'cases', names: { id: 'assignment' }, may: guidesNow },
  {
    at: '/volunteers/:id',
    things: 'volunteers',
    may: (who, of) => nationwide(who) || who.role === 'manager' || ofNetwork(who, of) || guides(who, of),
  },
  { at: '/volunteers/:id/exit', things: 'volunteers', may: (_who, of) => of.leaving === true },
  { at: '/volunteers/:id/code', method: 'POST', things: 'volunteers', may: (_who, of) => of.coded === true },
  {
    at: '/recruitment/:id',
    things: 'applicants',
    may: (who) => who.role === 'coordinator' || who.role === 'manager',
  },
  {
    at: '/recruitment/targets/:id',
    things: 'targets',
    may: (who) => who.role === 'coordinator' || who.role === 'manager',
  },
  // A stage and a talk are of those who were taken in.
  {
    at: '/recruitment/:id/interview',
    things: 'applicants',
    may: (_who, of) => of.taken === true,
  },
  { at: '/recruitment/:id/move', method: 'POST', things: 'applicants', may: (_who, of) => of.taken === true },
  ...paperSubjects,
  { at: '/ties/:tie', things: 'ties', may: (who, of) => nationwide(who) || own(who, of) },
  { at: '/people/:id', things: 'people', may: anybody },
  // A first link is sent by one person, to whom never came in; a way back is begun by somebody who could be the second person as well.
  {
    at: '/people/:id/invite',
    things: 'people',
    may: (who, of) => of.new === true && (who.role === 'admin' || (who.role === 'coordinator' && of.helps === true)),
  },
  { at: '/people/:id/recover', things: 'people', may: (who, of) => of.new !== true && couldBeSecond(who, of) },
  { at: '/people/:id/email', things: 'people', may: couldBeSecond },
  { at: '/people/:id/name', things: 'people', may: couldBeSecond },
  { at: '/account/email/:id/keep', things: 'confirmations', may: (who, of) => of.change === 'email' && own(who, of) },
  { at: '/account/name/:id/keep', things: 'confirmations', may: (who, of) => of.change === 'name' && own(who, of) },
  { at: '/people/:id/identity/unlink', things: 'people', may: (_who, of) => of.linked === true },
  {
    at: '/confirmations/:id',
    things: 'confirmations',
    may: (who, of) => who.role !== 'supervisor' || guides(who, of),
  },
  { at: '/confirmations/:id', method: 'POST', things: 'confirmations', may: decides },
  { at: '/confirmations/:id/refuse', method: 'POST', things: 'confirmations', may: decides },
  { at: '/confirmations/:id/withdraw', things: 'confirmations', may: (who, of) => of.by === who.who },
  { at: '/erasures/:id', things: 'erasures', may: (who, of) => nationwide(who) || ofNetwork(who, of) },
  ...['/erasures/:id', '/erasures/:id/refuse'].map((at) => ({
    at,
    method: 'POST' as const,
    things: 'erasures',
    may: (who: Actor, of: Record<string, unknown>) => who.who !== of.by && (nationwide(who) || ofNetwork(who, of)),
  })),
  // The one auditor asked, so the administrator decides; nobody sees the wall before which they stand.
  {
    at: '/walls/:id',
    things: 'walls',
    may: (who, of) => (who.role === 'admin' ? of.asked === true : of.of !== who.who),
  },
  // About the one auditor the administrator judges, about everybody else she does.
  {
    at: '/watch/:id',
    things: 'findings',
    may: (who, of) => !stands(who, of) && (of.of === 'aino') === (who.role === 'admin'),
  },
  { at: '/watch/baits/:bait', things: 'baits', may: (who) => who.role === 'auditor' },
  { at: '/substitution/:id', things: 'substitutions', may: between },
  ...settingSubjects,
  {
    at: '/substitution/:id/promises/new',
    method: 'POST',
    things: 'substitutions',
    may: (who, of) => of.giver === who.who,
  },
  {
    at: '/substitution/:id/begin',
    things: 'substitutions',
    may: (who, of) => of.taker === who.who && of.running === true,
  },
  {
    at: '/substitution/:id/end',
    things: 'substitutions',
    may: (who, of) => (who.role === 'admin' ? of.asked === true : between(who, of)),
  },
  {
    at: '/substitution/:id/confirm',
    things: 'substitutions',
    may: (who, of) => who.role === 'admin' && of.asked === true,
  },
  { at: '/break-glass/:id/end', things: 'glasses', may: own },
  ...meetingSubjects,
  // Both leads and the coordinator know of a transfer; the one asked answers, the one who asks takes it back.
  {
    at: '/transfers/:id',
    things: 'transfers',
    may: (who, of) => who.role === 'coordinator' || who.network === of.from || who.network === of.to,
  },
  ...['accept', 'refuse', 'revoke'].map((step) => ({
    at: `/transfers/:id/${step}`,
    method: 'POST' as const,
    things: 'transfers',
    may: (who: Actor, of: Record<string, unknown>) => who.network === (step === 'revoke' ? of.from : of.to),
  })),
  { at: '/cases/:id/arrival', things: 'arrived', may: ofNetwork },
  { at: '/cases/:id/plan/:action', things: 'actions', may: ofNetwork },
  // Whoever was let in sees it while it is open, on these pages alone; those who agree and judge see what was asked.
  { at: '/break-glass/:id', things: 'glasses', may: (who, of) => own(who, of) && of.state === 'open' },
  ...['answer', 'review', 'judge'].map((step) => ({
    at: `/break-glass/:id/${step}`,
    things: 'glasses',
    may: (who: Actor, of: Record<string, unknown>) => of.person !== who.who && (nationwide(who) || ofNetwork(who, of)),
  })),
  { at: '/imports/:id', things: 'imports', may: own },
  {
    at: '/reports/:id',
    things: 'periods',
    may: (who, of) =>
      who.role === 'coordinator' || of.status === 'accepted' || (who.role === 'manager' && of.status !== 'draft'),
  },
  // There is nothing to compare before it was handed in.
  { at: '/reports/:id/compare', things: 'periods', may: (_who, of) => of.status !== 'draft' },
  ...['passkeys', 'relations', 'sessions'].map((things) => ({ at: `/account/${things}/:id`, things, may: own })),
  { at: '/filters/:id', things: 'filters', may: own },
]

/** The rule for what stands at this address; for one of which nobody has said anything, what has to be said. */
export function subjectOf(address: string, method: string): Subject {
  const rank = (subject: Subject) => subject.at.length * 2 + (subject.method ? 1 : 0)
  const about = subjects.filter(
    (one) => `${address}/`.startsWith(`${one.at}/`) && (!one.method || (one.method === method && one.at === address)),
  )
  const [found] = about.toSorted((a, b) => rank(b) - rank(a))
  if (found) return found
  throw new Error(
    `The matrix does not know whose things stand at ${address}. Add to \`subjects\` in test/proof/matrix/subjects.ts a line { at, things, may }: ` +
      'the beginning of the address, the kind of thing that its names mean (a new kind is made in world/papers.ts), and who may have which of them.',
  )
}
