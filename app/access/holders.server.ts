// Who holds a role today?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import type { Role } from '../core/user.ts'

/** The people who hold the role today and whose account is open, each once, as identifiers. */
export async function holdersOf(db: Db, role: Role): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .distinct()
    .where('role', '=', role)
    .where('status', '=', 'active')
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
    .execute()
  return rows.map((row) => row.id)
}
