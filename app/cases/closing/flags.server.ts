// Which cases have had their months without anything new, since a meeting or their closing, and whose flag may be lifted?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { casesShown, command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { Flags } from './closing.ts'

const mostListed = 500

export type Flag = {
  id: string
  number: string
  /** The day of the closing, and why; nothing where a meeting heard of it last. */
  closedOn: string | null
  reason: string | null
  /** The meeting, or the closing, since when the months are counted. */
  since: string
  until: string
  lastState: string | null
}

/** Flags whose months have passed since a meeting or the closing, the oldest first, with the last word that was heard. */
async function flagsDue(db: Db): Promise<Flag[]> {
  const { flagMonths } = await settingsOn(db)
  const { rows } = await sql<Flag>`
    select c.id, c.number, g.closed_on, g.reason, f.since, f.until,
      (select u.state from case_follow_up u where u.case_id = c.id order by u.on_date desc limit 1) as last_state
    from flags_mine(${today()}::date, ${flagMonths}) f join case_file c on c.id = f.case_id
      left join case_closing g on g.case_id = c.id and g.reopened_at is null and g.closed_on = f.since
    order by f.until, c.number limit ${mostListed}`.execute(db)
  return rows
}

export const countFlagsDue = async (db: Db): Promise<number> => (await flagsDue(db)).length

const about = (_input: unknown, { flags }: { flags: readonly Flag[] }) => ({
  ...{ kind: 'case', hits: flags.length },
  ...casesShown(flags.map(({ id }) => id)),
})

export const listFlags = query('case.flag.list', { roles: ['lead'], input: z.object({}), about }, async (db) => ({
  flags: await flagsDue(db),
}))

/** What was chosen, once more by number, before it is done. */
export const openFlags = query('case.flag.open', { roles: ['lead'], input: Flags, about }, async (db, input) => {
  const flags = await flagsDue(db)
  return { flags: flags.filter(({ id }) => input.case.includes(id)) }
})

/** All that were chosen, or none: one that is no longer due means that the list was old. */
export const liftFlags = command(
  'case.flag.lift',
  { roles: ['lead'], input: Flags, about, oneByOne: () => 'flags' },
  async (db, input, me) => {
    if (input.case.length === 0) throw new Invalid({ '': { key: 'cases.flag.noneChosen' } })
    const chosen = [...new Set(input.case)]
    const flags = (await flagsDue(db)).filter(({ id }) => chosen.includes(id))
    if (flags.length !== chosen.length) throw new Conflict({ key: 'cases.flag.changed' })
    const networks = await db.selectFrom('caseFile').select(['id', 'networkId']).where('id', 'in', chosen).execute()
    const lifts = networks.map(({ id, networkId }) => ({ networkId, caseId: id, liftedBy: me.id }))
    await db.insertInto('maracFlagLift').values(lifts).execute()
    return { flags }
  },
)
