// Do those who read a list wait longer while a matching of the whole country is being solved?
import { badWords, load, sound } from '../load/load.ts'
import { type Guest, inTurn, look } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

/** How solving went: matchings that came out, and answers that were neither one nor a page that says it is being worked on. */
export type Solving = { solved: number; wrong: number }

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
  const going = { on: true }
  const [coordinator = guest()] = crowd.coordinators
  const solving = solveWhile(going, {
    change: () => changeNeed(session),
    ask: () => fetch(`${product.origin}/matching`, { headers: look(coordinator as Guest, '').headers }),
  })
  const during = await list()
  going.on = false
  const { solved, wrong } = await solving
  const note = [
    `ms; ${solved} matchings solved meanwhile, one after the other; at rest in the column of the floor`,
    ...(wrong ? [`${wrong} matchings failed`] : []),
    badWords({ rest, during }),
  ]
  // Beside matchings that never came out nothing was measured.
  const ratio = solved > 0 && wrong === 0 ? sound(during.p95 / rest.p95, rest, during) : Number.NaN
  return [
    atMost('list during a solve: p95', ratio, 2, {
      ...{ floor: rest.p95, product: during.p95, note: note.filter(Boolean).join('; ') },
    }),
  ]
}

/**
 * Asks for a matching until it is there – the page that says it is being worked on brings itself anew – and only then for the next, so that
 * never two are being solved.
 */
export async function solveWhile(
  going: { on: boolean },
  { change, ask, pause = 200 }: { change: () => Promise<void>; ask: () => Promise<Response>; pause?: number },
): Promise<Solving> {
  const told: Solving = { solved: 0, wrong: 0 }
  while (going.on) {
    await change()
    for (let waiting = true; waiting && going.on; ) {
      const answer = await ask()
      await answer.text()
      waiting = answer.status === 200 && answer.headers.has('refresh')
      if (answer.status !== 200) told.wrong++
      else if (!waiting) told.solved++
      if (waiting || answer.status !== 200) await new Promise((done) => setTimeout(done, pause))
    }
  }
  return told
}

// A matching that is already known is not solved again, so one need begins a day later.
async function changeNeed({ place }: Session): Promise<void> {
  await place.admin.query(
    `update need set from_on = from_on + 1 where id = (select id from need where status = 'open' order by from_on, id limit 1)`,
  )
}
