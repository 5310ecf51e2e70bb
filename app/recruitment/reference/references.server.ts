// How is a referee asked about a candidate, asked again or not any more, and who reads the answer?
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { now } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, keepVault, type Place } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { mailOutside } from '../../process/mail.server.ts'
import { wayOf } from '../pipeline/pipeline.server.ts'
import { Answers, AskReference, OneReference, type ReferenceState, stateOf } from './reference.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'application', id: input.id })
const refereePlace = (row: string): Place => ({ table: 'reference_request', column: 'referee_sealed', row })
export const answersPlace = (row: string): Place => ({ table: 'reference_request', column: 'answers_sealed', row })

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A link of 256 bits, as it is sent and as it is kept, and until when it leads somewhere. */
async function newLink(db: Db) {
  const { referenceDays } = await settingsOn(db)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now().getTime() + referenceDays * 86_400_000)
  return { path: `/reference/${token}`, tokenHash: hashOf(token), expiresAt }
}

type Referee = { name: string; email: string }
type Row = {
  id: string
  locale: Locale
  refereeSealed: Buffer | null
  answersSealed: Buffer | null
  askedAt: Date
  sentAt: Date
  expiresAt: Date
  revokedAt: Date | null
  answeredAt: Date | null
  timesSent: number
  form: number | null
  by: string
}

export type Reference = Omit<Row, 'refereeSealed' | 'answersSealed'> & {
  state: ReferenceState
  /** Nothing for whoever may not open it, or where the key is gone. */
  referee: Referee | null
  answers: Answers | null
}

/** Everybody who was asked about somebody, with what they answered for whoever may read it. */
export async function referencesOf(db: Db, volunteer: string): Promise<Reference[]> {
  const { rows } = await sql<Row>`
    select r.id, r.locale, r.referee_sealed, r.answers_sealed, r.asked_at, r.sent_at, r.expires_at, r.revoked_at, r.answered_at, r.times_sent,
      r.form, p.name as by from reference_request r join person p on p.id = r.asked_by where r.volunteer_id = ${volunteer} order by r.asked_at`.execute(
    db,
  )
  if (rows.length === 0) return []
  const vault = await findVault(db, volunteer)
  const found: Reference[] = []
  for (const { refereeSealed, answersSealed, ...row } of rows) {
    const own = answersSealed ? await findVault(db, row.id) : null
    found.push({
      ...row,
      state: stateOf(row, now()),
      referee: vault && refereeSealed ? (JSON.parse(vault.open(refereePlace(row.id), refereeSealed)) as Referee) : null,
      answers: own && answersSealed ? Answers.parse(JSON.parse(own.open(answersPlace(row.id), answersSealed))) : null,
    })
  }
  return found
}

/** What the form stands on: somebody on the way. */
export const openAskReference = query(
  'recruitment.reference.new',
  { ...coordinator, input: z.object({ id: id() }), about },
  async (db, input) => {
    const way = await wayOf(db, input.id)
    if (!way) throw new NotFound()
    const { referenceDays } = await settingsOn(db)
    return { id: input.id, name: way.name ?? way.code, days: referenceDays }
  },
)

/** Sends the link; of it only the hash stays here. */
export const askReference = command(
  'recruitment.reference.ask',
  { ...coordinator, input: AskReference, about, turn: 'invitation' },
  async (db, { id: volunteerId, name, email, locale }, me) => {
    if (!(await wayOf(db, volunteerId))) throw new NotFound()
    const vault = await keepVault(db, { kind: 'volunteer', id: volunteerId })
    const { path, ...link } = await newLink(db)
    const row = randomUUID()
    const referee: Referee = { name: name.replace(/\s+/g, ' '), email }
    const refereeSealed = vault.seal(refereePlace(row), JSON.stringify(referee))
    await db
      .insertInto('referenceRequest')
      .values({ id: row, volunteerId, refereeSealed, locale, ...link, askedBy: me.id })
      .execute()
    await mailOutside(db, { to: email, locale, kind: 'reference', path })
    return { id: volunteerId, reference: row }
  },
)

/** A new link in the place of the old one, to the same person. */
export const sendAgain = command(
  'recruitment.reference.again',
  { ...coordinator, input: OneReference, about, turn: 'invitation' },
  async (db, { id: volunteerId, reference }) => {
    const found = (await referencesOf(db, volunteerId)).find((one) => one.id === reference)
    if (!found?.referee || !(await wayOf(db, volunteerId))) throw new NotFound()
    if (found.state === 'answered' || found.state === 'revoked' || found.timesSent >= mostSent)
      throw new Conflict({ key: 'recruitment.reference.over' })
    const { path, ...link } = await newLink(db)
    await db
      .updateTable('referenceRequest')
      .set({ ...link, sentAt: sql<Date>`now()`, timesSent: found.timesSent + 1 })
      .where('id', '=', reference)
      .where('answeredAt', 'is', null)
      .where('revokedAt', 'is', null)
      .returning('id')
      .executeTakeFirstOrThrow()
    await mailOutside(db, { to: found.referee.email, locale: found.locale, kind: 'reference', path })
    return { id: volunteerId }
  },
)

// A letter box is not filled by asking on and on.
const mostSent = 4

/** The link leads nowhere from now on. */
export const revokeReference = command(
  'recruitment.reference.revoke',
  { ...coordinator, input: OneReference, about },
  async (db, { id: volunteerId, reference }) => {
    await db
      .updateTable('referenceRequest')
      .set({ revokedAt: sql<Date>`now()` })
      .where('id', '=', reference)
      .where('volunteerId', '=', volunteerId)
      .where('answeredAt', 'is', null)
      .where('revokedAt', 'is', null)
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id: volunteerId }
  },
)
