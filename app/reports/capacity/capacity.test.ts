// Do the ratios say what they say they do – and nothing of a county so small that a number points at somebody?
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { seed } from '../../../test/draws.ts'
import { unzipped } from '../../../test/unzip.ts'
import { standAt } from '../../core/clock.server.ts'
import { Invalid, Refused } from '../../core/errors.ts'
import { auditDisclosure } from '../../evaluation/disclosure-audit.ts'
import { publishHalves as publishReach } from '../../evaluation/reach/reach.server.ts'
import { translator } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { capacityDocument, openCapacity, openFacts, publishHalves, sayFacts } from './capacity.server.ts'
import { capacityLines, capacityTables, publishCapacity, readLines, ruleOf } from './capacity.ts'
import { capacityFile } from './capacity-document.ts'
import { sentences } from './words.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterEach(() => standAt(null))
afterAll(() => cast.close())

const codes = ['0037', '0039', '0045', '0050', '0052', '0056']
const anyCounts = fc
  .array(fc.oneof(fc.nat(9), fc.nat(60)), { minLength: codes.length, maxLength: codes.length })
  .map((all) => all.map((cases, at) => ({ countyCode: codes[at] ?? '', cases })))
const sum = (counts: { cases: number }[]) => counts.reduce((all, { cases }) => all + cases, 0)

test('no count that is too small is printed or can be worked out, beside the total that was told before', () => {
  let shown = 0
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const told = sum(counts) < 5 ? null : sum(counts)
      const published = new Map(Object.entries(publishCapacity(counts, codes, told, 5)))
      expect(published.get('all')).toBe(told)
      for (const { countyCode, cases } of counts) {
        const said = published.get(countyCode)
        expect([null, cases]).toContain(said)
        if (cases > 0 && cases < 5) expect(said).toBe(null)
        shown += said === null ? 0 : 1
      }
      expect(auditDisclosure(capacityTables(counts, codes, told), published, ruleOf(5))).toEqual([])
    }),
    { seed, numRuns: 300 },
  )
  expect(shown).toBeGreaterThan(300)
})

test('where other cases are counted than those of which the country was told, no county is shown: the difference would be somebody', () => {
  fc.assert(
    fc.property(anyCounts, fc.integer({ min: 1, max: 4 }), (counts, fewer) => {
      const published = publishCapacity(counts, codes, sum(counts) + fewer, 5)
      expect(published).toEqual({ ...Object.fromEntries(codes.map((code) => [code, null])), all: sum(counts) + fewer })
    }),
    { seed, numRuns: 100 },
  )
})

const counties = [
  { code: '0037', name: 'Harju maakond' },
  { code: '0045', name: 'Ida-Viru maakond' },
  { code: '0060', name: 'Lääne-Viru maakond' },
]

test('a table is read as it is copied, and what cannot be read is said by its line', () => {
  const read = (typed: string, what: 'women' | 'workers' = 'women') => [...readLines(typed, counties, what)]
  expect(read('Harju maakond\t262 000\r\n\r\nida-viru; 70\u00a0123\nLääne-Viru')).toEqual([
    ['0037', 26_200_000],
    ['0045', 7_012_300],
  ])
  expect(read('Harju 3,5\nIda-Viru: 0', 'workers')).toEqual([
    ['0037', 350],
    ['0045', 0],
  ])
  for (const [typed, key] of [
    ['Harju 12\nKogu Eesti 3', 'line'],
    ['262 000', 'line'],
    ['Harju 1\nHarju maakond 2', 'twice'],
    ['Harju 1,5', 'number'],
    ['Harju 12 500 000', 'number'],
    ['Harju\nIda-Viru', 'none'],
    ['', 'none'],
  ] as const) {
    let error: unknown = null
    try {
      readLines(typed, counties, 'women')
    } catch (thrown) {
      error = thrown
    }
    const fields = error instanceof Invalid ? error.fields : {}
    expect([typed, fields.lines?.key]).toEqual([typed, `reports.capacity.error.${key}`])
  }
})

test('a ratio is that of a year, held against its band; of what is hidden or unknown there is none', () => {
  const held = {
    women: new Map([
      ['0037', 25_000_000],
      ['0045', 5_000_000],
    ]),
    workers: new Map([['0037', 250]]),
    coordination: new Map<string, number>(),
  }
  const band = { capacityPerTenThousand: 40, capacityPerWorker: 100, capacityPerCoordination: 400 }
  const figures = new Map<string, number | null>([
    ['0037', 100],
    ['0045', null],
    ['all', 103],
  ])
  const [harju, ida, country] = capacityLines(figures, held, ['0037', '0045'], band)
  expect(harju).toMatchObject({ cases: 100, women: { value: 8, wanted: 1000 }, workers: { value: 80, wanted: 250 } })
  expect(harju?.coordination).toEqual({ value: null, hidden: false, wanted: null })
  expect(ida).toMatchObject({ cases: null, women: { value: null, hidden: true }, workers: { hidden: false } })
  expect(country?.women.value).toBeCloseTo((103 * 2 * 10_000) / 300_000)
  expect(country?.workers.value).toBe(null)
})

test('the coordinator says once what is counted by; it holds from its day, and earlier half-years keep what held then', async () => {
  const ids: string[] = []
  for (let at = 0; at < 7; at++) ids.push(await referCase(cast.lea))
  const few = [await referCase(cast.max), await referCase(cast.max)]
  await cast.admin.query(`update case_file set created_at = '2026-03-03T10:00:00Z' where id = any($1)`, [
    [...ids, ...few],
  ])
  const say = (lines: string, validFrom: string, measure = 'women') =>
    sayFacts.run(cast.kim, { measure, lines, validFrom, source: 'Näidis: väljamõeldud arv' })
  await say('Ida-Viru 56 000\nHarju 260 000', '01.01.2026')
  await say('Ida-Viru 60 000', '01.07.2026')
  await say('Ida-Viru 1,5', '01.01.2026', 'workers')
  await expect(say('Ida-Viru 60 000', '02.07.2026')).rejects.toBeInstanceOf(Invalid)

  standAt(new Date('2026-07-02T12:00:00Z'))
  expect(await publishHalves(cast.sys)).toBe(0)
  await publishReach(cast.sys)
  expect([await publishHalves(cast.sys), await publishHalves(cast.sys)]).toEqual([1, 0])
  for (const who of [cast.kim, cast.lea, cast.jaan]) {
    const seen = await openCapacity.run(who, {})
    const of = (code: string) => seen.lines.find((line) => line.code === code)
    // Two of Harju are too few; and what is left of nine would tell them, so the seven of Ida-Viru are hidden too.
    expect(seen.figures.get('all')).toBe(9)
    expect([of('0037')?.cases, of('0045')?.cases]).toEqual([null, null])
    expect(of('0045')?.women).toMatchObject({ value: null, hidden: true, wanted: 224 })
  }
  for (const who of [cast.lou, cast.mall, cast.aino, cast.peep, cast.sirje, cast.ott])
    await expect(openCapacity.run(who, {})).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.lea, cast.jaan, cast.lou])
    await expect(openFacts.run(who, { measure: 'women' })).rejects.toBeInstanceOf(Refused)
  const form = await openFacts.run(cast.kim, { measure: 'women' })
  // What the form shows is what it reads.
  const shown = form.counties.map(({ code }) => `${shortCounty(form.counties, code)} 7 500`).join('\n')
  expect(new Set(readLines(shown, form.counties, 'women').values())).toEqual(new Set([750_000]))
  expect(readLines(shown, form.counties, 'women').size).toBe(15)
  expect(form.facts.find(({ countyCode }) => countyCode === '0045')?.hundredths).toBe(6_000_000)
})

test('where the numbers may be shown it is said in words and in the file, held against the settings of that day', async () => {
  const ids: string[] = []
  for (let at = 0; at < 14; at++) ids.push(await referCase(at < 8 ? cast.lea : cast.max))
  await cast.admin.query(`update case_file set created_at = '2025-09-03T10:00:00Z' where id = any($1)`, [ids])
  const source = 'Näidis: väljamõeldud arv'
  const say = (measure: string, lines: string) =>
    sayFacts.run(cast.kim, { measure, lines, validFrom: '01.07.2025', source })
  await say('women', 'Ida-Viru 60 000\nHarju 260 000')
  await say('workers', 'Ida-Viru 1,5')
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note) values ('capacityPerTenThousand', '20', '2025-12-01', 'x'), ('capacityPerTenThousand', '40', '2026-02-01', 'x')`,
  )
  await publishReach(cast.sys)
  await publishHalves(cast.sys)
  const from = '2025-07-01'
  const seen = await openCapacity.run(cast.kim, { from })
  const of = (code: string) => seen.lines.find((line) => line.code === code)
  expect(of('0045')).toMatchObject({ cases: 8, workers: { wanted: 150 }, women: { wanted: 120 } })
  expect(of('0045')?.women.value).toBeCloseTo((8 * 2 * 10_000) / 60_000)
  expect(of('0045')?.workers.value).toBeCloseTo(16 / 1.5)
  const said = sentences(seen, translator('et')).join(' ')
  expect(said).toContain('jõudis MARAC-i juhtumeid: 14.')
  expect(said).toContain('Kõige vähem: Harjumaa (0,5)')
  expect(said).toContain('13 maakonnas')
  for (const kind of ['pdf', 'docx', 'xlsx']) {
    const file = await capacityFile(await capacityDocument.run(cast.jaan, { kind, lang: 'et', from }))
    expect(file.name).toBe(`capacity-${from}.${kind}`)
    if (kind === 'pdf') continue
    const words = [...(await unzipped(Buffer.from(file.body)))].map(([, part]) => part.toString('utf8')).join(' ')
    for (const word of ['Ida-Viru', source, 'SafeLives']) expect(words, kind).toContain(word)
  }
  const later = await openCapacity.run(cast.kim, {})
  expect(later.band.capacityPerTenThousand).toBe(40)
  expect(later.halves).toHaveLength(2)
})
