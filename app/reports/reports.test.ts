// Does a report go from the records to the manager and back, exact for its author and safe for everybody else?
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../db/seed/random.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { seed } from '../../test/draws.ts'
import { putHistories } from '../../test/histories.ts'
import { monthOfWork } from '../../test/period.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import type { Person } from '../core/user.ts'
import { loadFacts } from '../evaluation/indicators/facts.server.ts'
import { computeFigures } from '../evaluation/indicators/figures.ts'
import { type Period, parsePeriod, periodOf, previousPeriod } from '../evaluation/period.ts'
import { translator } from '../i18n/i18n.ts'
import { reportDocument, reportFile } from './documents.server.ts'
import { createReport, listReports, openNewReport, openReport, writeReport } from './reports.server.ts'
import { compareReport, openFigure } from './rows.server.ts'
import { acceptReport, returnReport, submitReport } from './submit.server.ts'
import { reportsWaiting } from './waiting.server.ts'
import { writtenReport } from './written.ts'

let cast: Cast
let id: string
const last = previousPeriod(periodOf(today(), 'month'))
beforeAll(async () => {
  cast = await openCast()
  await monthOfWork(cast, `${last.from.slice(0, 8)}05`, 7)
  id = (await createReport.run(cast.kim, { period: last.key })).id
})
afterAll(() => cast.close())

const waiting = (me: Person) => asPerson('read', me.claim, (db) => reportsWaiting(db, me))

test('a report is begun once for a period, and waits for its author', async () => {
  await expect(createReport.run(cast.kim, { period: last.key })).rejects.toBeInstanceOf(Invalid)
  await expect(createReport.run(cast.kim, { period: '2026-13' })).rejects.toBeInstanceOf(Invalid)
  const { choices } = await openNewReport.run(cast.kim, {})
  expect(choices.map(({ period }) => period.key)).not.toContain(last.key)
  expect((await waiting(cast.kim)).toWrite).toMatchObject([{ id, period: { key: last.key } }])
  expect((await waiting(cast.peep)).toAnswer).toEqual([])
  expect(await waiting(cast.lou)).toEqual({ toWrite: [], returned: [], toAnswer: [] })
})

test('its figures come from the records, and each opens its rows', async () => {
  const report = await openReport.run(cast.kim, { id })
  expect(report.shown.needsOffered.all).toBe(7)
  expect(report.shown.coverage.all).toBe(1)
  expect(report.shown.waitMedian.all).toBe(1)
  expect(report.shown.hours).toMatchObject({ all: 10.5, '0045': 10.5, '0037': 0 })
  expect(report.shown.expenses.all).toBe(1750)
  expect(report.shown.volunteersActive.all).toBe(1)
  const opened = await openFigure.run(cast.kim, { id, figure: 'hours', place: '0045' })
  expect(opened.rows).toHaveLength(7)
  expect(opened.rows[0]).toMatchObject({ minutes: 90, contacts: 1, expenseCents: 250 })
  for (const figure of ['needsCovered', 'volunteersActive', 'casesVisited', 'reportsDue', 'concernsRaised'])
    expect((await openFigure.run(cast.kim, { id, figure })).figure).toBe(figure)
  await expect(openFigure.run(cast.kim, { id, figure: 'nothing' })).rejects.toBeInstanceOf(NotFound)
})

test('strangers see no report, and a draft exists for its author alone', async () => {
  for (const stranger of [cast.max, cast.lou, cast.sirje, cast.ott]) {
    await expect(openReport.run(stranger, { id })).rejects.toBeInstanceOf(Refused)
    await expect(listReports.run(stranger, {})).rejects.toBeInstanceOf(Refused)
    await expect(submitReport.run(stranger, { id })).rejects.toBeInstanceOf(Refused)
    await expect(writeReport.run(stranger, { id, ownText: 'x' })).rejects.toBeInstanceOf(Refused)
    await expect(reportDocument.run(stranger, { id, kind: 'pdf' })).rejects.toBeInstanceOf(Refused)
    await expect(openFigure.run(stranger, { id, figure: 'hours' })).rejects.toBeInstanceOf(Refused)
    await expect(compareReport.run(stranger, { id })).rejects.toBeInstanceOf(Refused)
    await expect(acceptReport.run(stranger, { id })).rejects.toBeInstanceOf(Refused)
    await expect(returnReport.run(stranger, { id, remark: 'x' })).rejects.toBeInstanceOf(Refused)
  }
  for (const reader of [cast.peep, cast.jaan, cast.aino]) {
    expect((await listReports.run(reader, {})).reports).toEqual([])
    await expect(openReport.run(reader, { id })).rejects.toBeInstanceOf(NotFound)
  }
})

test('it is not submitted while something is missing', async () => {
  await expect(submitReport.run(cast.kim, { id })).rejects.toBeInstanceOf(Invalid)
  await writeReport.run(cast.kim, { id, ownText: 'Näidis-tekst.\n\nTeine lõik.' })
  const running = await createReport.run(cast.kim, { period: periodOf(today(), 'year').key })
  await writeReport.run(cast.kim, { id: running.id, ownText: 'Varakult' })
  await expect(submitReport.run(cast.kim, { id: running.id })).rejects.toBeInstanceOf(Invalid)
})

test('submitted, returned with a remark, submitted again, accepted – and closed', async () => {
  await submitReport.run(cast.kim, { id })
  expect((await waiting(cast.peep)).toAnswer).toMatchObject([{ id }])
  await expect(writeReport.run(cast.kim, { id, ownText: 'veel' })).rejects.toBeInstanceOf(Conflict)
  await expect(submitReport.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(returnReport.run(cast.peep, { id, remark: ' ' })).rejects.toBeInstanceOf(Invalid)
  await returnReport.run(cast.peep, { id, remark: 'Palun lisa, mida tehti murekohtadega.' })
  expect((await waiting(cast.kim)).returned).toMatchObject([{ id }])
  await writeReport.run(cast.kim, { id, ownText: 'Täiendatud tekst.' })
  expect((await openReport.run(cast.peep, { id })).ownText).toContain('Näidis-tekst')
  await expect(acceptReport.run(cast.peep, { id })).rejects.toBeInstanceOf(Conflict)
  await submitReport.run(cast.kim, { id })
  await expect(openReport.run(cast.jaan, { id })).rejects.toBeInstanceOf(NotFound)
  await acceptReport.run(cast.peep, { id })
  await expect(returnReport.run(cast.peep, { id, remark: 'hilja' })).rejects.toBeInstanceOf(Conflict)
  const { events, ownText } = await openReport.run(cast.jaan, { id })
  expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'returned', 'submitted', 'accepted'])
  expect(ownText).toBe('Täiendatud tekst.')
})

test('later entries and corrections change nothing of it; the comparison shows what they would', async () => {
  const before = (await openReport.run(cast.kim, { id })).shown
  await cast.admin.query(
    `update visit set superseded_at = now(), superseded_reason = 'parandus' where number like '%-100'`,
  )
  await cast.admin.query(`update volunteer set county_code = '0039'`)
  expect((await openReport.run(cast.kim, { id })).shown).toEqual(before)
  expect((await openFigure.run(cast.kim, { id, figure: 'hours' })).rows).toHaveLength(7)
  const compared = await compareReport.run(cast.kim, { id })
  expect(compared.same).toBe(true)
  expect(compared.figures.find(({ figure }) => figure === 'hours')).toEqual({ figure: 'hours', before: 10.5, now: 9 })
})

test('what its figures meant when it was handed in stays; what means something else since is said, on the page, in the comparison, not in the file', async () => {
  const now = await openReport.run(cast.kim, { id })
  expect([now.redefined, now.definitions.hours.version]).toEqual([[], 1])
  // As if the program had a newer definition of the hours than the one that the report was handed in with.
  const old = { version: 0, meaning: { et: 'Näidis-tunnid', en: 'Sample hours', ru: 'Часы' } }
  await cast.admin.query(
    `update period_report set figures = jsonb_set(figures, '{definitions,hours}', $1) where id = $2`,
    [JSON.stringify(old), id],
  )
  for (const who of [cast.kim, cast.peep]) {
    const report = await openReport.run(who, { id })
    expect([report.redefined, report.definitions.hours]).toEqual([['hours'], old])
    const written = writtenReport(report, translator('et'), 'et', 'inside')
    expect(written.definitions.find((one) => one.id === 'hours')?.meaning).toBe('Näidis-tunnid Määratluse versioon 0.')
  }
  expect((await openFigure.run(cast.kim, { id, figure: 'hours' })).definition).toEqual(old)
  expect((await compareReport.run(cast.kim, { id })).redefined).toEqual([{ figure: 'hours', before: old }])
  // Of the first reports it is not known: they say what is in force.
  await cast.admin.query(`update period_report set figures = figures - 'definitions' where id = $1`, [id])
  expect(await openReport.run(cast.kim, { id })).toMatchObject({
    redefined: [],
    definitions: { hours: { version: 1 } },
  })
})

test('everybody but the author sees small counts hidden, and no rows at all', async () => {
  for (const reader of [cast.peep, cast.jaan, cast.aino]) {
    const { shown } = await openReport.run(reader, { id })
    expect(shown.volunteersActive.all).toBe('hidden')
    expect(shown.needsOffered.all).toBe(7)
    await expect(openFigure.run(reader, { id, figure: 'needsOffered' })).rejects.toBeInstanceOf(Refused)
    const { report } = await reportDocument.run(reader, { id, kind: 'pdf', audience: 'inside' })
    expect(report.shown).toEqual(shown)
    const raw = await asPerson('read', reader.claim, (db) =>
      db.selectFrom('periodReportSnapshot').select('reportId').execute(),
    )
    expect(raw).toEqual([])
  }
  const outside = await reportDocument.run(cast.kim, { id, kind: 'xlsx', audience: 'outside' })
  expect(outside.report.shown.volunteersActive.all).toBe('hidden')
})

test('nobody accepts or returns what they wrote, whatever roles they hold', async () => {
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'manager', '2020-01-01', '2999-12-31')`,
    [cast.kim.id],
  )
  const both = { ...cast.kim, roles: [...cast.kim.roles, 'manager' as const] }
  const earlier = previousPeriod(last)
  const { id: own } = await createReport.run(both, { period: earlier.key })
  await writeReport.run(both, { id: own, ownText: 'Oma.' })
  await submitReport.run(both, { id: own })
  await expect(acceptReport.run(both, { id: own })).rejects.toBeInstanceOf(Conflict)
  await expect(returnReport.run(both, { id: own, remark: 'x' })).rejects.toBeInstanceOf(Conflict)
  const sneaked = asPerson('write', both.claim, (db) =>
    db.insertInto('periodReportEvent').values({ reportId: own, kind: 'accepted', recordedBy: both.id }).execute(),
  )
  await expect(sneaked).rejects.toThrow()
})

test('every kind of file is made, with a neutral name', async () => {
  for (const kind of ['pdf', 'docx', 'xlsx'] as const) {
    const answer = await reportDocument.run(cast.kim, { id, kind, audience: 'inside', lang: 'ru' })
    const file = await reportFile(answer, translator('ru'), cast.kim)
    expect(file.name).toBe(`report-${last.key}.${kind}`)
    expect(file.body.length).toBeGreaterThan(5000)
  }
})

test('the manager’s PDF is tagged, says what is hidden and holds none of it', async () => {
  const answer = await reportDocument.run(cast.peep, { id, kind: 'pdf' })
  const { body } = await reportFile(answer, translator('et'), cast.peep)
  const pdf = await getDocument({ data: new Uint8Array(body) }).promise
  expect((await pdf.getMarkInfo())?.Marked).toBe(true)
  const content = await (await pdf.getPage(1)).getTextContent()
  const words = content.items.map((item) => ('str' in item ? item.str : '')).join(' ')
  expect(words).toContain('ASUTUSESISESEKS KASUTAMISEKS')
  expect(words).toMatch(/Aktiivseid tugiisikuid \[16\]\s+peidetud/)
  await pdf.destroy()
})

test('what leads to the figures of a period leaves out nothing that counts, as known on whatever day', async () => {
  await putHistories(cast, randomFrom(seed), 120, '2018-01-01', 700)
  const counted = (span: { from: string; to: string }, period: Period, knownAt: Date) =>
    asPerson('read', cast.kim.claim, async (db) => computeFigures(await loadFacts(db, span, knownAt), period))
  for (const key of ['2018', '2018-Q2', '2019-Q1', '2019-07', '2020-Q1', '2021'])
    for (const knownAt of ['2018-08-15', '2019-06-01', '2020-02-01', '2026-01-01']) {
      const period = parsePeriod(key) as Period
      const day = new Date(`${knownAt}T12:00:00Z`)
      const narrow = await counted(period, period, day)
      const whole = await counted({ from: '0001-01-01', to: period.to }, period, day)
      expect(narrow.values, `${key} as known on ${knownAt}, seed ${seed}`).toEqual(whole.values)
    }
})
