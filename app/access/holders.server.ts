// Who does the work of a role today?
import { sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import type { Role } from '../core/user.ts'

/** The people who hold the role today and whose account is open, and those who stand in for one of them; each once, as identifiers. */
export async function holdersOf(db: Db, role: Role): Promise<string[]> {
  const holders = db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    // Said outright: the index of all roles but that of volunteers, who are many, serves no role that is told only afterwards.
    .where('role', '=', sql.lit(role))
    .where('status', '=', 'active')
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
  const standIns = db
    .selectFrom('substitution')
    .select('takerId as id')
    .where('role', '=', role)
    .where(sql<boolean>`substitution_holds(substitution)`)
  const rows = await holders.union(standIns).execute()
  return rows.map((row) => row.id)
}
