// Are papers and statuses kept so that nothing is overwritten and nobody becomes active without the proof?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenAssignment, givenVolunteer, paper } from '../../../test/volunteers.ts'
import { standAt } from '../../core/clock.server.ts'
import { type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { makeAccount } from '../keeping.server.ts'
import { openVolunteer } from '../profile/profile.server.ts'
import {
  addEvidence,
  changeStatus,
  correctEvidence,
  openEvidence,
  openNewEvidence,
  openStatus,
  withdrawEvidence,
} from './papers.server.ts'

let cast: Cast
let id = ''
beforeAll(async () => {
  cast = await openCast()
  standAt(new Date('2026-11-23T10:00:00Z'))
  const status = { status: 'candidate', fromOn: '2026-09-01', untilOn: null, reason: null } as const
  id = await givenVolunteer(cast, { name: 'Kai Näidis-Kadakas', childContact: true, status })
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const open = () => openVolunteer.run(cast.kim, { id })
const refusedAt = (field: string) => (error: unknown) => field in ((error as Invalid).fields ?? {})
const move = (status: string, more: object = {}) =>
  changeStatus.run(cast.kim, { id, status, fromOn: '2026-11-01', ...more })

test('a volunteer goes on step by step, and becomes active only with training, contract, pledge and check', async () => {
  await expect(move('active')).rejects.toSatisfy(refusedAt('status'))
  await move('interview')
  await move('training')
  expect((await openStatus.run(cast.kim, { id })).lacks).toHaveLength(4)
  await expect(move('active')).rejects.toMatchObject({
    fields: { status: { key: 'volunteers.error.notReady', args: { count: 4 } } },
  })
  const evidence = { id, validFrom: '01.10.2026', passed: 'yes', checkedBy: 'Kim Näidis-Koort' }
  await addEvidence.run(cast.kim, { ...evidence, kind: 'training' })
  await addEvidence.run(cast.kim, { ...evidence, kind: 'contract', validTo: '31.12.2027' })
  await addEvidence.run(cast.kim, { ...evidence, kind: 'pledge' })
  await expect(move('active')).rejects.toSatisfy(refusedAt('status'))
  await addEvidence.run(cast.kim, { ...evidence, kind: 'background' })
  await move('active', { fromOn: '2026-11-02' })
  const profile = await open()
  expect(profile.standing.readiness).toMatchObject({ mayBeAssigned: true, until: '2027-10-01' })
  expect(profile.history.map((line) => line.status)).toEqual(['candidate', 'interview', 'training', 'active'])
  expect(profile.history.at(-1)?.recordedBy).toBe('Kim Näidis-Koort')
})

test('a correction puts a new line beside the old one, with the reason', async () => {
  const old = (await open()).papers.find((one) => one.kind === 'background')
  const evidence = old?.id ?? ''
  const correct = { id, evidence, kind: 'background', passed: 'no', validFrom: '15.10.2026', checkedBy: 'Kim' }
  await expect(correctEvidence.run(cast.kim, correct)).rejects.toSatisfy(refusedAt('reason'))
  await correctEvidence.run(cast.kim, { ...correct, reason: 'Vastus oli ei' })
  const { papers, standing } = await open()
  expect(papers.filter((one) => one.kind === 'background')).toMatchObject([
    { validFrom: '2026-10-15', passed: false, superseded: false },
    { validFrom: '2026-10-01', passed: true, superseded: true, supersededReason: 'Vastus oli ei' },
  ])
  expect(standing.readiness.missing).toMatchObject([{ code: 'background.failed' }])
  // What is superseded can be neither corrected nor withdrawn again, and a paper stays of its kind.
  await expect(correctEvidence.run(cast.kim, { ...correct, reason: 'x' })).rejects.toBeInstanceOf(NotFound)
  const now = papers.find((one) => one.kind === 'background' && !one.superseded)?.id ?? ''
  const asPledge = { id, evidence: now, kind: 'pledge', validFrom: '2026-10-15', reason: 'x' }
  await expect(correctEvidence.run(cast.kim, asPledge)).rejects.toBeInstanceOf(NotFound)
  await withdrawEvidence.run(cast.kim, { id, evidence: now, reason: 'Teise inimese kanne' })
  expect((await open()).standing.readiness.missing).toMatchObject([{ code: 'background.missing' }])
  await addEvidence.run(cast.kim, { ...correct, passed: 'yes' })
})

test('a certificate and a pledge may have a last day; what was not passed has none, and none ends before it begins', async () => {
  const add = (more: object) => addEvidence.run(cast.kim, { id, kind: 'training', validFrom: '02.10.2026', ...more })
  await expect(add({ passed: 'yes', validTo: '01.10.2026' })).rejects.toSatisfy(refusedAt('validTo'))
  const state = async () => (await open()).standing.papers.training
  const before = await state()
  await add({ passed: 'no', validTo: '31.12.2027' })
  expect((await open()).papers.find((one) => one.validFrom === '2026-10-02')).toMatchObject({ validTo: null })
  const no = (await open()).papers.find((one) => one.validFrom === '2026-10-02')?.id
  await correctEvidence.run(cast.kim, {
    ...{
      id,
      evidence: no,
      kind: 'training',
      passed: 'yes',
      validFrom: '02.10.2026',
      validTo: '31.12.2027',
      reason: 'x',
    },
  })
  expect((await open()).papers.find((one) => one.validTo === '2027-12-31')).toMatchObject({ kind: 'training' })
  // An earlier one without an end holds all the same.
  expect(await state()).toEqual(before)
  await addEvidence.run(cast.kim, { id, kind: 'pledge', validFrom: '03.10.2026', validTo: '31.12.2026' })
  expect((await open()).papers.find((one) => one.kind === 'pledge' && one.validTo)).toMatchObject({
    validTo: '2026-12-31',
  })
})

test('a check ends on its own last day where it has one, and never later than the rule says; a “no” has none', async () => {
  const other = await givenVolunteer(cast, { name: 'Kadi Näidis-Kuusk', childContact: true, evidence: [] })
  const checked = (more: object) =>
    addEvidence.run(cast.kim, {
      ...{ id: other, kind: 'background', passed: 'yes', validFrom: '01.10.2026', checkedBy: 'Kim' },
      ...more,
    })
  const state = async () => (await openVolunteer.run(cast.kim, { id: other })).standing.papers.background
  await expect(checked({ validTo: '30.09.2026' })).rejects.toSatisfy(refusedAt('validTo'))
  await checked({ validTo: '15.12.2026' })
  expect(await state()).toMatchObject({ state: 'soon', from: '2026-10-01', until: '2026-12-15' })
  const { paper: kept } = await openEvidence.run(cast.kim, { id: other, evidence: await onlyPaper(other) })
  expect(kept).toMatchObject({ validTo: '2026-12-15' })
  await correctEvidence.run(cast.kim, {
    ...{ id: other, evidence: kept.id, kind: 'background', passed: 'yes', validFrom: '01.10.2026', checkedBy: 'Kim' },
    ...{ validTo: '31.12.2028', reason: 'Valesti loetud' },
  })
  expect(await state()).toMatchObject({ state: 'valid', until: '2027-10-01' })
  await checked({ passed: 'no', validFrom: '02.10.2026', validTo: '31.12.2026' })
  expect((await openVolunteer.run(cast.kim, { id: other })).papers.find(({ passed }) => !passed)).toMatchObject({
    validTo: null,
  })
})

const onlyPaper = async (volunteer: string) =>
  (await openVolunteer.run(cast.kim, { id: volunteer })).papers.map((one) => one.id)[0] ?? ''

test('a paper of one volunteer is not reached through another', async () => {
  const evidence = (await open()).papers[0]?.id
  const other = { id: cast.volunteer, evidence }
  await expect(openEvidence.run(cast.kim, other)).rejects.toBeInstanceOf(NotFound)
  await expect(withdrawEvidence.run(cast.kim, { ...other, reason: 'x' })).rejects.toBeInstanceOf(NotFound)
  expect((await openEvidence.run(cast.kim, { id, evidence })).paper.kind).toBe((await open()).papers[0]?.kind)
})

test('what does not fit is said at its field', async () => {
  const add = (more: object) => addEvidence.run(cast.kim, { id, validFrom: '2026-10-01', passed: 'yes', ...more })
  const wrong: [string, object][] = [
    ['validFrom', { kind: 'pledge', validFrom: '24.11.2026' }],
    ['validFrom', { kind: 'training', validFrom: '31.02.2026' }],
    ['validTo', { kind: 'contract', validTo: '30.09.2026' }],
    ['passed', { kind: 'training', passed: '' }],
    ['checkedBy', { kind: 'background' }],
    ['kind', { kind: 'diploma' }],
  ]
  for (const [field, more] of wrong) await expect(add(more), field).rejects.toSatisfy(refusedAt(field))
  await expect(add({ kind: 'contract', validFrom: '01.01.2028' })).resolves.toEqual({ id })
})

test('a pause has a day of return and ends by itself on it', async () => {
  await expect(move('paused', { fromOn: '23.11.2026', untilOn: '23.11.2026' })).rejects.toSatisfy(refusedAt('untilOn'))
  await expect(move('paused', { fromOn: '24.11.2026' })).rejects.toSatisfy(refusedAt('fromOn'))
  await expect(move('paused', { fromOn: '01.11.2026' })).rejects.toSatisfy(refusedAt('fromOn'))
  await move('paused', { fromOn: '23.11.2026', untilOn: '15.01.2027', reason: 'Puhkus' })
  expect((await open()).standing.readiness.missing).toEqual([{ code: 'paused', args: { until: '15.01.2027' } }])
  standAt(new Date('2027-01-15T10:00:00Z'))
  const { now, next } = await openStatus.run(cast.kim, { id })
  // That she is back can be written all the same, as can that she is not.
  expect([now.status, next]).toEqual(['active', ['active', 'paused', 'ended']])
})

// The clock of these tests is ahead of the database's, by which the second person would decide.
const agreed = () =>
  cast.admin.query(
    `with done as (update confirmation set decision = 'confirmed', decided_by = $1, decided_at = now() where decision is null returning *)
     insert into person_role (person_id, role, valid_from, valid_to) select person_id, role, valid_from, valid_to from done`,
    [cast.peep.id],
  )

test('nobody leaves with a case in hand; who leaves has a reason and comes in no more', async () => {
  standAt(new Date('2027-01-16T10:00:00Z'))
  const end = { fromOn: '2027-01-16', reason: 'Kolis välismaale' }
  await makeAccount.run(cast.kim, { id, email: 'kai@naidis.example', locale: 'et' })
  await agreed()
  await expect(move('ended', { ...end, reason: '' })).rejects.toSatisfy(refusedAt('reason'))
  await givenAssignment(cast, id, 'active')
  await expect(move('ended', end)).rejects.toMatchObject({ fields: { status: { args: { count: 1 } } } })
  await cast.admin.query(`update assignment set status = 'ended', end_on = '2027-01-15' where volunteer_id = $1`, [id])
  await move('ended', end)
  const { rows } = await cast.admin.query(
    `select valid_to::text from person_role r join volunteer v on v.person_id = r.person_id where v.id = $1`,
    [id],
  )
  expect(rows).toEqual([{ valid_to: '2027-01-15' }])
  expect(await open()).toMatchObject({ standing: { now: { status: 'ended' } }, hasAccount: false })
  // Nobody else's role was touched.
  expect((await cast.admin.query(`select 1 from person_role where valid_to < '2999-01-01'`)).rowCount).toBe(1)
  await move('interview', { fromOn: '2027-01-16' })
  expect((await open()).standing.now.status).toBe('interview')
  // Who comes back is let in again under the same account.
  await makeAccount.run(cast.kim, { id, email: 'kai@naidis.example', locale: 'et' })
  await agreed()
  expect((await open()).hasAccount).toBe(true)
})

test('nobody but the coordinator touches papers and statuses', async () => {
  const evidence = (await open()).papers[0]?.id
  const { kind, validFrom } = paper('pledge', '2026-10-01')
  for (const who of [cast.max, cast.lou, cast.sirje, cast.peep]) {
    await expect(addEvidence.run(who, { id, kind, validFrom })).rejects.toBeInstanceOf(Refused)
    await expect(correctEvidence.run(who, { id, evidence, kind, validFrom, reason: 'x' })).rejects.toBeInstanceOf(
      Refused,
    )
    await expect(withdrawEvidence.run(who, { id, evidence, reason: 'x' })).rejects.toBeInstanceOf(Refused)
    await expect(changeStatus.run(who, { id, status: 'ended', fromOn: '2027-01-16' })).rejects.toBeInstanceOf(Refused)
    await expect(openEvidence.run(who, { id, evidence })).rejects.toBeInstanceOf(Refused)
    await expect(openNewEvidence.run(who, { id, kind })).rejects.toBeInstanceOf(Refused)
    await expect(openStatus.run(who, { id })).rejects.toBeInstanceOf(Refused)
  }
  expect(await openNewEvidence.run(cast.kim, { id, kind })).toMatchObject({ kind, checkedBy: 'Kim Näidis-Koort' })
})
