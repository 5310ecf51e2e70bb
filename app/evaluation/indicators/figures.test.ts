// Do the figures agree with another way of counting, and does what was known stay as it was?

import { randomBytes, randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../../db/seed/random.ts'
import { seedDemo } from '../../../db/seed/seed.ts'
import { signIn } from '../../../test/cast.ts'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { putHistories, randomFacts } from '../../../test/facts.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, connect, disconnect } from '../../core/db.server.ts'
import { useKeys } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { factsNow } from '../../matching/facts.server.ts'
import { reasonsNotAble } from '../../matching/lasting/able.ts'
import type { Evidence, StatusLine } from '../../volunteers/volunteer.ts'
import { type Period, parsePeriod } from '../period.ts'
import { loadFacts } from './facts.server.ts'
import type { Facts, Help, VolunteerFact } from './facts.ts'
import { computeFigures, type Figures, rowsOf } from './figures.ts'
import { countIds, indicators } from './indicator.ts'

let database: TestDatabase
let admin: Client
let kim: Person
beforeAll(async () => {
  database = await freshDatabase()
  admin = new Client({ connectionString: database.adminUrl })
  await admin.connect()
  connect(database, 2)
  useKeys({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
  await seedDemo(database.adminUrl, '2026-11-23')
  const { rows } = await admin.query(`select person_id from person_role where role = 'coordinator' limit 1`)
  kim = (await signIn(admin, rows[0].person_id)).person
}, 60_000)
afterAll(async () => {
  await disconnect()
  await admin.end()
  await database.close()
})

const periods = ['2026-10', '2026-07', '2026-Q3', '2026'].map((key) => parsePeriod(key) as Period)
const known = new Date('2027-01-05T10:00:00Z')
const figures = async (period: Period, at = known): Promise<Figures> =>
  computeFigures(await asPerson('read', kim.claim, (db) => loadFacts(db, period, at)), period)
const number = async (text: string, values: unknown[]) => Number((await admin.query(text, values)).rows[0].n ?? 0)

// Written from the definitions in words, in SQL alone; `y` is the first yes to an assignment, `z` its end.
const help = `select n.id, n.county_code, y.on_date as since, coalesce(z.on_date, date '9999-12-31') as until from need n
  join assignment a on a.need_id = n.id join assignment_event y on y.assignment_id = a.id and y.kind = 'accepted'
  left join assignment_event z on z.assignment_id = a.id and z.kind = 'ended'`
const questions: Record<string, string> = {
  needsOffered: `select count(*) n from (select need_id, min(on_date) d from need_event group by need_id) x where d between $1 and $2`,
  needsDeclined: `select count(*) n from need_event e where kind = 'declined' and on_date between $1 and $2`,
  needsCovered: `select count(distinct id) n from (${help}) h where since <= $2 and until >= $1`,
  needsRunning: `select count(distinct id) n from (${help}) h where since <= $2 and until > $2 and $1::date <= $2`,
  needsStarted: `select count(*) n from (select id, min(since) d from (${help}) h group by id) x where d between $1 and $2`,
  waitMedian: `select percentile_cont(0.5) within group (order by d - (select min(on_date) from need_event o where o.need_id = x.id and o.kind = 'opened')) n
    from (select id, min(since) d from (${help}) h group by id) x where d between $1 and $2`,
  contacts: `select sum(contacts) n from visit where on_date between $1 and $2 and superseded_at is null`,
  hours: `select sum(minutes) / 60.0 n from visit where on_date between $1 and $2 and superseded_at is null`,
  expenses: `select sum(expense_cents) n from visit where on_date between $1 and $2 and superseded_at is null`,
  casesVisited: `select count(distinct case_id) n from visit where on_date between $1 and $2 and superseded_at is null`,
  reportsDue: `select count(*) n from month_report where month between $1 and $2`,
  reportsLate: `select count(*) n from month_report r where month between $1 and $2 and due_on <
    (select (min(recorded_at) at time zone 'Europe/Tallinn')::date from month_report_event e where e.report_id = r.id and kind = 'submitted')`,
  reportsMissing: `select count(*) n from month_report r where month between $1 and $2 and not exists
    (select from month_report_event e where e.report_id = r.id and kind = 'submitted')`,
  concernsRaised: `select count(*) n from concern where (raised_at at time zone 'Europe/Tallinn')::date between $1 and $2`,
  concernsAnswered: `select count(*) n from concern where (raised_at at time zone 'Europe/Tallinn')::date between $1 and $2 and answered_at is not null`,
  volunteersActive: `select count(*) n from (select volunteer_id from visit where on_date between $1 and $2 union select a.volunteer_id from assignment a
    where a.start_on <= $2 and coalesce(a.end_on, $2) >= $1) x`,
}

test.each(periods)('figures of $key are what plain SQL says', async (period) => {
  const { values } = await figures(period)
  for (const [id, text] of Object.entries(questions)) {
    const counted = await number(text, [period.from, period.to])
    expect(values[id as 'hours'].all ?? 0, id).toBeCloseTo(counted, 6)
  }
})

test('what counties say adds up to what the country says, and the rows are as many as counted', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const facts = randomFacts(seed, 80)
    for (const key of ['2026-03', '2026-Q2', '2026']) {
      const all = computeFigures(facts, parsePeriod(key) as Period)
      for (const id of countIds) {
        const { all: total, ...counties } = all.values[id]
        expect(
          Object.values(counties).reduce<number>((sum, value) => sum + (value ?? 0), 0),
          id,
        ).toBe(total)
        if (id !== 'contacts') expect(rowsOf(all, id).length, id).toBe(total)
      }
      const at = (id: (typeof countIds)[number]) => all.values[id].all ?? 0
      expect(at('needsOffered')).toBe(at('needsAgreed') + at('needsDeclined') + at('needsUndecided'))
      expect(at('needsStanding')).toBe(at('needsCovered') + at('needsUncovered'))
      expect(at('needsCovered')).toBe(at('needsRunning') + at('needsEnded'))
    }
  }
})

test('who is ready goes by the rules of matching, and each of them alone takes her out', () => {
  const period = parsePeriod('2026-10') as Period
  const paper = (kind: Evidence['kind'], validTo: string | null = null): Evidence => ({
    ...{ kind, validFrom: '2026-01-01', validTo, passed: true },
  })
  const papers = [paper('training'), paper('contract'), paper('pledge')]
  const active: StatusLine = { status: 'active', fromOn: '2026-01-02', untilOn: null, recordedAt: new Date(0) }
  const plain: VolunteerFact = {
    ...{ id: 'v', county: '0045', childContact: false, maxCases: 1, asked: [], away: [], evidence: papers },
    history: [active],
  }
  const help = { volunteerId: 'v', from: '2026-05-01', until: null, children: false }
  const ready = (change: Partial<VolunteerFact>, helps: readonly Help[] = []) => {
    const needs = [{ id: 'n', county: '0045', events: [], help: helps }]
    const facts = { ...randomFacts(1, 2), needs, volunteers: [{ ...plain, ...change }] }
    return computeFigures(facts, period).values.volunteersReady.all === 1
  }
  expect(ready({})).toBe(true)
  // A contract that ends before a support that begins now would.
  const until = (validTo: string) => [paper('training'), paper('contract', validTo), paper('pledge')]
  expect([ready({ evidence: until('2027-06-30') }), ready({ evidence: until('2027-06-29') })]).toEqual([true, false])
  for (const missing of papers) expect(ready({ evidence: papers.filter((one) => one !== missing) })).toBe(false)
  const pause = { ...active, status: 'paused' as const, fromOn: '2026-10-01' }
  expect(ready({ history: [active, pause] })).toBe(false)
  expect(ready({ history: [active, { ...pause, untilOn: '2026-10-31' }] })).toBe(true)
  expect(ready({ away: [{ from: '2026-10-30', to: '2026-10-31' }] })).toBe(false)
  expect(ready({ away: [{ from: '2026-10-29', to: '2026-10-30' }] })).toBe(true)
  // As many as she takes, or was asked to take.
  expect([ready({}, [help]), ready({ maxCases: 2 }, [help])]).toEqual([false, true])
  expect(ready({}, [{ ...help, until: '2026-10-31' }])).toBe(true)
  const asked = [{ from: '2026-10-20', until: null, children: false }]
  expect([ready({ asked }), ready({ asked, maxCases: 2 })]).toEqual([false, true])
  // The check is needed by what was agreed, and by a child in a case of hers.
  const checked = [...papers, paper('background')]
  expect([ready({ childContact: true }), ready({ childContact: true, evidence: checked })]).toEqual([false, true])
  const family = [{ ...help, children: true }]
  expect([ready({ maxCases: 2 }, family), ready({ maxCases: 2, evidence: checked }, family)]).toEqual([false, true])
})

test('of everybody of the demonstration the figure says what matching says today', async () => {
  const day = today()
  const [{ world, volunteers }, facts] = await asPerson('read', kim.claim, async (db) => [
    await factsNow(db),
    await loadFacts(db, { from: day, to: day }, new Date()),
  ])
  const able = world.volunteers.filter((one) => reasonsNotAble(one, facts.settings, day).length === 0)
  const found = rowsOf(
    computeFigures(facts, { ...(parsePeriod('2026-11') as Period), from: day, to: day }),
    'volunteersReady',
  )
  expect(found.toSorted()).toEqual(able.map(({ id }) => volunteers.get(id)?.id).toSorted())
  expect(found.length).toBeGreaterThan(5)
  expect(found.length).toBeLessThan(world.volunteers.length)
})

test('what comes later changes nothing of what was known: late entries, corrections, new homes, new answers', async () => {
  const period = parsePeriod('2026-10') as Period
  const then = new Date('2026-11-09T09:00:00Z')
  const before = await figures(period, then)
  await admin.query(
    `update visit set superseded_at = now(), superseded_reason = 'parandus' where on_date between '2026-10-01' and '2026-10-15'`,
  )
  await admin.query(
    `insert into visit (network_id, case_id, id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by)
     select network_id, case_id, $1, assignment_id, volunteer_id, number, '2026-10-20', 'phone', 30, recorded_by from visit limit 1`,
    [randomUUID()],
  )
  await admin.query(
    `update volunteer set county_code = '0039', child_contact = not coalesce(child_contact, false), max_cases = 1`,
  )
  await admin.query(`update case_file set county_code = '0039', child_count = 3`)
  await admin.query(`insert into volunteer_away (volunteer_id, from_on, to_on, told_by)
    select v.id, '2026-10-01', '2026-12-31', p.id from volunteer v, (select id from person limit 1) p`)
  await admin.query(`insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, reason_code, recorded_by)
    select network_id, case_id, id, 'ended', '2026-10-10', 'goal_reached', created_by from assignment where status = 'active' limit 3`)
  await admin.query(`insert into month_report_event (report_id, kind, recorded_by)
    select r.id, 'submitted', p.id from month_report r, (select id from person limit 1) p where r.status = 'draft'`)
  await admin.query(`update concern set answered_at = null where raised_at > '2026-11-09'`)
  expect(await figures(period, then)).toEqual(before)
  expect(await figures(period)).not.toEqual(before)
})

test('what is left out because nothing of it falls into the time changes no figure of that time', async () => {
  const seed = Number(process.env.PROOF_SEED ?? 3)
  await putHistories(admin, randomFrom(seed), 150)
  for (const at of [known, new Date('2026-06-15T10:00:00Z')])
    for (const period of [...periods, parsePeriod('2026-05') as Period, parsePeriod('2026-12') as Period]) {
      const [near, whole] = await asPerson('read', kim.claim, async (db) => [
        await loadFacts(db, period, at),
        await loadFacts(db, { from: '2000-01-01', to: period.to }, at),
      ])
      const needsAlone = (facts: Facts) => ({ ...facts, visits: [], reports: [], concerns: [] })
      expect(computeFigures(needsAlone(near), period), `PROOF_SEED=${seed}`).toEqual(
        computeFigures(needsAlone(whole), period),
      )
      if (period.from > '2026-06') expect(near.needs.length).toBeLessThan(whole.needs.length)
    }
})

test('every indicator says what it means and where it comes from', () => {
  for (const { sources, shownWith, version } of indicators) {
    expect(sources.length * shownWith.length * version).toBeGreaterThan(0)
  }
})
