// How is an assessment saved: as a draft by anybody of the network, as final by the trained assessor alone?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { type CaseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { addTask, closeTasks, tellUrgently } from '../tasks.server.ts'
import { dueBeforeHolidays } from '../tasks.ts'
import { type Assessment, fieldOf, SaveAssessment } from './assessment.ts'
import {
  findDraftOf,
  type Instrument,
  instrumentNow,
  instrumentOf,
  monthsAfter,
  openFinal,
  trainedOf,
  trainedOn,
} from './assessments.server.ts'
import { tally } from './instrument.ts'
import { type Risk, riskOf } from './risk.ts'

/** An assessment about to be written. `trained`: the day of the training of the one who assesses. */
type Writing = {
  db: Db
  me: Person
  head: CaseHead
  input: Assessment
  instrument: Instrument
  risk: Risk
  trained: string | null
}

export const saveAssessment = command(
  'case.assess',
  {
    roles: keepers,
    input: SaveAssessment,
    oneByOne: oneCase,
    about: (input: Assessment, output: { id: string; networkId: string }) => ({
      kind: 'assessment',
      id: output.id,
      caseId: input.id,
      networkId: output.networkId,
    }),
  },
  async (db, sent, me) => {
    const head = await openHead(db, me, sent.id)
    const corrected = sent.corrects ? await openFinal(db, head.id, sent.corrects) : null
    const input = { ...sent, corrects: corrected?.id }
    const draft = corrected ? null : await findDraftOf(db, head.id)
    const before = corrected ?? draft
    const instrument = before ? await instrumentOf(db, before.instrumentId) : await instrumentNow(db)
    const trained = await trainedOn(db, me)
    const writing: Writing = { db, me, head, input, instrument, trained, risk: riskIn(head, input, instrument) }
    await check(writing)
    mustHaveRead(input.seen, before?.id ?? null)
    if (before) await supersede(db, before.id)
    const id = await write(writing)
    if (input.save === 'final') await follow(writing)
    else if (input.assessor && input.assessor !== me.id) await mailAbout(db, head.id, input.assessor, 'new-task')
    return { id, networkId: head.networkId, state: input.save, level: writing.risk.level }
  },
)

function riskIn(head: CaseHead, input: Assessment, instrument: Instrument): Risk {
  const counted = tally(instrument.questions, input.answers)
  const criteria = {
    yesCount: counted.yesCount,
    judgedHigh: input.judgedHigh,
    callouts: input.callouts ?? null,
    criticalYes: counted.critical.length,
    repeat: head.repeatOf !== null,
  }
  return riskOf(criteria, instrument)
}

async function check({ db, head, input, instrument, trained }: Writing): Promise<void> {
  const found: Record<string, Message> = {}
  if (input.madeOn > today()) found.madeOn = { key: 'cases.error.future' }
  if (input.judgedHigh && !input.judgementReason) found.judgementReason = { key: 'cases.assess.reasonNeeded' }
  if (input.corrects && !input.correctionReason) found.correctionReason = { key: 'cases.assess.correctionNeeded' }
  if (input.save === 'final') {
    const { unanswered } = tally(instrument.questions, input.answers)
    for (const question of unanswered) found[fieldOf(question)] = { key: 'core.error.choose' }
    if (trained === null || trained > input.madeOn) found.assessor = { key: 'cases.assess.untrained' }
  } else {
    if (input.corrects) found[''] = { key: 'cases.assess.correctFinal' }
    const able = await trainedOf(db, head.networkId)
    if (!input.assessor && trained === null) found.assessor = { key: 'cases.assess.chooseAssessor' }
    if (input.assessor && !able.some((one) => one.id === input.assessor))
      found.assessor = { key: 'cases.assess.chooseAssessor' }
  }
  if (Object.keys(found).length > 0) throw new Invalid(found)
}

// Somebody else may have finished or corrected it in the meantime.
async function supersede(db: Db, id: string): Promise<void> {
  const done = await db
    .updateTable('assessment')
    .set({ supersededAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new Conflict()
}

async function write({ db, me, head, input, instrument, risk, trained }: Writing): Promise<string> {
  const id = randomUUID()
  const final = input.save === 'final'
  const vault = await openVault(db, head.id)
  const seal = (column: string, text: string) => vault.seal({ table: 'assessment', column, row: id }, text)
  const { reassessMonths } = await settingsOn(db)
  const { level, ...by } = risk
  await db
    .insertInto('assessment')
    .values({
      networkId: head.networkId,
      caseId: head.id,
      id,
      instrumentId: instrument.id,
      madeOn: input.madeOn,
      assessorId: final ? me.id : (input.assessor ?? me.id),
      assessorTrainedOn: final ? trained : null,
      preparedBy: me.id,
      withVictim: input.withVictim === 'yes',
      answersSealed: seal('answers_sealed', JSON.stringify(input.answers)),
      callouts: input.callouts ?? null,
      yesCount: tally(instrument.questions, input.answers).yesCount,
      ...by,
      judgementReasonSealed: input.judgementReason ? seal('judgement_reason_sealed', input.judgementReason) : null,
      level,
      state: input.save,
      nextReviewOn: final ? monthsAfter(input.madeOn, reassessMonths) : null,
      correctsId: input.corrects ?? null,
      correctionReasonSealed:
        input.corrects && input.correctionReason ? seal('correction_reason_sealed', input.correctionReason) : null,
    })
    .execute()
  return id
}

/** A look from before the case came over is no new one. */
async function arrivedOn(db: Db, caseId: string): Promise<string> {
  const { rows } = await sql<{ day: string | null }>`select max((created_at at time zone 'Europe/Tallinn')::date) as day
    from case_task where case_id = ${caseId} and kind = 'assess-transferred' and done_at is null`.execute(db)
  return rows[0]?.day ?? ''
}

/** After the final word: when to look again, and, where the risk is high, that victim support must be told (R4). */
async function follow({ db, me, head, input, risk }: Writing): Promise<void> {
  const of = { networkId: head.networkId, caseId: head.id }
  const { tellVictimSupportDays, reassessMonths } = await settingsOn(db)
  await closeTasks(db, me, of, 'assess-again')
  if (input.madeOn >= (await arrivedOn(db, head.id))) await closeTasks(db, me, of, 'assess-transferred')
  const { rows } = await sql<{ day: string }>`select ${monthsAfter(input.madeOn, reassessMonths)} as day`.execute(db)
  await addTask(db, of, 'assess-again', rows[0]?.day ?? input.madeOn)
  // A correction of what was high already tells nothing new.
  const known = input.corrects !== undefined && head.level === 'high'
  if (risk.level !== 'high' || known || head.tasks.some((task) => task.kind === 'tell-victim-support')) return
  await addTask(db, of, 'tell-victim-support', dueBeforeHolidays(today(), tellVictimSupportDays))
  await tellUrgently(db, of)
}
