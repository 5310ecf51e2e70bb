// Does the database read a whole table anywhere in these pages, where there is ten times as much in it?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { look, writeVisit } from '../load/people.ts'
import { findByName } from '../pages/find.ts'
import { fetchPage } from '../pages/same.ts'
import { sought } from '../pages/search.ts'
import type { Place } from '../place/place.ts'
import { startProduct } from '../place/process.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

// Tables that grow with the country; of the others (counties, networks, settings, and the meetings, which grow with the years alone) the whole is
// quicker than an index.
const large = [
  'case_file',
  'case_person',
  'case_name_key',
  'case_whereabouts',
  'case_brief',
  'case_task',
  'case_known',
  'assessment',
  'need',
  'need_event',
]
const larger = [
  'assignment',
  'assignment_event',
  'visit',
  'concern',
  'month_report',
  'month_report_event',
  'audit_event',
  'volunteer',
  'sealed_key',
]
const spoken = ['agenda_item', 'case_decision', 'case_action', 'case_docket', 'marac_flag_lift']
const grown = new Set([...large, ...larger, ...spoken])

/** The pages are asked of a product of their own, eight times each so that plans are kept, with every plan written into the log. */
export async function checkPlans(session: Session): Promise<Row[]> {
  const { place, crowd } = session
  const [guest, helper, coordinator] = [crowd.network[0], crowd.volunteers[0], crowd.coordinators[0]]
  // The leads come first, the members of the core group after them.
  const member = crowd.network.at(-1)
  if (!guest || !member || !helper || !coordinator) throw new Error('nobody has signed in')
  const sizes = await sizesIn(place)
  await logging(place, true)
  const product = await startProduct(place, { name: 'plans' })
  try {
    const pages: [string, () => Promise<unknown>][] = [
      ['case list', () => fetchPage(product, look(guest, '/cases'))],
      ['case list of a member', () => fetchPage(product, look(member, '/cases'))],
      ['case list, whole country', () => fetchPage(product, look(coordinator, '/cases'))],
      ['one case with its log', () => fetchPage(product, look(guest, `/cases/${crowd.cases[0]}/timeline`))],
      ['one case, overview', () => fetchPage(product, look(guest, `/cases/${crowd.cases[0]}`))],
      ['agenda of a meeting', () => fetchPage(product, look(guest, `/meetings/${crowd.meeting}`))],
      ['visit entry', () => fetchPage(product, writeVisit(helper, product.origin), 303)],
      ['search by name', () => fetchPage(product, look(coordinator, `/volunteers?q=${sought}`))],
      ['case by name', () => fetchPage(product, findByName(guest, product.origin, 7))],
    ]
    const rows: Row[] = []
    for (const [title, ask] of pages) {
      const from = logOf(place).length
      for (let time = 0; time < 8; time++) await ask()
      await new Promise((done) => setTimeout(done, 300))
      const told = logOf(place).slice(from)
      const found = scansIn(told, sizes)
      const note = [...found, ...stoppedIn(told, sizes)].join(', ')
      rows.push(atMost(`${title} × 10: tables read whole`, found.length, 0, { unit: '', note }))
    }
    return rows
  } finally {
    await product.stop()
    await logging(place, false)
  }
}

const logOf = ({ folder }: Place) => readFileSync(join(folder, 'data/postgres.log'), 'utf8')

/**
 * The large tables that a plan in the log reads from the first row to the last, each once: what it really read, kept and left out together. One
 * that was never run reads nothing. One that begins at the first row and stops where it has counted enough does not grow with the table, so it is
 * none of these; but how far it came is told beside the figure, where it was a tenth or more.
 */
export const scansIn = (log: string, sizes: ReadonlyMap<string, number>): string[] =>
  [...sharesIn(log, sizes)].flatMap(([table, share]) => (share >= nearlyAll ? [table] : [])).sort()

/** Scans that stopped on the way, in words: `case_file up to 24 %`. */
export const stoppedIn = (log: string, sizes: ReadonlyMap<string, number>): string[] =>
  [...sharesIn(log, sizes)]
    .flatMap(([table, share]) =>
      share >= 0.1 && share < nearlyAll ? [`${table} up to ${Math.round(share * 100)} %`] : [],
    )
    .sort()

/** The largest part of each large table that a single scan read. */
function sharesIn(log: string, sizes: ReadonlyMap<string, number>): Map<string, number> {
  const shares = new Map<string, number>()
  for (const step of log.split(/^(?=.*(?:->|Query Text))/m)) {
    const [, table = '', rows, loops] = scan.exec(step) ?? []
    if (!grown.has(table)) continue
    const removed = /Rows Removed by Filter: (\d+)/.exec(step)?.[1] ?? '0'
    const share = ((Number(rows) + Number(removed)) * Number(loops)) / (sizes.get(table) || 1)
    shares.set(table, Math.max(share, shares.get(table) ?? 0))
  }
  return shares
}

const scan = /Seq Scan on (?:public\.)?(\w+).*\(actual .*rows=([\d.]+) loops=(\d+)\)/
// The size is what the database believes it to be, and a few rows more or less are not seen by whoever asks.
const nearlyAll = 0.9

/** About how many rows each of them has. */
async function sizesIn({ admin }: Place): Promise<Map<string, number>> {
  const { rows } = await admin.query<{ table: string; size: number }>(
    'select relname as table, reltuples as size from pg_class where relname = any ($1)',
    [[...grown]],
  )
  return new Map(rows.map(({ table, size }) => [table, Number(size)]))
}

async function logging({ admin }: Place, on: boolean): Promise<void> {
  await admin.query(`alter system set auto_explain.log_min_duration = ${on ? 0 : -1}`)
  await admin.query(`alter system set auto_explain.log_nested_statements = ${on}`)
  await admin.query(`alter system set auto_explain.log_analyze = ${on}`)
  await admin.query('select pg_reload_conf()')
  await new Promise((done) => setTimeout(done, 300))
}
