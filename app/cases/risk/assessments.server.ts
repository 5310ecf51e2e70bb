// Which assessments has a case, in the wording that was asked then?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { id } from '../../core/form/fields.ts'
import { query } from '../../core/operation.server.ts'
import { openVault, type Vault } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { incidentsOf } from '../incident/incidents.server.ts'
import { Answers, Questions } from './instrument.ts'
import type { Level } from './risk.ts'

const judges: readonly Role[] = ['lead', 'member', 'coordinator']

export type Instrument = Awaited<ReturnType<typeof instrumentNow>>

/** The version in force on a day: what a new assessment asks. */
export async function instrumentNow(db: Db, day: string = today()) {
  const row = await db
    .selectFrom('instrument')
    .selectAll()
    .where('validFrom', '<=', day)
    .orderBy('validFrom', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { ...row, questions: Questions.parse(row.questions) }
}

/** The version that was asked in an assessment. */
export async function instrumentOf(db: Db, instrumentId: string): Promise<Instrument> {
  const row = await db.selectFrom('instrument').selectAll().where('id', '=', instrumentId).executeTakeFirstOrThrow()
  return { ...row, questions: Questions.parse(row.questions) }
}

const columns = [
  'assessment.id',
  'assessment.instrumentId',
  'assessment.madeOn',
  'assessment.assessorId',
  'assessment.assessorTrainedOn',
  'assessment.preparedBy',
  'assessment.withVictim',
  'assessment.answersSealed',
  'assessment.callouts',
  'assessment.yesCount',
  'assessment.byCount',
  'assessment.byJudgement',
  'assessment.byEscalation',
  'assessment.byCritical',
  'assessment.byRepeat',
  'assessment.judgementReasonSealed',
  'assessment.level',
  'assessment.state',
  'assessment.nextReviewOn',
  'assessment.correctsId',
  'assessment.correctionReasonSealed',
  'assessment.recordedAt',
  'assessment.supersededAt',
] as const

function assessments(db: Db, caseId: string) {
  return db
    .selectFrom('assessment')
    .innerJoin('instrument', 'instrument.id', 'assessment.instrumentId')
    .leftJoin('person', 'person.id', 'assessment.assessorId')
    .select([
      ...columns,
      'person.name as assessor',
      'instrument.name as form',
      'instrument.version',
      'instrument.highFrom',
    ])
    .where('assessment.caseId', '=', caseId)
}

type Row = Awaited<ReturnType<ReturnType<typeof assessments>['executeTakeFirstOrThrow']>>

/** Opens what is sealed in a row; the old workbook brought no answers. */
function opened(row: Row, vault: Vault | null) {
  const open = (column: string, sealed: Buffer | null) =>
    sealed && vault ? vault.open({ table: 'assessment', column, row: row.id }, sealed) : null
  const answers = open('answers_sealed', row.answersSealed)
  const { answersSealed: _a, judgementReasonSealed: _j, correctionReasonSealed: _c, ...plain } = row
  return {
    ...plain,
    level: row.level as Level,
    state: row.state as 'draft' | 'final' | 'imported',
    answers: answers === null ? null : Answers.parse(JSON.parse(answers)),
    judgementReason: open('judgement_reason_sealed', row.judgementReasonSealed),
    correctionReason: open('correction_reason_sealed', row.correctionReasonSealed),
  }
}
export type AssessmentView = ReturnType<typeof opened>

/** The draft that waits in this case, or nothing. */
export async function findDraftOf(db: Db, caseId: string): Promise<AssessmentView | null> {
  const row = await assessments(db, caseId)
    .where('assessment.state', '=', 'draft')
    .where('assessment.supersededAt', 'is', null)
    .executeTakeFirst()
  return row ? opened(row, await openVault(db, caseId)) : null
}

/** A final assessment in force, to be corrected; where somebody has corrected it meanwhile, the one that took its place. */
export async function openFinal(db: Db, caseId: string, assessmentId: string): Promise<AssessmentView> {
  const next = await db
    .selectFrom('assessment')
    .select('id')
    .where('caseId', '=', caseId)
    .where('correctsId', '=', assessmentId)
    .where('state', '=', 'final')
    .executeTakeFirst()
  if (next) return openFinal(db, caseId, next.id)
  const row = await assessments(db, caseId)
    .where('assessment.id', '=', assessmentId)
    .where('assessment.state', '=', 'final')
    .where('assessment.supersededAt', 'is', null)
    .executeTakeFirstOrThrow()
  return opened(row, await openVault(db, caseId))
}

/** All of them, the newest first: levels and grounds; the answers stay with the network. */
export const listAssessments = query(
  'case.risk',
  { roles: judges, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const rows = await assessments(db, head.id)
      .orderBy('assessment.madeOn', 'desc')
      .orderBy('assessment.recordedAt', 'desc')
      .execute()
    // The reasons are words about the victim: the network's alone.
    const vault = head.own ? await openVault(db, head.id) : null
    const listed = rows.map((row) => opened(row, vault))
    const kept = listed.filter((one) => one.state !== 'draft' || one.supersededAt === null)
    const [incidents, milestones] = [await incidentsOf(db, head), await milestonesOf(db, head.id)]
    const told = kept.map(({ answers: _, ...one }) => one)
    return { head, assessments: told, incidents, milestones, instrument: await instrumentNow(db) }
  },
)

export type Milestone = { onDate: string; kind: 'support' | 'ended' | 'heard' | 'danger' | 'help' }

/** What else was meanwhile: a support person came or went, told of a danger or asked for help, the core group spoke of it. */
async function milestonesOf(db: Db, caseId: string): Promise<Milestone[]> {
  const { rows } = await sql<Milestone>`
    select on_date, case kind when 'accepted' then 'support' else 'ended' end as kind
      from assignment_event where case_id = ${caseId} and kind in ('accepted', 'ended')
    union all select m.on_date, 'heard' from agenda_item i join meeting m on m.id = i.meeting_id
      where i.case_id = ${caseId} and i.heard_at is not null
    union all select (raised_at at time zone 'Europe/Tallinn')::date, kind from concern where case_id = ${caseId}
    order by 1`.execute(db)
  return rows
}

/** One assessment with its answers, in its own version's words. */
export const openAssessment = query(
  'case.risk.open',
  { roles: keepers, input: CaseId.extend({ assessment: id() }), about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const row = await assessments(db, head.id).where('assessment.id', '=', input.assessment).executeTakeFirstOrThrow()
    const one = opened(row, await openVault(db, head.id))
    return { head, assessment: one, instrument: await instrumentOf(db, one.instrumentId) }
  },
)

/** Colleagues of the network whose MARAC training is recorded: who may finish an assessment. */
export async function trainedOf(db: Db, networkId: string) {
  return db
    .selectFrom('person')
    .innerJoin('personRole', 'personRole.personId', 'person.id')
    .select(['person.id', 'person.name', 'person.maracTrainedOn'])
    .distinct()
    .where('personRole.networkId', '=', networkId)
    .where('personRole.validFrom', '<=', today())
    .where('personRole.validTo', '>=', today())
    .where('person.maracTrainedOn', 'is not', null)
    .where('person.status', '=', 'active')
    .orderBy('person.name')
    .execute()
}

/** When the person's own training was recorded; `null` = not. */
export async function trainedOn(db: Db, me: Person): Promise<string | null> {
  const row = await db.selectFrom('person').select('maracTrainedOn').where('id', '=', me.id).executeTakeFirst()
  return row?.maracTrainedOn ?? null
}

/** The page of the form: the draft that waits, the final one to be corrected, or an empty one. */
export const openAssess = query(
  'case.assess.open',
  {
    roles: keepers,
    input: CaseId.extend({ corrects: z.preprocess((raw) => raw || undefined, id().optional()) }),
    about: aboutCase,
  },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const corrects = input.corrects ? await openFinal(db, head.id, input.corrects) : null
    const draft = corrects ? null : await findDraftOf(db, head.id)
    const before = corrects ?? draft
    return {
      head,
      corrects,
      draft,
      instrument: before ? await instrumentOf(db, before.instrumentId) : await instrumentNow(db),
      trained: await trainedOf(db, head.networkId),
      myTraining: await trainedOn(db, me),
    }
  },
)

/** One year hence, or as the setting says: counted by the database, which knows how long a month is. */
export const monthsAfter = (day: string, months: number) =>
  sql<string>`(${day}::date + make_interval(months => ${months}))::date`
