// Who may say the last word on the risk, and what follows from it?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { saveAssessment } from './assess.server.ts'
import { instrumentNow, listAssessments, openAssess, openAssessment } from './assessments.server.ts'

let cast: Cast
let id: string
let ids: string[]
beforeAll(async () => {
  cast = await openCast()
  ids = (await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))).questions.map((question) => question.id)
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  id = await referCase(cast.lea)
})
afterEach(() => standAt(null))

const invalid = (...fields: string[]) =>
  expect.objectContaining({
    status: 422,
    fields: expect.objectContaining(Object.fromEntries(fields.map((name) => [name, expect.anything()]))),
  })

/** The first `yes` questions that are not critical are answered with yes. */
function form(yes: number, more: object = {}) {
  const harmless = ids.filter((name) => !['stalking', 'threat_to_kill', 'strangled'].includes(name))
  const answered = Object.fromEntries(
    ids.map((name) => [`answers.${name}`, harmless.indexOf(name) >= 0 && harmless.indexOf(name) < yes ? 'yes' : 'no']),
  )
  return { id, madeOn: '23.11.2026', withVictim: 'yes', save: 'final', ...answered, ...more }
}

test('the questionnaire asks 24 questions in three languages', async () => {
  const { questions, highFrom, mediumFrom } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  expect([questions.length, highFrom, mediumFrom]).toEqual([24, 14, 10])
  expect(questions.every((one) => one.et && one.en && one.ru)).toBe(true)
})

test('a trained lead saves it as final; each ground is kept for itself', async () => {
  await saveAssessment.run(cast.lea, form(11, { callouts: '4' }))
  const [latest] = (await listAssessments.run(cast.lea, { id })).assessments
  expect(latest).toMatchObject({
    state: 'final',
    level: 'high',
    yesCount: 11,
    byCount: false,
    byEscalation: true,
    byJudgement: false,
    byCritical: false,
  })
  expect(latest).toMatchObject({ assessorTrainedOn: '2021-03-01', nextReviewOn: '2027-05-23' })
})

test('a judgement needs its reason, and then no low count takes the high risk back', async () => {
  await expect(saveAssessment.run(cast.lea, form(2, { judgedHigh: 'yes' }))).rejects.toEqual(invalid('judgementReason'))
  await saveAssessment.run(cast.lea, form(2, { judgedHigh: 'yes', judgementReason: 'Kannatanu kardab iga sammu.' }))
  const [latest] = (await listAssessments.run(cast.lea, { id })).assessments
  expect(latest).toMatchObject({
    level: 'high',
    byJudgement: true,
    byCount: false,
    yesCount: 2,
    judgementReason: 'Kannatanu kardab iga sammu.',
  })
})

test('high risk becomes a task for the next working day and a letter that says nothing; medium does not', async () => {
  await cast.admin.query(`update person set marac_trained_on = '2024-01-01' where id = $1`, [cast.mall.id])
  await saveAssessment.run(cast.mall, form(12))
  expect((await openCase.run(cast.lea, { id })).head).toMatchObject({
    level: 'medium',
    tasks: [{ kind: 'assess-again' }],
  })
  const letters = `select kind, unique_key from mail_outbox where person_id = $1`
  const before = (await cast.admin.query(letters, [cast.lea.id])).rowCount
  await saveAssessment.run(cast.mall, form(15))
  const { head } = await openCase.run(cast.lea, { id })
  expect(head).toMatchObject({
    level: 'high',
    trend: 'rising',
    next: { kind: 'tell-victim-support', dueOn: '2026-11-24' },
  })
  const { rows } = await cast.admin.query(letters, [cast.lea.id])
  expect(rows.length).toBe((before ?? 0) + 1)
  expect(rows.at(-1)).toEqual({ kind: 'new-task', unique_key: null })
  await cast.admin.query(`update person set marac_trained_on = null where id = $1`, [cast.mall.id])
})

test('without a recorded training it is a draft for a trained colleague, who finds it on her list and finishes it', async () => {
  await expect(saveAssessment.run(cast.mall, form(15))).rejects.toEqual(invalid('assessor'))
  await expect(saveAssessment.run(cast.mall, form(15, { save: 'draft' }))).rejects.toEqual(invalid('assessor'))
  await expect(saveAssessment.run(cast.mall, form(15, { save: 'draft', assessor: cast.max.id }))).rejects.toEqual(
    invalid('assessor'),
  )
  await saveAssessment.run(cast.mall, form(15, { save: 'draft', assessor: cast.lea.id }))
  expect((await openCase.run(cast.lea, { id })).head).toMatchObject({ level: null, next: { kind: 'finish-draft' } })
  expect((await listCases.run(cast.lea, {})).waiting).toContainEqual(expect.objectContaining({ caseId: id }))
  const page = await openAssess.run(cast.lea, { id })
  expect(page.draft?.answers).toMatchObject({ injured: 'yes', strangled: 'no' })
  // Whoever has not read what her colleague has prepared does not write over it.
  await expect(saveAssessment.run(cast.lea, form(16))).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await saveAssessment.run(cast.lea, form(16, { seen: page.draft?.id }))
  const { assessments } = await listAssessments.run(cast.lea, { id })
  expect(assessments.map((one) => [one.state, one.yesCount])).toEqual([['final', 16]])
  expect((await listCases.run(cast.lea, {})).waiting.map((one) => one.caseId)).not.toContain(id)
})

test('a draft may be half answered, a final word not', async () => {
  const half = { id, madeOn: '23.11.2026', withVictim: 'no', 'answers.injured': 'yes' }
  await saveAssessment.run(cast.lea, { ...half, save: 'draft' })
  await expect(saveAssessment.run(cast.lea, { ...half, save: 'final' })).rejects.toEqual(
    invalid('answers.strangled', 'answers.afraid'),
  )
})

test('a training that was recorded after the day of the assessment does not make it final', async () => {
  await cast.admin.query(`update person set marac_trained_on = '2026-11-23' where id = $1`, [cast.mall.id])
  await expect(saveAssessment.run(cast.mall, form(3, { madeOn: '20.11.2026' }))).rejects.toEqual(invalid('assessor'))
  await cast.admin.query(`update person set marac_trained_on = null where id = $1`, [cast.mall.id])
})

test('a correction takes the place of the old one, which stays with its reason beside it', async () => {
  await saveAssessment.run(cast.lea, form(3))
  const [wrong] = (await listAssessments.run(cast.lea, { id })).assessments
  const corrects = wrong?.id ?? ''
  await expect(saveAssessment.run(cast.lea, form(12, { corrects }))).rejects.toEqual(invalid('correctionReason'))
  const correction = { corrects, seen: corrects, correctionReason: 'Üks leht jäi vahele.' }
  await saveAssessment.run(cast.lea, form(12, correction))
  const { assessments, head } = await listAssessments.run(cast.lea, { id })
  expect(assessments.map((one) => [one.yesCount, one.supersededAt !== null])).toEqual([
    [12, false],
    [3, true],
  ])
  expect(assessments[0]).toMatchObject({ correctsId: corrects, correctionReason: 'Üks leht jäi vahele.' })
  expect(head).toMatchObject({ level: 'medium', trend: null })
  // Of two who correct the same one the second is shown what the first has written, and corrects that.
  await expect(saveAssessment.run(cast.lea, form(5, correction))).rejects.toMatchObject({
    said: { key: 'core.error.overtaken' },
  })
  const now = (await openAssess.run(cast.lea, { id, corrects })).corrects
  expect(now).toMatchObject({ yesCount: 12, supersededAt: null })
  await saveAssessment.run(cast.lea, form(5, { ...correction, seen: now?.id }))
  expect((await listAssessments.run(cast.lea, { id })).assessments.map((one) => one.yesCount)).toEqual([5, 12, 3])
})

test('an old assessment keeps the wording and the thresholds of its version', async () => {
  await saveAssessment.run(cast.lea, form(3))
  const [old] = (await listAssessments.run(cast.lea, { id })).assessments
  await cast.admin.query(`insert into instrument (name, version, valid_from, questions, high_from, medium_from, escalation_from, note)
    select name, 2, '2026-11-23', jsonb_build_array(jsonb_build_object('id', 'new', 'critical', false, 'et', 'Uus', 'en', 'New', 'ru', 'Новый')), 1, 1, 1, note from instrument`)
  const shown = await openAssessment.run(cast.lea, { id, assessment: old?.id })
  expect(shown.instrument).toMatchObject({ version: 1, highFrom: 14 })
  expect((await openAssess.run(cast.lea, { id })).instrument.version).toBe(2)
  await cast.admin.query('delete from instrument where version = 2')
})

test('Kim sees levels and grounds but no answers and no reasons; strangers see nothing', async () => {
  await saveAssessment.run(cast.lea, form(2, { judgedHigh: 'yes', judgementReason: 'Näidis-põhjus' }))
  const seen = await listAssessments.run(cast.kim, { id })
  expect(seen.assessments[0]).toMatchObject({ level: 'high', byJudgement: true, judgementReason: null })
  expect(JSON.stringify(seen)).not.toContain('Näidis-põhjus')
  const [one] = seen.assessments
  for (const operation of [listAssessments, openAssess])
    await expect(operation.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(openAssessment.run(cast.max, { id, assessment: one?.id })).rejects.toBeInstanceOf(NotFound)
  await expect(saveAssessment.run(cast.max, form(3))).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.lou, cast.sirje, cast.aino])
    await expect(listAssessments.run(who, { id })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.lou, cast.kim]) await expect(saveAssessment.run(who, form(3))).rejects.toBeInstanceOf(Refused)
})

test('the database itself takes no final word from somebody whose training is not recorded', async () => {
  const forged = asPerson('write', cast.mall.claim, async (db) => {
    const { id: instrumentId } = await instrumentNow(db)
    const head = (await openCase.run(cast.mall, { id })).head
    await db
      .insertInto('assessment')
      .values({
        networkId: head.networkId,
        caseId: id,
        instrumentId,
        madeOn: '2026-11-23',
        assessorId: cast.mall.id,
        assessorTrainedOn: '2020-01-01',
        preparedBy: cast.mall.id,
        withVictim: true,
        answersSealed: Buffer.from('x'),
        yesCount: 0,
        byCount: false,
        byJudgement: false,
        byEscalation: false,
        byCritical: false,
        level: 'standard',
        state: 'final',
      })
      .execute()
  })
  await expect(forged).rejects.toBeInstanceOf(NotFound)
})
