// Who is slowed down by others' reports, and who by rights of their own?
import { load } from '../load/load.ts'
import { type Guest, inTurn, look } from '../load/people.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

const list = ({ product }: Session, guests: readonly Guest[], seconds: number) => {
  const guest = inTurn(guests)
  return load({ origin: product.origin, connections: 10, seconds, expect: 200, next: () => look(guest(), '/cases') })
}

/** Two coordinators who have the whole country's report reckoned again and again, while the networks read their lists. */
export async function measureNeighbours(session: Session): Promise<Row[]> {
  const { product, crowd, place } = session
  const report = await beginReport(session)
  const rest = await list(session, crowd.network, 6)
  let going = true
  let reports = 0
  const reckon = async (guest: Guest) => {
    const ask = look(guest, `/reports/${report}`)
    while (going) {
      const answer = await fetch(`${product.origin}${ask.path}`, { headers: ask.headers })
      await answer.text()
      if (answer.status === 200) reports++
    }
  }
  const both = Promise.all(crowd.coordinators.slice(0, 2).map(reckon))
  const during = await list(session, crowd.network, 8)
  going = false
  await both
  await place.admin.query('delete from period_report where id = $1', [report])
  const note = `ms; ${reports} reports meanwhile; at rest in the column of the floor`
  // Beside reports that never came out nothing was measured.
  const ratio = reports < 2 ? Number.NaN : during.p95 / rest.p95
  return [
    atMost('list while two national reports run: p95', ratio, 2, {
      floor: rest.p95,
      product: during.p95,
      note,
    }),
  ]
}

/** A draft of the last whole quarter: its figures are reckoned anew whenever somebody opens it. */
async function beginReport({ place, crowd }: Session): Promise<string> {
  const { rows } = await place.admin.query<{ id: string }>(
    `insert into period_report (period, from_on, to_on, due_on, created_by)
     select to_char(q, 'YYYY"-Q"Q'), q::date, (q + interval '3 months - 1 day')::date, current_date, $1
     from (select date_trunc('quarter', now() - interval '3 months') as q) last returning id`,
    [crowd.coordinators[0]?.id],
  )
  return rows[0]?.id ?? ''
}

/** A lead of every network against a lead of one: what does it cost to have many rights? */
export async function measureRights(session: Session): Promise<Row[]> {
  const { crowd, place } = session
  const [one, many] = [crowd.network.slice(0, 1), crowd.network.slice(1, 2)]
  const ids = await place.admin.query<{ id: string }>(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
     select $1, 'member', id, 'ohvriabi', '2020-01-01', '2999-12-31' from network where name <> 'Näidis-võrgustik 1' returning id`,
    [many[0]?.id],
  )
  const narrow = await list(session, one, 6)
  const wide = await list(session, many, 6)
  await place.admin.query('delete from person_role where id = any($1)', [ids.rows.map(({ id }) => id)])
  const note = 'ms; a lead of one network in the column of the floor'
  return [
    atMost('list for somebody in every network: p95', wide.p95 / narrow.p95, 1.5, {
      floor: narrow.p95,
      product: wide.p95,
      note,
    }),
  ]
}
