// Who brought the case from outside the network, what have they added, and what do they hear?
import { sql } from 'kysely'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { isoDate } from '../../i18n/format.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { AnswerReferral, type ReferralState } from './referred.ts'

const leads = { roles: ['lead'] as const, about: aboutCase }

type Brought = {
  id: string
  personId: string
  agency: string
  sentAt: Date
  state: ReferralState
  answeredAt: Date | null
}

/** The head of a case that came from outside and who brought it; NotFound where it did not. */
async function brought(db: Db, me: Person, caseId: string) {
  const head = await caseHead(db, me, caseId)
  const { rows } = await sql<Brought>`select * from referral_of(${head.id}::uuid)`.execute(db)
  const [of] = rows
  if (!of) throw new NotFound()
  return { head, of }
}

async function wordsOf(db: Db, caseId: string) {
  type Row = { id: string; wordsSealed: Buffer; writtenAt: Date; readAt: Date | null }
  const { rows } = await sql<Row>`select * from referral_words(${caseId}::uuid)`.execute(db)
  if (rows.length === 0) return []
  const vault = await openVault(db, caseId)
  return rows.map(({ wordsSealed, ...row }) => ({
    ...row,
    words: vault.open({ table: 'referral_word', column: 'words_sealed', row: row.id }, wordsSealed),
  }))
}

/** Who brought it, for whom, how to reach them, what they have been told, and what they have added since. */
export const openReferred = query(
  'case.referred',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const { head, of } = await brought(db, me, id)
    const by = await db
      .selectFrom('person')
      .select(['name', 'email', 'phone'])
      .where('id', '=', of.personId)
      .executeTakeFirstOrThrow()
    return { head, of, by, added: await wordsOf(db, head.id) }
  },
)

export const openAnswerReferral = query(
  'case.referred.answer.open',
  { ...leads, input: CaseId },
  async (db, { id }, me) => brought(db, me, id),
)

/** Whoever brought it hears whether it was taken up, and nothing else; a letter tells them to look. */
export const answerReferral = command(
  'case.referred.answer',
  { ...leads, input: AnswerReferral },
  async (db, { id, how }, me) => {
    const { head, of } = await brought(db, me, id)
    const { rows } = await sql<{ said: boolean }>`select referral_answer(${head.id}::uuid, ${how}) as said`.execute(db)
    if (rows[0]?.said) await mailAbout(db, head.id, of.personId, 'referral-answered')
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** What was added has been read: it no longer waits. */
export const readReferral = command('case.referred.read', { ...leads, input: CaseId }, async (db, { id }, me) => {
  const { head } = await brought(db, me, id)
  await sql`select referral_read(${head.id}::uuid)`.execute(db)
  return { head: { id: head.id, networkId: head.networkId } }
})

export type WaitingReferral = { caseId: string; number: string; more: boolean; dueOn: string }

/** For the lead: who wants to hear whether it was taken up, and who has told more. */
export async function referralsWaiting(db: Db): Promise<WaitingReferral[]> {
  type Row = Omit<WaitingReferral, 'dueOn'> & { since: Date }
  const { rows } = await sql<Row>`select * from referrals_waiting()`.execute(db)
  if (rows.length === 0) return []
  const { referralAnswerDays } = await settingsOn(db)
  // What was added may change everything: it is read the same day.
  return rows.map(({ since, ...row }) => ({
    ...row,
    dueOn: row.more ? today() : addWorkingDays(isoDate(since), referralAnswerDays),
  }))
}
