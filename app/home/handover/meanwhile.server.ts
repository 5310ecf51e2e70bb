// What was done in somebody's name while they were away?
import { sql } from 'kysely'
import type { Substitution } from '../../access/substitution/substitution.ts'
import type { Db } from '../../core/db.server.ts'
import { allOperations } from '../../core/operation.server.ts'
import type { Deed, Meanwhile } from './handover.ts'

type Row = { action: string; times: number; last: Date; cases: { id: string; number: string }[] | null }

// What concerns only the stand-in's own session and account says nothing of the work.
const aside = /^(access|account|draft|substitution\.(begin|back|list))\b/

/** Told from the log, as far as its policies and those of the cases let the reader see. */
export async function meanwhileOf(db: Db, { giverId, takerId, validFrom, validTo }: Substitution): Promise<Meanwhile> {
  const { rows } = await sql<Row>`
    select e.action, count(*)::int as times, max(e.at) as last,
      json_agg(distinct jsonb_build_object('id', c.id, 'number', c.number)) filter (where c.id is not null) as cases
    from audit_event e left join case_file c on c.id = e.case_id
    where e.on_behalf_of = ${giverId} and e.actor = ${takerId} and e.result = 'done'
      and e.at >= ${validFrom}::date::timestamp at time zone 'Europe/Tallinn'
      and e.at < (${validTo}::date + 1)::timestamp at time zone 'Europe/Tallinn'
    group by e.action order by last desc`.execute(db)
  const deeds = new Set(
    allOperations()
      .filter(({ access }) => access === 'write')
      .map(({ name }) => name),
  )
  const work = rows.filter(({ action }) => !aside.test(action))
  const done = work.filter(({ action }) => deeds.has(action))
  const looked = work.filter(({ action }) => !deeds.has(action)).reduce((sum, { times }) => sum + times, 0)
  return { done: done.map(deed), looked }
}

const deed = ({ cases, ...row }: Row): Deed => ({
  ...row,
  cases: (cases ?? []).toSorted((a, b) => (a.number < b.number ? -1 : 1)),
})
