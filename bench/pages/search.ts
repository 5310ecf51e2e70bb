// How much faster is a search than one that reads every row?
import { type Ask, badWords, load, type Measured, sound } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import { asMembers, type Guest, inTurn, look } from '../load/people.ts'
import { atLeast, atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { findByName } from './find.ts'
import { bareOf, bareRow } from './pgbench.ts'
import { apart, fetchPage, numbersIn } from './same.ts'

/** A name that one volunteer in a hundred and twenty has. */
export const sought = 'volkova'

/** `others` ask the floor, where what is asked there would be counted among the searches of those who ask the product. */
type Pair = {
  title: string
  goal: number
  guests: Guest[]
  others?: Guest[]
  scan: string
  page: string
  sends?: (guest: Guest) => Ask
  /** How many times as long the floor is asked: a scan of seconds would not come to an end in a cell of as many. */
  longer?: number
}
type Round = { scan: Measured; page: Measured; bare?: number | undefined }

/** A page of the product, the floor's way to the same answer, and that without the floor's Node: in turn, the order reversed the second time. */
export async function against(session: Session, pair: Pair): Promise<{ rows: Row[]; page: Measured[] }> {
  const { title, goal, guests, others = guests, scan, page, longer = 1, sends = (one) => look(one, page) } = pair
  const { floor, product, options, say } = session
  const seconds = options.quick ? 3 : 8
  const [guest, other] = [inTurn(guests), inTurn(others)]
  const ask = (origin: string, next: () => Ask, times = 1) =>
    load({ origin, connections: 10, seconds: seconds * times, expect: 200, next })
  const bare = bareOf(session, 'GET', scan, others)
  const rounds: Round[] = []
  for (let nth = 0; nth < 2; nth++) {
    const round: Partial<Round> = {}
    const turns = [
      async () => {
        round.scan = await ask(floor.origin, () => look(other(), scan), longer)
      },
      async () => {
        round.page = await ask(product.origin, () => sends(guest()))
      },
      async () => {
        round.bare = await bare?.(seconds * longer)
      },
    ]
    for (const turn of nth % 2 ? turns.reverse() : turns) await turn()
    rounds.push(round as Round)
  }
  const [scans, pages] = [rounds.map((one) => one.scan), rounds.map((one) => one.page)]
  const perSecond = (all: readonly Measured[]) => median(all.map((one) => one.perSecond))
  const ratio = geometricMean(rounds.map((one) => one.page.perSecond / one.scan.perSecond))
  say(`${title}: ${ratio.toPrecision(3)} of ${scan}`)
  const answers = scans.reduce((sum, one) => sum + one.answers, 0)
  const note = ['requests/s', `${answers} answers of the floor's ${scan}`, badWords({ floor: scans, product: pages })]
  const given = { floor: perSecond(scans), product: perSecond(pages), note: note.filter(Boolean).join('; ') }
  return {
    rows: [
      atLeast(`${title}: requests/s`, sound(ratio, ...scans, ...pages), goal, given),
      bareRow(
        title,
        rounds.map((one) => ({ product: one.page.perSecond, bare: one.bare })),
      ),
    ],
    page: pages,
  }
}

const halves = (people: readonly Guest[]) => {
  const half = people.length >> 1
  return { guests: people.slice(0, half), others: people.slice(half) }
}

/** Volunteers by name, as the coordinator looks for them; the floor asks the same of every row, and then as the product does. */
export async function measureSearch(session: Session): Promise<Row[]> {
  const title = 'search by name'
  const { crowd, product, options } = session
  const page = `/volunteers?q=${sought}`
  const pair = { title, ...halves(crowd.searchers), page }
  const found = await against(session, { ...pair, goal: 15, scan: '/scan/search' })
  const own = { ...pair, title: 'search by name beside its own statements', goal: 0.5, scan: '/volunteers' }
  const beside = await against(session, own)
  const guest = inTurn(crowd.network)
  const next = () => look(guest(), '/cases')
  const list = await load({
    ...{ origin: product.origin, connections: 10, seconds: options.quick ? 3 : 8 },
    ...{ expect: 200, next },
  })
  const p95 = median(found.page.map((one) => one.p95))
  const note = ['ms; the list in the column of the floor', badWords({ list, search: found.page })]
  return [
    await compareFound(session, title, page, '/scan/search', /TI-\d{6}/g),
    ...found.rows,
    ...beside.rows,
    atMost(`${title}: p95 against the list's`, sound(p95 / list.p95, list, ...found.page), 2, {
      ...{ floor: list.p95, product: p95, note: note.filter(Boolean).join('; ') },
    }),
  ]
}

/** Do the page and the scan find the same, and anything at all? */
async function compareFound(
  { floor, product, crowd }: Session,
  title: string,
  page: string,
  scan: string,
  what: RegExp,
) {
  let differences = 0
  let many = 0
  for (const guest of crowd.coordinators.slice(0, 2)) {
    const [ours, theirs] = await Promise.all([
      fetchPage(product, look(guest, page)),
      fetchPage(floor, look(guest, scan)),
    ])
    const [one, other] = [new Set(ours.match(what)), new Set(theirs.match(what))]
    differences += apart(one, other)
    many += one.size
  }
  return atMost(`${title}: found by one and not by the other`, many ? differences : Number.NaN, 0, {
    ...{ unit: '', note: `${many} found` },
  })
}

/** Cases by the name of somebody in them, as a lead looks for them who is told it on the telephone. */
export async function measureFind(session: Session): Promise<Row[]> {
  const { crowd, product, floor, place } = session
  let nth = 0
  const sends = (guest: Guest) => findByName(guest, product.origin, nth++)
  const pair = {
    title: 'case by name',
    goal: 15,
    ...halves(crowd.finders),
    scan: '/scan/find',
    longer: 5,
    page: '/cases/find',
    sends,
  }
  let differences = 0
  let many = 0
  // A lead sees every case of the network, a member those that she is invited to.
  for (const guest of [crowd.network.at(0), crowd.network.at(-1)] as Guest[]) {
    const ours = numbersIn(await fetchPage(product, findByName(guest, product.origin, 0)))
    if (ours !== numbersIn(await fetchPage(floor, look(guest, '/scan/find')))) differences++
    many += ours.split(',').filter(Boolean).length
  }
  return [
    atMost('case by name: lists that differ', many ? differences : Number.NaN, 0, { unit: '', note: `${many} found` }),
    ...(await asMembers(place.admin, crowd.finders, () => against(session, pair))).rows,
  ]
}
