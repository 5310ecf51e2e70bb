// Is a full page of the product as fast as it can be, measured beside a floor that does the same SQL?
import { type Costed, loadCosted } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import type { Running } from '../place/process.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { type MeasuredPage, measuredPages } from './pages.ts'
import { comparePages } from './same.ts'

type Cell = { floor: Costed; product: Costed }

/** Every page at 10 and 50 connections, floor and product in turn, the order reversed every second round. */
export async function measurePages(session: Session): Promise<Row[]> {
  const rows: Row[] = [...(await comparePages(session))]
  for (const page of measuredPages) {
    const few = await cellsOf(session, page, 10)
    rows.push(...rowsOf(page, 10, few), ...costsOf(page, few))
    session.say(sayingOf(rows, page, 10))
    const many = await cellsOf(session, page, 50)
    rows.push(...rowsOf(page, 50, many), longerOf(page, few, many))
    session.say(sayingOf(rows, page, 50))
  }
  return rows
}

function sayingOf(rows: readonly Row[], { title }: MeasuredPage, connections: number): string {
  const row = rows.find(({ name }) => name === `${title} @${connections}: requests/s`)
  return `${row?.name}: ${row?.product} beside ${row?.floor} of the floor`
}

async function cellsOf(session: Session, page: MeasuredPage, connections: number): Promise<Cell[]> {
  const seconds = session.options.quick ? 3 : 8
  const cells: Cell[] = []
  for (const which of ['floor', 'product'] as const) await cost(session, session[which], page, connections, 1.5)
  for (let round = 0; round < 2; round++) {
    const cell: Partial<Cell> = {}
    for (const which of round % 2 ? (['product', 'floor'] as const) : (['floor', 'product'] as const)) {
      cell[which] = await cost(session, session[which], page, connections, seconds)
    }
    cells.push(cell as Cell)
  }
  return cells
}

function cost({ place, crowd }: Session, server: Running, page: MeasuredPage, connections: number, seconds: number) {
  const next = page.asks(crowd, server.origin)
  const pids = { app: server.pid, db: place.postmaster }
  return loadCosted({ origin: server.origin, connections, seconds, next, expect: page.expect }, pids)
}

type Measure = 'perSecond' | 'p95' | 'appCpu' | 'dbCpu'
const middle = (cells: readonly Cell[], which: keyof Cell, name: Measure) =>
  median(cells.map((cell) => cell[which][name]))
const against = (cells: readonly Cell[], name: Measure) => ({
  ratio: geometricMean(cells.map((cell) => cell.product[name] / cell.floor[name])),
  given: { floor: middle(cells, 'floor', name), product: middle(cells, 'product', name), note: notes[name] },
})

function rowsOf({ title, goal }: MeasuredPage, connections: number, cells: readonly Cell[]): Row[] {
  const speed = against(cells, 'perSecond')
  const wrong = cells.map(({ product }) => sum(product.wrong) + product.failed).reduce((all, one) => all + one, 0)
  const bad = cells.map(({ floor }) => sum(floor.wrong) + floor.failed).reduce((all, one) => all + one, 0)
  const name = `${title} @${connections}`
  return [
    atLeast(`${name}: requests/s`, speed.ratio, goal, speed.given),
    atMost(`${name}: wrong answers`, wrong, 0, { unit: '', floor: bad, product: wrong }),
  ]
}

/** While there is no queue: how long one waits and what it costs, beside the floor. */
function costsOf({ title }: MeasuredPage, cells: readonly Cell[]): Row[] {
  const [wait, app, db] = [against(cells, 'p95'), against(cells, 'appCpu'), against(cells, 'dbCpu')]
  const spread = (which: keyof Cell) => {
    const each = cells.map((cell) => cell[which].appCpu)
    return Math.max(...each) / Math.min(...each)
  }
  return [
    atMost(`${title} @10: p95`, wait.ratio, 2, wait.given),
    atMost(`${title} @10: CPU a request, app`, app.ratio, 2, app.given),
    atMost(`${title} @10: CPU a request, PostgreSQL`, db.ratio, 1.3, db.given),
    told(`${title} @10: spread of the app's CPU between rounds`, spread('product'), { floor: spread('floor') }),
  ]
}

/** Five times as many ask at once: does one wait no longer than five times as long? The same of the floor stands in its column. */
function longerOf({ title }: MeasuredPage, few: readonly Cell[], many: readonly Cell[]): Row {
  const longer = (which: keyof Cell) => middle(many, which, 'p95') / middle(few, which, 'p95')
  const given = { floor: longer('floor'), product: longer('product'), note: 'times as long as @10' }
  return atMost(`${title} @50: p95 against its own @10`, longer('product'), 5, given)
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)
const notes = { perSecond: 'requests/s', p95: 'ms', appCpu: 'ms', dbCpu: 'ms' }
