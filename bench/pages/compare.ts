// Is a full page of the product as fast as it can be, measured beside a floor that does the same SQL?
import { badOf, badWords, type Costed, loadCosted, sound } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import { asBrowser } from '../load/people.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'
import { coresFor } from './cores.ts'
import { type MeasuredPage, measuredPages } from './pages.ts'
import { bareOf, bareRow } from './pgbench.ts'
import { comparePages } from './same.ts'

/** `packed` is the product asked as a browser asks, `bare` pgbench: both at ten connections alone. */
type Round = { floor: Costed; product: Costed; packed?: Costed; bare?: number | undefined }
type Which = 'floor' | 'product' | 'packed'

/** Every page at 10 and 50 connections, floor and product in turn, the order reversed every second round. The gate needs no crowd. */
export async function measurePages(session: Session): Promise<Row[]> {
  const rows: Row[] = [...(await comparePages(session))]
  for (const page of measuredPages) {
    const few = await roundsOf(session, page, 10)
    rows.push(...rowsOf(page, 10, few), ...costsOf(page, few), ...packedOf(page, few))
    if (page.name === 'list') rows.push(...coresFor(middle(few, 'packed', 'appCpu') + middle(few, 'packed', 'dbCpu')))
    session.say(sayingOf(rows, page, 10))
    if (session.options.gate) continue
    rows.push(
      bareRow(
        page.title,
        few.map(({ product, bare }) => ({ product: product.perSecond, bare })),
      ),
    )
    const many = await roundsOf(session, page, 50)
    rows.push(...rowsOf(page, 50, many), longerOf(page, few, many))
    session.say(sayingOf(rows, page, 50))
  }
  return rows
}

function sayingOf(rows: readonly Row[], { title }: MeasuredPage, connections: number): string {
  const row = rows.find(({ name }) => name === `${title} @${connections}: requests/s`)
  return `${row?.name}: ${row?.product} beside ${row?.floor} of the floor`
}

async function roundsOf(session: Session, page: MeasuredPage, connections: number): Promise<Round[]> {
  const { options, crowd } = session
  const seconds = options.quick ? 3 : 8
  const few = connections === 10
  const bare = few && !options.gate ? bareOf(session, page.method, page.path, page.guests(crowd)) : null
  const asked: Which[] = few ? ['floor', 'product', 'packed'] : ['floor', 'product']
  for (const which of asked) await cost(session, which, page, connections, 1.5)
  const rounds: Round[] = []
  for (let nth = 0; nth < 2; nth++) {
    const round: Partial<Round> = {}
    const turns = [
      ...asked.map((which) => async () => {
        round[which] = await cost(session, which, page, connections, seconds)
      }),
      async () => {
        round.bare = await bare?.(seconds)
      },
    ]
    for (const turn of nth % 2 ? turns.reverse() : turns) await turn()
    rounds.push(round as Round)
  }
  return rounds
}

function cost(session: Session, which: Which, page: MeasuredPage, connections: number, seconds: number) {
  const { place, crowd, floor, product } = session
  const server = which === 'floor' ? floor : product
  const plain = page.asks(crowd, server.origin)
  const next = which === 'packed' ? () => asBrowser(plain()) : plain
  const pids = { app: server.pid, db: place.postmaster }
  return loadCosted({ origin: server.origin, connections, seconds, next, expect: page.expect }, pids)
}

type Measure = 'perSecond' | 'p95' | 'appCpu' | 'dbCpu'
const each = (rounds: readonly Round[], which: Which) => rounds.flatMap((round) => round[which] ?? [])
const middle = (rounds: readonly Round[], which: Which, name: Measure) =>
  median(each(rounds, which).map((one) => one[name]))

/** A ratio to the floor, round by round; none where either gave a wrong answer. */
function against(rounds: readonly Round[], name: Measure, which: 'product' | 'packed' = 'product') {
  const [ours, theirs] = [each(rounds, which), each(rounds, 'floor')]
  const ratio = geometricMean(ours.map((one, at) => one[name] / (theirs[at]?.[name] ?? Number.NaN)))
  const note = [notes[name], badWords({ floor: theirs, product: ours })].filter(Boolean).join('; ')
  return {
    ratio: sound(ratio, ...ours, ...theirs),
    given: { floor: middle(rounds, 'floor', name), product: middle(rounds, which, name), note },
  }
}

function rowsOf({ title, goal }: MeasuredPage, connections: number, rounds: readonly Round[]): Row[] {
  const speed = against(rounds, 'perSecond')
  const [wrong, bad] = [badOf(...each(rounds, 'product'), ...each(rounds, 'packed')), badOf(...each(rounds, 'floor'))]
  const name = `${title} @${connections}`
  return [
    atLeast(`${name}: requests/s`, speed.ratio, goal, speed.given),
    atMost(`${name}: wrong answers`, wrong + bad, 0, {
      ...{ unit: '', floor: bad, product: wrong, steady: 'exactly' },
    }),
  ]
}

/** While there is no queue: how long one waits and what it costs, beside the floor. */
function costsOf({ title }: MeasuredPage, rounds: readonly Round[]): Row[] {
  const [wait, app, db] = [against(rounds, 'p95'), against(rounds, 'appCpu'), against(rounds, 'dbCpu')]
  const spread = (which: Which) => {
    const all = each(rounds, which).map((one) => one.appCpu)
    return Math.max(...all) / Math.min(...all)
  }
  return [
    atMost(`${title} @10: p95`, wait.ratio, 2, wait.given),
    atMost(`${title} @10: CPU a request, app`, app.ratio, 2, { ...app.given, steady: 'nearly' }),
    atMost(`${title} @10: CPU a request, PostgreSQL`, db.ratio, 1.3, { ...db.given, steady: 'nearly' }),
    told(`${title} @10: spread of the app's CPU between rounds`, spread('product'), { floor: spread('floor') }),
  ]
}

/** The same as a browser gets it, packed; the floor packs nothing. */
function packedOf({ title, goal }: MeasuredPage, rounds: readonly Round[]): Row[] {
  const name = `${title}, packed for a browser @10`
  const [speed, app] = [against(rounds, 'perSecond', 'packed'), against(rounds, 'appCpu', 'packed')]
  return [
    atLeast(`${name}: requests/s`, speed.ratio, goal, speed.given),
    atMost(`${name}: CPU a request, app`, app.ratio, 2, { ...app.given, steady: 'nearly' }),
  ]
}

/** Five times as many ask at once: does one wait no longer than five times as long? The same of the floor stands in its column. */
function longerOf({ title }: MeasuredPage, few: readonly Round[], many: readonly Round[]): Row {
  const longer = (which: Which) => middle(many, which, 'p95') / middle(few, which, 'p95')
  const given = { floor: longer('floor'), product: longer('product'), note: 'times as long as @10' }
  const behind = [...each(few, 'product'), ...each(many, 'product')]
  return atMost(`${title} @50: p95 against its own @10`, sound(longer('product'), ...behind), 5, given)
}

const notes = { perSecond: 'requests/s', p95: 'ms', appCpu: 'ms', dbCpu: 'ms' }
