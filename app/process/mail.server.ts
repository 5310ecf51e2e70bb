// How does an e-mail that says nothing leave the house?
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { asPerson, type Db } from '../core/db.server.ts'
import { log } from '../core/log.server.ts'
import { openForProcess, sealForProcess } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { translator } from '../i18n/i18n.ts'

/** Every e-mail there is. Its words are `core.mail.<kind>`; none says whom or what it is about. */
export type MailKind = 'new-task' | 'reminder' | 'invitation' | 'recovery' | 'recovery-begun' | 'new-way-in'

type Letter = { from: string; to: string; subject: string; text: string }

let send: (letter: Letter) => Promise<unknown> = async () => {
  throw new Error('useMail() has not been called')
}
let sender = ''
let home = ''

/** Where mail goes: an SMTP server, or one file a letter in a folder. Called once when the process starts. */
export function useMail(options: { smtpUrl: string | null; outbox: string; sender: string; origin: string }): void {
  const smtp = options.smtpUrl ? createTransport(options.smtpUrl) : null
  send = smtp ? (letter) => smtp.sendMail(letter) : (letter) => intoFolder(options.outbox, letter)
  sender = options.sender
  home = options.origin
}

async function intoFolder(folder: string, letter: Letter): Promise<void> {
  const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail(letter)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, `${Date.now()}-${randomUUID().slice(0, 8)}.eml`), composed.message as Buffer, {
    mode: 0o600,
  })
}

/**
 * Queues an e-mail in the same transaction as the work that causes it. With `uniqueKey` the same reminder is queued once, however
 * often the job runs. `path` is the page of ours to which the letter leads, where it is not the first one; closed until it is sent.
 */
export async function mailTo(
  db: Db,
  personId: string,
  kind: MailKind,
  uniqueKey?: string,
  path?: string,
): Promise<void> {
  const link = path ? sealForProcess('mail', path) : null
  // No conflict target: the queue cannot be read by the one who adds to it.
  await sql`insert into mail_outbox (person_id, kind, unique_key, link_sealed)
    values (${personId}, ${kind}, ${uniqueKey ?? null}, ${link}) on conflict do nothing`.execute(db)
}

/** Sends what waits; a letter that cannot be sent waits for the next round, five times at most. Returns how many left. */
export async function sendMail(system: Person): Promise<number> {
  const waiting = await asPerson('read', system.claim, (db) =>
    db
      .selectFrom('mailOutbox')
      .innerJoin('person', 'person.id', 'mailOutbox.personId')
      .select(['mailOutbox.id', 'kind', 'email', 'locale', 'linkSealed'])
      .where('sentAt', 'is', null)
      .where('attempts', '<', 5)
      .orderBy('mailOutbox.createdAt')
      .limit(200)
      .execute(),
  )
  let sent = 0
  for (const letter of waiting) {
    const path = letter.linkSealed ? openForProcess('mail', letter.linkSealed) : ''
    const done = await deliver(letter.email, letter.kind as MailKind, letter.locale as 'et', path)
    await asPerson('write', system.claim, (db) =>
      db
        .updateTable('mailOutbox')
        .set((row) => ({
          attempts: row('attempts', '+', 1),
          ...(done ? { sentAt: sql<Date>`now()`, linkSealed: null } : {}),
        }))
        .where('id', '=', letter.id)
        .execute(),
    )
    if (done) sent++
  }
  return sent
}

/** Sends a letter that is for no person of ours and stands in no queue: a checkpoint of the log to who keeps it. Throws where it cannot. */
export async function sendPlain(to: string, subject: string, text: string): Promise<void> {
  await send({ from: sender, to, subject, text })
}

async function deliver(to: string, kind: MailKind, locale: 'et' | 'en' | 'ru', path: string): Promise<boolean> {
  const t = translator(locale)
  const message = {
    from: sender,
    to,
    subject: t('core.mail.subject'),
    text: `${t(`core.mail.${kind}`)}\n\n${home}${path}\n`,
  }
  try {
    await send(message)
    return true
  } catch (error) {
    log('mail-failed', { error })
    return false
  }
}
