// Whose codes and names does a case that goes over bring with it, and before whom do walls stand there already?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { blindIndex, openVault } from '../../core/seal.server.ts'

type Sealed = Record<'givenNameSealed' | 'familyNameSealed' | 'formerNamesSealed' | 'personalCodeSealed', Buffer | null>
type Named = { id: string; code?: string; givenName?: string; familyName?: string; formerNames?: string }

/** The people of the case, opened: the database gives them for the transaction of asking and of accepting alone. */
export async function peopleOf(db: Db, transfer: string, caseId: string): Promise<Named[]> {
  const { rows } = await sql<Sealed & { id: string }>`select * from transfer_people(${transfer}::uuid)`.execute(db)
  const vault = await openVault(db, caseId)
  return rows.map(({ id, ...sealed }) => {
    const open = (column: string, value: Buffer | null) =>
      value ? vault.open({ table: 'case_person', column, row: id }, value) : undefined
    return {
      id,
      code: open('personal_code_sealed', sealed.personalCodeSealed),
      givenName: open('given_name_sealed', sealed.givenNameSealed),
      familyName: open('family_name_sealed', sealed.familyNameSealed),
      formerNames: open('former_names_sealed', sealed.formerNamesSealed),
    }
  })
}

/** A code as that network would index it. */
export const indexIn = (networkId: string, code: string): string => blindIndex(networkId, code).toString('hex')

/** Before anybody of the network that is asked sees the transfer, a wall stands before those who are tied to it. Nobody hears of it. */
export async function wallOff(db: Db, transfer: string, caseId: string, toNetworkId: string): Promise<void> {
  const coded = (await peopleOf(db, transfer, caseId)).flatMap(({ id, code }) =>
    code ? [[id, indexIn(toNetworkId, code)]] : [],
  )
  await sql`select transfer_walls(${transfer}::uuid, ${JSON.stringify(Object.fromEntries(coded))}::jsonb)`.execute(db)
}
