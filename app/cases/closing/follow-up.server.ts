// How was she some months after the case was closed, and whose task is it to ask?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { aboutCase, type CaseHead, caseHead, oneCase } from '../case-file.server.ts'
import { readSafe } from '../contact/read-safe.server.ts'
import { asksReopening, FollowUp, FollowUpPlace } from './closing.ts'

/** What was heard, the latest first; the words only for the network. */
export async function followUpsOf(db: Db, head: CaseHead) {
  const rows = await db
    .selectFrom('caseFollowUp')
    .leftJoin('person', 'person.id', 'caseFollowUp.recordedBy')
    .select(['caseFollowUp.id', 'onDate', 'state', 'incidents', 'risk', 'noteSealed', 'person.name as recordedBy'])
    .where('caseId', '=', head.id)
    .orderBy('onDate', 'desc')
    .execute()
  const vault = head.own && rows.length > 0 ? await findVault(db, head.id) : null
  return rows.map(({ noteSealed, ...row }) => ({
    ...row,
    note:
      noteSealed && vault
        ? vault.open({ table: 'case_follow_up', column: 'note_sealed', row: row.id }, noteSealed)
        : null,
  }))
}

async function waiting(db: Db, caseId: string, task: string) {
  const row = await db
    .selectFrom('caseTask')
    .select(['id', 'dueOn', 'doneAt'])
    .where('caseId', '=', caseId)
    .where('id', '=', task)
    .where('kind', '=', 'follow-up')
    .executeTakeFirstOrThrow()
  if (row.doneAt) throw new Conflict({ key: 'cases.task.done' })
  return row
}

const lead = { roles: ['lead'] as const, about: aboutCase }

export const openFollowUp = query(
  'case.follow-up.open',
  { ...lead, input: FollowUpPlace },
  async (db, { id, task }, me) => {
    const head = await caseHead(db, me, id)
    return { head, task: await waiting(db, head.id, task), rules: (await readSafe(db, head.id)).rules }
  },
)

/** The answer and the end of its task; `reopen` says that it sounds as if the case should begin anew. */
export const saveFollowUp = command(
  'case.follow-up',
  { ...lead, input: FollowUp, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    if (input.on > today()) throw new Invalid({ on: { key: 'cases.error.future' } })
    const task = await waiting(db, head.id, input.task)
    const id = randomUUID()
    const vault = await openVault(db, head.id)
    const place = { table: 'case_follow_up', column: 'note_sealed', row: id }
    await db
      .insertInto('caseFollowUp')
      .values({
        ...{ networkId: head.networkId, caseId: head.id, id, taskId: task.id, onDate: input.on, recordedBy: me.id },
        ...{ state: input.state, incidents: input.incidents, risk: input.risk },
        noteSealed: input.note ? vault.seal(place, input.note) : null,
      })
      .execute()
    await db
      .updateTable('caseTask')
      .set({ doneAt: sql<Date>`now()`, doneBy: me.id })
      .where('id', '=', task.id)
      .execute()
    return { head: { id: head.id, networkId: head.networkId }, reopen: asksReopening(input) }
  },
)
