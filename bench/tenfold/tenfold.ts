// Does a page get slower where there is ten times as much of everything?

import { sizeOf } from '../data/generate.ts'
import { planFloor } from '../floor/plan.ts'
import { load, type Measured } from '../load/load.ts'
import { geometricMean, median } from '../load/numbers.ts'
import { type Crowd, gather, inTurn, look } from '../load/people.ts'
import { findByName } from '../pages/find.ts'
import { measuredPages } from '../pages/pages.ts'
import { sought } from '../pages/search.ts'
import { openPlace } from '../place/place.ts'
import { type Running, startProduct } from '../place/process.ts'
import { atMost, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { measureNeighbours, measureRights } from './neighbours.ts'
import { checkPlans } from './plans.ts'

type Country = { product: Running; crowd: Crowd }

/** A second country beside the first, ten times its size; both are asked in turn. */
export async function measureTenfold(session: Session): Promise<Row[]> {
  const { options, say } = session
  if (options.quick) return [notRun('ten times the data', '--quick')]
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
        ...(await measureNeighbours(large)),
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await place.close()
  }
}

async function growthOf(small: Session, large: Session): Promise<Row[]> {
  const rows: Row[] = []
  for (const page of measuredPages) {
    const ask = ({ crowd, product }: Country) => page.asks(crowd, product.origin)
    rows.push(await grows(small, large, { title: page.title, goal: 1.5, expect: page.expect, ask }))
  }
  const agenda = ({ crowd }: Country) => {
    const guest = inTurn(crowd.network)
    return () => look(guest(), `/meetings/${crowd.meeting}`)
  }
  rows.push(await grows(small, large, { title: 'agenda of a meeting', goal: 1.5, expect: 200, ask: agenda }))
  const search = ({ crowd }: Country) => {
    const guest = inTurn(crowd.coordinators)
    return () => look(guest(), `/volunteers?q=${sought}`)
  }
  rows.push(await grows(small, large, { title: 'search by name', goal: 2, expect: 200, ask: search }))
  const find = ({ crowd, product }: Country) => {
    const guest = inTurn(crowd.network)
    let nth = 0
    return () => findByName(guest(), product.origin, nth++)
  }
  rows.push(await grows(small, large, { title: 'case by name', goal: 2, expect: 200, ask: find }))
  return rows
}

type Growing = {
  title: string
  goal: number
  expect: number
  ask: (country: Country) => ReturnType<(typeof measuredPages)[0]['asks']>
}

async function grows(small: Session, large: Session, { title, goal, expect, ask }: Growing): Promise<Row> {
  const seconds = 6
  const cell = (country: Country): Promise<Measured> =>
    load({ origin: country.product.origin, connections: 10, seconds, expect, next: ask(country) })
  await cell(large)
  const rounds: { one: number; ten: number }[] = []
  for (let round = 0; round < 2; round++) {
    const first = await cell(round % 2 ? large : small)
    const second = await cell(round % 2 ? small : large)
    rounds.push(round % 2 ? { ten: first.p95, one: second.p95 } : { one: first.p95, ten: second.p95 })
  }
  const ratio = geometricMean(rounds.map(({ one, ten }) => ten / one))
  small.say(`${title} × 10: ${ratio.toPrecision(3)}`)
  const given = { floor: median(rounds.map(({ one }) => one)), product: median(rounds.map(({ ten }) => ten)) }
  return atMost(`${title}: p95 with ten times the data`, ratio, goal, {
    ...given,
    note: 'ms; the smaller country in the column of the floor',
  })
}
