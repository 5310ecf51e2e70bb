// How is a place where a volunteer knew people taken back, with what was said kept?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { id, text } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Role } from '../../core/user.ts'

const TieId = z.object({ tie: id() })
export const WithdrawTie = TieId.extend({
  why: text({ label: 'volunteers.tie.why', hint: 'volunteers.tie.reasonHint', max: 300 }),
})

const roles: readonly Role[] = ['coordinator', 'volunteer']
const about = (_input: unknown, { volunteerId }: { volunteerId: string }) => ({ kind: 'volunteer', id: volunteerId })

async function standing(db: Db, tie: string) {
  const row = await db
    .selectFrom('volunteerTie')
    .innerJoin('municipality', 'municipality.code', 'volunteerTie.municipalityCode')
    .select(['volunteerTie.id', 'volunteerId', 'municipality.name as municipality', 'reason', 'withdrawnAt'])
    .where('volunteerTie.id', '=', tie)
    .executeTakeFirstOrThrow()
  if (row.withdrawnAt) throw new Conflict({ key: 'volunteers.tie.gone' })
  return row
}

export const openTie = query('volunteer.tie.open', { roles, input: TieId, about }, (db, { tie }) => standing(db, tie))

/** From now on cases of that place may be proposed to the volunteer. */
export const withdrawTie = command(
  'volunteer.tie.withdraw',
  { roles, input: WithdrawTie, about },
  async (db, { tie, why }, me) => {
    const { volunteerId } = await standing(db, tie)
    const done = await db
      .updateTable('volunteerTie')
      .set({ withdrawnAt: sql<Date>`now()`, withdrawnBy: me.id, withdrawnReason: why })
      .where('id', '=', tie)
      .where('withdrawnAt', 'is', null)
      .executeTakeFirst()
    if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'volunteers.tie.gone' })
    return { volunteerId, keeps: me.roles.includes('coordinator') }
  },
)
