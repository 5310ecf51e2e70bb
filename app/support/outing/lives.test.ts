// Promise: of whoever does not come back each is told in turn, once, whatever happens meanwhile – and of nobody else.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Random, randomFrom } from '../../../db/seed/random.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { seed } from '../../../test/draws.ts'
import {
  before,
  begin,
  climbed,
  type Helper,
  helpersOf,
  type Life,
  pressed,
  type Taken,
  tick,
} from '../../../test/lives.ts'
import { pass } from '../../../test/outing.ts'
import { record, scale } from '../../../test/proof/record.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { anotherSupervisor } from '../../../test/supervision.ts'
import { asPerson } from '../../core/db.server.ts'
import type { Person } from '../../core/user.ts'
import { nameDeputy } from '../../supervision/coverage.server.ts'
import { climb } from './ladder.server.ts'
import type { Press } from './outing.ts'

const count = scale(2000, 6000)

let cast: Cast
let random: Random
let deputy: Person
let helpers: Helper[]
const absent = { sirje: false, deputy: false }

beforeAll(async () => {
  random = randomFrom(seed)
  cast = await openCast()
  deputy = await anotherSupervisor(cast)
  await nameDeputy.run(cast.kim, { supervisor: cast.sirje.id, deputy: deputy.id })
  helpers = await helpersOf(cast)
}, 60_000)
afterAll(() => cast.close())

type Arrival = { life: Life; what: Press; ago: number; at: number }

/** Everything that arrives in one minute, by each of them in turn; in the order in which a device sends it. */
async function arrive(arrivals: Arrival[], now: number): Promise<void> {
  for (const helper of helpers) {
    const own = arrivals.filter(({ life }) => life.helper === helper)
    if (own.length === 0) continue
    await asPerson('write', helper.person.claim, async (db) => {
      for (const { life, what, ago } of own)
        await sql`select outing_press(${life.id}::uuid, ${what}, now() - make_interval(secs => ${ago * 60}))`.execute(
          db,
        )
    })
    for (const { life, what, at } of own) pressed(life, what, at, now)
  }
}

function drawPresses(lives: Life[], now: number): Arrival[] {
  const arrivals: Arrival[] = []
  for (const life of lives) {
    if (life.ended) continue
    if (random.chance(0.12) && now >= life.begins) {
      // Whoever meets somebody mostly comes back; some never say so.
      const what = random.pick(['in', 'in', 'longer', 'out', 'out', 'otherwise'] as const)
      const late = random.chance(0.3) ? tick * random.whole(1, 8) : 0
      life.queue.push({ what, at: now - before, arrives: now + late })
    }
    // A device sends in the order in which it was pressed: what is held up holds up what came after.
    const first = life.queue.findIndex(({ arrives }) => arrives > now)
    const sent = life.queue.splice(0, first < 0 ? life.queue.length : first)
    for (const { what, at } of sent) arrivals.push({ life, what, at, ago: now - at })
  }
  return arrivals
}

/** Now and then whoever was told has reached her, or called for help. */
async function answer(lives: Life[], now: number): Promise<void> {
  const guides = [cast.sirje, deputy].filter((one) => (one === cast.sirje ? true : absent.sirje && !absent.deputy))
  for (const [who, may] of [
    [cast.kim, (life: Life) => life.rung === 3],
    ...guides.map(
      (one) => [one, (life: Life) => life.rung >= 2 && life.helper.guide !== null && !life.helper.walled] as const,
    ),
  ] as const) {
    const found = lives.filter((life) => !life.ended && may(life) && random.chance(0.04))
    if (found.length === 0) continue
    const answers = await asPerson('write', who.claim, async (db) => {
      const told: string[] = []
      for (const { id } of found) {
        const { rows } = await sql<{ told: string }>`select outing_answer(${id}::uuid, 'safe', null) as told`.execute(
          db,
        )
        told.push(rows[0]?.told ?? '')
      }
      return told
    })
    expect([...new Set(answers)]).toEqual(['done'])
    for (const life of found) life.ended = { at: now, how: 'safe' }
  }
}

async function comeAndGo(): Promise<void> {
  for (const [name, who] of [
    ['sirje', cast.sirje],
    ['deputy', deputy],
  ] as const) {
    if (!random.chance(0.15)) continue
    absent[name] = !absent[name]
    // A supervisor says so; of the deputy it is the account that is closed for a while.
    if (name === 'deputy') {
      const status = absent.deputy ? 'disabled' : 'active'
      await cast.admin.query(`update person set status = $2 where id = $1`, [who.id, status])
      // With the account her sessions had ended.
      if (!absent.deputy) deputy = (await signIn(cast.admin, who.id)).person
    } else if (absent.sirje)
      await cast.admin.query(
        `insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values ($1, $2, $3, $1)`,
        [who.id, dayFromNow(-1), dayFromNow(1)],
      )
    else
      await cast.admin.query(
        `update supervision_absence set ended_at = now(), ended_by = supervisor_id where ended_at is null`,
      )
  }
}

type Row = { id: string; until: number; step: number; told: number }

test(`${count} lives: each step once, or not at all, as the rules say`, { timeout: 900_000 }, async () => {
  const began = performance.now()
  const lives = await begin(cast, random, helpers, count)
  let anchor = performance.now()
  let now = 0
  for (let turn = 0; turn < 42; turn++) {
    now += tick
    const ran = (performance.now() - anchor) / 1000
    anchor = performance.now()
    await pass(cast.admin, tick * 60 - ran)
    await comeAndGo()
    await arrive(drawPresses(lives, now), now)
    await answer(lives, now)
    // The process may have stood still for a while; or there are two, or it is started anew in the middle.
    if (random.chance(0.2)) continue
    const doubled = random.whole(1, 3)
    await Promise.all(Array.from({ length: doubled }, () => climb(cast.sys)))
    for (const life of lives) climbed(life, now, absent)
  }
  const left = (performance.now() - anchor) / 60_000
  const { rows } = await cast.admin.query<Row>(
    `select outing_id as id, (extract(epoch from until_at - now()) / 60)::float as until, step, told from outing_step`,
  )
  const said = (id: string, { until, step, told }: Taken) => `${id} ${until.toFixed(2)} ${step} ${told}`
  const near = (minutes: number) => Math.round(minutes * 4) / 4
  const found = rows.map((row) => said(row.id, { ...row, until: near(row.until + now + left) })).toSorted()
  const wanted = lives.flatMap((life) => life.taken.map((one) => said(life.id, one))).toSorted()
  const wrong = [
    ...found.filter((one) => !new Set(wanted).has(one)),
    ...wanted.filter((one) => !new Set(found).has(one)),
  ]
  const { rows: ended } = await cast.admin.query<{ id: string; ending: string | null }>('select id, ending from outing')
  const ends = new Map(ended.map(({ id, ending }) => [id, ending]))
  const otherwise = lives.filter((life) => ends.get(life.id) !== (life.ended?.how ?? null))
  const failed = wrong.length + otherwise.length
  record({ promise: 'ladder', what: `lives with ${found.length} steps`, count, failed, seed }, began)
  expect(wrong.slice(0, 5), `seed ${seed}`).toEqual([])
  expect(otherwise.slice(0, 5), `seed ${seed}`).toEqual([])
  expect(found.length).toBe(new Set(found).size)
  // Enough of everything has happened: all rungs, new ends, and lives of which nobody had to hear.
  for (const step of [1, 2, 3]) expect(rows.filter((row) => row.step === step).length).toBeGreaterThan(count / 40)
  expect(lives.filter((life) => new Set(life.taken.map(({ until }) => until)).size > 1).length).toBeGreaterThan(
    count / 100,
  )
  expect(lives.filter((life) => life.taken.length === 0 && life.ended).length).toBeGreaterThan(count / 10)
  expect(rows.filter(({ told }) => told === 0).length).toBeGreaterThan(count / 40)
  const letters = await cast.admin.query<{ count: number }>(
    `select count(*)::int as count from mail_outbox where unique_key like 'outing/%'`,
  )
  expect(letters.rows[0]?.count).toBe(rows.reduce((sum, { told }) => sum + told, 0))
})
