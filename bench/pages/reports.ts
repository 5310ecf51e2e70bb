// How much faster is a report from sums that are kept than one that adds up the rows?
import { formatNumber } from '../../app/i18n/format.ts'
import { load, sound } from '../load/load.ts'
import { type Guest, inTurn, look } from '../load/people.ts'
import { atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { apart, fetchPage } from './same.ts'
import { against } from './search.ts'

/** What is asked of the kept sums, and of the visits: all the years, as the goal has it, and the twelve months that are looked at most. */
const reports = [
  { of: 'all years', page: '/support/work/years', scan: '/scan/years' },
  { of: '12 months', page: '/support/work', scan: '/scan/report' },
] as const
type Report = (typeof reports)[number]

/** Sums by month and by year: a network's own as its leads see them, the country's as the coordinators do. */
export async function measureReports(session: Session): Promise<Row[]> {
  const { leads, coordinators } = session.crowd
  const rows: Row[] = []
  for (const report of reports) {
    rows.push(await compareReports(session, report, [...leads, ...coordinators.slice(0, 2)]))
    for (const [whose, goal, guests] of [
      ['own network', 40, leads],
      ['national', 30, coordinators],
    ] as const) {
      const title = `report, ${whose}, ${report.of}`
      const found = await against(session, { ...report, title, goal, guests: [...guests] })
      rows.push(...found.rows, await sumsAlone(session, report, title, guests, found.rows[0]?.floor ?? Number.NaN))
    }
  }
  return rows
}

/** What the kept sums gain by themselves: the product's statements for them, answered by the floor, beside the rows added up by the floor. */
async function sumsAlone(
  { floor, options }: Session,
  { page }: Report,
  title: string,
  guests: readonly Guest[],
  scanned: number,
): Promise<Row> {
  const guest = inTurn(guests)
  const kept = await load({
    ...{ origin: floor.origin, connections: 10, seconds: options.quick ? 3 : 8, expect: 200 },
    next: () => look(guest(), page),
  })
  return told(`${title}: the kept sums without the page`, sound(kept.perSecond / scanned, kept), {
    ...{
      floor: scanned,
      product: kept.perSecond,
      note: 'requests/s of the floor, from the visits and from what is kept',
    },
  })
}

/** One line of sums: the month, the year or the network, then contacts, minutes and money. */
type Line = readonly string[]

/** The innermost lines of a page of the floor that have as many cells as sums have, in one order. */
export function linesIn(html: string): Line[] {
  const lines = [...html.matchAll(/<tr>((?:<td>[^<]*<\/td>)+)<\/tr>/g)].map(([, cells = '']) =>
    [...cells.matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell = '']) => cell),
  )
  return lines.filter(({ length }) => length === 4 || length === 5).sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

/** How many of the lines that a page is to show are not the other's, or are not on the page. */
export function differencesIn(kept: readonly Line[], raw: readonly Line[], page: string): number {
  const words = (lines: readonly Line[]) => new Set(lines.map((line) => line.join(' ')))
  const [one, other] = [words(kept), words(raw)]
  const different = apart(one, other)
  // A page tells of networks only where there are several.
  const shown = kept.filter((line) => line.length === 4 || kept.filter(({ length }) => length === 5).length > 1)
  const missing = shown.filter((line) => !page.includes(`>${formatNumber(Number(line.at(-3)), 0)}<`)).length
  return kept.length === 0 ? Number.NaN : different + missing
}

/** The kept sums, the rows added up, and the page: the same figures for each who asks? */
async function compareReports(
  { floor, product }: Session,
  { of, page: kept, scan }: Report,
  guests: readonly Guest[],
): Promise<Row> {
  let differences = 0
  let lines = 0
  for (const guest of guests) {
    const [sums, raw, shown] = await Promise.all([
      fetchPage(floor, look(guest, kept)).then(linesIn),
      fetchPage(floor, look(guest, scan)).then(linesIn),
      fetchPage(product, look(guest, kept)),
    ])
    differences += differencesIn(sums, raw, shown)
    lines += sums.length
  }
  const note = `${lines} sums of ${guests.length} people, in the page, in what is kept, and added up from the visits`
  return atMost(`report, ${of}: sums that differ`, differences, 0, { unit: '', note })
}
