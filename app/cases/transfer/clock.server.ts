// Who hears that a transfer waits for too long, and when is it over by itself?
import { sql } from 'kysely'
import { holdersOf } from '../../access/holders.server.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { leadsOf } from '../tasks.server.ts'

type Waiting = { id: string; caseId: string; networkId: string; toNetworkId: string; dueOn: string; lapsesOn: string }

/** On its day the leads of the network that is asked; from the day after those of both; from the next working day the coordinators too. */
async function toRemind(db: Db, of: Waiting): Promise<string[]> {
  const takers = await leadsOf(db, of.toNetworkId)
  if (of.dueOn === today()) return takers
  const both = [...takers, ...(await leadsOf(db, of.networkId))]
  return addWorkingDays(of.dueOn, 1) < today() ? [...both, ...(await holdersOf(db, 'coordinator'))] : both
}

/** Each of them once for each stage; what has lapsed stays where it was. */
export async function remindOfTransfers(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const waiting = await db
      .selectFrom('caseTransfer')
      .select(['id', 'caseId', 'networkId', 'toNetworkId', 'dueOn', 'lapsesOn'])
      .where('state', '=', 'open')
      .where('dueOn', '<=', today())
      .execute()
    for (const one of waiting) {
      const stage = one.lapsesOn < today() ? 'lapsed' : one.dueOn === today() ? 'due' : 'late'
      for (const who of new Set(await toRemind(db, one)))
        await mailAbout(db, one.caseId, who, 'reminder', `transfer:${one.id}:${stage}:${who}`)
      if (stage === 'lapsed') await sql`select transfer_answer(${one.id}::uuid, 'lapsed', null, null)`.execute(db)
    }
    return waiting.length
  })
}

export const transferReminders: Job = { name: 'transfer-reminders', cron: '25 8 * * 1-5', run: remindOfTransfers }
