// Are the sums that the database keeps always those of the rows themselves, and does each see their own?
import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport, usualVisit } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { Refused } from '../../core/errors.ts'
import { correctVisit, logVisit } from '../visit/visits.server.ts'
import { openWork, openYears } from './work.server.ts'
import { everySpan, lastMonths, yearsUntil } from './work.ts'

let cast: Cast
let site: Site
let support: Awaited<ReturnType<typeof givenSupport>>
beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, '2026-01-01')
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

const raw = `select network_id, date_trunc('month', on_date)::date::text as month, way, sum(contacts)::int as contacts, sum(minutes)::int as minutes,
  sum(expense_cents)::int as cents from visit where superseded_at is null group by 1, 2, 3 order by 1, 2, 3`
const kept = `select network_id, month::text, way, contacts::int, minutes::int, expense_cents::int as cents from work_sum
  where (contacts, minutes, expense_cents) <> (0, 0, 0) order by 1, 2, 3`

async function agree(): Promise<void> {
  const [rows, sums] = [await cast.admin.query(raw), await cast.admin.query(kept)]
  expect(sums.rows).toEqual(rows.rows.filter((row) => row.contacts + row.minutes + row.cents > 0))
}

test('a visit is counted once, also when it was put right', async () => {
  const of = { assignment: support.assignment, day: '2026-10-05' }
  const { id } = await logVisit.run(cast.lou, { ...of, ...usualVisit })
  await agree()
  await correctVisit.run(cast.lou, { id, ...of, ...usualVisit, minutes: '30', day: '2026-09-28', reason: 'Vale päev' })
  await agree()
  const { rows } = await cast.admin.query('select sum(minutes)::int as minutes from work_sum')
  expect(rows).toEqual([{ minutes: 30 }])
})

test('what migrations of before meant for rows that were there is caught up with, on an installation in use', async () => {
  const name = (await readdir('db/migrations')).find((one) => one.endsWith('_caught_up.sql'))
  const text = await readFile(`db/migrations/${name}`, 'utf8')
  const { admin, networks, lou } = cast
  const ask = async (question: string) => (await admin.query(question)).rows
  const basis =
    'select case_id, kind, on_date::text, way, law_text, recorded_by, recorded_at from case_basis order by 1'
  const cases = 'select id, version, legal_basis, consent_on::text, consent_way from case_file order by 1'
  const [before, stood] = [await ask(basis), await ask(cases)]
  expect(before.length).toBeGreaterThan(0)
  await admin.query('begin')
  try {
    // As it stood where nothing of it had been done: sums that miss what was there, some taken back from nothing, no word on any ground.
    await admin.query('set local session_replication_role = replica')
    await admin.query('delete from case_basis')
    await admin.query('update work_sum set contacts = contacts - 1, minutes = -30')
    await admin.query(
      `insert into work_sum values ('${networks.ida}', '2020-01-01', 'phone', -1, -15, -200), ('${networks.ida}', '2020-02-01', 'phone', 0, 0, 0)`,
    )
    await admin.query(`insert into once (person_id, key, name, at) values
      ('${lou.id}', gen_random_uuid(), 'x', now() - interval '1 year'), ('${lou.id}', gen_random_uuid(), 'y', now() + interval '1 minute')`)
    await admin.query(`insert into setting (name, valid_from, value, note, set_by) values
      ('maracFlagMonths', '2021-01-01', '9', 'x', '${lou.id}'), ('maracFlagMonths', '2022-01-01', '9', 'x', '${lou.id}'),
      ('flagMonths', '2022-01-01', '15', 'x', '${lou.id}')`)
    await admin.query('set local session_replication_role = origin')
    await admin.query(text)
    await admin.query('reset role')
    await agree()
    expect([await ask(basis), await ask(cases)]).toEqual([before, stood])
    expect(await ask(`select name from once where name in ('x', 'y')`)).toEqual([{ name: 'y' }])
    const flags = await ask(
      `select name, valid_from::text as day, value from setting where name ~ 'lagMonths' order by 2`,
    )
    expect(flags.map(({ name, day, value }) => `${name} ${day} ${value}`)).toEqual([
      'flagMonths 2021-01-01 9',
      'flagMonths 2022-01-01 15',
    ])
    // Where nothing is missing it changes nothing.
    const sums = await ask('select * from work_sum order by 1, 2, 3')
    await admin.query(text)
    await admin.query('reset role')
    expect([await ask(basis), await ask('select * from work_sum order by 1, 2, 3')]).toEqual([before, sums])
  } finally {
    await admin.query('rollback')
  }
})

test('whatever is written and set aside, in whatever order, the sums are those of the rows', async () => {
  const visit = fc.record({
    day: fc.integer({ min: 0, max: 400 }),
    way: fc.constantFrom('meeting', 'phone', 'accompanying', 'other'),
    contacts: fc.integer({ min: 0, max: 9 }),
    minutes: fc.integer({ min: 0, max: 600 }),
    cents: fc.integer({ min: 0, max: 9999 }),
    setAside: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 12 }), async (visits) => {
      for (const one of visits) {
        const { rows } = await cast.admin.query<{ id: string }>(
          `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, contacts, minutes, expense_cents, recorded_by)
           values ($1, $2, $3, $4, 'x', date '2025-06-01' + $5::int, $6, $7, $8, $9, $10) returning id`,
          [
            ...[cast.networks.ida, support.caseId, support.assignment, cast.volunteer, one.day, one.way],
            ...[one.contacts, one.minutes, one.cents, cast.lou.id],
          ],
        )
        if (one.setAside) await cast.admin.query('update visit set superseded_at = now() where id = $1', [rows[0]?.id])
      }
      await agree()
    }),
    { numRuns: 40 },
  )
})

test('a network sees its own work, the coordinator that of all, and nobody else any', async () => {
  const [own, all, other] = [
    await openWork.run(cast.lea, {}),
    await openWork.run(cast.kim, {}),
    await openWork.run(cast.max, {}),
  ]
  expect(own.spans).toHaveLength(12)
  expect(own.networks.map((network) => network.name)).toEqual(['Ida-Viru'])
  expect(all.spans).toEqual(own.spans)
  expect(other.networks).toEqual([])
  expect(other.spans.every(({ minutes }) => minutes === 0)).toBe(true)
  for (const who of [cast.lou, cast.sirje, cast.peep, cast.jaan, cast.ott]) {
    await expect(openWork.run(who, {})).rejects.toBeInstanceOf(Refused)
    await expect(openYears.run(who, {})).rejects.toBeInstanceOf(Refused)
  }
})

test('year by year it is all that was ever done, each contact in its year, and each network its own', async () => {
  await cast.admin.query(
    `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, contacts, minutes, expense_cents, recorded_by)
     values ($1, $2, $3, $4, 'x', '2023-12-31', 'phone', 1, 45, 0, $5), ($1, $2, $3, $4, 'x', '2023-01-01', 'phone', 2, 60, 500, $5)`,
    [cast.networks.ida, support.caseId, support.assignment, cast.volunteer, cast.lou.id],
  )
  const { rows } = await cast.admin.query<{ from: string; contacts: number; minutes: number; expenseCents: number }>(
    `select extract(year from on_date) || '-01-01' as "from", sum(contacts)::int as contacts, sum(minutes)::int as minutes, sum(expense_cents)::int as "expenseCents"
     from visit where superseded_at is null group by 1 order by 1`,
  )
  expect(rows[0]).toEqual({ from: '2023-01-01', contacts: 3, minutes: 105, expenseCents: 500 })
  const [own, all, other] = [
    await openYears.run(cast.lea, {}),
    await openYears.run(cast.kim, {}),
    await openYears.run(cast.max, {}),
  ]
  const years = yearsUntil(today(), '2023-05-05')
  expect(own.spans).toEqual(everySpan(years, rows))
  expect(all.spans).toEqual(own.spans)
  expect(own.networks.map(({ name, minutes }) => [name, minutes])).toEqual([
    ['Ida-Viru', rows.reduce((sum, { minutes }) => sum + minutes, 0)],
  ])
  // Where nothing was ever done there is this year, with zeros.
  expect(other.spans.map(({ from, minutes }) => [from, minutes])).toEqual([[`${today().slice(0, 4)}-01-01`, 0]])
})

test('months run back from this one over the turn of a year, and a month without work is there too', () => {
  expect(lastMonths('2026-02-17', 4)).toEqual(['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'])
  const known = { from: '2026-01-01', contacts: 2, minutes: 90, expenseCents: 0 }
  expect(everySpan(['2026-01-01', '2026-02-01'], [known])).toEqual([
    known,
    { from: '2026-02-01', contacts: 0, minutes: 0, expenseCents: 0 },
  ])
  expect(lastMonths(today()).at(-1)).toBe(`${today().slice(0, 7)}-01`)
  expect(yearsUntil('2026-02-17', '2024-12-31')).toEqual(['2024-01-01', '2025-01-01', '2026-01-01'])
  expect(yearsUntil('2026-02-17')).toEqual(['2026-01-01'])
})

test('the page is read and heard on a desk and on a phone', async () => {
  for (const width of [390, 1280] as const) {
    const page = await site.as('lea', { width })
    await page.goto('/support/work')
    await look(page, `work-${width}`)
    expect(await page.textContent('h1')).toBe('Tugiisikute töö maht')
    await page.click('text=Kõik aastad')
    await look(page, `work-years-${width}`)
    expect(await page.textContent('h2')).toBe(`${today().slice(0, 4)}, seni`)
  }
})
