// How is somebody who was written down by mistake taken out of a case again, and what stays?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { aboutCase, caseHead, oneCase, openHead, type PersonLine } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { personOf } from '../identity/correct.server.ts'
import { PersonPlace } from '../identity/correct.ts'
import { mayGo, Withdraw } from './withdraw.ts'

/** How many open actions of the plan were agreed because of them: they stay until somebody ends them. */
async function actionsFor(db: Db, caseId: string, { kind, nth }: PersonLine): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct a.id)::int as count from risk_answer r join case_action a on a.id = r.action_id and a.case_id = r.case_id
    where r.case_id = ${caseId} and r.kind = ${kind} and r.nth = ${nth} and r.superseded_at is null and a.state = 'open'`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

const keeps = { roles: keepers, about: aboutCase }

export const openWithdraw = query(
  'case.person.withdraw.open',
  { ...keeps, input: PersonPlace },
  async (db, { id, person: item }, me) => {
    const head = await caseHead(db, me, id)
    const person = await personOf(db, head.id, item)
    if (person.kind === 'victim') throw new NotFound()
    const { rows: people } = await sql<PersonLine>`select id, kind from people_of(${head.id}::uuid)`.execute(db)
    const left = people.filter(({ kind }) => kind === person.kind).length - 1
    return { head, person, left, may: mayGo(person, people), actions: await actionsFor(db, head.id, person) }
  },
)

/**
 * The row stays, set aside with the reason, and so does what the core group answered: its number is nobody else's. Nothing finds them any
 * more; a wall that stands because of them stands until two people lift it (decision 45).
 */
export const withdrawPerson = command(
  'case.person.withdraw',
  { ...keeps, input: Withdraw, oneByOne: oneCase },
  async (db, { id, person: item, seen, why }, me) => {
    const head = await openHead(db, me, id)
    const person = await personOf(db, head.id, item)
    // Corrected meanwhile it may be somebody who belongs here.
    mustHaveRead(seen ?? item, person.id)
    const vault = await openVault(db, head.id)
    const sealed = vault.seal({ table: 'case_person', column: 'withdrawn_sealed', row: person.id }, why)
    const { rows } = await sql<{ kind: string | null }>`
      select withdraw_person(${head.id}::uuid, ${person.id}::uuid, ${sealed}::bytea) as kind`.execute(db)
    if (rows[0]?.kind === 'last') throw new Conflict({ key: 'cases.withdraw.last' })
    if (!rows[0]?.kind) throw new NotFound()
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
