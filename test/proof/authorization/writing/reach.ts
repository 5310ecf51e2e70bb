// Is each way of each rule gone by enough attempts? What chance draws seldom is drawn for until it was.
import type { Client } from 'pg'
import type { Random } from '../../../../db/seed/random.ts'
import { demandedWays } from '../branches/seldom.ts'
import { count, type Taken } from '../branches/taken.ts'
import { begin } from '../reading.ts'
import type { Facts } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import type { Draw } from './draw.ts'
import { type Drawn, drawn, draws, once, type Tried } from './trying.ts'

export const rulesOfWriting = /^writing\/|^rules\/meetings\.ts flagPassed/

type Given = {
  facts: Facts
  claims: Claim[]
  random: Random
  /** What was tried already; what is found is counted with it. */
  taken: Taken
  /** By so many attempts each way is to be gone. */
  least: number
  /** To draw costs little until it is tried: so often in a row for nothing, and the next rule is drawn. */
  patience: number
}

export async function reach(client: Client, given: Given): Promise<Tried[]> {
  const tried: Tried[] = []
  const demanded = new Set(demandedWays(given.taken, rulesOfWriting).map(({ way }) => way))
  for (const draw of draws)
    for (const [claim, theirs] of found(draw, given, demanded)) {
      await client.query(begin(claim))
      for (const one of theirs) tried.push({ ...one, who: claim.name, told: await once(client, one) })
      await client.query('rollback')
    }
  return tried
}

function found(draw: Draw, { facts, claims, random, taken, least, patience }: Given, demanded: Set<number>) {
  const wanted = new Map<Claim, Drawn[]>()
  const lacking = (way: number) => demanded.has(way) && (taken.get(way) ?? 0) < least
  for (let [at, idle] = [0, 0]; idle < patience && at < claims.length * 60; at++, idle++) {
    const claim = claims[at % claims.length] as Claim
    const [one] = drawn(facts, claim, random, 1, [draw])
    if (!one?.ways.some(lacking)) continue
    idle = 0
    count(taken, one.ways)
    wanted.set(claim, [...(wanted.get(claim) ?? []), one])
  }
  return wanted
}
