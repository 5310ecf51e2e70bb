// Do those who read a list wait longer while a matching of the whole country is being solved?
import { load } from '../load/load.ts'
import { inTurn, look } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

/** The list at rest, then while a coordinator asks for one matching after the other, each of other needs than the last. */
export async function measureDuring(session: Session): Promise<Row[]> {
  const { crowd, product, options } = session
  const guest = inTurn(crowd.network)
  const list = () =>
    load({
      ...{ origin: product.origin, connections: 10, seconds: options.quick ? 4 : 10, expect: 200 },
      next: () => look(guest(), '/cases'),
    })
  const rest = await list()
  let solving = true
  let solved = 0
  const solver = (async () => {
    while (solving) {
      await changeNeed(session)
      const ask = look(crowd.coordinators[0] ?? guest(), '/matching')
      await fetch(`${product.origin}${ask.path}`, { headers: ask.headers }).then((answer) => answer.text())
      solved++
    }
  })()
  const during = await list()
  solving = false
  await solver
  const note = `ms; ${solved} matchings asked for meanwhile; at rest in the column of the floor`
  return [atMost('list during a solve: p95', during.p95 / rest.p95, 2, { floor: rest.p95, product: during.p95, note })]
}

// A matching that is already known is not solved again, so one need begins a day later.
async function changeNeed({ place }: Session): Promise<void> {
  await place.admin.query(
    `update need set from_on = from_on + 1 where id = (select id from need where status = 'open' order by from_on, id limit 1)`,
  )
}
