// Which events of the audit are about this case, and for what purpose was something opened?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { readDate } from '../../core/form/read-date.ts'
import { query } from '../../core/operation.server.ts'
import { openForProcess } from '../../core/seal.server.ts'
import type { Role } from '../../core/user.ts'
import { aboutCase, type CaseHead, caseHead } from '../case-file.server.ts'
import { outgoingOfCase } from '../outgoing/outgoing.server.ts'
import type { Outgoing } from '../outgoing/outgoing.ts'
import { perPage, type Seen, ViewsFilter } from './views.ts'

const watchers: readonly Role[] = ['lead', 'member', 'auditor']

type Found = Omit<Seen, 'purpose' | 'purposeKept'> & { reasonSealed: Buffer | null }
type Watcher = { id: string; name: string | null; roles: string[] }
type Answer = {
  head: CaseHead
  events: Seen[]
  more: boolean
  people: Watcher[]
  outgoing: Outgoing[]
  filter: ViewsFilter
  mayKnow: boolean
}

/** The newest first, as far as the policies of the audit let this person see (R13). */
export const openViews = query(
  'case.views',
  {
    roles: watchers,
    input: ViewsFilter,
    about: (input, output: Answer) => ({ ...aboutCase(input, output), hits: output.events.length }),
  },
  async (db, filter, me): Promise<Answer> => {
    const head = await caseHead(db, me, filter.id)
    // Why somebody looked is for who answers for the network, and for the auditor.
    const mayKnow = me.roles.includes('auditor') || (head.own && me.roles.includes('lead'))
    const found = await eventsOf(db, filter)
    const events = found.slice(0, perPage).map(({ reasonSealed, ...event }) => ({
      ...event,
      purpose: mayKnow && reasonSealed ? openForProcess('reason', reasonSealed) : null,
      purposeKept: reasonSealed !== null,
    }))
    const outgoing = await outgoingOfCase(db, head.id, mayKnow)
    const people = await watchersOf(db, head.id)
    return { head, events, more: found.length > perPage, people, outgoing, filter, mayKnow }
  },
)

// The roles are those of the day on which it happened.
async function eventsOf(db: Db, { id, person, day, before }: ViewsFilter): Promise<Found[]> {
  const read = day ? readDate(day) : undefined
  const on = read && 'iso' in read ? read.iso : null
  const { rows } = await sql<Found>`
    select e.seq, e.at, e.action, e.result, e.object_kind, e.reason_sealed, e.actor as actor_id, p.name as actor, name_then(e.actor, e.at) as actor_then,
      b.name as behalf, name_then(e.on_behalf_of, e.at) as behalf_then, item.kind as item_kind, array(select distinct r.role from person_role r where r.person_id = e.actor
        and (e.at at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to order by r.role) as actor_roles
    from audit_event e left join person p on p.id = e.actor left join person b on b.id = e.on_behalf_of
      left join (select id, kind from people_of(${id}::uuid) union all select id, kind from whereabouts_of(${id}::uuid)) item on item.id::text = e.object_id
    where e.case_id = ${id} and (${person ?? null}::uuid is null or e.actor = ${person ?? null}::uuid) and (${before ?? null}::bigint is null or e.seq < ${before ?? null}::bigint)
      and (${on}::date is null or e.at >= ${on}::date::timestamp at time zone 'Europe/Tallinn' and e.at < (${on}::date + 1)::timestamp at time zone 'Europe/Tallinn')
    order by e.seq desc limit ${perPage + 1}`.execute(db)
  return rows
}

async function watchersOf(db: Db, caseId: string): Promise<Watcher[]> {
  const { rows } = await sql<Watcher>`
    select e.actor as id, p.name, array(select distinct r.role from person_role r where r.person_id = e.actor order by r.role) as roles
    from (select distinct actor from audit_event where case_id = ${caseId} and actor is not null) e left join person p on p.id = e.actor
    order by p.name nulls last`.execute(db)
  return rows
}
