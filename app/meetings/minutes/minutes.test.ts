// Are minutes drawn up after the meeting, approved by its chair, corrected with a reason, and closed to whoever has not promised silence?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { formatDate } from '../../i18n/format.ts'
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
import { extensionRefusal, groundUntil, type MinutesStep, markedUntil, minutesRefusal } from './minutes.ts'
import { minutesWaiting } from './waiting.server.ts'

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
    contact: 'none',
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

const waits = async (who = cast.lea) => {
  const rows = await asPerson('read', who.claim, minutesWaiting)
  return rows.map(({ meetingId, step, pledged }) => [meetingId === id, step, pledged])
}
const told = async () => {
  const { rows } = await cast.admin.query<{ person_id: string }>('delete from mail_outbox returning person_id')
  return rows.map(({ person_id }) => person_id)
}
const readNow = async () => (await openCorrectDecision.run(cast.lea, { id, case: caseId })).line.decision

test('there are no minutes before the end, and none for whoever has not promised', async () => {
  await expect(writeMinutes.run(cast.lea, { id, ground: 'internal' })).rejects.toMatchObject({
    said: { key: 'meetings.minutes.notHeld' },
  })
  expect([0, '42501']).toContain(await attacker.attempt('lea', made('1')))
  expect(await waits()).toEqual([])
  await endMeeting.run(cast.lea, { id })
  // The first page of the lead says what is next; nobody else has anything to do yet.
  expect(await waits()).toEqual([[true, 'write', true]])
  for (const who of [cast.mall, cast.max, cast.kim]) expect(await waits(who)).toEqual([])
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
  expect((await openWriteMinutes.run(cast.lea, { id })).newest).toBeNull()
  await expect(writeMinutes.run(cast.lea, { id })).rejects.toBeInstanceOf(Invalid)
  await told()
  await writeMinutes.run(cast.lea, { id, ground: 'private_life' })
  // The chair hears of it, and finds it on her first page before she has promised anything.
  expect(await told()).toEqual([cast.mall.id])
  expect([await waits(), await waits(cast.mall)]).toEqual([[], [[true, 'approve', false]]])
  await expect(writeMinutes.run(cast.lea, { id, ground: 'private_life', reason: 'x' })).rejects.toBeInstanceOf(Conflict)
  const { newest } = await openMinutes.run(cast.lea, { id })
  expect(newest).toMatchObject({ version: 1, untilOn: markedUntil(today(), 75), approvedAt: null })
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
  expect([await waits(), await waits(cast.mall)]).toEqual([[], []])
})

test('what was approved stays; a correction is a version of its own, with a reason, and waits for the chair again', async () => {
  await expect(correctDecision.run(cast.lea, { id, case: caseId, words: 'x', reason: 'x' })).rejects.toBeInstanceOf(
    Conflict,
  )
  expect([0, '42501']).toContain(await attacker.attempt('lea', 'update case_decision set superseded_at = now()'))
  expect([0, '42501', '23514']).toContain(await attacker.attempt('lea', made('2')))
  await expect(writeMinutes.run(cast.lea, { id, ground: 'private_life' })).rejects.toMatchObject({
    fields: { reason: {} },
  })
  await writeMinutes.run(cast.lea, { id, ground: 'private_life', reason: 'Näidis: vale kuupäev' })
  const mended = { words: 'Näidis-otsus, parandatud', reason: 'Näidis-põhjus' }
  await correctDecision.run(cast.lea, { id, case: caseId, seen: await readNow(), ...mended })
  const { newest, versions, record } = await openMinutes.run(cast.mall, { id })
  expect([newest?.version, newest?.reason, versions.length]).toEqual([2, 'Näidis: vale kuupäev', 2])
  expect(record[0]?.words).toBe('Näidis-otsus, parandatud')
  await approveMinutes.run(cast.mall, { id })
  await expect(approveMinutes.run(cast.mall, { id })).rejects.toBeInstanceOf(Conflict)
})

test('a changed mark is told to the core group; where the chair has left it, the lead approves', async () => {
  await told()
  await writeMinutes.run(cast.lea, { id, ground: 'internal', reason: 'Näidis: eraelu siin ei ole' })
  expect(await told()).toEqual([cast.mall.id])
  await expect(approveMinutes.run(cast.lea, { id })).rejects.toMatchObject({
    said: { key: 'meetings.minutes.chairOnly' },
  })
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.mall.id])
  expect(await waits()).toEqual([[true, 'approve', true]])
  await approveMinutes.run(cast.lea, { id })
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.mall.id])
  expect(await waits()).toEqual([])
})

test('the mark runs from the first version; five years are prolonged once, by up to five more, and everybody who has it is told', async () => {
  const now = async () => (await openMinutes.run(cast.lea, { id })).newest
  expect(await now()).toMatchObject({ version: 3, untilOn: markedUntil(today(), 5), extendedUntil: null })
  const why = { id, ground: 'internal', reason: 'Näidis: põhjus kestab' }
  const later = (years: number) => formatDate(`${Number(today().slice(0, 4)) + years}-01-01`)
  for (const extendUntil of [later(5), later(11)])
    await expect(writeMinutes.run(cast.lea, { ...why, extendUntil })).rejects.toMatchObject({
      fields: { extendUntil: {} },
    })
  await expect(
    writeMinutes.run(cast.lea, { ...why, ground: 'private_life', extendUntil: later(9) }),
  ).rejects.toMatchObject({ fields: { extendUntil: { key: 'meetings.minutes.extendGround' } } })
  await told()
  await writeMinutes.run(cast.lea, { ...why, extendUntil: later(9) })
  expect(await told()).toEqual([cast.mall.id])
  await approveMinutes.run(cast.mall, { id })
  // What is mended afterwards keeps it; nobody prolongs it again, by no statement either.
  await expect(writeMinutes.run(cast.lea, { ...why, extendUntil: later(10) })).rejects.toMatchObject({
    fields: { extendUntil: { key: 'meetings.minutes.extendOnce' } },
  })
  const year = Number(today().slice(0, 4)) + 10
  const longer = made('5', ` , '\\x01'`).replace(`(current_date + interval '5 years')::date`, `date '${year}-01-01'`)
  expect(await attacker.attempt('lea', longer)).toBe('23514')
  await writeMinutes.run(cast.lea, why)
  expect(await now()).toMatchObject({ version: 5, extendedUntil: `${year - 1}-01-01`, untilOn: `${year - 1}-01-01` })
  await approveMinutes.run(cast.mall, { id })
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
  const years = { markInternalYears: 5, markPrivateYears: 75, markExtendYears: 5 }
  expect(groundUntil('2024-02-29', 'internal', years)).toBe('2029-02-28')
  expect(groundUntil('2026-11-26', 'private_life', years)).toBe('2101-11-26')
  const mark = { madeOn: '2026-11-26', ground: 'internal' as const, before: null }
  const days = ['2031-11-26', '2031-11-27', '2036-11-26', '2036-11-27']
  expect(days.map((day) => extensionRefusal(mark, day, years) === null)).toEqual([false, true, true, false])
})
