// Which closed cases have had their months without a new one, and whose flag may be lifted?
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { Flags } from './closing.ts'

const mostListed = 500

/** Flags whose months have passed, the oldest first, with the last word that was heard. */
async function flagsDue(db: Db) {
  return db
    .selectFrom('caseClosing')
    .innerJoin('caseFile', 'caseFile.id', 'caseClosing.caseId')
    .select(['caseClosing.caseId as id', 'caseFile.number', 'closedOn', 'flagUntil', 'reason', 'level'])
    .select((row) =>
      row
        .selectFrom('caseFollowUp')
        .select('state')
        .whereRef('caseFollowUp.caseId', '=', 'caseClosing.caseId')
        .orderBy('onDate', 'desc')
        .limit(1)
        .as('lastState'),
    )
    .where('caseClosing.reopenedAt', 'is', null)
    .where('flagLiftedOn', 'is', null)
    .where('flagUntil', '<=', today())
    .orderBy('flagUntil')
    .orderBy('caseFile.number')
    .limit(mostListed)
    .execute()
}

export const countFlagsDue = async (db: Db): Promise<number> => (await flagsDue(db)).length

const about = (_input: unknown, output: { flags: readonly unknown[] }) => ({ kind: 'case', hits: output.flags.length })

export const listFlags = query('case.flag.list', { roles: ['lead'], input: z.object({}), about }, async (db) => ({
  flags: await flagsDue(db),
}))

/** What was chosen, once more by number, before it is done. */
export const openFlags = query('case.flag.open', { roles: ['lead'], input: Flags, about }, async (db, input) => {
  const flags = await flagsDue(db)
  return { flags: flags.filter(({ id }) => input.case.includes(id)) }
})

/** All that were chosen, or none: one that is no longer due means that the list was old. */
export const liftFlags = command('case.flag.lift', { roles: ['lead'], input: Flags, about }, async (db, input, me) => {
  if (input.case.length === 0) throw new Invalid({ '': { key: 'cases.flag.noneChosen' } })
  const chosen = [...new Set(input.case)]
  const flags = (await flagsDue(db)).filter(({ id }) => chosen.includes(id))
  if (flags.length !== chosen.length) throw new Conflict({ key: 'cases.flag.changed' })
  const done = await db
    .updateTable('caseClosing')
    .set({ flagLiftedOn: today(), flagLiftedBy: me.id })
    .where('caseId', 'in', chosen)
    .where('reopenedAt', 'is', null)
    .where('flagLiftedOn', 'is', null)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) !== chosen.length) throw new Conflict({ key: 'cases.flag.changed' })
  return { flags }
})
