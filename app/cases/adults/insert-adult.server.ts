// How is another adult who is in danger written down, at the referral or later, and how they can be reached?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import type { Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { comparePlace } from '../links/case-keys.server.ts'
import { insertPerson } from '../referral/people.server.ts'
import type { Adult } from './adult.ts'

type Into = { db: Db; me: Person; base: { networkId: string; caseId: string }; vault: Vault }

/** The person, findable like the others of a case, and how to reach them among the places, shown one look at a time. */
export async function insertAdult(into: Into, adult: Adult): Promise<void> {
  const person = await insertPerson(into, 'adult', adult)
  if (!adult.contact) return
  const { db, me, base, vault } = into
  const nth = (await adultsOf(db, base.caseId)).find((one) => one.id === person)?.nth ?? null
  const row = randomUUID()
  const valueSealed = vault.seal({ table: 'case_whereabouts', column: 'value_sealed', row }, adult.contact)
  await db
    .insertInto('caseWhereabouts')
    .values({ ...base, id: row, kind: 'adult_contact', adultNth: nth, valueSealed, recordedBy: me.id })
    .execute()
  await comparePlace(db, { caseId: base.caseId, item: row, kind: 'adult_contact', value: adult.contact })
}

/** Which number an adult in danger has in this case, and whose a contact is, by the id of the row. */
export async function adultsOf(db: Db, caseId: string): Promise<{ id: string; nth: number; place: boolean }[]> {
  const { rows } = await sql<{ id: string; nth: number; place: boolean }>`
    select * from adults_of(${caseId}::uuid) order by nth`.execute(db)
  return rows
}
