// Whose personal code does nobody know, so that no wall can raise itself before a case they are in, and who writes it down?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Role } from '../../core/user.ts'
import { mustBeFresh } from '../fresh.ts'
import { setOwnCode } from '../walls/own-codes.server.ts'
import { SetCode } from './account-holder.ts'

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

/** Keeps a colleague from the cases they are in. It opens no door: one's card one links oneself. */
export const setCode = command(
  'people.setCode',
  { roles: ['admin'], input: SetCode, about: ({ id }) => ({ kind: 'person', id }), turn: 'code' },
  async (db, input, me) => {
    mustBeFresh(me)
    if (me.id === input.id) throw new Refused({ key: 'access.people.self' })
    // A wall before the process would keep its alarms from a case.
    const found = await db
      .selectFrom('person')
      .select('id')
      .where('id', '=', input.id)
      .where('id', 'not in', (inner) => inner.selectFrom('personRole').select('personId').where('role', '=', 'system'))
      .executeTakeFirst()
    if (!found) throw new NotFound()
    await setOwnCode(db, input.id, input.personalCode.code)
  },
)
