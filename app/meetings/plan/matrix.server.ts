// Is every ticked risk, every child, every adult in danger and every perpetrator of a case answered by an action or accepted for a reason?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { aboutCase, caseHead, oneCase } from '../../cases/case-file.server.ts'
import { keepers } from '../../cases/cases.server.ts'
import { instrumentOf, openFinal } from '../../cases/risk/assessments.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { choice, idFrom, longText, optional } from '../../core/form/fields.ts'
import { mustHaveRead, seen } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { type Action, MatrixPlace, type MatrixRow } from './action.ts'
import { actionsOf } from './actions.server.ts'

type Asked = Pick<MatrixRow, 'kind' | 'nth' | 'question'>

/** What has to be answered: the ticked risks of the latest assessment in their order, and by their numbers each child, adult in danger and perpetrator. */
async function askedOf(db: Db, caseId: string): Promise<{ assessmentId: string | null; asked: Asked[] }> {
  const latest = await db
    .selectFrom('assessment')
    .select('id')
    .where('caseId', '=', caseId)
    .where('state', '=', 'final')
    .where('supersededAt', 'is', null)
    .orderBy('madeOn', 'desc')
    .orderBy('recordedAt', 'desc')
    .executeTakeFirst()
  const { rows: people } = await sql<Pick<Asked, 'kind' | 'nth'>>`select * from plan_people(${caseId}::uuid)`.execute(
    db,
  )
  const risks = latest ? await tickedIn(db, caseId, latest.id) : []
  return { assessmentId: latest?.id ?? null, asked: [...risks, ...people.map((one) => ({ ...one, question: null }))] }
}

async function tickedIn(db: Db, caseId: string, assessmentId: string): Promise<Asked[]> {
  const { answers, instrumentId } = await openFinal(db, caseId, assessmentId)
  const { questions } = await instrumentOf(db, instrumentId)
  return questions
    .filter((question) => answers?.[question.id] === 'yes')
    .map(({ et, en, ru }, at) => ({ kind: 'risk', nth: at + 1, question: { et, en, ru } }))
}

/** The matrix of a case, for whoever holds its key. */
export async function matrixOf(db: Db, caseId: string, actions: readonly Action[]): Promise<MatrixRow[]> {
  const { assessmentId, asked } = await askedOf(db, caseId)
  const given = await db
    .selectFrom('riskAnswer')
    .select(['id', 'kind', 'nth', 'assessmentId', 'actionId', 'acceptedSealed'])
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .execute()
  const vault = await openVault(db, caseId)
  return asked.map((one) => {
    const answer = given.find(
      ({ kind, nth, assessmentId: of }) =>
        kind === one.kind && nth === one.nth && (kind !== 'risk' || of === assessmentId),
    )
    const sealed = answer?.acceptedSealed
    return {
      ...one,
      answer: answer?.id ?? null,
      action: actions.find((action) => action.id === answer?.actionId) ?? null,
      accepted:
        answer && sealed
          ? vault.open({ table: 'risk_answer', column: 'accepted_sealed', row: answer.id }, sealed)
          : null,
    }
  })
}

export const AnswerRisk = MatrixPlace.extend({
  seen: seen(),
  way: choice(['action', 'accepted'], { label: 'meetings.matrix.way', prefix: 'meetings.matrix.way' }),
  action: optional(idFrom({ label: 'meetings.matrix.action' })),
  accepted: optional(longText({ label: 'meetings.matrix.accepted', hint: 'meetings.matrix.acceptedHint', max: 500 })),
})

async function rowFor(db: Db, me: Person, of: z.output<typeof MatrixPlace>) {
  const head = await caseHead(db, me, of.id)
  if (!head.own) throw new NotFound()
  const actions = await actionsOf(db, of.id, true)
  const row = (await matrixOf(db, of.id, actions)).find((one) => one.kind === of.kind && one.nth === of.nth)
  if (!row) throw new NotFound()
  return { head, row, actions: actions.filter((action) => action.state === 'open' || action.state === 'done') }
}

export const openAnswerRisk = query(
  'case.matrix.open',
  { roles: keepers, input: MatrixPlace, about: aboutCase },
  async (db, input, me) => rowFor(db, me, input),
)

/** An action that answers it, or the reason for which the core group lives with it. */
export const answerRisk = command(
  'case.matrix.answer',
  { roles: keepers, input: AnswerRisk, about: aboutCase, oneByOne: oneCase },
  async (db, input: z.output<typeof AnswerRisk>, me) => {
    const { head, actions, row: asked } = await rowFor(db, me, input)
    const action = input.way === 'action' ? actions.find((one) => one.id === input.action) : null
    if (input.way === 'action' && !action) throw new Invalid({ action: { key: 'core.error.choose' } })
    if (input.way === 'accepted' && !input.accepted) throw new Invalid({ accepted: { key: 'meetings.error.reason' } })
    mustHaveRead(input.seen, asked.answer)
    const assessmentId = input.kind === 'risk' ? (await askedOf(db, head.id)).assessmentId : null
    await db
      .updateTable('riskAnswer')
      .set({ supersededAt: sql<Date>`now()` })
      .where('caseId', '=', head.id)
      .where('kind', '=', input.kind)
      .where('nth', '=', input.nth)
      .where('supersededAt', 'is', null)
      .where(sql<boolean>`assessment_id is not distinct from ${assessmentId}::uuid`)
      .execute()
    const row = randomUUID()
    const vault = await openVault(db, head.id)
    const accepted = action
      ? null
      : vault.seal({ table: 'risk_answer', column: 'accepted_sealed', row }, input.accepted ?? '')
    await db
      .insertInto('riskAnswer')
      .values({
        ...{ networkId: head.networkId, caseId: head.id, id: row, assessmentId, kind: input.kind, nth: input.nth },
        ...{ actionId: action?.id ?? null, acceptedSealed: accepted, recordedBy: me.id },
      })
      .execute()
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
