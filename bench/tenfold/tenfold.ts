// Does a page get slower where there is ten times as much of everything?

import { sizeOf } from '../data/generate.ts'
import { planFloor } from '../floor/plan.ts'
import { type Ask, badWords, load, type Measured, sound } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import { asMembers, type Crowd, type Guest, gather, inTurn, look } from '../load/people.ts'
import { findByName } from '../pages/find.ts'
import { measuredPages } from '../pages/pages.ts'
import { sought } from '../pages/search.ts'
import { openPlace } from '../place/place.ts'
import { type Running, startProduct } from '../place/process.ts'
import { atMost, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { measureNeighbours, measureRights, measureSmall } from './neighbours.ts'
import { checkPlans } from './plans.ts'

type Country = { product: Running; crowd: Crowd }

/** A second country beside the first, ten times its size; both are asked in turn. */
export async function measureTenfold(session: Session): Promise<Row[]> {
  const { options, say } = session
  if (options.quick) return [notRun('ten times the data', '--quick'), ...elsewhere()]
  const place = await openPlace(sizeOf(options.times * 10), say)
  try {
    const crowd = await gather(place.admin)
    const { plan } = await planFloor(place, crowd)
    const product = await startProduct(place, { name: 'tenfold' })
    try {
      const large = { ...session, place, crowd, product, plan }
      const rows = await growthOf(session, large)
      return [
        ...rows,
        ...(await checkPlans(large)),
        ...(await measureRights(large)),
        ...(await measureSmall(large)),
        ...(await measureNeighbours(large)),
        ...elsewhere(),
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await place.close()
  }
}

/** Goals that a bench of an hour on two cores cannot answer; decision 49 says why. */
const elsewhere = (): Row[] => [
  notRun('a hundred times the data: p95 of list, log and visit (G10)', 'two million cases need hours to be laid down'),
  notRun('a small country’s cell beside one a hundred times as large (§10)', 'the same data'),
  notRun(
    'beside Directus, Payload and Request Tracker (B4, bench:peers)',
    'other products of some hundred MB each, with databases of their own; measured once for performance.md §4',
  ),
]

async function growthOf(small: Session, large: Session): Promise<Row[]> {
  const rows: Row[] = []
  const grow = async (title: string, goal: number, ask: Growing['ask'], expect = 200) =>
    void rows.push(await grows(small, large, { title, goal, expect, ask }))
  const by = (who: (crowd: Crowd) => readonly Guest[], path: (crowd: Crowd) => string) => (country: Country) => {
    const guest = inTurn(who(country.crowd))
    return () => look(guest(), path(country.crowd))
  }
  for (const { title, asks, expect } of measuredPages)
    await grow(title, 1.5, ({ crowd, product }) => asks(crowd, product.origin), expect)
  const agenda = by(
    ({ network }) => network,
    ({ meeting }) => `/meetings/${meeting}`,
  )
  await grow('agenda of a meeting', 1.5, agenda)
  const work = () => '/support/work'
  await grow(
    'report, own network',
    1.5,
    by(({ leads }) => leads, work),
  )
  await grow(
    'report, national',
    1.5,
    by(({ coordinators }) => coordinators, work),
  )
  const search = by(
    ({ searchers }) => searchers,
    () => `/volunteers?q=${sought}`,
  )
  await grow('search by name', 2, search)
  const find = ({ crowd, product }: Country) => {
    const guest = inTurn(crowd.finders)
    let nth = 0
    return () => findByName(guest(), product.origin, nth++)
  }
  await asMembers(small.place.admin, small.crowd.finders, () =>
    asMembers(large.place.admin, large.crowd.finders, () => grow('case by name', 2, find)),
  )
  return rows
}

type Growing = { title: string; goal: number; expect: number; ask: (country: Country) => () => Ask }

async function grows(small: Session, large: Session, { title, goal, expect, ask }: Growing): Promise<Row> {
  const seconds = 6
  const cell = (country: Country): Promise<Measured> =>
    load({ origin: country.product.origin, connections: 10, seconds, expect, next: ask(country) })
  await cell(large)
  const rounds: { one: Measured; ten: Measured }[] = []
  for (let round = 0; round < 2; round++) {
    const first = await cell(round % 2 ? large : small)
    const second = await cell(round % 2 ? small : large)
    rounds.push(round % 2 ? { ten: first, one: second } : { one: first, ten: second })
  }
  const row = growthRow(title, goal, rounds)
  small.say(`${title} × 10: ${row.value}`)
  return row
}

/** How much longer one waits in the larger country; no figure where either gave a wrong answer. */
export function growthRow(title: string, goal: number, rounds: readonly { one: Measured; ten: Measured }[]): Row {
  const [small, large] = [rounds.map(({ one }) => one), rounds.map(({ ten }) => ten)]
  const ratio = geometricMean(rounds.map(({ one, ten }) => ten.p95 / one.p95))
  const note = ['ms; the smaller country in the column of the floor', badWords({ smaller: small, larger: large })]
  return atMost(`${title}: p95 with ten times the data`, sound(ratio, ...small, ...large), goal, {
    ...{ floor: median(small.map(({ p95 }) => p95)), product: median(large.map(({ p95 }) => p95)) },
    note: note.filter(Boolean).join('; '),
  })
}
