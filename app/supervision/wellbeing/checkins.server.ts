// How does a support person tell whoever guides her how she is – and nobody else?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, makeVault } from '../../core/seal.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { guidedByMe, ownVolunteer } from '../../support/visit/supported.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { type Answers, CheckinId, WriteCheckin } from './wellbeing.ts'

const place = (row: string) => ({ table: 'wellbeing_checkin', column: 'answers_sealed', row })
const about = (_: unknown, { id }: { id: string }) => ({ kind: 'checkin', id })

/** The form, with who will read it. */
export const openCheckin = query(
  'supervision.checkin.form',
  { roles: ['volunteer'], input: z.object({}) },
  async (db, _, me) => {
    const { supervisorId } = await ownVolunteer(db, me)
    const row = supervisorId
      ? await db.selectFrom('person').select('name').where('id', '=', supervisorId).executeTakeFirst()
      : undefined
    return { supervisor: row?.name ?? null }
  },
)

/** Closed under a key of its own; whoever wants to talk soon is heard of at once, in a letter that says nothing. */
export const writeCheckin = command(
  'supervision.checkin.write',
  { roles: ['volunteer'], input: WriteCheckin, about },
  async (db, input, me) => {
    const own = await ownVolunteer(db, me)
    if (!own.supervisorId) throw new Conflict({ key: 'supervision.error.nobody' })
    const id = randomUUID()
    await db.insertInto('wellbeingCheckin').values({ id, volunteerId: own.id }).execute()
    const vault = await makeVault(db, { kind: 'checkin', id })
    const answersSealed = vault.seal(place(id), JSON.stringify(input))
    await db.updateTable('wellbeingCheckin').set({ answersSealed }).where('id', '=', id).execute()
    if (input.talk === 'soon') for (const person of await guidesOf(db, own.id)) await mailTo(db, person, 'new-task')
    return { id }
  },
)

export type Checkin = {
  id: string
  name: string
  volunteerId: string
  writtenAt: Date
  seenAt: Date | null
  answers: Answers | null
}

/** What those whom the person who asks guides have written of themselves, the unseen and then the newest first. */
export const listCheckins = query(
  'supervision.checkin.list',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, { checkins }: { checkins: unknown[] }) => ({ kind: 'checkin', hits: checkins.length }),
  },
  async (db, _, me) => {
    const rows = await db
      .selectFrom('wellbeingCheckin')
      .innerJoin('volunteer', 'volunteer.id', 'volunteerId')
      .select(['wellbeingCheckin.id', 'volunteer.name', 'volunteerId', 'writtenAt', 'seenAt', 'answersSealed'])
      .where('volunteerId', '=', guidedByMe)
      .where((row) => row.or([row('volunteer.personId', 'is', null), row('volunteer.personId', '<>', me.id)]))
      .orderBy(sql`seen_at is not null`)
      .orderBy('writtenAt', 'desc')
      .limit(50)
      .execute()
    const checkins: Checkin[] = []
    for (const { answersSealed, ...row } of rows) {
      const vault = await findVault(db, row.id)
      const answers = vault && answersSealed ? (JSON.parse(vault.open(place(row.id), answersSealed)) as Answers) : null
      checkins.push({ ...row, answers })
    }
    return { checkins }
  },
)

/** Seen: the support person is no longer among those who wait. */
export const seeCheckin = command(
  'supervision.checkin.see',
  { roles: ['supervisor'], input: CheckinId, about },
  async (db, { id }, me) => {
    await db
      .selectFrom('wellbeingCheckin')
      .select('id')
      .where('id', '=', id)
      .where('volunteerId', '=', guidedByMe)
      .executeTakeFirstOrThrow()
    const done = await db
      .updateTable('wellbeingCheckin')
      .set({ seenBy: me.id, seenAt: sql<Date>`now()` })
      .where('id', '=', id)
      .where('seenAt', 'is', null)
      .executeTakeFirst()
    if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'supervision.error.seen' })
    return { id }
  },
)

/** How many have written and wait to be heard. */
export async function unseenCheckins(db: Db): Promise<{ name: string }[]> {
  return db
    .selectFrom('wellbeingCheckin')
    .innerJoin('volunteer', 'volunteer.id', 'volunteerId')
    .select('volunteer.name')
    .distinct()
    .where('volunteerId', '=', guidedByMe)
    .where('seenAt', 'is', null)
    .execute()
}
