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
  ':month': today().slice(0, 7),
}

/** One place that an address can lead to: what it is to the one who asks, and whether it is theirs. */
export type Place = { relation: string; path: string; may: (who: Actor) => boolean; thing: Thing | null }

/** Every place an address leads to: each thing of its kind, one that never was, and what is no name at all. */
export function placesOf(address: string, method: string, things: Things): Place[] {
  const pieces = address.split('/')
  const named = pieces.filter((piece) => piece.startsWith(':') && !(piece in words))
  const fill = (ids: Record<string, string>) =>
    pieces.map((piece) => (piece.startsWith(':') ? (ids[piece.slice(1)] ?? wordAt(address, piece)) : piece)).join('/')
  if (named.length === 0) return [{ relation: 'nobody’s', path: fill({}), may: () => true, thing: null }]
  const subject = subjectOf(address, method)
  const of = things[subject.things] ?? []
  const called = (ids: Record<string, string>) =>
    Object.fromEntries(Object.entries(subject.names ?? {}).map(([name, id]) => [name, ids[id] ?? '']))
  const real = of.map((thing) => ({
    relation: thing.name,
    path: fill({ ...thing.ids, ...called(thing.ids) }),
    may: (who: Actor) => subject.may(who, thing.facts),
    thing,
  }))
  const all = (value: () => string) => Object.fromEntries(named.map((piece) => [piece.slice(1), value()]))
  const none = { may: () => false, thing: null }
  return [
    ...real,
    { relation: 'never was', path: fill(all(() => crypto.randomUUID())), ...none },
    { relation: 'no name', path: fill(all(() => 'x')), ...none },
  ]
}

function wordAt(address: string, piece: string): string {
  if (address.includes('/minutes/documents') || address.startsWith('/papers/'))
    return piece === ':kind' ? 'pdf' : 'pledge'
  if (address.includes('/plan/answer/') && piece === ':kind') return 'perpetrator'
  if (address.startsWith('/reports/:id/documents')) return 'docx'
  if (address.startsWith('/reports/:id/figures')) return 'hours'
  const word = words[piece]
  if (word) return word
  throw new Error(
    `The matrix does not know what ${piece} stands for at ${address}: give it to the things of that kind (\`ids\`, test/proof/matrix/world).`,
  )
}
