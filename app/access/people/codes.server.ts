// Whose personal code does nobody know, so that no wall can raise itself before the case of somebody close to them?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import type { Role } from '../../core/user.ts'

export type Uncoded = { id: string; name: string; roles: Role[] }

async function uncoded(db: Db): Promise<Uncoded[]> {
  const { rows } = await sql<Uncoded>`
    select p.id, p.name, u.roles from own_codes_unknown() u join person p on p.id = u.person_id order by p.name collate "et-x-icu"`.execute(
    db,
  )
  return rows
}

/** How many they are, for the first page. */
export const countUncoded = async (db: Db): Promise<number> => (await uncoded(db)).length

export const listUncoded = query(
  'people.uncoded.list',
  {
    roles: ['admin', 'auditor'],
    input: z.object({}),
    about: (_input: unknown, people: Uncoded[]) => ({ kind: 'person', hits: people.length }),
  },
  (db) => uncoded(db),
)
