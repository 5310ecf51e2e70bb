// How do the minutes of a meeting leave the house, and to whom?
import { mustBeFresh } from '../../access/fresh.ts'
import { handOut } from '../../cases/outgoing/outgoing.server.ts'
import { outgoingForms, Recipient } from '../../cases/outgoing/outgoing.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { choice } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { File } from '../../core/page.tsx'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { aboutMeeting, MeetingId } from '../../meetings/meetings.server.ts'
import { type OpenedMinutes, readMinutes } from '../../meetings/minutes/minutes.server.ts'
import { renderers } from '../document/renderers.ts'
import { writtenMinutes } from './minutes-document.ts'

export const SendMinutes = MeetingId.extend({
  ...Recipient.shape,
  form: choice(outgoingForms, { label: 'meetings.minutes.form', prefix: 'cases.outgoing.form' }),
})

const senders = { roles: ['lead', 'member'], about: aboutMeeting } as const

/** The newest version, for those who promised silence at that meeting; without one there is nothing to send. */
async function toSend(db: Db, me: Person, meetingId: string) {
  const opened = await readMinutes(db, me, meetingId)
  if (!opened.newest) throw new Conflict({ key: 'meetings.minutes.nothingToSend' })
  if (opened.record.length === 0) throw new Conflict({ key: 'cases.outgoing.nothing' })
  return { ...opened, newest: opened.newest }
}

export const openSendMinutes = query(
  'meeting.minutes.send.open',
  { ...senders, input: MeetingId },
  async (db, { id }, me) => {
    const { head, newest } = await toSend(db, me, id)
    return { head, version: newest.version, approved: newest.approvedAt !== null }
  },
)

/** After a fresh proof, closed for one person; of each case in it stays that it went. */
export const sendMinutes = command(
  'meeting.minutes.send',
  { ...senders, input: SendMinutes, turn: 'export' },
  async (db, { id, form, ...to }, me) => {
    mustBeFresh(me)
    const opened = await toSend(db, me, id)
    const { head, newest } = opened
    const cases = opened.record.map(({ caseId }) => caseId)
    const of = { networkId: head.networkId, meetingId: head.id, version: newest.version, form, cases }
    return { head, ...(await handOut(db, me, of, to, await minutesFile(opened, newest, form))) }
  },
)

/** A paper of the state, so in Estonian; its name says the day and nothing else. */
export async function minutesFile(
  opened: OpenedMinutes,
  newest: NonNullable<OpenedMinutes['newest']>,
  form: 'pdf' | 'docx',
): Promise<File> {
  const { load, type } = renderers[form]
  const render = await load()
  const body = await render(writtenMinutes(opened, newest, translator('et'), 'et'))
  return { body, type, name: `protokoll-${opened.head.onDate}.${form}` }
}
