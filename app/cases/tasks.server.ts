// Which tasks wait in the cases, who is reminded of them, and when is one done?

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import { asPerson, type Db } from '../core/db.server.ts'
import { Conflict, Invalid } from '../core/errors.ts'
import { date, id, text } from '../core/form/fields.ts'
import { command, query } from '../core/operation.server.ts'
import { openVault } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { mailAbout, mailUrgent } from '../process/mail.server.ts'
import { CaseId } from './case.ts'
import { aboutCase, caseHead, oneCase, openHead } from './case-file.server.ts'
import { keepers } from './cases.server.ts'
import type { TaskKind } from './tasks.ts'

type CaseKey = { networkId: string; caseId: string }

export async function addTask(db: Db, of: CaseKey, kind: TaskKind, dueOn: string): Promise<void> {
  await db
    .insertInto('caseTask')
    .values({ ...of, id: randomUUID(), kind, dueOn })
    .execute()
}

/** Marks every open task of this kind in the case as done by `me`. */
export async function closeTasks(db: Db, me: Person, of: CaseKey, kind: TaskKind): Promise<void> {
  await db
    .updateTable('caseTask')
    .set({ doneAt: sql<Date>`now()`, doneBy: me.id })
    .where('caseId', '=', of.caseId)
    .where('kind', '=', kind)
    .where('doneAt', 'is', null)
    .execute()
}

/** The leads of a network today: the victim support workers who answer for its cases. */
export async function leadsOf(db: Db, networkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .select('personId')
    .distinct()
    .where('role', '=', 'lead')
    .where('networkId', '=', networkId)
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
    .execute()
  return rows.map((row) => row.personId)
}

/** Tells the leads, other than the one who did it, that something waits in a case; the letter says nothing more. */
export async function tellLeads(db: Db, me: Person, { networkId, caseId }: CaseKey): Promise<void> {
  for (const lead of await leadsOf(db, networkId)) {
    if (lead !== me.id) await mailAbout(db, caseId, lead, 'new-task')
  }
}

/** The same of something that cannot wait for somebody who is away: to whoever is there, and never to nobody. */
export async function tellUrgently(db: Db, of: CaseKey): Promise<void> {
  await mailUrgent(db, { ...of, volunteerId: null }, 'new-task')
}

/** What waits in the cases that this person may see, the earliest first: for the home of the network's lead. */
export async function openTasks(db: Db) {
  return db
    .selectFrom('caseTask')
    .innerJoin('caseFile', 'caseFile.id', 'caseTask.caseId')
    .select(['caseTask.id', 'caseTask.caseId', 'caseFile.number', 'caseTask.kind', 'caseTask.dueOn'])
    .where('caseTask.doneAt', 'is', null)
    .where((row) =>
      row.or([
        row('caseFile.status', '=', 'open'),
        row('caseTask.kind', '=', 'tell-recipients'),
        // Months ahead it is nobody's work yet.
        row.and([
          row('caseTask.kind', '=', 'follow-up'),
          row('caseTask.dueOn', '<=', sql<string>`${today()}::date + 14`),
        ]),
      ]),
    )
    .orderBy('caseTask.dueOn')
    .orderBy('caseFile.number')
    .execute()
}

// What came with a case from another network is for whoever answers for it now.
const leadsOnly = ['confirm-support', 'share-actions']

/** Does the one who asks answer for the case, or for the network into which it comes? */
export async function leadsCase(db: Db, { networkId }: { networkId: string }): Promise<boolean> {
  const { rows } = await sql<{ led: boolean }>`select ${networkId}::uuid = any (auth_led()) as led`.execute(db)
  return rows[0]?.led === true
}

/**
 * What is done once somebody says that it is: victim support has been told (R4), those who had received something (R9), and after a transfer: the
 * support goes on, the actions have new owners.
 */
export const finishTask = command(
  'case.task.finish',
  { roles: keepers, input: z.object({ id: id(), task: id() }), about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const kinds = ['tell-victim-support', 'tell-recipients', ...((await leadsCase(db, head)) ? leadsOnly : [])]
    const done = await db
      .updateTable('caseTask')
      .set({ doneAt: sql<Date>`now()`, doneBy: me.id })
      .where('caseId', '=', head.id)
      .where('id', '=', input.task)
      .where('kind', 'in', kinds)
      .where('doneAt', 'is', null)
      .executeTakeFirst()
    if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'cases.task.done' })
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

export const ChildrenTold = CaseId.extend({
  on: date({ label: 'cases.children.toldOn' }),
  whom: text({ label: 'cases.children.toldWhom', hint: 'cases.children.toldWhomHint', max: 200 }),
})

export const openChildren = query(
  'case.children.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, input, me) => ({ head: await caseHead(db, me, input.id) }),
)

/** Child protection has been told: whom and when (R7). */
export const tellChildProtection = command(
  'case.children.told',
  { roles: keepers, input: ChildrenTold, about: aboutCase, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    if (input.on > today()) throw new Invalid({ on: { key: 'cases.error.future' } })
    const vault = await openVault(db, head.id)
    const place = { table: 'case_file', column: 'children_told_whom_sealed', row: head.id }
    // Told once, and again where there is something new to tell.
    const waits = head.tasks.some(({ kind }) => kind === 'tell-child-protection')
    const told = await db
      .updateTable('caseFile')
      .set((row) => ({
        childrenToldOn: input.on,
        childrenToldWhomSealed: vault.seal(place, input.whom),
        version: row('version', '+', 1),
      }))
      .where('id', '=', head.id)
      .$if(!waits, (first) => first.where('childrenToldOn', 'is', null))
      .executeTakeFirst()
    if (Number(told.numUpdatedRows) === 0) throw new Conflict({ key: 'cases.task.done' })
    await closeTasks(db, me, { networkId: head.networkId, caseId: head.id }, 'tell-child-protection')
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** On the day it is due the leads are reminded once; of what victim support must be told, from the day after the coordinators too (R4). */
export async function remindOfTasks(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const due = await db
      .selectFrom('caseTask')
      .select(['id', 'networkId', 'caseId', 'dueOn', 'kind'])
      .where('doneAt', 'is', null)
      .where('dueOn', '<=', today())
      .execute()
    for (const task of due) {
      if (task.kind === 'tell-victim-support') {
        const said = { key: `case-task:${task.id}:`, late: task.dueOn < today() }
        await mailUrgent(db, { ...task, volunteerId: null }, 'reminder', said)
        continue
      }
      for (const lead of await leadsOf(db, task.networkId)) {
        await mailAbout(db, task.caseId, lead, 'reminder', `case-task:${task.id}:${lead}`)
      }
    }
    return due.length
  })
}

export const caseReminders: Job = { name: 'case-reminders', cron: '15 8 * * 1-5', run: remindOfTasks }
