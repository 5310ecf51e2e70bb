// How many cases come for how many people, and for how many hands – in numbers that point at nobody?
import { z } from 'zod'
import { Invalid } from '../../core/errors.ts'
import { date, longText, text } from '../../core/form/fields.ts'
import type { Settings } from '../../core/setting.ts'
import { type DisclosureRule, defaultRule, disclose } from '../../evaluation/disclosure.ts'
import type { LinkedTables, Published } from '../../evaluation/linked-tables.ts'

/** Adult women of a county; posts of victim support workers; posts of whoever coordinates the work of the network. */
export const measures = ['women', 'workers', 'coordination'] as const
export type Measure = (typeof measures)[number]

export const MeasureIn = z.object({ measure: z.enum(measures) })
export const SayFacts = MeasureIn.extend({
  lines: longText({ label: 'reports.capacity.lines', hint: 'reports.capacity.linesHint', max: 4000 }),
  validFrom: date({ label: 'reports.capacity.validFrom' }),
  source: text({ label: 'reports.capacity.source', hint: 'reports.capacity.sourceHint', max: 500 }),
})

type Place = { code: string; name: string }

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/\s*(maakond|maa|county|уезд)$/u, '')
    .trim()

/**
 * `Harju 262 000`, one county a line, as it comes out of a table of figures: with or without "maakond" or "maa", with a tab, a semicolon or spaces between. A county
 * that has no number is left as it is. Throws at the field where a line cannot be read; answers hundredths by county.
 */
export function readLines(typed: string, counties: readonly Place[], what: Measure): Map<string, number> {
  const codes = new Map(counties.map(({ code, name }) => [plain(name), code]))
  const read = new Map<string, number>()
  for (const [at, line] of typed.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, name = '', number = ''] =
      /^(.*?\p{L})[\s:;,–-]*((?:\d[\d\s\u00a0]*)(?:[.,]\d{1,2})?)?\s*$/u.exec(line) ?? []
    const code = codes.get(plain(name))
    if (code === undefined) throw new Invalid({ lines: { key: 'reports.capacity.error.line', args: { line: at + 1 } } })
    if (read.has(code)) throw new Invalid({ lines: { key: 'reports.capacity.error.twice', args: { line: at + 1 } } })
    if (number === '') continue
    const hundredths = Math.round(Number(number.replaceAll(/[\s\u00a0]/g, '').replace(',', '.')) * 100)
    const most = what === 'women' ? 100_000_000 : 100_000
    if (!Number.isInteger(hundredths) || hundredths > most || (what === 'women' && hundredths % 100 !== 0))
      throw new Invalid({ lines: { key: 'reports.capacity.error.number', args: { line: at + 1 } } })
    read.set(code, hundredths)
  }
  if (read.size === 0) throw new Invalid({ lines: { key: 'reports.capacity.error.none' } })
  return read
}

export type CountyCount = { countyCode: string; cases: number }
const all = 'all'

/** The counties and the country; `told`: what was published of the same cases before, a number or nothing. */
export function capacityTables(
  counts: readonly CountyCount[],
  codes: readonly string[],
  told: number | null,
): LinkedTables {
  const found = new Map(counts.map(({ countyCode, cases }) => [countyCode, cases]))
  const parts = codes.map((id) => ({ id, count: found.get(id) ?? 0 }))
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  return {
    cells: [{ id: all, count: total, already: told === null ? 'hidden' : 'shown' }, ...parts],
    sums: [{ whole: all, parts: [...codes] }],
  }
}

export const ruleOf = (threshold: number): DisclosureRule => ({ ...defaultRule, threshold })

/**
 * What may be shown. Where the cases are not those any more of which the country was told, no county is shown: two tables that differ by a case or two would
 * tell of those.
 */
export function publishCapacity(
  counts: readonly CountyCount[],
  codes: readonly string[],
  told: number | null,
  threshold: number,
): Record<string, number | null> {
  const tables = capacityTables(counts, codes, told)
  const total = tables.cells[0]?.count ?? 0
  const nothing = Object.fromEntries(codes.map((code) => [code, null]))
  if (told !== null && told !== total) return { ...nothing, [all]: told }
  const { published, exposed } = disclose(tables, ruleOf(threshold))
  return exposed.length > 0 ? { ...nothing, [all]: told } : { ...Object.fromEntries(published), [all]: told }
}

/** Hundredths of what holds on a day, by county. */
export type Held = Readonly<Record<Measure, ReadonlyMap<string, number>>>

/** A ratio for a year: from `cases` of a half-year, for one of whatever it is measured by. `wanted`: what the setting would expect. */
export type Ratio = { value: number | null; hidden: boolean; wanted: number | null }
export type CountyLine = { code: string; cases: number | null; known: Record<Measure, number | null> } & Record<
  Measure,
  Ratio
>

/** The band to which a ratio is held: SafeLives, from UK figures; settings. */
export type Band = Pick<Settings, 'capacityPerTenThousand' | 'capacityPerWorker' | 'capacityPerCoordination'>

const per: Record<Measure, number> = { women: 10_000, workers: 1, coordination: 1 }
export const bandOf = (band: Band): Record<Measure, number> => ({
  women: band.capacityPerTenThousand,
  workers: band.capacityPerWorker,
  coordination: band.capacityPerCoordination,
})

/** Each county, and the country as the last line: its measure is known only where it is of every county. */
export function capacityLines(published: Published, held: Held, codes: readonly string[], band: Band): CountyLine[] {
  const lineOf = (code: string, of: (what: Measure) => number | null): CountyLine => {
    const cases = published.get(code) ?? null
    const ratio = (what: Measure): Ratio => {
      const base = of(what)
      if (base === null || base === 0) return { value: null, hidden: false, wanted: null }
      const wanted = (bandOf(band)[what] * base) / 100 / per[what]
      if (cases === null) return { value: null, hidden: true, wanted }
      return { value: (cases * 2 * 100 * per[what]) / base, hidden: false, wanted }
    }
    const known = { women: of('women'), workers: of('workers'), coordination: of('coordination') }
    return { code, cases, known, women: ratio('women'), workers: ratio('workers'), coordination: ratio('coordination') }
  }
  const whole = (what: Measure) => {
    const values = codes.map((code) => held[what].get(code))
    return values.includes(undefined) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  }
  return [...codes.map((code) => lineOf(code, (what) => held[what].get(code) ?? null)), lineOf(all, whole)]
}

/** The number of the whole country stands under this. */
export const everywhere = all
