// Does each single attempt to write come out as the written rules say?
import type { Client } from 'pg'
import type { Random } from '../../../../db/seed/random.ts'
import { type Ways, watching } from '../branches/taken.ts'
import { begin } from '../reading.ts'
import type { Facts } from '../rules/rights.ts'
import { type Rights, rightsOf } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import { approvalDraws } from './approvals.ts'
import { bringDraws } from './cases/bring.ts'
import { caseDraws } from './cases/cases.ts'
import { closingDraws } from './cases/closing.ts'
import { contactDraws } from './cases/contact.ts'
import { lookDraws } from './cases/looks.ts'
import { transferDraws } from './cases/transfers.ts'
import type { Attempt, Draw } from './draw.ts'
import { expenseDraws } from './expenses.ts'
import { fieldDraws } from './field.ts'
import { meetingDraws } from './meetings.ts'
import { messageDraws } from './messages.ts'
import { minutesDraws } from './minutes.ts'
import { outgoingDraws } from './outgoing.ts'
import { outingDraws } from './outings.ts'
import { ownDraws } from './own.ts'
import { paperDraws } from './papers.ts'
import { peopleDraws } from './people.ts'
import { entryDraws } from './reading-entries.ts'
import { recruitmentDraws } from './recruitment.ts'
import { reportDraws } from './reports.ts'
import { sampleDraws } from './samples.ts'
import { settingDraws } from './settings.ts'
import { sittingDraws } from './sitting.ts'
import { supervisionDraws } from './supervision.ts'
import { supportDraws } from './support.ts'

export const draws: Draw[] = [
  ...caseDraws,
  ...bringDraws,
  ...closingDraws,
  ...contactDraws,
  ...lookDraws,
  ...supportDraws,
  ...meetingDraws,
  ...sittingDraws,
  ...minutesDraws,
  ...peopleDraws,
  ...fieldDraws,
  ...outingDraws,
  ...recruitmentDraws,
  ...paperDraws,
  ...messageDraws,
  ...reportDraws,
  ...expenseDraws,
  ...settingDraws,
  ...supervisionDraws,
  ...entryDraws,
  ...ownDraws,
  ...transferDraws,
  ...sampleDraws,
  ...approvalDraws,
  ...outgoingDraws,
]

/** `ways`: by which branches of the rules its answer came about. */
export type Drawn = Attempt & { draw: Draw; ways: Ways }
export type Tried = Drawn & { who: string; told: string }

/** Refused by a policy, a right or a rule of the table; everything else that fails is an attempt that proves nothing. */
export const refusals = new Set(['0', '42501', '23514', '40001', 'P0001'])

/**
 * Draws so many attempts for everybody and makes each of them; nothing of them stays. Where chance has hardly drawn anything that is allowed, it
 * is drawn again: of what is never allowed nothing is proven by its being refused. What chance still has not come upon is looked for, and so is
 * whatever is `wanting` and was not drawn at all.
 */
export async function tryAll(
  client: Client,
  facts: Facts,
  claims: Claim[],
  random: Random,
  rounds: number,
  wanting: readonly string[] = [],
): Promise<Tried[]> {
  const tried = await tryThese(client, facts, claims, random, rounds, draws)
  for (let again = 0; again < 12; again++) {
    const scarce = scarceOf(tried)
    if (scarce.length === 0) break
    tried.push(...(await tryThese(client, facts, claims, random, 1, scarce)))
  }
  return [...tried, ...(await seek(client, facts, claims, random, tried, wanting))]
}

const enough = 3
const refused = 10

/** To draw costs nothing until it is tried: so it is drawn on, for one after the other, until there are enough on either side of the line. */
async function seek(
  client: Client,
  facts: Facts,
  claims: Claim[],
  random: Random,
  tried: Tried[],
  wanting: readonly string[],
): Promise<Tried[]> {
  const found: Tried[] = []
  const count = (name: string, allowed: boolean) =>
    [...tried, ...found].filter((one) => one.name === name && one.allowed === allowed).length
  const known = Map.groupBy(tried, (one) => one.name)
  for (const name of new Set([...known.keys(), ...wanting])) {
    // Of what was never drawn nobody knows yet who draws it.
    const from = [...new Set(known.get(name)?.map(({ draw }) => draw) ?? draws)]
    const wanted = { allowed: enough - count(name, true), denied: refused - count(name, false) }
    for (let at = 0; at < claims.length * 40 && (wanted.allowed > 0 || wanted.denied > 0); at++) {
      const claim = claims[at % claims.length] as Claim
      const fits = (one: Drawn) => one.name === name && wanted[one.allowed ? 'allowed' : 'denied'] > 0
      const one = drawn(facts, claim, random, 1, from).find(fits)
      if (!one) continue
      wanted[one.allowed ? 'allowed' : 'denied']--
      found.push(...(await tryAs(client, claim, [one])))
    }
  }
  return found
}

function scarceOf(tried: Tried[]): Draw[] {
  const allowed = Map.groupBy(tried, ({ name }) => name)
  const thin = [...allowed].filter(([, all]) => all.filter((one) => one.allowed).length < enough)
  const names = new Set(thin.map(([name]) => name))
  return [...new Set(tried.flatMap(({ name, draw }) => (names.has(name) ? [draw] : [])))]
}

async function tryThese(
  client: Client,
  facts: Facts,
  claims: Claim[],
  random: Random,
  rounds: number,
  from: Draw[],
): Promise<Tried[]> {
  const tried: Tried[] = []
  for (const claim of claims) tried.push(...(await tryAs(client, claim, drawn(facts, claim, random, rounds, from))))
  return tried
}

/** All of one person's attempts, each by itself; the next one is sent before the last one is answered. */
export async function tryAs(client: Client, claim: Claim, attempts: Drawn[]): Promise<Tried[]> {
  await client.query(begin(claim))
  const tried = attempts.map(async (one) => ({ ...one, who: claim.name, told: await once(client, one) }))
  const all = await Promise.all(tried)
  await client.query('rollback')
  return all
}

export const differs = ({ allowed, untouched, told }: Pick<Tried, 'allowed' | 'untouched' | 'told'>) =>
  untouched ? told !== '0' : allowed ? told !== '1' : !refusals.has(told)

export function drawn(facts: Facts, claim: Claim, random: Random, rounds: number, from: Draw[] = draws): Drawn[] {
  const rights = rightsHere(facts, claim)
  const people = facts.rows('person').map((row) => row.id ?? '')
  return Array.from({ length: rounds }, () => from)
    .flat()
    .flatMap((draw) => {
      const me = rights.me ?? random.pick(people)
      const signed = random.chance(0.85) ? me : random.pick(people)
      const { answer: attempt, ways } = watching(() => draw({ rights, random, me, signed, honest: signed === me }))
      if (!attempt) return []
      const one = { ...attempt, draw, ways, allowed: attempt.allowed && rights.me !== null }
      // What is refused to everybody no branch of the rules was asked for.
      const spoiled = one.allowed ? (attempt.spoiled?.(facts.today) ?? []) : []
      return [one, ...spoiled.map((text) => ({ ...one, text, allowed: false, ways: noWays }))]
    })
}

const noWays: Ways = new Uint16Array()

/** Who somebody is stays the same as long as nothing of the world does. */
function rightsHere(facts: Facts, claim: Claim): Rights {
  const known = rightsKnown.get(facts) ?? new Map<Claim, Rights>()
  rightsKnown.set(facts, known)
  const rights = known.get(claim) ?? rightsOf(facts, claim)
  known.set(claim, rights)
  return rights
}
const rightsKnown = new WeakMap<Facts, Map<Claim, Rights>>()

/** One attempt within a transaction: how many rows its last statement reached (at most one is told), or the code of its refusal. */
export async function once(client: Client, { text }: Pick<Attempt, 'text'>): Promise<string> {
  const trying = client.query(`savepoint attempt; ${text}`)
  // It is sent at once, whatever comes of the attempt.
  const undone = client.query('rollback to attempt; release attempt')
  try {
    const told = (await trying) as unknown as { rowCount: number | null }[]
    return String(Math.min(told.at(-1)?.rowCount ?? 0, 1))
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    await undone
  }
}
