// Who did what and who saw what, as far as the one who asks may know?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../core/db.server.ts'
import { readDate } from '../core/form/read-date.ts'
import { query } from '../core/operation.server.ts'
import { roles } from '../core/user.ts'
import type { AuditEvent } from './audit.ts'

export const perPage = 50

const filled = z.string().trim().max(120).optional().catch(undefined)

/** What the list is narrowed to; what cannot be read is left out, for a filter is no form. */
export const AuditFilter = z.object({
  day: filled,
  person: filled,
  number: filled,
  action: filled,
  before: z.coerce.number().int().positive().optional().catch(undefined),
})
export type AuditFilter = z.output<typeof AuditFilter>

type Listed = { events: AuditEvent[]; more: boolean; filter: AuditFilter }

export const listAudit = query(
  'audit.list',
  {
    roles: roles.filter((role) => role !== 'system'),
    input: AuditFilter,
    about: (_input, output: Listed) => ({ kind: 'audit', hits: output.events.length }),
  },
  async (db, filter): Promise<Listed> => {
    const found = await eventsOf(db, filter)
    return { events: found.slice(0, perPage), more: found.length > perPage, filter }
  },
)

async function eventsOf(db: Db, filter: AuditFilter): Promise<AuditEvent[]> {
  const read = filter.day ? readDate(filter.day) : undefined
  const day = read && 'iso' in read ? read.iso : undefined
  let rows = chosen(db).limit(perPage + 1)
  if (filter.before) rows = rows.where('auditEvent.seq', '<', filter.before)
  if (day) {
    rows = rows
      .where('auditEvent.at', '>=', sql<Date>`${day}::date::timestamp at time zone 'Europe/Tallinn'`)
      .where('auditEvent.at', '<', sql<Date>`(${day}::date + 1)::timestamp at time zone 'Europe/Tallinn'`)
  }
  if (filter.person) {
    const like = `%${filter.person.replace(/[\\%_]/g, '\\$&')}%`
    // By what they are called or were called: whoever did something under another name is found by both.
    const were = sql<boolean>`exists (select from former_name f where f.person_id in (audit_event.actor, audit_event.on_behalf_of) and f.name ilike ${like})`
    rows = rows.where((row) => row.or([row('person.name', 'ilike', like), row('giver.name', 'ilike', like), were]))
  }
  if (filter.number) rows = rows.where('caseFile.number', '=', filter.number.toUpperCase())
  if (filter.action) rows = rows.where('auditEvent.action', '=', filter.action)
  return rows.execute()
}

// The two by whose word it was.
const byWhom = sql`from unnest(audit_event.fields) f join person h on f = 'by:' || h.id order by h.name`

const chosen = (db: Db) =>
  db
    .selectFrom('auditEvent')
    .leftJoin('person', 'person.id', 'auditEvent.actor')
    .leftJoin('person as giver', 'giver.id', 'auditEvent.onBehalfOf')
    .leftJoin('caseFile', 'caseFile.id', 'auditEvent.caseId')
    .select([
      'seq',
      'at',
      'action',
      'result',
      'hits',
      'auditEvent.caseId',
      'auditEvent.networkId',
      'auditEvent.actor as actorId',
    ])
    .select(['person.name as actor', 'giver.name as behalf', 'caseFile.number as caseNumber'])
    .select(
      sql<string | null>`case audit_event.action when 'case.key.changed' then audit_event.fields[1] end`.as('keyWhy'),
    )
    .select([
      sql<string | null>`name_then(audit_event.actor, audit_event.at)`.as('actorThen'),
      sql<string | null>`name_then(audit_event.on_behalf_of, audit_event.at)`.as('behalfThen'),
    ])
    .select((row) =>
      sql<
        string[]
      >`array(select distinct r.role from person_role r where r.person_id = ${row.ref('auditEvent.actor')})`.as(
        'actorRoles',
      ),
    )
    .select([
      sql<string[]>`array(select h.name ${byWhom})`.as('helpers'),
      sql<(string | null)[]>`array(select name_then(h.id, audit_event.at) ${byWhom})`.as('helpersThen'),
    ])
    .orderBy('seq', 'desc')
