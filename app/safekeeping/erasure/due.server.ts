// Of whom is the time over for which something is kept, and how do two people come to erase it (R27)?
import { sql } from 'kysely'
import { z } from 'zod'
import { holdersOf } from '../../access/holders.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { formatDate } from '../../i18n/format.ts'
import { translator } from '../../i18n/i18n.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import type { Due } from './erasure.ts'
import { insertRequest } from './requests.server.ts'

/** What nobody has asked to erase yet, the longest due first; for the coordinator and the auditor. */
export async function erasuresDue(db: Db): Promise<Due[]> {
  return (await sql<Due>`select * from erasures_due()`.execute(db)).rows
}

/** Asks for everything on the list at once, a request for each: the second person decides about one after the other. */
export const askDueErasures = command(
  'erasure.ask-due',
  {
    ...{ roles: ['auditor', 'coordinator'], inPerson: true, input: z.object({}) },
    about: (_: unknown, { count }: { count: number }) => ({ kind: 'erasure', hits: count }),
  },
  async (db, _, me) => {
    const due = await erasuresDue(db)
    if (due.length === 0) throw new Conflict({ key: 'safekeeping.due.none' })
    const t = translator('et')
    for (const { kind, ownerId, label, since } of due) {
      const reason = t('safekeeping.due.reason', { date: formatDate(since) })
      await insertRequest(db, me, { kind, owner: ownerId, networkId: null, label, ground: 'term', reason })
    }
    return { count: due.length }
  },
)

/** Once a month whoever answers for volunteers hears that something is due; nothing is erased without two people. */
export const erasuresFallDue: Job = {
  name: 'erasures.due',
  cron: '0 7 * * *',
  onlyOn: (day) => day.endsWith('-01'),
  run: remind,
}

async function remind(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    if ((await erasuresDue(db)).length === 0) return 0
    const coordinators = await holdersOf(db, 'coordinator')
    for (const person of coordinators) await mailTo(db, person, 'reminder', `erasures/${today().slice(0, 7)}/${person}`)
    return coordinators.length
  })
}
