// How does a file about a case leave the system, and which have?
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import type { File } from '../../core/page.tsx'
import { openKept, sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { closeContainer } from '../../process/container/container.ts'
import { drawPassword } from '../../process/container/password.ts'
import type { HandedOut, Outgoing, OutgoingForm, Recipient } from './outgoing.ts'

type Minutes = { networkId: string; meetingId: string; version: number; form: OutgoingForm; cases: readonly string[] }

/** Closes the file for the one it is for, and writes down that it went; the password is drawn here and told once. */
export async function handOut(db: Db, me: Person, of: Minutes, to: Recipient, file: File): Promise<HandedOut> {
  if (of.cases.length === 0) throw new Conflict({ key: 'cases.outgoing.nothing' })
  const password = drawPassword()
  const body = await closeContainer(file, password)
  const sha256 = createHash('sha256').update(body).digest()
  const { why, ...recipient } = to
  const { networkId, meetingId, version, form } = of
  const id = randomUUID()
  await db
    .insertInto('outgoingFile')
    .values({
      ...{ id, networkId, meetingId, version, form, sha256, sentBy: me.id },
      recipientSealed: sealForProcess('outgoing', JSON.stringify(recipient)),
      whySealed: sealForProcess('outgoing', why),
    })
    .execute()
  const lines = of.cases.map((caseId) => ({ networkId, caseId, fileId: id }))
  await db.insertInto('outgoingCase').values(lines).execute()
  const name = file.name.replace(/\.\w+$/, '.cdoc2')
  return { ...recipient, file: { name, body }, password, sha256: sha256.toString('hex') }
}

type Row = Omit<Outgoing, 'to' | 'why' | 'sha256'> & {
  recipientSealed: Buffer
  whySealed: Buffer
  sha256: Buffer
}

// Whoever took a case over sees what went out before, and does not know of the meeting.
const files = sql`select f.id, f.form, f.version, m.on_date, f.sha256, p.name as sent_by, f.sent_at, f.recipient_sealed, f.why_sealed
  from outgoing_file f left join meeting m on m.id = f.meeting_id left join person p on p.id = f.sent_by`

function opened({ recipientSealed, whySealed, sha256, ...row }: Row, mayKnow: boolean): Outgoing {
  const to = openKept('outgoing', recipientSealed)
  const why = mayKnow ? openKept('outgoing', whySealed) : null
  return { ...row, to: to && JSON.parse(to), why, sha256: sha256.toString('hex') }
}

/** Every file in which something of the case went out, the latest first. */
export async function outgoingOfCase(db: Db, caseId: string, mayKnow: boolean): Promise<Outgoing[]> {
  const { rows } =
    await sql<Row>`${files} where f.id in (select c.file_id from outgoing_case c where c.case_id = ${caseId})
    order by f.sent_at desc`.execute(db)
  return rows.map((row) => opened(row, mayKnow))
}

/** The same of the minutes of a meeting, whichever version; with a case those in which something of it stood. */
export async function outgoingOfMeeting(db: Db, meetingId: string, caseId?: string): Promise<Outgoing[]> {
  const of = caseId ? sql`and f.id in (select c.file_id from outgoing_case c where c.case_id = ${caseId})` : sql``
  const { rows } = await sql<Row>`${files} where f.meeting_id = ${meetingId} ${of} order by f.sent_at desc`.execute(db)
  return rows.map((row) => opened(row, true))
}
