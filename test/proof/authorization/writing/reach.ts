// Is each way of each rule gone by enough attempts? What chance draws seldom is drawn for until it was.
import type { Client } from 'pg'
import type { Random } from '../../../../db/seed/random.ts'
import { demandedWays } from '../branches/seldom.ts'
import { count, noneTaken, type Taken } from '../branches/taken.ts'
import type { Facts } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import type { Draw } from './draw.ts'
import { type Drawn, drawn, draws, type Tried, tryAs } from './trying.ts'

export const rulesOfWriting = /^writing\/|^rules\/meetings\.ts flagPassed/

export type Reached = {
  /** How often each way was gone. */
  taken: Taken
  /** Of which branches each draw was asked: by others it does not come. */
  asked: Map<Draw, Set<number>>
}

/** Whatever was tried counts. */
export function keep({ taken, asked }: Reached, { draw, ways }: Pick<Drawn, 'draw' | 'ways'>): void {
  count(taken, ways)
  note(asked, draw, ways)
}

function note(asked: Reached['asked'], draw: Draw, ways: Drawn['ways']): void {
  const branches = asked.get(draw) ?? new Set<number>()
  asked.set(draw, branches)
  for (const way of ways) branches.add(way >> 1)
}

type Given = {
  facts: Facts
  claims: Claim[]
  random: Random
  reached: Reached
  /** By so many attempts each way is to be gone, and by no more than so many in one world: so that it is not the same row again and again. */
  least: number
  most: number
}

export async function reach(client: Client, given: Given): Promise<Tried[]> {
  const tried: Tried[] = []
  const demanded = new Set(demandedWays(given.reached.taken, rulesOfWriting).map(({ way }) => way))
  const here = noneTaken()
  for (const draw of new Set(draws))
    for (const [claim, theirs] of found(draw, given, demanded, here))
      tried.push(...(await tryAs(client, claim, theirs)))
  return tried
}

/** To draw costs little until it is tried. Everybody is drawn for in turn; and then, as long as a way is short of its number, those who went it. */
function found(draw: Draw, given: Given, demanded: Set<number>, here: Taken): Map<Claim, Drawn[]> {
  const { facts, claims, random, reached, least, most } = given
  const wanted = new Map<Claim, Drawn[]>()
  const went = new Map<number, Claim[]>()
  const times = (way: number) => reached.taken[way] ?? 0
  const lacking = (way: number) => demanded.has(way) && times(way) < least && (here[way] ?? 0) < most
  const drawFor = (claim: Claim): Drawn | undefined => {
    const [one] = drawn(facts, claim, random, 1, [draw])
    if (!one) return
    note(reached.asked, draw, one.ways)
    const short = one.ways.filter(lacking)
    if (short.length === 0) return one
    for (const way of short) went.set(way, [...(went.get(way) ?? []), claim])
    count(here, one.ways)
    keep(reached, one)
    wanted.set(claim, [...(wanted.get(claim) ?? []), one])
    return one
  }
  const untried = () => {
    const branches = reached.asked.get(draw)
    return (
      !branches ||
      [...branches].some((branch) => [branch * 2, branch * 2 + 1].some((way) => lacking(way) && !went.has(way)))
    )
  }
  for (let round = 0; round < rounds && untried(); round++) for (const claim of claims) drawFor(claim)
  for (const [way, theirs] of went)
    for (let missed = 0; missed < patience && lacking(way); )
      missed = drawFor(random.pick(theirs))?.ways.includes(way) ? 0 : missed + 1
  return wanted
}
const rounds = 12
const patience = 300
