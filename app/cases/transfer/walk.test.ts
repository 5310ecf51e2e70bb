// Does any order of steps take a case over twice, or one that is closed, erased, without a ground or in an emergency?
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenReady } from '../../../test/transfer.ts'
import { asPerson } from '../../core/db.server.ts'
import type { Person } from '../../core/user.ts'
import { answered, type Case, type Ending, type Hindrance, type TransferState } from './transfer.ts'

vi.setConfig({ testTimeout: 180_000 })
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

type Step =
  | { do: 'ask'; ground: 'consent' | 'law' }
  | { do: 'answer'; how: Ending }
  | { do: 'ground'; to: 'consent' | 'law' | 'none' }
  | { do: 'close' | 'reopen' | 'erase' | 'glass' | 'calm' | 'later' }
const grounds = ['consent', 'law'] as const
const endings = ['accepted', 'refused', 'revoked', 'lapsed'] as const
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), ground: fc.constantFrom(...grounds) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), how: fc.constantFrom(...endings) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('ground' as const), to: fc.constantFrom(...grounds, 'none' as const) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('close' as const, 'reopen' as const, 'glass' as const, 'calm' as const, 'later' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'erase' as const }) },
)

type Asked = { state: TransferState; ground: 'consent' | 'law'; lapsesOn: string; ends: Ending[] }
type World = { of: Case; at: 'here' | 'there'; asked: Asked[]; day: number }

const dayOf = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
const begin = (): World => ({
  of: { open: true, ground: 'consent', keyed: true, busy: false },
  at: 'here',
  asked: [],
  day: 0,
})
const openOne = ({ asked }: World) => asked.find(({ state }) => state === 'open')

/** What the written rules say, step by step; the same that the tables do by themselves when a case ends or loses its ground. */
function take(world: World, one: Step): void {
  const { of } = world
  const now = openOne(world)
  if (one.do === 'ask') {
    const founded = of.ground !== 'none' && (one.ground === 'law' || of.ground === 'consent')
    if (now || !of.open || !founded || world.at === 'there') return
    world.asked.push({ state: 'open', ground: one.ground, lapsesOn: dayOf(world.day + 10), ends: [] })
  } else if (one.do === 'answer') answer(world, one.how)
  else if (one.do === 'ground' && of.open) of.ground = one.to
  else if (one.do === 'close' && !now) of.open = false
  else if (one.do === 'reopen' && of.keyed) of.open = true
  else if (one.do === 'erase') Object.assign(of, { open: false, keyed: false })
  else if (one.do === 'glass') of.busy = true
  else if (one.do === 'calm') of.busy = false
  else if (one.do === 'later') world.day += 6
  if (now?.state === 'open' && (!of.open || of.ground === 'none')) end(now, 'lapsed')
}

function end(asked: Asked, how: Ending): void {
  asked.state = how
  asked.ends.push(how)
}

function answer(world: World, how: Ending): void {
  const last = world.asked.at(-1)
  if (!last) return
  const today = dayOf(world.day)
  if (how === 'lapsed' && last.lapsesOn >= today) return
  const before = structuredClone(world)
  if (answered(last, how, world.of, today) !== 'done') return
  end(last, how)
  if (how !== 'accepted') return
  expect([before.of.open, before.of.keyed, before.of.busy, before.of.ground === 'none']).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(before.asked.at(-1)?.state).toBe('open')
  expect(last.lapsesOn >= today).toBe(true)
  world.at = 'there'
}

test('20,000 walks: each transfer ends once, and a case goes over only open, with its key, on a ground and in peace', () => {
  let gone = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = begin()
      for (const one of steps) {
        take(world, one)
        expect(world.asked.filter(({ state }) => state === 'open').length).toBeLessThan(2)
        for (const { ends, state } of world.asked) expect(ends).toEqual(state === 'open' ? [] : [state])
        const accepted = world.asked.filter(({ state }) => state === 'accepted').length
        expect(accepted).toBe(world.at === 'there' ? 1 : 0)
      }
      if (world.at === 'there') gone++
    }),
    { numRuns: 20_000 },
  )
  // Of promises about what never happened nothing would be proven.
  expect(gone).toBeGreaterThan(1_000)
})

/** One walk past the pages, by the functions of the database themselves. */
async function walk(id: string, steps: Step[]): Promise<number> {
  const world = begin()
  let transfer = ''
  let tried = 0
  const admin = (text: string, values: unknown[] = [id]) => cast.admin.query(text, values)
  for (const one of steps) {
    if (one.do === 'reopen' || (one.do === 'ground' && !world.of.open)) continue
    const count = world.asked.length
    const last = world.asked.at(-1)
    const now = openOne(world)
    if (one.do === 'answer' && last) {
      const said =
        one.how === 'lapsed' && last.lapsesOn >= dayOf(world.day)
          ? 'none'
          : answered(last, one.how, world.of, dayOf(world.day))
      expect([steps, one.how, await tell(one.how, transfer)]).toEqual([steps, one.how, said])
      tried++
    }
    take(world, one)
    if (one.do === 'ask') {
      const made = await ask(id, one.ground)
      expect([steps, made !== null]).toEqual([steps, world.asked.length > count])
      transfer = made ?? transfer
      // The days of the setting, as the model counts them.
      if (made)
        await admin('update case_transfer set lapses_on = current_date + 10, due_on = current_date where id = $1', [
          made,
        ])
    } else if (one.do === 'close' && !now) await admin(`update case_file set status = 'closed' where id = $1`)
    else if (one.do === 'erase') await admin('select erase_case($1)')
    else if (one.do === 'calm')
      await admin('update break_glass set ended_at = now() where case_id = $1 and ended_at is null')
    else if (one.do === 'glass') {
      // Nobody has more than three in thirty days: what came before, here and in the walks before, was long ago.
      await admin(
        `update break_glass set opened_at = opened_at - interval '40 days', until = until - interval '40 days', review_due_on = review_due_on - 40 where person_id = $2 and (case_id <> $1 or ended_at is not null)`,
        [id, cast.sirje.id],
      )
      await admin(
        `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, review_due_on)
         select $2, number, network_id, id, 'danger', '\\x01', true, $3, now(), now(), now() + interval '30 minutes', current_date from case_file where id = $1
         and not exists (select from break_glass g where g.case_id = $1 and g.ended_at is null)`,
        [id, cast.sirje.id, cast.kim.id],
      )
    } else if (one.do === 'ground')
      await admin(
        `update case_file set legal_basis = $2, consent_on = case $2 when 'consent' then current_date end, consent_way = case $2 when 'consent' then 'spoken' end where id = $1`,
        [id, one.to],
      )
    else if (one.do === 'later')
      await admin(`update case_transfer set due_on = due_on - 6, lapses_on = lapses_on - 6 where case_id = $1`)
    const { rows } = await admin(
      'select network_id, (select count(*)::int from case_transfer t where t.case_id = c.id and t.state = $2) as accepted from case_file c where id = $1',
      [id, 'accepted'],
    )
    expect(rows).toEqual([
      world.at === 'there'
        ? { network_id: cast.networks.harju, accepted: 1 }
        : { network_id: cast.networks.ida, accepted: 0 },
    ])
  }
  return tried
}

const asks: Record<Ending, 'max' | 'lea' | 'sys'> = { accepted: 'max', refused: 'max', revoked: 'lea', lapsed: 'sys' }
async function tell(how: Ending, transfer: string): Promise<'done' | 'none' | Hindrance | undefined> {
  const who = cast[asks[how]]
  const because = { refused: 'other', revoked: 'other' }[how as 'refused'] ?? null
  const answer = await asPerson('write', who.claim, (db) =>
    sql<{ told: Hindrance }>`select transfer_answer(${transfer}::uuid, ${how}, ${because}, null) as told`.execute(db),
  )
  return answer.rows[0]?.told
}

async function ask(id: string, ground: 'consent' | 'law'): Promise<string | null> {
  const made = crypto.randomUUID()
  const sealed = Buffer.from([1])
  const row = { networkId: cast.networks.ida, caseId: id, id: made, toNetworkId: cast.networks.harju }
  const said = { reason: 'moved', urgent: false, ground, groundSealed: sealed, wordsSealed: sealed, whySealed: sealed }
  const put = (me: Person) =>
    asPerson('write', me.claim, (db) =>
      db
        .insertInto('caseTransfer')
        .values({ ...row, ...said, openedBy: me.id })
        .execute(),
    )
  return put(cast.lea).then(
    () => made,
    () => null,
  )
}

test('60 walks through the database: it says what the rules say, and never holds what they forbid', async () => {
  let tried = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 12 }), async (steps) => {
      tried += await walk(await givenReady(cast), steps)
    }),
    { numRuns: 60 },
  )
  expect(tried).toBeGreaterThan(60)
})
