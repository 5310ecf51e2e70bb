// Which actions has a case, which of them are mine, and who is reminded of what is due?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { findVault } from '../../core/seal.server.ts'
import type { Agency } from '../../core/setting.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import type { Action, ActionKind, ActionState, Gap } from './action.ts'

/** The actions of a case, the open ones first by their day; their words only with the key. */
export async function actionsOf(db: Db, caseId: string, withWords: boolean): Promise<Action[]> {
  const rows = await db
    .selectFrom('caseAction')
    .select(['caseAction.id', 'kind', 'agency', 'ownerId', 'meetingId', 'dueOn', 'state', 'endedAt'])
    // Asked action by action: joined, all people would be read for the few who have one.
    .select((of) => of.selectFrom('person').select('name').whereRef('person.id', '=', 'ownerId').as('owner'))
    .select(['whatSealed', 'resultSealed', 'outcomeSealed'])
    .where('caseId', '=', caseId)
    .orderBy(sql`state <> 'open'`)
    .orderBy('dueOn')
    .orderBy('caseAction.recordedAt')
    .execute()
  const vault = withWords && rows.length ? await findVault(db, caseId) : null
  return rows.map(({ whatSealed, resultSealed, outcomeSealed, ...row }) => {
    const open = (column: string, sealed: Buffer | null) =>
      vault && sealed ? vault.open({ table: 'case_action', column, row: row.id }, sealed) : null
    return {
      ...row,
      owner: row.owner ?? '',
      kind: row.kind as ActionKind,
      agency: row.agency as Agency,
      state: row.state as ActionState,
      what: open('what_sealed', whatSealed),
      result: open('result_sealed', resultSealed),
      outcome: open('outcome_sealed', outcomeSealed),
    }
  })
}

/** How many risks, children and perpetrators nobody has answered, as the database counts. */
export async function gapsOf(db: Db, caseId: string): Promise<Gap[]> {
  return (await sql<Gap>`select kind, missing from plan_gaps(${caseId}::uuid) where missing > 0`.execute(db)).rows
}

export type OwnAction = {
  id: string
  caseId: string
  number: string
  dueOn: string
  kind: ActionKind
  /** A contact with her is planned for it. */
  planned: boolean
}

const plannedFor = sql<boolean>`exists (select from contact_plan p where p.case_id = case_action.case_id
  and p.action_id = case_action.id and p.withdrawn_at is null)`

/** My open actions, the earliest first: without a word of what they are about. */
export async function ownActions(db: Db, me: Person): Promise<OwnAction[]> {
  return db
    .selectFrom('caseAction')
    .innerJoin('caseFile', 'caseFile.id', 'caseAction.caseId')
    .select(['caseAction.id', 'caseAction.caseId', 'caseFile.number', 'dueOn', sql<ActionKind>`kind`.as('kind')])
    .select(plannedFor.as('planned'))
    .where('ownerId', '=', me.id)
    .where('state', '=', 'open')
    .orderBy('dueOn')
    .execute()
}

/** How the actions of a network, or of the country, stand. */
export async function actionStanding(db: Db): Promise<{ open: number; late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`select count(*)::int as open,
    (count(*) filter (where due_on < ${today()}::date))::int as late from case_action where state = 'open'`.execute(db)
  return rows[0] ?? { open: 0, late: 0 }
}

/** On its day the owner hears once that something is due; from the day after the leads of the network do too. */
export async function remindOfActions(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const due = await db
      .selectFrom('caseAction')
      .select(['id', 'networkId', 'caseId', 'ownerId', 'dueOn'])
      .where('state', '=', 'open')
      .where('dueOn', '<=', today())
      .execute()
    for (const action of due) {
      await mailAbout(db, action.caseId, action.ownerId, 'reminder', `action:${action.id}:${action.ownerId}`)
      if (action.dueOn === today()) continue
      const leads = (await seatsOf(db, action.networkId)).filter((seat) => seat.role === 'lead')
      for (const { personId } of leads)
        await mailAbout(db, action.caseId, personId, 'reminder', `action:${action.id}:late:${personId}`)
    }
    return due.length
  })
}

export const actionReminders: Job = { name: 'action-reminders', cron: '20 8 * * 1-5', run: remindOfActions }
