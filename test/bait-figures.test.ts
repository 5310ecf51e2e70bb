// Is every figure, list and reminder of the service the same with baits and without?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepBaits } from '../app/audit/watch/baits.server.ts'
import { today } from '../app/core/clock.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { allOperations } from '../app/core/operation.server.ts'
import { type Period, parsePeriod } from '../app/evaluation/period.ts'
import { jobs } from '../app/jobs.ts'
import { callMeeting } from '../app/meetings/calendar/calendar.server.ts'
import { figuresAt } from '../app/reports/figures.server.ts'
import '../app/routes.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import { givenLongAgo } from './bait.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { givenClosed } from './closing.ts'
import { givenSupport, usualVisit } from './support.ts'

let cast: Cast
let meeting: string
const who: CastName[] = ['kim', 'peep', 'lea', 'mall', 'max', 'sirje', 'lou', 'tiia', 'jaan', 'aino', 'ott']
// The list in which they stand, what tells of them or of the asking itself, and what draws a number each time.
const besides = ['case.list', 'watch.baits', 'audit.list', 'audit.open', 'volunteer.message.template.new']

beforeAll(async () => {
  cast = await openCast()
  const { assignment } = await givenSupport(cast, '2026-05-01')
  await logVisit.run(cast.lou, { assignment, ...usualVisit, onDate: today() }).catch(() => undefined)
  await givenSupport(cast, '2025-02-01', { endOn: '2026-04-01' })
  await givenClosed(cast, today())
  for (const network of Object.values(cast.networks))
    await givenLongAgo(cast, network, {
      [`M-2024-${network === cast.networks.ida ? '010' : '020'}`]: '2024-05-05',
      [`M-2022-${network === cast.networks.ida ? '003' : '009'}`]: '2022-03-01',
    })
  meeting = (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: today() })).id
  for (const job of work) await job.run(cast.sys)
}, 120_000)
afterAll(() => cast.close())

const work = jobs.filter(({ name }) => !['mail', 'baits', 'checkpoint'].includes(name))

/** What everybody is answered who asks for no one thing: first pages, work lists, maps, statistics. */
async function answers(): Promise<Record<string, string>> {
  const told: Record<string, string> = {}
  const asks = allOperations().filter(({ name, access }) => access === 'read' && !besides.includes(name))
  for (const operation of asks)
    for (const one of who)
      if (operation.input.safeParse({}).success && operation.roles.some((role) => cast[one].roles.includes(role)))
        told[`${operation.name} ${one}`] = await operation.run(cast[one], {}).then(
          (said) => JSON.stringify(said).replace(/"lastRound":"[^"]*"/, ''),
          (error: Error) => error.message,
        )
  return told
}

async function figures() {
  const keys = [2022, 2023, 2024, 2025, 2026].flatMap((year) => [`${year}`, `${year}-Q1`, `${year}-Q4`, `${year}-12`])
  const at = new Date('2026-11-27T12:00:00Z')
  return asPerson('read', cast.kim.claim, async (db) => {
    const all: unknown[] = []
    for (const key of keys) all.push([key, await figuresAt(db, parsePeriod(key) as Period, at)])
    return all
  })
}

/** What the database counts and lists by itself, by every day and number of months that matters. */
async function counted() {
  const rows = async (text: string, values: unknown[] = []) => (await cast.admin.query(text, values)).rows
  const asSystem = `set_config('app.claim', '${cast.sys.claim}', false)`
  await cast.admin.query(`select ${asSystem}`)
  const all = {
    begins: await rows('select reach_begins()::text as day'),
    reach: await rows(
      `select h::text, r.* from generate_series('2021-01-01'::date, '2026-07-01', interval '6 months') h,
         reach_counts(h::date, (h + interval '6 months')::date - 1) r order by 1, 2, 3`,
    ),
    capacity: await rows(
      `select h::text, r.* from generate_series('2021-01-01'::date, '2026-07-01', interval '6 months') h,
         capacity_counts(h::date, (h + interval '6 months')::date - 1) r order by 1, 2`,
    ),
    flags: await rows(
      `select d::text, m, f.* from generate_series('2022-01-01'::date, '2028-06-01', interval '5 months') d, generate_series(6, 18, 6) m,
         flags_due((select array_agg(id) from network), d::date, m) f where m = 12 order by 1, 2, 3`,
    ),
    agenda: await rows('select * from agenda_due($1) order by case_id', [meeting]),
    tasks: await rows('select id, done_at from case_task order by id'),
    sums: await rows('select * from work_sum order by 1, 2, 3'),
    letters: await rows('select person_id, kind, unique_key from mail_outbox order by created_at, id'),
    needs: await rows('select id, status from need order by id'),
  }
  await cast.admin.query(`select set_config('app.claim', '', false)`)
  return all
}

test('with baits in every network each figure, list, map, reminder and agenda is what it was without', async () => {
  // The best matching is found in the background: whoever asks first hears that it is not there yet.
  await answers()
  await new Promise((done) => setTimeout(done, 2000))
  const before = [await answers(), await figures(), await counted()] as const
  expect(Object.keys(before[0]).length).toBeGreaterThan(60)
  expect(before[2].begins).not.toEqual([{ day: null }])
  for (const name of ['reach', 'capacity', 'flags', 'agenda', 'letters', 'needs'] as const)
    expect(before[2][name].length, name).toBeGreaterThan(0)
  expect(await keepBaits(cast.sys)).toBe(4)
  for (const job of work) await job.run(cast.sys)
  const after = [await answers(), await figures(), await counted()] as const
  const differing = Object.keys(before[0]).filter((name) => before[0][name] !== after[0][name])
  expect(differing).toEqual([])
  expect(after[1]).toEqual(before[1])
  expect(after[2]).toEqual(before[2])
  expect((await cast.admin.query('select 1 from watch_finding')).rowCount).toBe(0)
}, 120_000)
