// How much faster is a search, and a report, than one that reads every row?
import { type Ask, load, type Measured } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import { type Guest, inTurn, look } from '../load/people.ts'
import { atLeast, atMost, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { findByName } from './find.ts'

/** A name that one volunteer in a hundred and twenty has. */
export const sought = 'volkova'

type Pair = { title: string; goal: number; guests: Guest[]; scan: string; page: string; sends?: (guest: Guest) => Ask }

async function against(
  session: Session,
  { title, goal, guests, scan, page, sends = (one) => look(one, page) }: Pair,
): Promise<{ rows: Row[]; p95: number }> {
  const { floor, product, options, say } = session
  const guest = inTurn(guests)
  const cell = (origin: string, path: string) => {
    const next = () => (path === page ? sends(guest()) : look(guest(), path))
    return load({ origin, connections: 10, seconds: options.quick ? 3 : 8, expect: 200, next })
  }
  const cells: { scan: Measured; page: Measured }[] = []
  for (let round = 0; round < 2; round++) {
    const first = round % 2 ? await cell(product.origin, page) : await cell(floor.origin, scan)
    const second = round % 2 ? await cell(floor.origin, scan) : await cell(product.origin, page)
    cells.push(round % 2 ? { page: first, scan: second } : { scan: first, page: second })
  }
  const ratio = geometricMean(cells.map((one) => one.page.perSecond / one.scan.perSecond))
  const of = (which: 'scan' | 'page', name: 'perSecond' | 'p95') => median(cells.map((one) => one[which][name]))
  const wrongOf = (which: 'scan' | 'page') =>
    cells.reduce(
      (sum, { [which]: one }) => sum + one.failed + Object.values(one.wrong).reduce((all, count) => all + count, 0),
      0,
    )
  const [floorWrong, pageWrong] = [wrongOf('scan'), wrongOf('page')]
  say(`${title}: ${ratio.toPrecision(3)} of a scan`)
  const given = {
    floor: of('scan', 'perSecond'),
    product: of('page', 'perSecond'),
    note: 'requests/s; the floor scans',
  }
  return {
    rows: [
      atLeast(`${title}: requests/s`, ratio, goal, given),
      // A floor that answers quickly with an error would be no floor.
      atMost(`${title}: wrong answers`, pageWrong + floorWrong, 0, { unit: '', floor: floorWrong, product: pageWrong }),
    ],
    p95: of('page', 'p95'),
  }
}

/** Volunteers by name, as the coordinator looks for them; the floor asks the same of every row. */
export async function measureSearch(session: Session): Promise<Row[]> {
  const title = 'search by name'
  const { crowd, product, options } = session
  const page = `/volunteers?q=${sought}`
  const found = await against(session, { title, goal: 15, guests: crowd.coordinators, scan: '/scan/search', page })
  const guest = inTurn(crowd.network)
  const seconds = options.quick ? 3 : 8
  const list = await load({
    origin: product.origin,
    connections: 10,
    seconds,
    expect: 200,
    next: () => look(guest(), '/cases'),
  })
  const note = 'ms; the list in the column of the floor'
  return [
    ...found.rows,
    atMost(`${title}: p95 against the list's`, found.p95 / list.p95, 2, { floor: list.p95, product: found.p95, note }),
  ]
}

/** Cases by the name of somebody in them, as a lead looks for them who is told it on the telephone. */
export async function measureFind(session: Session): Promise<Row[]> {
  const { crowd, product } = session
  let nth = 0
  const sends = (guest: Guest) => findByName(guest, product.origin, nth++)
  const pair = {
    title: 'case by name',
    goal: 15,
    guests: crowd.network,
    scan: '/scan/find',
    page: '/cases/find',
    sends,
  }
  return (await against(session, pair)).rows
}

/** Where the product answers these; the last of each that it knows is measured. */
const reportPages = { own: '/support/work', national: '/support/work' }

/** Sums by month: a network's own as its lead sees them, the country's as the coordinator does. */
export async function measureReports(session: Session): Promise<Row[]> {
  const { crowd } = session
  const wanted: Pair[] = [
    { title: 'report, own network', goal: 40, guests: crowd.network, scan: '/scan/report', page: reportPages.own },
    {
      title: 'report, national',
      goal: 30,
      guests: crowd.coordinators,
      scan: '/scan/report',
      page: reportPages.national,
    },
  ]
  const rows: Row[] = []
  for (const pair of wanted) {
    const [guest] = pair.guests
    const there =
      guest && (await fetch(`${session.product.origin}${pair.page}`, { headers: look(guest, pair.page).headers }))
    if (there?.status === 200) rows.push(...(await against(session, pair)).rows)
    else rows.push(notRun(pair.title, `the product has no page of sums at ${pair.page}`))
  }
  return rows
}
