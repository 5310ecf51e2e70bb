// Does the database read through a large table anywhere in these pages?
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
import { beginReport, endReport } from './neighbours.ts'

/** Of how many rows on a table is so large that nobody may read through it, and how many rows of it a screenful at most asks for. */
const [large, screenful] = [3000, 100]

/**
 * Where a whole page of rows, or more, may be read from a large table without an index, and why: by page and table. Nothing else may.
 */
export const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'report, national, all years': { work_sum: 'each sum that is kept is asked for: of every network, month and way' },
  'report of a period': {
    volunteer_known: 'every volunteer is counted as they stood on its last day',
    volunteer_status: 'the same',
    volunteer_evidence: 'whether each of them was ready, on its last day',
  },
}

/** The pages are asked of a product of their own, eight times each so that plans are kept, with every plan written into the log. */
export async function checkPlans(session: Session): Promise<Row[]> {
  const { place, crowd } = session
  const [guest, helper, coordinator] = [crowd.network[0], crowd.volunteers[0], crowd.coordinators[0]]
  // The leads come first, the members of the core group after them.
  const member = crowd.network.at(-1)
  if (!guest || !member || !helper || !coordinator) throw new Error('nobody has signed in')
  const sizes = await sizesIn(place)
  const report = await beginReport(session)
  await logging(place, true, session.options.gate)
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
      ['report, own network', () => fetchPage(product, look(guest, '/support/work'))],
      ['report, national', () => fetchPage(product, look(coordinator, '/support/work'))],
      ['report, national, all years', () => fetchPage(product, look(coordinator, '/support/work/years'))],
      ['report of a period', () => fetchPage(product, look(coordinator, `/reports/${report}`))],
      ['case, risk', () => fetchPage(product, look(guest, `/cases/${crowd.cases[0]}/risk`))],
      ['case, plan', () => fetchPage(product, look(guest, `/cases/${crowd.cases[0]}/plan`))],
    ]
    const rows: Row[] = []
    for (const [title, ask] of pages) {
      const from = logOf(place).length
      for (let time = 0; time < 8; time++) await ask()
      await new Promise((done) => setTimeout(done, 300))
      const told = askedIn(logOf(place).slice(from))
      // Without a plan in the log nothing was looked at.
      if (!told.includes('Query Text')) throw new Error(`no plan of ${title} was written down`)
      rows.push(scansRow(title, scansIn(told, sizes)))
    }
    return rows
  } finally {
    await endReport(session, report)
    await product.stop()
    await logging(place, false)
  }
}

const logOf = ({ folder }: Place) => readFileSync(join(folder, 'data/postgres.log'), 'utf8')

/** What was written down of those who ask for pages: the process has jobs of its own meanwhile, and the administrator looks. */
export const askedIn = (log: string): string =>
  log
    .split(/^(?=\S)/m)
    .filter((entry) => /^tugivork_(read|write|door) /.test(entry))
    .join('')

/** What a scan read of a table: of how many rows there are. */
export type Scan = { table: string; read: number; size: number }

/**
 * The large tables that a plan in the log reads more than a screenful of without an index, each once with the most that was read: what was really
 * read, kept and left out together. One that was never run reads nothing.
 */
export function scansIn(log: string, sizes: ReadonlyMap<string, number>): Scan[] {
  const most = new Map<string, number>()
  for (const step of log.split(/^(?=.*(?:->|Query Text))/m)) {
    const [, table = '', rows, loops] = scan.exec(step) ?? []
    const size = sizes.get(table) ?? 0
    const removed = /Rows Removed by Filter: (\d+)/.exec(step)?.[1] ?? '0'
    const read = (Number(rows) + Number(removed)) * Number(loops)
    if (size >= large && read > screenful) most.set(table, Math.max(read, most.get(table) ?? 0))
  }
  return [...most]
    .map(([table, read]) => ({ table, read: Math.round(read), size: sizes.get(table) ?? 0 }))
    .sort((a, b) => (a.table < b.table ? -1 : 1))
}

/** A page's row: the scans that no reason is named for, and in the note each with what it read. */
export function scansRow(title: string, scans: readonly Scan[], reasons = named[title] ?? {}): Row {
  const nameless = scans.filter(({ table }) => !reasons[table])
  const note = scans.map(({ table, read, size }) =>
    [`${table} ${read} of ${Math.round(size)}`, reasons[table]].filter(Boolean).join(': '),
  )
  return atMost(`${title}: large tables read without an index`, nameless.length, 0, {
    ...{ unit: '', note: note.join('; '), steady: 'exactly' },
  })
}

const scan = /Seq Scan on (?:public\.)?(\w+).*\(actual .*rows=([\d.]+) loops=(\d+)\)/

/** About how many rows each table has. */
async function sizesIn({ admin }: Place): Promise<Map<string, number>> {
  const { rows } = await admin.query<{ table: string; size: number }>(
    `select relname as table, reltuples as size from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  )
  return new Map(rows.map(({ table, size }) => [table, Number(size)]))
}

/**
 * In a quarter of the country reading all of a table is often quicker than an index, so the gate forbids it where there is another way: what is
 * read whole even then has no index that would serve, and grows with the country.
 */
async function logging({ admin }: Place, on: boolean, small = false): Promise<void> {
  await admin.query(`alter system set enable_seqscan = ${small ? 'off' : 'default'}`)
  await admin.query(`alter system set auto_explain.log_min_duration = ${on ? 0 : -1}`)
  await admin.query(`alter system set auto_explain.log_nested_statements = ${on}`)
  await admin.query(`alter system set auto_explain.log_analyze = ${on}`)
  await admin.query(`alter system set log_line_prefix = ${on ? "'%u '" : 'default'}`)
  await admin.query('select pg_reload_conf()')
  await new Promise((done) => setTimeout(done, 300))
}
