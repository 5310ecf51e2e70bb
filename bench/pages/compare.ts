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
    for (const connections of [10, 50]) {
      const cells = await cellsOf(session, page, connections)
      rows.push(...rowsOf(page, connections, cells))
      session.say(sayingOf(rows, page, connections))
    }
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

function rowsOf({ title, goal }: MeasuredPage, connections: number, cells: readonly Cell[]): Row[] {
  const of = (which: keyof Cell, name: 'perSecond' | 'p95' | 'appCpu' | 'dbCpu') =>
    cells.map((cell) => cell[which][name])
  const against = (name: 'perSecond' | 'p95' | 'appCpu' | 'dbCpu') => ({
    ratio: geometricMean(cells.map((cell) => cell.product[name] / cell.floor[name])),
    given: { floor: median(of('floor', name)), product: median(of('product', name)), note: notes[name] },
  })
  const [speed, wait, app, db] = [against('perSecond'), against('p95'), against('appCpu'), against('dbCpu')]
  const wrong = cells.map(({ product }) => sum(product.wrong) + product.failed).reduce((all, one) => all + one, 0)
  const bad = cells.map(({ floor }) => sum(floor.wrong) + floor.failed).reduce((all, one) => all + one, 0)
  const name = `${title} @${connections}`
  const rows = [
    atLeast(`${name}: requests/s`, speed.ratio, goal, speed.given),
    atMost(`${name}: p95`, wait.ratio, connections === 10 ? 2 : 5, wait.given),
  ]
  if (connections === 10) {
    rows.push(atMost(`${name}: CPU a request, app`, app.ratio, 2, app.given))
    rows.push(atMost(`${name}: CPU a request, PostgreSQL`, db.ratio, 1.3, db.given))
    const spread = (which: keyof Cell) => Math.max(...of(which, 'appCpu')) / Math.min(...of(which, 'appCpu'))
    rows.push(told(`${name}: spread of the app's CPU between rounds`, spread('product'), { floor: spread('floor') }))
  }
  rows.push(atMost(`${name}: wrong answers`, wrong, 0, { unit: '', floor: bad, product: wrong }))
  return rows
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)
const notes = { perSecond: 'requests/s', p95: 'ms', appCpu: 'ms', dbCpu: 'ms' }
