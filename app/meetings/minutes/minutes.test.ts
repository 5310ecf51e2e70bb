// Are minutes drawn up after the meeting, approved by its chair, corrected with a reason, and closed to whoever has not promised silence?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { translator } from '../../i18n/i18n.ts'
import { minutesDocument, minutesFile } from '../../reports/minutes/minutes-file.server.ts'
import { closeAgenda } from '../agenda/arrange.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { pledgeSilence } from '../live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../live/live.server.ts'
import { phases } from '../meeting.ts'
import { addAction } from '../plan/plan.server.ts'
import {
  approveMinutes,
  correctDecision,
  openCorrectDecision,
  openMinutes,
  openWriteMinutes,
  writeMinutes,
} from './minutes.server.ts'
import { type MinutesStep, markedUntil, minutesRefusal } from './minutes.ts'

let cast: Cast
let attacker: Attacker
let caseId: string
let id: string
beforeAll(async () => {
  cast = await openCast()
  caseId = await referCase(cast.lea)
  const call = { network: cast.networks.ida, mode: 'sitting', onDate: today(), chair: cast.mall.id }
  id = (await callMeeting.run(cast.lea, call)).id
  await closeAgenda.run(cast.lea, { id })
  await beginMeeting.run(cast.lea, { id })
  await pledgeSilence.run(cast.lea, { id, silent: 'yes' })
  await decideItem.run(cast.lea, {
    id,
    case: caseId,
    outcome: 'planned',
    words: 'Näidis-otsus',
    reason: 'Näidis-põhjus',
  })
  await addAction.run(cast.lea, {
    id: caseId,
    owner: cast.mall.id,
    dueOn: '31.12.2099',
    what: 'Näidis-tegevus',
    result: 'Näidis-tulemus',
    meeting: id,
  })
  attacker = await openAttacker(cast, { meeting: id, lea: cast.lea.id, mall: cast.mall.id, ida: cast.networks.ida })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const made = (version: string, more = '') =>
  `insert into minutes (network_id, meeting_id, version, ground, made_on, until_on, recorded_by${more ? ', reason_sealed' : ''}) values (':ida', ':meeting', ${version}, 'internal', current_date, (current_date + interval '5 years')::date, ':lea'${more})`

const readNow = async () => (await openCorrectDecision.run(cast.lea, { id, case: caseId })).line.decision

test('there are no minutes before the end, and none for whoever has not promised', async () => {
  await expect(writeMinutes.run(cast.lea, { id, ground: 'internal' })).rejects.toMatchObject({
    said: { key: 'meetings.minutes.notHeld' },
  })
  expect([0, '42501']).toContain(await attacker.attempt('lea', made('1')))
  await endMeeting.run(cast.lea, { id })
  await expect(openMinutes.run(cast.mall, { id })).rejects.toMatchObject({ said: { key: 'meetings.pledge.first' } })
  for (const who of [cast.max]) await expect(openMinutes.run(who, { id })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.jaan, cast.aino])
    await expect(openMinutes.run(who, { id })).rejects.toBeInstanceOf(Refused)
  expect(await openMinutes.run(cast.lea, { id })).toMatchObject({
    newest: null,
    record: [
      {
        caseId,
        words: 'Näidis-otsus',
        why: 'Näidis-põhjus',
        actions: [{ kind: 'update' }, { what: 'Näidis-tegevus' }],
      },
    ],
  })
})

test('the lead draws them up with a ground, the chair approves in person, and nobody else', async () => {
  expect((await openWriteMinutes.run(cast.lea, { id })).first).toBe(true)
  await expect(writeMinutes.run(cast.lea, { id })).rejects.toBeInstanceOf(Invalid)
  await writeMinutes.run(cast.lea, { id, ground: 'private_life' })
  await expect(writeMinutes.run(cast.lea, { id, ground: 'private_life', reason: 'x' })).rejects.toBeInstanceOf(Conflict)
  const { newest } = await openMinutes.run(cast.lea, { id })
  expect(newest).toMatchObject({ version: 1, untilOn: markedUntil(today(), 'private_life'), approvedAt: null })
  await expect(approveMinutes.run(cast.lea, { id })).rejects.toMatchObject({
    said: { key: 'meetings.minutes.chairOnly' },
  })
  expect(await attacker.attempt('lea', `update minutes set approved_by = ':lea', approved_at = now()`)).toBe(0)
  expect(await attacker.attempt('mall', `update minutes set approved_by = ':mall', approved_at = now()`)).toBe(0)
  await pledgeSilence.run(cast.mall, { id, silent: 'yes' })
  const better = { id, case: caseId, words: 'Näidis-otsus, täpsemalt', reason: 'Näidis-põhjus' }
  await expect(correctDecision.run(cast.lea, better)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await correctDecision.run(cast.lea, { ...better, seen: await readNow() })
  await approveMinutes.run(cast.mall, { id })
  expect(await openMinutes.run(cast.mall, { id })).toMatchObject({
    newest: { approvedBy: 'Mall Näidis-Maasik' },
    record: [{ words: 'Näidis-otsus, täpsemalt' }],
  })
})

test('what was approved stays; a correction is a version of its own, with a reason, and waits for the chair again', async () => {
  await expect(correctDecision.run(cast.lea, { id, case: caseId, words: 'x', reason: 'x' })).rejects.toBeInstanceOf(
    Conflict,
  )
  expect([0, '42501']).toContain(await attacker.attempt('lea', 'update case_decision set superseded_at = now()'))
  expect([0, '42501', '23514']).toContain(await attacker.attempt('lea', made('2')))
  await expect(writeMinutes.run(cast.lea, { id, ground: 'private_life' })).rejects.toBeInstanceOf(Conflict)
  await writeMinutes.run(cast.lea, { id, ground: 'private_life', reason: 'Näidis: vale kuupäev' })
  const mended = { words: 'Näidis-otsus, parandatud', reason: 'Näidis-põhjus' }
  await correctDecision.run(cast.lea, { id, case: caseId, seen: await readNow(), ...mended })
  const { newest, versions, record } = await openMinutes.run(cast.mall, { id })
  expect([newest?.version, newest?.reason, versions.length]).toEqual([2, 'Näidis: vale kuupäev', 2])
  expect(record[0]?.words).toBe('Näidis-otsus, parandatud')
  await approveMinutes.run(cast.mall, { id })
  await expect(approveMinutes.run(cast.mall, { id })).rejects.toBeInstanceOf(Conflict)
})

test('the document says AK until when, numbers, agencies and days; its name says the day', async () => {
  for (const [kind, begins] of [
    ['pdf', '%PDF'],
    ['docx', 'PK'],
  ] as const) {
    const answer = await minutesDocument.run(cast.lea, { id, kind, lang: 'et' })
    const file = await minutesFile(answer, translator('et'), cast.lea)
    expect(Buffer.from(file.body).toString('latin1').slice(0, begins.length)).toBe(begins)
    expect(file.name).toBe(`minutes-${today()}.${kind}`)
  }
  await expect(minutesDocument.run(cast.max, { id, kind: 'pdf' })).rejects.toBeInstanceOf(NotFound)
  await expect(minutesDocument.run({ ...cast.lea, provedAt: new Date(0) }, { id, kind: 'pdf' })).rejects.toBeInstanceOf(
    Refused,
  )
})

test('no path reads unpledged, writes unheld, corrects without a waiting version or approves without chairing', () => {
  const of = fc.record({
    phase: fc.constantFrom(...phases),
    pledged: fc.boolean(),
    waiting: fc.boolean(),
    versions: fc.nat(3),
  })
  const step: fc.Arbitrary<MinutesStep> = fc.oneof(
    fc.constantFrom<MinutesStep>({ kind: 'read' }, { kind: 'correct' }),
    fc.record({ kind: fc.constant('write' as const), reason: fc.boolean() }),
    fc.record({ kind: fc.constant('approve' as const), chairs: fc.boolean() }),
  )
  fc.assert(
    fc.property(of, step, (standing, wanted) => {
      if (minutesRefusal(standing, wanted)) return true
      if (!standing.pledged) return false
      if (wanted.kind === 'read') return true
      if (standing.phase !== 'held') return false
      if (wanted.kind === 'write') return !standing.waiting && (standing.versions === 0 || wanted.reason)
      return standing.waiting && (wanted.kind !== 'approve' || wanted.chairs)
    }),
    { numRuns: 5000 },
  )
  expect(markedUntil('2024-02-29', 'internal')).toBe('2029-02-28')
  expect(markedUntil('2026-11-26', 'private_life')).toBe('2101-11-26')
})
