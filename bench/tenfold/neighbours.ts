// Who is slowed down by others' reports, by others' cases, or by rights of their own?
import { badWords, load, type Measured, sound } from '../load/load.ts'
import { type Guest, inTurn, look } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

const list = ({ product }: Session, guests: readonly Guest[], seconds: number) => {
  const guest = inTurn(guests)
  return load({ origin: product.origin, connections: 10, seconds, expect: 200, next: () => look(guest(), '/cases') })
}

/** How much longer the one waits than the other. */
function beside(name: string, goal: number, floor: Measured, product: Measured, words: string, fine = true): Row {
  const note = [words, badWords({ 'in the column of the floor': floor, beside: product })].filter(Boolean).join('; ')
  const ratio = fine ? sound(product.p95 / floor.p95, floor, product) : Number.NaN
  return atMost(name, ratio, goal, { floor: floor.p95, product: product.p95, note })
}

/** Two coordinators who have the whole country's report reckoned again and again, while the networks read their lists. */
export async function measureNeighbours(session: Session): Promise<Row[]> {
  const { product, crowd } = session
  const report = await beginReport(session)
  const rest = await list(session, crowd.network, 6)
  let going = true
  const statuses: number[] = []
  const reckon = async (guest: Guest) => {
    const ask = look(guest, `/reports/${report}`)
    while (going) {
      const answer = await fetch(`${product.origin}${ask.path}`, { headers: ask.headers })
      await answer.text()
      statuses.push(answer.status)
    }
  }
  const both = Promise.all(crowd.coordinators.slice(0, 2).map(reckon))
  const during = await list(session, crowd.network, 8)
  going = false
  await both
  await endReport(session, report)
  const reports = statuses.filter((status) => status === 200).length
  const note = `ms; ${reports} reports meanwhile, ${statuses.length - reports} failed; at rest in the column of the floor`
  // Beside reports that never came out nothing was measured.
  const came = reports >= 2 && reports === statuses.length
  return [beside('list while two national reports run: p95', 2, rest, during, note, came)]
}

/** A draft of the last whole quarter: its figures are reckoned anew whenever somebody opens it. */
export async function beginReport({ place, crowd }: Session): Promise<string> {
  const { rows } = await place.admin.query<{ id: string }>(
    `insert into period_report (period, from_on, to_on, due_on, created_by)
     select to_char(q, 'YYYY"-Q"Q'), q::date, (q + interval '3 months - 1 day')::date, current_date, $1
     from (select date_trunc('quarter', now() - interval '3 months') as q) last returning id`,
    [crowd.coordinators[0]?.id],
  )
  return rows[0]?.id ?? ''
}

export async function endReport({ place }: Session, report: string): Promise<void> {
  await place.admin.query('delete from period_report where id = $1', [report])
}

const offices = `select $1, role, null, null, '2020-01-01', '2999-12-31' from unnest('{coordinator,supervisor,manager}'::text[]) role`
const seats = `select $1, 'member', id, 'ohvriabi', '2020-01-01', '2999-12-31' from network where name <> 'Näidis-võrgustik 1'`

/** A lead with many networks, and one with many roles, against a lead with one of each: what does it cost to have many rights? */
export async function measureRights(session: Session): Promise<Row[]> {
  const [one, two] = [session.crowd.leads.slice(0, 1), session.crowd.leads.slice(1, 2)]
  const rows: Row[] = []
  const note = 'ms; a lead of one network in the column of the floor'
  for (const [name, more] of [
    ['list for somebody in every network: p95', seats],
    ['list for a lead who is coordinator, supervisor and manager too: p95', offices],
  ] as const) {
    const given = await session.place.admin.query<{ id: string }>(
      `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) ${more} returning id`,
      [two[0]?.id],
    )
    const narrow = await list(session, one, 6)
    const wide = await list(session, two, 6)
    await session.place.admin.query('delete from person_role where id = any($1)', [given.rows.map(({ id }) => id)])
    rows.push(beside(name, 1.5, narrow, wide, note))
  }
  return rows
}

/** One network has three tenths of everything: do those of a small one wait any longer for theirs than its own people do? */
export async function measureSmall(session: Session): Promise<Row[]> {
  const small = session.crowd.networks.at(-1)?.guests ?? []
  const hot = await list(session, session.crowd.network, 6)
  const quiet = await list(session, small, 6)
  const note = 'ms; the network with three tenths of everything in the column of the floor'
  return [beside('list in a small network: p95 beside the largest', 1.1, hot, quiet, note)]
}
