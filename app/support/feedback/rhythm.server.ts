// How often was contact agreed in each support, and since when has it been too quiet?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { guidedByMe } from '../visit/supported.server.ts'
import { AgreeRhythm, type Contact, daysQuiet, RhythmOf } from './feedback.ts'

export type Running = Contact & {
  id: string
  networkId: string
  caseId: string
  number: string
  volunteerId: string
  quiet: number
}

/** Every running support of those whom the person who asks guides, with what was agreed and how long it has been too quiet. */
export async function runningSupports(db: Db): Promise<Running[]> {
  const { quietDays } = await settingsOn(db)
  const { rows } = await sql<Omit<Running, 'quiet'>>`
    select a.id, a.network_id, a.case_id, a.number, a.volunteer_id, a.start_on,
      (select r.days from contact_rhythm r where r.assignment_id = a.id order by r.set_at desc limit 1) as agreed,
      (select max(v.on_date) from visit v where v.assignment_id = a.id and v.superseded_at is null) as last
    from assignment a where a.volunteer_id = ${guidedByMe} and a.status = 'active' order by a.number`.execute(db)
  return rows.map((row) => ({ ...row, quiet: daysQuiet(row, quietDays, today()) }))
}

const about = (_: unknown, { support }: { support: Pick<Running, 'id' | 'caseId' | 'networkId'> }) => ({
  kind: 'assignment',
  id: support.id,
  caseId: support.caseId,
  networkId: support.networkId,
})

async function runningSupport(db: Db, id: string): Promise<Running> {
  const support = (await runningSupports(db)).find((one) => one.id === id)
  if (!support) throw new NotFound()
  return support
}

export const openRhythm = query(
  'support.rhythm.form',
  { roles: ['supervisor'], input: RhythmOf, about },
  async (db, { id }) => ({ support: await runningSupport(db, id), usual: (await settingsOn(db)).quietDays }),
)

/** What is agreed now holds from now on; what was agreed before stays written. */
export const agreeRhythm = command(
  'support.rhythm.agree',
  { roles: ['supervisor'], input: AgreeRhythm, about },
  async (db, { id, days }, me) => {
    const support = await runningSupport(db, id)
    const { networkId, caseId, volunteerId } = support
    await db
      .insertInto('contactRhythm')
      .values({ id: randomUUID(), networkId, caseId, assignmentId: id, volunteerId, days, setBy: me.id })
      .execute()
    return { support }
  },
)
