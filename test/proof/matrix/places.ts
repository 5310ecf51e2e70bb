// To which places does an address lead, and whose are they?
import { today } from '../../../app/core/clock.server.ts'
import type { Actor } from './actors.ts'
import { subjectOf } from './subjects.ts'
import type { Thing, Things } from './world/thing.ts'

/** Parts of an address that are words of the program: nobody's, the same for all. */
const words: Record<string, string> = {
  ...{
    ':what': 'identity',
    ':kind': 'contract',
    ':figure': 'hours',
    ':name': 'maxActiveCases',
    ':token': 'x'.repeat(43),
    ':template': 'contract',
  },
  ...{ ':nth': '1', ':code': 'naidis', ':situation': 'silence' },
  ':measure': 'women',
  ':month': today().slice(0, 7),
}

/** One place that an address can lead to: what it is to the one who asks, and whether it is theirs. */
export type Place = {
  relation: string
  path: string
  /** What stands for each part of the address. */
  ids: Record<string, string>
  may: (who: Actor) => boolean
  thing: Thing | null
}

/** The parts of an address that name something, without their colon. */
export const namedParts = (address: string): string[] =>
  address.split('/').flatMap((piece) => (piece.startsWith(':') && !(piece in words) ? [piece.slice(1)] : []))

/** The address with these in its parts, and words of the program where it wants words. */
export const pathTo = (address: string, ids: Record<string, string>): string =>
  address
    .split('/')
    .map((piece) => (piece.startsWith(':') ? (ids[piece.slice(1)] ?? wordAt(address, piece)) : piece))
    .join('/')

/** Every place an address leads to: each thing of its kind, one that never was, and what is no name at all. */
export function placesOf(address: string, method: string, things: Things): Place[] {
  const named = namedParts(address)
  const at = (ids: Record<string, string>) => ({ ids, path: pathTo(address, ids) })
  if (named.length === 0) return [{ relation: 'nobody’s', ...at({}), may: () => true, thing: null }]
  const subject = subjectOf(address, method)
  const of = things[subject.things] ?? []
  const called = (ids: Record<string, string>) =>
    Object.fromEntries(Object.entries(subject.names ?? {}).map(([name, id]) => [name, ids[id] ?? '']))
  const real = of.map((thing) => ({
    relation: thing.name,
    ...at({ ...thing.ids, ...called(thing.ids) }),
    may: (who: Actor) => subject.may(who, thing.facts),
    thing,
  }))
  const all = (value: () => string) => at(Object.fromEntries(named.map((part) => [part, value()])))
  const none = { may: () => false, thing: null }
  return [
    ...real,
    { relation: 'never was', ...all(() => crypto.randomUUID()), ...none },
    { relation: 'no name', ...all(() => 'x'), ...none },
  ]
}

function wordAt(address: string, piece: string): string {
  if (address.startsWith('/papers/')) return piece === ':kind' ? 'pdf' : 'pledge'
  if (address.includes('/plan/answer/') && piece === ':kind') return 'perpetrator'
  if (/^\/(reports\/:id|reach\/capacity)\/documents/.test(address)) return 'docx'
  if (address.startsWith('/reports/:id/figures')) return 'hours'
  const word = words[piece]
  if (word) return word
  throw new Error(
    `The matrix does not know what ${piece} stands for at ${address}: give it to the things of that kind (\`ids\`, test/proof/matrix/world).`,
  )
}
