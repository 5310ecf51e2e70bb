// Which words of the world may who read, and where? Written from the promises, not from the policies.
import type { Cast } from '../../cast.ts'
import type { Actor } from './actors.ts'
import type { Cell } from './expectations.ts'
import type { CaseThing } from './world/cases.ts'
import type { Things } from './world/thing.ts'

/** A word that stands nowhere else. `only`: in the answer to what was asked for with a purpose, and nowhere besides. */
export type Canary = {
  word: string
  what: string
  may: (who: Actor) => boolean
  only?: RegExp
  never?: true
  /** Through a case that was opened in an emergency. */
  glass?: (who: Actor) => boolean
  /** Whoever asked to be let in typed the number, and has it before them from then on. */
  number?: (who: Actor) => boolean
}
type May = (who: Actor, facts: Record<string, unknown>) => boolean

// A member reads nothing of a case before she is invited to it.
const network: May = (who, of) =>
  who.network !== null && who.network === of.network && !(who.role === 'member' && of.uninvited === true)
export const guides: May = (who, of) => who.role === 'supervisor' && who.who === of.supervisor
const helps: May = (who, of) => who.role === 'volunteer' && who.who === of.helper
const helpsNow: May = (who, of) => helps(who, of) && of.support === 'active'
const beyond: May = (who, of) => of.walled === true && who.who !== 'mall'
const coordinator: May = (who) => who.role === 'coordinator'
const some =
  (...rules: May[]): May =>
  (who, of) =>
    rules.some((rule) => rule(who, of))
const own: May = (who, of) => who.who === of.person || who.desk === of.person

const revealed = /^\/(cases|break-glass)\/:id\/reveal\//
const ofCase: Record<string, { may: May; only?: RegExp }> = {
  // Of people and places one value at a time, after it was asked why.
  ...Object.fromEntries(
    'family code relation otherGiven otherFamily otherCode kin threat kinName kinWay'
      .split(' ')
      .map((kind) => [kind, { may: some(network, coordinator), only: revealed }]),
  ),
  given: { may: some(network, helpsNow, guides, coordinator) },
  address: { may: some(network, coordinator), only: revealed },
  way: { may: some(network, coordinator, helpsNow), only: /\/(reveal|look)\// },
  // How she may be reached is for her network and whoever helps her; of whom she is afraid, in this world, for the network alone.
  answers: { may: some(network, helpsNow) },
  codeWord: { may: some(network, helpsNow) },
  feared: { may: network },
  mayTell: { may: network },
  mayNotTell: { may: network },
  why: { may: network },
  told: { may: network },
  judgement: { may: network },
  safety: { may: some(network, helpsNow, guides) },
  tasks: { may: some(network, helpsNow, guides) },
  note: { may: some(network, helpsNow, guides) },
  answer: { may: some(network, helpsNow, guides) },
  // How to reach her who does not come back is for those who look for her.
  reach: { may: some(helps, guides, coordinator) },
  // An administrator reads of the wall that waits for a decision; of no other case, and nothing more of this one.
  number: {
    may: some(
      network,
      coordinator,
      guides,
      helps,
      (who) => who.role === 'auditor',
      (who, of) => who.role === 'admin' && of.name === 'askedForeign',
    ),
  },
}

export function canariesOf(cast: Cast, cases: CaseThing[], things: Things): Canary[] {
  const found: Canary[] = []
  for (const thing of cases)
    for (const [kind, word] of Object.entries(thing.words)) {
      const rule = ofCase[kind]
      if (!rule) throw new Error(`who may read ${kind} of a case? Say it in test/proof/matrix/canaries.ts`)
      const may = (who: Actor) => !beyond(who, thing as never) && rule.may(who, thing as never)
      const open = (things.glasses ?? []).filter(({ facts }) => facts.of === thing.name && facts.state === 'open')
      const glass = (who: Actor) => open.some(({ facts }) => facts.person === who.who)
      const typed = (who: Actor) =>
        (things.glasses ?? []).some(({ facts }) => facts.of === thing.name && facts.person === who.who)
      found.push({
        word,
        what: `${kind} of ${thing.name}`,
        may,
        only: rule.only,
        glass,
        number: kind === 'number' ? typed : undefined,
      })
    }
  for (const [kind, list] of Object.entries(things))
    for (const { name, words = {}, facts } of ['cases', 'helped', 'items'].includes(kind) ? [] : list)
      for (const [field, word] of Object.entries(words)) {
        const rule = ofPapers[`${kind}.${field}`] ?? ofPapers[kind]
        if (!rule) throw new Error(`who may read ${kind}.${field}? Say it in test/proof/matrix/canaries.ts`)
        const only = field === 'code' ? /^\/volunteers\/:id\/code$/ : undefined
        found.push({ word, what: `${kind}.${field} of ${name}`, may: (who) => rule(who, facts), only })
      }
  return [...found, ...secretsOf(cast)]
}

const seesVolunteer: May = some(own, guides, network, (who) =>
  ['coordinator', 'manager', 'auditor'].includes(who.role ?? ''),
)
const ofPapers: Record<string, May> = {
  volunteers: seesVolunteer,
  // Whom she knows is for the coordinator, and for herself.
  'volunteers.tie': some(coordinator, own),
  'volunteers.code': coordinator,
  papers: some(coordinator, own),
  'papers.exit': coordinator,
  messages: some(coordinator, own),
  // What was written is the coordinator's to open; who was taken in is a volunteer like others.
  applicants: coordinator,
  'applicants.name': some(
    coordinator,
    (who, of) => of.taken === true && ['manager', 'auditor'].includes(who.role ?? ''),
  ),
  'applicants.availability': some(
    coordinator,
    (who, of) => of.taken === true && ['manager', 'auditor'].includes(who.role ?? ''),
  ),
  months: some(own, guides, coordinator),
  expenses: some(coordinator, own),
  // What was spoken of in a supervision: not even the coordinator's.
  talks: guides,
  // What somebody says of herself is read by whoever guides her, and shown to nobody else.
  checkins: guides,
  // What was found in an entry is between whoever guides her and herself: not the coordinator's.
  drawn: guides,
  // Whom she knows is read by nobody but herself.
  circles: own,
  periods: (who, of) =>
    who.role === 'coordinator' ||
    (who.role === 'manager' && of.status !== 'draft') ||
    (of.status === 'accepted' && (who.role === 'steering' || who.role === 'auditor')),
  passkeys: own,
  relations: own,
  filters: own,
  journeys: own,
  // What was added from outside is for the network that has the case, and not for whoever wrote it.
  brought: (who, of) => network(who, of) && !beyond(who, of),
  // Whose address or name is to change reads what was asked for.
  confirmations: (who, of) =>
    own(who, of) ||
    ['admin', 'coordinator', 'manager', 'auditor'].includes(who.role ?? '') ||
    (who.role === 'supervisor' && who.who === of.supervisor),
  settings: (who) => ['admin', 'coordinator', 'manager', 'auditor'].includes(who.role ?? ''),
  // The words of an agenda are closed with the key of the case.
  agenda: network,
  // And for the coordinator who asked with a reason.
  actions: some(network, coordinator),
  // What was written for the new lead: hers until it has gone over, his from then on.
  transfers: (who, of) =>
    who.role === 'lead' && (of.gone ? who.network === of.to : who.network === of.from || who.network === of.to),
  // What agencies told and what was decided is for those who promised silence.
  heard: (who) => who.who === 'lea',
  erasures: some(coordinator, network, (who) => who.role === 'auditor'),
  glasses: (who, of) => who.who !== of.person && (network(who, of) || coordinator(who, of) || who.role === 'auditor'),
  findings: (who) => who.role === 'auditor',
  walls: (who) => who.role === 'auditor' || who.role === 'admin',
  substitutions: (who, of) => (of.between as string[]).includes(who.who),
}

// What opens somebody's session is nobody's to read, not even their own.
function secretsOf(cast: Cast): Canary[] {
  const nobody = () => false
  return Object.entries(cast.cookies).map(([name, word]) => ({
    word,
    what: `the cookie of ${name}`,
    may: nobody,
    never: true,
  }))
}

/** What stands in the answer and must not; and what stands there rightly is noted in `seen`. */
export function readerOf(
  canaries: Canary[],
): (cell: Cell, text: string, around: string, bare: boolean, seen: Set<string>) => string[] {
  const known = new Map(canaries.map((canary) => [canary.word, canary]))
  const longest = [...known.keys()].toSorted((a, b) => b.length - a.length)
  const any = new RegExp(longest.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
  return (cell, text, around, bare, seen) => {
    const leaks = [...new Set(around.match(any))].map((word) => `${known.get(word)?.what} beside the page`)
    for (const word of new Set(text.match(any))) {
      const canary = known.get(word) as Canary
      const placed = !canary.only || (canary.only.test(cell.address) && cell.method === 'POST')
      const lets = canary.may(cell.who) || (cell.address.startsWith('/break-glass') && canary.glass?.(cell.who))
      // What is to be done in a case the coordinator sees where it was asked for.
      const asked = !canary.what.startsWith('actions.') || cell.who.network || cell.address === '/cases/:id/plan/look'
      if (canary.number?.(cell.who) || (!bare && placed && asked && lets)) seen.add(canary.what)
      else leaks.push(canary.what)
    }
    return leaks
  }
}
