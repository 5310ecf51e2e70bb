// Does a month's report go its whole way, with figures that are those of its rows?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { supervisorHome, supportHome } from '../home.server.ts'
import { logVisit } from '../visit/visits.server.ts'
import { listOwnReports, openOwnReport, writeReport } from './own-reports.server.ts'
import { judgeReport, openReview, openReviewRows } from './review.server.ts'
import { listSupervisees, openSupervisee } from './supervision.server.ts'

let cast: Cast
let first: Support
let second: Support
const month = '2026-11'
const words = { month, summary: 'Kuu möödus rahulikult.', supervisionNeed: 'talk' }

beforeAll(async () => {
  cast = await openCast()
  // Max guides somebody too, but not Lou: a stranger of the same role.
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'supervisor', '2020-01-01', '2999-12-31')`,
    [cast.max.id],
  )
  cast.max.roles.push('supervisor')
  ;[first, second] = [await givenSupport(cast, '2026-11-03'), await givenSupport(cast, '2026-11-10')]
  standAt(new Date('2026-11-23T10:00:00Z'))
  await log(first, { minutes: '60', expense: '3,50', expenseNote: 'Bussipilet' })
  await log(first, { minutes: '30', way: 'phone' })
  await log(second, { minutes: '90', danger: 'yes' })
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const log = (of: Support, changes: Record<string, string> = {}) =>
  logVisit.run(cast.lou, { assignment: of.assignment, day: '2026-11-20', ...usualVisit, ...changes })
const reportId = async () =>
  (await cast.admin.query('select id from month_report where month = $1', [`${month}-01`])).rows[0]?.id as string
const status = async () => (await openOwnReport.run(cast.lou, { month })).status
const wrongAt = (field: string) => (error: Invalid) => Object.keys(error.fields ?? {}).includes(field)

test('the report is filled from the entries before a word is written', async () => {
  const report = await openOwnReport.run(cast.lou, { month })
  expect(report).toMatchObject({ status: 'draft', dueOn: '2026-12-07', editable: true, ready: false })
  expect(report.total).toEqual({ contacts: 3, minutes: 180, expenseCents: 350 })
  expect(report.lines.find((line) => line.caseId === second.caseId)).toMatchObject({ minutes: 90, dangers: 1 })
  expect(report.worries).toHaveLength(1)
  expect((await listOwnReports.run(cast.lou, {})).reports.map((line) => line.month)).toEqual([month])
})

test('a month without work has no report, and a running month cannot be handed in', async () => {
  await expect(openOwnReport.run(cast.lou, { month: '2026-09' })).rejects.toBeInstanceOf(NotFound)
  await expect(writeReport.run(cast.lou, { ...words, month: '2026-09' })).rejects.toBeInstanceOf(NotFound)
  await expect(writeReport.run(cast.lou, { ...words, step: 'submit' })).rejects.toSatisfy(wrongAt(''))
})

test('the words are kept under the key of the report, for its writer and reader alone', async () => {
  await writeReport.run(cast.lou, { ...words, step: 'save' })
  expect((await openOwnReport.run(cast.lou, { month })).report).toMatchObject({ summary: words.summary })
  const { rows } = await cast.admin.query('select summary_sealed from month_report')
  expect(rows[0].summary_sealed.toString('utf8')).not.toContain('rahulikult')
})

test('draft, handed in, returned with a remark, handed in again, approved – and nothing of it is lost', async () => {
  standAt(new Date('2026-12-02T10:00:00Z'))
  await expect(writeReport.run(cast.lou, { ...words, summary: '', step: 'submit' })).rejects.toSatisfy(
    wrongAt('summary'),
  )
  await writeReport.run(cast.lou, { ...words, step: 'submit' })
  const id = await reportId()
  await expect(writeReport.run(cast.lou, { ...words, step: 'save' })).rejects.toBeInstanceOf(Conflict)
  await expect(log(first)).rejects.toSatisfy(wrongAt('day'))
  const review = await openReview.run(cast.sirje, { id })
  expect(review).toMatchObject({ changed: false, report: { status: 'submitted', summary: words.summary } })
  expect(review.total).toEqual(review.handedIn)
  await expect(judgeReport.run(cast.sirje, { id, verdict: 'returned' })).rejects.toSatisfy(wrongAt('remark'))
  await judgeReport.run(cast.sirje, { id, verdict: 'returned', remark: 'Palun lisa esimese nädala kõne.' })
  expect(await status()).toBe('returned')
  await log(first, { minutes: '15', way: 'phone', day: '2026-11-05' })
  await writeReport.run(cast.lou, { ...words, summary: 'Lisasin puudunud kõne.', step: 'submit' })
  await judgeReport.run(cast.sirje, { id, verdict: 'approved', remark: 'Aitäh, hea et saatsid.' })
  const approved = await openReview.run(cast.sirje, { id })
  expect(approved.events.map((event) => event.kind)).toEqual(['submitted', 'returned', 'submitted', 'approved'])
  const { rows } = await cast.admin.query(
    `select figures from month_report_event where kind = 'submitted' order by recorded_at`,
  )
  expect(rows.map((row) => row.figures.minutes)).toEqual([180, 195])
  await expect(judgeReport.run(cast.sirje, { id, verdict: 'approved' })).rejects.toBeInstanceOf(Conflict)
})

test('the volunteer reads the last word of the supervisor at home', async () => {
  const home = await asPerson('read', cast.lou.claim, (db) => supportHome(db, cast.lou))
  expect(home.lastWord).toMatchObject({ text: 'Aitäh, hea et saatsid.', by: cast.sirje.name, month })
  expect(home.assignments).toHaveLength(2)
})

test('a figure opens its rows, with their notes, and the look is written into the log of the case', async () => {
  const id = await reportId()
  const { visits } = await openReviewRows.run(cast.sirje, { id, case: first.caseId })
  expect(visits.map((visit) => visit.minutes)).toEqual([15, 60, 30])
  expect(visits.every((visit) => visit.note === usualVisit.note)).toBe(true)
  const { rows } = await cast.admin.query(`select case_id from audit_event where action = 'support.review.rows'`)
  expect(rows).toEqual([{ case_id: first.caseId }])
})

test('a danger told after the report was handed in is never refused, and the supervisor sees that the figures moved', async () => {
  await log(second, { danger: 'yes', day: '2026-11-29' })
  const id = await reportId()
  expect(await openReview.run(cast.sirje, { id })).toMatchObject({ changed: true, handedIn: { minutes: 195 } })
})

test('an approved report goes back where a mistake is found, and its approval stays in the history', async () => {
  const id = await reportId()
  await judgeReport.run(cast.sirje, { id, verdict: 'returned', remark: 'Üks kanne on vales kuus.' })
  expect(await status()).toBe('returned')
  expect((await openReview.run(cast.sirje, { id })).events.map((event) => event.kind)).toContain('approved')
})

test('nobody approves her own report, whatever roles she has', async () => {
  const id = await reportId()
  await writeReport.run(cast.lou, { ...words, step: 'submit' })
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'supervisor', '2020-01-01', '2999-12-31')`,
    [cast.lou.id],
  )
  await cast.admin.query('update volunteer set supervisor_id = $1 where id = $2', [cast.lou.id, cast.volunteer])
  const both = { ...cast.lou, roles: [...cast.lou.roles, 'supervisor' as const] }
  await expect(judgeReport.run(both, { id, verdict: 'approved' })).rejects.toBeInstanceOf(NotFound)
  const direct = asPerson('write', cast.lou.claim, (db) =>
    db.insertInto('monthReportEvent').values({ reportId: id, kind: 'approved', recordedBy: cast.lou.id }).execute(),
  )
  await expect(direct).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('update volunteer set supervisor_id = $1 where id = $2', [cast.sirje.id, cast.volunteer])
  await cast.admin.query(`delete from person_role where person_id = $1 and role = 'supervisor'`, [cast.lou.id])
})

test('a supervisor sees whose report waits, who is silent and what worries; a stranger sees nobody', async () => {
  standAt(new Date('2026-12-22T10:00:00Z'))
  const { people } = await listSupervisees.run(cast.sirje, {})
  expect(people).toMatchObject([{ id: cast.volunteer, active: 2, quiet: true, concerns: 2, last: '2026-11-29' }])
  expect(people[0]?.waiting).toHaveLength(1)
  const home = await asPerson('read', cast.sirje.claim, (db) => supervisorHome(db))
  expect(home.waiting).toMatchObject([{ month }])
  expect((await openSupervisee.run(cast.sirje, { id: cast.volunteer })).reports).toHaveLength(1)
  expect((await listSupervisees.run(cast.max, {})).people).toEqual([])
})

test('strangers neither read nor judge', async () => {
  const id = await reportId()
  await expect(openReview.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(openReviewRows.run(cast.max, { id, case: first.caseId })).rejects.toBeInstanceOf(NotFound)
  await expect(judgeReport.run(cast.max, { id, verdict: 'approved' })).rejects.toBeInstanceOf(NotFound)
  await expect(openSupervisee.run(cast.max, { id: cast.volunteer })).rejects.toBeInstanceOf(NotFound)
  for (const wrong of [openReview, openReviewRows, judgeReport, openSupervisee, listSupervisees])
    await expect(wrong.run(cast.kim, { id })).rejects.toBeInstanceOf(Refused)
  for (const wrong of [listOwnReports, openOwnReport, writeReport])
    await expect(wrong.run(cast.sirje, words)).rejects.toBeInstanceOf(Refused)
})
