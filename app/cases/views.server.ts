// Which events of the audit are about this case?
import { sql } from 'kysely'
import type { AuditEvent } from '../audit/audit.ts'
import { query } from '../core/operation.server.ts'
import type { Role } from '../core/user.ts'
import { CaseId } from './case.ts'
import { aboutCase, caseHead } from './case-file.server.ts'

const watchers: readonly Role[] = ['lead', 'member', 'auditor']

/** The newest first, as far as the policies of the audit let this person see (R13). */
export const openViews = query(
  'case.views',
  { roles: watchers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const { rows } = await sql<AuditEvent>`
    select e.seq, e.at, e.action, e.result, e.hits, e.case_id, e.network_id, e.actor as actor_id, p.name as actor, g.name as behalf,
      ${head.number} as case_number, array(select distinct r.role from person_role r where r.person_id = e.actor) as actor_roles
    from audit_event e left join person p on p.id = e.actor left join person g on g.id = e.on_behalf_of
    where e.case_id = ${head.id} order by e.seq desc limit 300`.execute(db)
    return { head, events: rows }
  },
)
