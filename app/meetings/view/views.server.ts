// How does the victim support worker write down what she wants and fears, and who is reminded to ask?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { readSafe } from '../../cases/contact/read-safe.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { agendaOf } from '../agenda/agenda.server.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import { refusal } from '../meeting.ts'
import { aboutMeeting, type MeetingHead, meetingHead, oneMeeting } from '../meetings.server.ts'
import { asksHer, viewOf, viewsWaiting } from './known.server.ts'
import { SayView, supportPerson } from './view.ts'

const about = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

/** A case that is or will be on the agenda, for whoever asks her; NotFound for everybody else. */
async function asking(db: Db, me: Person, meetingId: string, caseId: string) {
  const head = await meetingHead(db, me, meetingId)
  const { lines, coming } = await agendaOf(db, head)
  const line = [...lines, ...coming].find((one) => one.caseId === caseId && one.kind !== 'twelve')
  if (!line || !(await asksHer(db, head.networkId))) throw new NotFound()
  return { head, line, view: await viewOf(db, head.id, caseId) }
}

export const openView = query(
  'meeting.view.open',
  { roles: ['lead', 'member'], input: ItemOf, about },
  async (db, input, me) => {
    const asked = await asking(db, me, input.id, input.case)
    const seats = await seatsOf(db, asked.head.networkId)
    return { ...asked, seats, rules: (await readSafe(db, input.case)).rules }
  },
)

type Said = z.output<typeof SayView>

/** Until the meeting is over; a later word takes the place of an earlier one, which stays. */
export const sayView = command(
  'meeting.view.say',
  { roles: ['lead', 'member'], input: SayView, about, oneByOne: oneMeeting },
  async (db, input: Said, me) => {
    const { head, view } = await asking(db, me, input.id, input.case)
    const refused = refusal(head, { kind: 'arrange' }, head.today)
    if (refused) throw new Conflict(refused)
    const asker = input.by === supportPerson ? null : (input.by ?? me.id)
    const seats = await seatsOf(db, head.networkId)
    mustBeWhole(input, asker === null || seats.some(({ personId }) => personId === asker))
    mustHaveRead(input.seen, view?.id ?? null)
    await db
      .updateTable('victimView')
      .set({ supersededAt: sql<Date>`now()` })
      .where('meetingId', '=', head.id)
      .where('caseId', '=', input.case)
      .where('supersededAt', 'is', null)
      .execute()
    await insertView(db, me, head, input, asker)
    return { head }
  },
)

function mustBeWhole({ asked, wants, on, way, why }: Said, known: boolean): void {
  const missing: Record<string, Message> = {}
  if (asked === 'no' && !why) missing.why = { key: 'meetings.error.reason' }
  if (asked === 'yes') {
    // In the order of the form: the summary leads through it from above.
    if (!wants) missing.wants = { key: 'core.error.missing' }
    if (!known) missing.by = { key: 'core.error.choose' }
    if (!on) missing.on = { key: 'core.error.dateMissing' }
    if (on && on > today()) missing.on = { key: 'cases.error.future' }
    if (!way) missing.way = { key: 'core.error.choose' }
  }
  if (Object.keys(missing).length > 0) throw new Invalid(missing)
}

async function insertView(db: Db, me: Person, head: MeetingHead, said: Said, asker: string | null): Promise<void> {
  const row = randomUUID()
  const vault = await openVault(db, said.case)
  const seal = (column: string, words: string | undefined) =>
    words ? vault.seal({ table: 'victim_view', column, row }, words) : null
  const heard =
    said.asked === 'yes'
      ? {
          ...{ askedOn: said.on ?? null, way: said.way ?? null, askedBy: asker },
          ...{ wantsSealed: seal('wants_sealed', said.wants), fearsSealed: seal('fears_sealed', said.fears) },
          saferSealed: seal('safer_sealed', said.safer),
        }
      : { notAskedSealed: seal('not_asked_sealed', said.why) }
  const of = { networkId: head.networkId, caseId: said.case, meetingId: head.id }
  await db
    .insertInto('victimView')
    .values({ ...of, id: row, recordedBy: me.id, ...heard })
    .execute()
}

/** Some days before the agenda closes whoever asks her hears once that there is somebody to be asked. */
export async function remindOfViews(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const until = addDays(today(), (await settingsOn(db)).researchRemindDays)
    let told = 0
    for (const { meetingId, cutOffOn, networkId } of await viewsWaiting(db)) {
      if (cutOffOn > until) continue
      for (const seat of await seatsOf(db, networkId)) {
        if (seat.role !== 'lead' && seat.agency !== 'victim_support') continue
        await mailTo(db, seat.personId, 'reminder', `view:${meetingId}:${seat.personId}`)
        told += 1
      }
    }
    return told
  })
}

export const viewReminders: Job = { name: 'view-reminders', cron: '30 8 * * 1-5', run: remindOfViews }
