// How is the mark of one annex of the minutes changed, and who hears of it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { outgoingOfMeeting } from '../../cases/outgoing/outgoing.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { tellSeats } from '../calendar/change.server.ts'
import { aboutMeeting, type MeetingHead, oneMeeting } from '../meetings.server.ts'
import { fromRefusal, MarkAnnex } from './annex.ts'
import { tellHolders } from './holders.server.ts'
import { readMinutes } from './minutes.server.ts'

const about = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

/** The annex for the lead who answers for the minutes; before there are any it has no mark. */
async function annexFor(db: Db, me: Person, meetingId: string, caseId: string) {
  const { head, newest, record, marks } = await readMinutes(db, me, meetingId)
  const line = record.find((one) => one.caseId === caseId)
  const mark = marks.get(caseId)
  if (!head.leads || !line || !mark) throw new NotFound()
  if (!newest) throw new Conflict({ key: 'meetings.minutes.nothingToSend' })
  return { head, line, mark }
}

export const openMarkAnnex = query(
  'meeting.minutes.mark.open',
  { roles: ['lead'], input: ItemOf, about },
  (db, input, me) => annexFor(db, me, input.id, input.case),
)

/** A word of its own, the earlier one set aside; everybody who has the minutes is told (R26). */
export const markAnnex = command(
  'meeting.minutes.mark',
  { roles: ['lead'], input: MarkAnnex, about, oneByOne: oneMeeting },
  async (db, input: z.output<typeof MarkAnnex>, me) => {
    const { head, mark } = await annexFor(db, me, input.id, input.case)
    mustHaveRead(input.seen, mark.id)
    const refused = fromRefusal(input, head.today)
    if (refused) throw new Invalid({ from: refused })
    await write(db, me, head, input)
    await tellSeats(db, me, head.networkId)
    await tellHolders(db, await outgoingOfMeeting(db, head.id, input.case))
    return { head }
  },
)

async function write(
  db: Db,
  me: Person,
  head: MeetingHead,
  { case: caseId, ground, from }: z.output<typeof MarkAnnex>,
) {
  const id = randomUUID()
  const day = ground === 'private_life' ? undefined : from
  const place = { table: 'annex_mark', column: 'from_sealed', row: id }
  await db
    .updateTable('annexMark')
    .set({ supersededAt: sql<Date>`now()` })
    .where('meetingId', '=', head.id)
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .execute()
  await db
    .insertInto('annexMark')
    .values({
      ...{ networkId: head.networkId, caseId, id, meetingId: head.id, ground, recordedBy: me.id },
      fromSealed: day ? (await openVault(db, caseId)).seal(place, day) : null,
    })
    .execute()
}
