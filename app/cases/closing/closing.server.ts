// How is a case closed, what still stands in the way, and how does it begin anew?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead } from '../case-file.server.ts'
import { readers } from '../cases.server.ts'
import { writeNotOffered } from '../need/not-offered.server.ts'
import { blocking, CloseCase, type Gap, Reopen } from './closing.ts'
import { followUpsOf } from './follow-up.server.ts'

/** What still stands in the way, as the database finds it; nothing for whoever is not of the network. */
export async function gapsOf(db: Db, caseId: string): Promise<Gap[]> {
  return (await sql<Gap>`select * from case_closing_gaps(${caseId}::uuid)`.execute(db)).rows
}

/** Something was agreed, and nobody has approved it as it is now: that is said, and no hindrance. */
async function isUnapproved(db: Db, caseId: string): Promise<boolean> {
  const { rows } = await sql<{ unapproved: boolean }>`
    select s.answer is distinct from 'approved' or s.approved_plan <> s.plan as unapproved from plan_standing(${caseId}::uuid) s
    where exists (select from case_action a where a.case_id = ${caseId} and a.kind = 'action')`.execute(db)
  return rows[0]?.unapproved === true
}

/** An open case: what stands in the way. A closed one: how it ended and what was heard since. */
export const openClosing = query(
  'case.closing',
  { roles: readers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    const { closingRiskDays, flagMonths, followUpFirst, followUpSecond, followUpThird } = await settingsOn(db)
    return {
      head,
      leads: head.own && me.roles.includes('lead'),
      riskDays: closingRiskDays,
      flagMonths,
      followMonths: [followUpFirst, followUpSecond, followUpThird].filter((months) => months > 0),
      gaps: head.status === 'open' ? await gapsOf(db, head.id) : [],
      unapproved: head.status === 'open' && head.own && (await isUnapproved(db, head.id)),
      closings: await closingsOf(db, head),
      followUps: await followUpsOf(db, head),
    }
  },
)
export type Closing = Awaited<ReturnType<typeof openClosing.run>>

// The flag is of the case; here it is told what became of it since this closing.
const liftedSince = sql<
  string | null
>`(select min((f.lifted_at at time zone 'Europe/Tallinn')::date) from marac_flag_lift f
  where f.case_id = case_closing.case_id and (f.lifted_at at time zone 'Europe/Tallinn')::date >= case_closing.closed_on)`

async function closingsOf(db: Db, head: CaseHead) {
  const rows = await db
    .selectFrom('caseClosing')
    .leftJoin('person as closer', 'closer.id', 'caseClosing.closedBy')
    .leftJoin('person as opener', 'opener.id', 'caseClosing.reopenedBy')
    .select(['caseClosing.id', 'reason', 'outcome', 'level', 'assessedOn', 'closedOn', 'closer.name as closedBy'])
    .select(liftedSince.as('flagLiftedOn'))
    .select(['reopenedAt', 'opener.name as reopenedBy', 'wordsSealed', 'reopenedSealed'])
    .where('caseId', '=', head.id)
    .orderBy('closedAt', 'desc')
    .execute()
  const vault = head.own ? await findVault(db, head.id) : null
  return rows.map(({ wordsSealed, reopenedSealed, ...row }) => {
    const open = (column: string, sealed: Buffer | null) =>
      sealed && vault ? vault.open({ table: 'case_closing', column, row: row.id }, sealed) : null
    return { ...row, words: open('words_sealed', wordsSealed), reopenedWhy: open('reopened_sealed', reopenedSealed) }
  })
}

const lead = { roles: ['lead'] as const, about: aboutCase }
const done = ({ id, networkId }: CaseHead) => ({ head: { id, networkId } })

/** With a reason, an outcome and nothing left open (R24). From here on the case is read and no longer written. */
export const closeCase = command('case.close', { ...lead, input: CloseCase }, async (db, input, me) => {
  const head = await caseHead(db, me, input.id)
  if (!head.own) throw new NotFound()
  if (head.status === 'closed') throw new Conflict({ key: 'cases.closing.already' })
  await answerOffer(db, head.id, input)
  if (blocking(await gapsOf(db, head.id), input.reason).length > 0) throw new Conflict({ key: 'cases.closing.blocked' })
  const id = randomUUID()
  const vault = await openVault(db, head.id)
  await db
    .insertInto('caseClosing')
    .values({
      ...{ networkId: head.networkId, caseId: head.id, id, reason: input.reason, outcome: input.outcome },
      wordsSealed: vault.seal({ table: 'case_closing', column: 'words_sealed', row: id }, input.words),
      closedBy: me.id,
    })
    .execute()
  return done(head)
})

/** Nobody was offered to her: why not is said here at the latest. */
async function answerOffer(db: Db, caseId: string, { reason, notOffered }: z.output<typeof CloseCase>): Promise<void> {
  const asked = (await gapsOf(db, caseId)).filter(({ kind }) => kind === 'offer')
  if (blocking(asked, reason).length === 0) return
  if (!notOffered) throw new Invalid({ notOffered: { key: 'cases.closing.offerMissing' } })
  await writeNotOffered(db, caseId, notOffered)
}

/** The case begins anew, with the risk to be looked at today. */
export const reopenCase = command('case.reopen', { ...lead, input: Reopen }, async (db, input, me) => {
  const head = await caseHead(db, me, input.id)
  const closing = await db
    .selectFrom('caseClosing')
    .select('id')
    .where('caseId', '=', head.id)
    .where('reopenedAt', 'is', null)
    .executeTakeFirst()
  if (!closing) throw new Conflict({ key: 'cases.closing.notClosed' })
  const vault = await openVault(db, head.id)
  const place = { table: 'case_closing', column: 'reopened_sealed', row: closing.id }
  const changed = await db
    .updateTable('caseClosing')
    .set({ reopenedAt: sql<Date>`now()`, reopenedBy: me.id, reopenedSealed: vault.seal(place, input.why) })
    .where('id', '=', closing.id)
    .where('reopenedAt', 'is', null)
    .executeTakeFirst()
  if (Number(changed.numUpdatedRows) === 0) {
    // Either somebody was quicker, or it was not this person's to do.
    const after = await db
      .selectFrom('caseClosing')
      .select('reopenedAt')
      .where('id', '=', closing.id)
      .executeTakeFirst()
    throw after?.reopenedAt ? new Conflict({ key: 'cases.closing.notClosed' }) : new NotFound()
  }
  return done(head)
})
