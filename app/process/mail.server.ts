// How does an e-mail that says nothing leave the house?
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asPerson, type Db } from '../core/db.server.ts'
import { log } from '../core/log.server.ts'
import { openForProcess, sealForProcess } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import type { Locale } from '../i18n/i18n.ts'
import { checkpointLetter, type Letter, letterOf, type MailKind, mustBeLetter, type OutsideKind } from './letter.ts'

// Where no letter leaves, nothing is loaded for it.
const nodemailer = () => import('nodemailer')

type Sent = { from: string; to: string; subject: string; text: string }

let send: (letter: Sent) => Promise<unknown> = async () => {
  throw new Error('useMail() has not been called')
}
let sender = ''
let home = ''

/** Where mail goes: an SMTP server, or one file a letter in a folder. Called once when the process starts. */
export function useMail(options: { smtpUrl: string | null; outbox: string; sender: string; origin: string }): void {
  const { smtpUrl, outbox } = options
  const smtp = smtpUrl ? nodemailer().then(({ createTransport }) => createTransport(smtpUrl)) : null
  send = smtp ? async (letter) => (await smtp).sendMail(letter) : (letter) => intoFolder(outbox, letter)
  sender = options.sender
  home = options.origin
}

async function intoFolder(folder: string, letter: Sent): Promise<void> {
  const { createTransport } = await nodemailer()
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

/**
 * The same about a case, or about none: nobody hears of one before which a wall keeps them, and whoever causes the letter does not hear who that is.
 */
export async function mailAbout(
  db: Db,
  caseId: string | null,
  personId: string,
  kind: MailKind,
  uniqueKey?: string,
): Promise<void> {
  await sql`select mail_about(${caseId}::uuid, ${personId}::uuid, ${kind}, ${uniqueKey ?? null})`.execute(db)
}

type Urgent = { caseId: string; networkId: string; volunteerId: string | null }

/**
 * The same for something urgent: to whoever of those whose it is is there today, and never to nobody; with `late` to the coordinators too.
 * `key`: what the key of each letter begins with.
 */
export async function mailUrgent(
  db: Db,
  { caseId, networkId, volunteerId }: Urgent,
  kind: MailKind,
  { key, late }: { key?: string; late?: boolean } = {},
): Promise<void> {
  await sql`select mail_urgent(${caseId}::uuid, ${networkId}::uuid, ${volunteerId}::uuid, ${kind}, ${key ?? null}, ${late ?? false})`.execute(
    db,
  )
}

type Outside = { to: string; locale: Locale; kind: OutsideKind; path?: string }

/** The same for somebody without an account; the address stays sealed until the letter leaves, and is then forgotten. */
export async function mailOutside(db: Db, { to, locale, kind, path }: Outside): Promise<void> {
  const link = path ? sealForProcess('mail', path) : null
  await sql`insert into mail_outbox (kind, to_sealed, locale, link_sealed)
    values (${kind}, ${sealedAddress(to)}, ${locale}, ${link})`.execute(db)
}

/** An address as the queue keeps it. */
export const sealedAddress = (to: string): Buffer => sealForProcess('mail', to)

/**
 * Sends what waits; a letter that cannot be sent waits for the next round, five times at most, and its address is then forgotten as well.
 * Returns how many left.
 */
export async function sendMail(system: Person): Promise<number> {
  const waiting = await asPerson('read', system.claim, (db) =>
    db
      .selectFrom('mailOutbox')
      .leftJoin('person', 'person.id', 'mailOutbox.personId')
      .select(['mailOutbox.id', 'kind', 'email', 'person.locale', 'linkSealed', 'counts'])
      .select(['toSealed', 'toBefore', 'mailOutbox.locale as outsideLocale'])
      .where('sentAt', 'is', null)
      .where('attempts', '<', 5)
      // What strangers can ask for waits behind everything else.
      .orderBy(sql`kind = 'new-browser'`)
      .orderBy('mailOutbox.createdAt')
      .limit(200)
      .execute(),
  )
  let sent = 0
  for (const letter of waiting) {
    const done = await deliver(letter)
    await asPerson('write', system.claim, (db) =>
      db
        .updateTable('mailOutbox')
        .set((row) => ({
          attempts: row('attempts', '+', 1),
          ...(done ? { sentAt: sql<Date>`now()`, linkSealed: null, toSealed: null, toBefore: null } : {}),
        }))
        .where('id', '=', letter.id)
        .execute(),
    )
    if (done) sent++
  }
  await asPerson('write', system.claim, (db) => sql`select mail_forget()`.execute(db))
  return sent
}

/** The one way out: what was not composed in letter.ts does not pass. */
async function leave(letter: Letter): Promise<void> {
  mustBeLetter(letter)
  const { to, subject, text } = letter
  await send({ from: sender, to, subject, text })
}

/** Sends a letter that is for no person of ours and stands in no queue: a checkpoint of the log to who keeps it. Throws where it cannot. */
export async function sendCheckpoint(to: string, note: string): Promise<void> {
  await leave(checkpointLetter(to, note))
}

type Waiting = Record<'kind', string> &
  Record<'email' | 'toBefore' | 'locale' | 'outsideLocale', string | null> &
  Record<'linkSealed' | 'toSealed', Buffer | null> & { counts: number[] | null }

async function deliver({
  kind,
  email,
  locale,
  outsideLocale,
  linkSealed,
  toSealed,
  toBefore,
  counts,
}: Waiting): Promise<boolean> {
  const path = linkSealed ? openForProcess('mail', linkSealed) : ''
  // An address that was changed is told too: whoever changed it may not be its owner.
  const to = toSealed ? openForProcess('mail', toSealed) : (toBefore ?? email ?? '')
  try {
    await leave(letterOf({ kind, to, locale: locale ?? outsideLocale ?? '', home, path, counts }))
    return true
  } catch (error) {
    log('mail-failed', { error })
    return false
  }
}
