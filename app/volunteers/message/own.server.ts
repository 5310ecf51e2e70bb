// What has been written to me, and which of it have I read?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { OneMessage } from './message.ts'

const volunteer = { roles: ['volunteer'] } as const
type Own = {
  id: string
  volunteerId: string
  title: string
  body: string
  sentAt: Date
  by: string | null
  readAt: Date | null
}

async function mine(db: Db, me: Person): Promise<Own[]> {
  const { rows } = await sql<Own>`
    select c.message_id as id, c.volunteer_id, c.title, c.body, c.sent_at, p.name as by, r.read_at
    from message_copy c join volunteer v on v.id = c.volunteer_id left join person p on p.id = c.sent_by
      left join message_read r on r.message_id = c.message_id and r.volunteer_id = c.volunteer_id
    where v.person_id = ${me.id} order by c.sent_at desc`.execute(db)
  return rows
}

export const unreadMessages = async (db: Db, me: Person): Promise<Own[]> =>
  (await mine(db, me)).filter(({ readAt }) => readAt === null)

export const listOwnMessages = query(
  'volunteer.message.own.list',
  { ...volunteer, input: z.object({}), about: (_: unknown, found: Own[]) => ({ hits: found.length }) },
  (db, _, me) => mine(db, me),
)

async function one(db: Db, message: string, me: Person): Promise<Own> {
  const found = (await mine(db, me)).find(({ id }) => id === message)
  if (!found) throw new NotFound()
  return found
}

export const openOwnMessage = query(
  'volunteer.message.own.open',
  { ...volunteer, input: OneMessage },
  (db, input, me) => one(db, input.message, me),
)

/** She says so herself; how many have is counted, who has is nobody's to know. */
export const readMessage = command(
  'volunteer.message.read',
  { ...volunteer, input: OneMessage },
  async (db, input, me) => {
    const { id: messageId, volunteerId, readAt } = await one(db, input.message, me)
    if (readAt) return
    // Of two presses at once the second finds it said.
    await db
      .insertInto('messageRead')
      .values({ messageId, volunteerId })
      .onConflict((on) => on.doNothing())
      .execute()
  },
)
