// From an application to an active volunteer and to every "no": is nothing typed twice, and does nobody fall through?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { givenApplication, givenCandidate, typed } from '../../../test/recruitment.ts'
import { givenVolunteer } from '../../../test/volunteers.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { standAt, today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { openCoordinatorHome } from '../../home/coordinator/coordinator.server.ts'
import { addEvidence, changeStatus } from '../../volunteers/papers/papers.server.ts'
import { openVolunteer } from '../../volunteers/profile/profile.server.ts'
import { addCampaign, listCampaigns } from '../campaign/campaigns.server.ts'
import { openApplicant } from './applicant.server.ts'
import { joinKnown, moveApplicant, refuseApplicant, setStep, takeApplication } from './moves.server.ts'
import { listPipeline, ownersIn } from './pipeline.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const next = (more = {}) => ({ step: 'call', dueOn: addDays(today(), 3), owner: cast.kim.id, ...more })
const rows = async (who: CastName = 'kim') => (await listPipeline.run(cast[who], {})).rows
const line = async (id: string) => (await rows()).find((one) => one.id === id)
const wrong = (fields: unknown) => expect.objectContaining({ status: 422, fields })

test('from application to active nothing is typed twice, and every stage is in the history of the volunteer', async () => {
  const id = await givenApplication(cast)
  expect(await line(id)).toMatchObject({ place: 'new', name: typed.name, next: null })
  await takeApplication.run(cast.kim, { id, ...next() })
  const { rows: made } = await cast.admin.query('select * from volunteer where id = $1', [id])
  expect(made[0]).toMatchObject({
    ...{ name: typed.name, email: typed.email, phone: '+37255507777', county_code: '0079', languages: ['et', 'ru'] },
    ...{ availability: 'Õhtuti', status: 'candidate' },
  })
  for (const [status, step] of [
    ['interview', 'meet'],
    ['background', 'background'],
    ['training', 'training'],
    ['contract', 'contract'],
  ]) {
    await moveApplicant.run(cast.kim, { id, status, ...next({ step }) })
    expect(await line(id)).toMatchObject({ place: status, next: { step } })
  }
  const wanting = { status: { key: 'volunteers.error.notReady', args: { count: 3 } } }
  await expect(moveApplicant.run(cast.kim, { id, status: 'active' })).rejects.toEqual(wrong(wanting))
  for (const kind of ['training', 'contract', 'pledge'])
    await addEvidence.run(cast.kim, { id, kind, passed: 'yes', validFrom: today() })
  await moveApplicant.run(cast.kim, { id, status: 'active' })
  expect(await line(id)).toBeUndefined()
  const opened = await openApplicant.run(cast.kim, { id })
  expect(opened.lines.map(({ status }) => status)).toEqual([
    ...['candidate', 'interview', 'background', 'training', 'contract', 'active'],
  ])
  expect(opened.application).toMatchObject({ outcome: 'taken', volunteerId: id, facts: { why: typed.why } })
})

test('a stage has its next step, by a day to come and in the hands of a coordinator', async () => {
  const id = await givenCandidate(
    cast,
    { name: 'Näidis-Samm', email: 'samm@naidis.example', phone: '5550 1001' },
    today(),
  )
  const move = { id, status: 'interview' }
  await expect(moveApplicant.run(cast.kim, move)).rejects.toEqual(wrong({ step: { key: 'core.error.choose' } }))
  await expect(moveApplicant.run(cast.kim, { ...move, step: 'meet' })).rejects.toEqual(
    wrong({ dueOn: { key: 'core.error.dateMissing' } }),
  )
  await expect(setStep.run(cast.kim, { id, ...next({ dueOn: addDays(today(), -1) }) })).rejects.toEqual(
    wrong({ dueOn: { key: 'recruitment.error.past' } }),
  )
  await expect(setStep.run(cast.kim, { id, ...next({ owner: cast.lou.id }) })).rejects.toEqual(
    wrong({ owner: { key: 'core.error.choose' } }),
  )
  await expect(moveApplicant.run(cast.kim, { ...move, status: 'contract', ...next() })).rejects.toEqual(
    wrong({ status: { key: 'volunteers.error.transition' } }),
  )
  expect(await line(id)).toMatchObject({ place: 'candidate', next: { dueOn: today() } })
  expect((await asPerson('read', cast.kim.claim, ownersIn)).map(({ name }) => name)).toEqual(['Kim Näidis-Koort'])
})

test('whoever is on file is not made a second time: the application is joined to them', async () => {
  const there = await givenVolunteer(cast, { name: 'Näidis-Olemas Oja', email: 'oja@naidis.example' })
  const id = await givenApplication(cast, { name: 'Näidis-Olemas Oja', email: 'oja@naidis.example' })
  expect((await openApplicant.run(cast.kim, { id })).same).toMatchObject({ id: there })
  await expect(takeApplication.run(cast.kim, { id, ...next() })).rejects.toMatchObject({ status: 422 })
  expect(await joinKnown.run(cast.kim, { id })).toEqual({ id: there })
  expect(await line(id)).toBeUndefined()
  await expect(joinKnown.run(cast.kim, { id })).rejects.toMatchObject({ status: 409 })
  const stranger = await givenApplication(cast, {
    name: 'Näidis-Uus Uib',
    email: 'uib@naidis.example',
    phone: '5550 1002',
  })
  await expect(joinKnown.run(cast.kim, { id: stranger })).rejects.toMatchObject({ status: 409 })
})

test('every "no" has a reason that is counted and words that are sealed; a letter goes only where it is wanted', async () => {
  await cast.admin.query('delete from mail_outbox')
  const [told, untold] = [
    await givenApplication(cast, { name: 'Näidis-Ei', email: 'ei@naidis.example', phone: '5550 1003' }),
    await givenApplication(cast, { name: 'Näidis-Vaikne', email: 'vaikne@naidis.example', phone: '5550 1004' }),
  ]
  await cast.admin.query('delete from mail_outbox')
  const no = { reason: 'place', remark: 'Kanaar: Tartus on inimesi küllalt' }
  await expect(refuseApplicant.run(cast.kim, { id: told, reason: 'place' })).rejects.toMatchObject({ status: 422 })
  await expect(refuseApplicant.run(cast.kim, { id: told, remark: 'x' })).rejects.toMatchObject({ status: 422 })
  await refuseApplicant.run(cast.kim, { id: told, ...no, tell: 'yes' })
  await refuseApplicant.run(cast.kim, { id: untold, ...no })
  const { rows: kept } = await cast.admin.query('select * from application where id = any ($1)', [[told, untold]])
  expect(kept.map(({ outcome, no_reason }) => [outcome, no_reason])).toEqual(Array(2).fill(['refused', 'place']))
  expect(JSON.stringify(kept)).not.toContain('Kanaar')
  expect((await openApplicant.run(cast.kim, { id: told })).application?.remark).toBe(no.remark)
  const { rows: letters } = await cast.admin.query('select kind, locale from mail_outbox')
  expect(letters).toEqual([{ kind: 'application-no', locale: 'et' }])
  await expect(refuseApplicant.run(cast.kim, { id: told, ...no })).rejects.toMatchObject({ status: 409 })
})

test('a candidate who withdraws leaves a line with the reason; said on the other form it is counted as another', async () => {
  const [one, other] = [
    await givenCandidate(cast, { name: 'Näidis-Loobub', email: 'loobub@naidis.example', phone: '5550 1005' }, today()),
    await givenCandidate(cast, { name: 'Näidis-Muu', email: 'muu@naidis.example', phone: '5550 1006' }, today()),
  ]
  await refuseApplicant.run(cast.kim, { id: one, reason: 'withdrew', remark: 'Kolib ära' })
  await changeStatus.run(cast.kim, { id: other, status: 'ended', fromOn: today(), reason: 'Näidis-põhjus' })
  const { rows: ends } = await cast.admin.query(
    `select no_reason, reason from volunteer_status where status = 'ended' and volunteer_id = any ($1) order by no_reason desc`,
    [[one, other]],
  )
  expect(ends).toEqual([
    { no_reason: 'withdrew', reason: null },
    { no_reason: 'other', reason: 'Näidis-põhjus' },
  ])
  await expect(setStep.run(cast.kim, { id: one, ...next() })).rejects.toMatchObject({ status: 409 })
  // Why is for coordinators: closed where it is kept, and read by them alone.
  const { rows: raw } = await cast.admin.query(
    'select s::text as line from volunteer_status s where volunteer_id = $1',
    [one],
  )
  expect(JSON.stringify(raw)).not.toContain('Kolib')
  const remarks = async (who: 'kim' | 'peep') =>
    (await openApplicant.run(cast[who], { id: one })).lines.map(({ remark }) => remark)
  expect(await remarks('kim')).toContain('Kolib ära')
  expect(new Set(await remarks('peep'))).toEqual(new Set([null]))
  await expect(openVolunteer.run(cast.sirje, { id: one })).rejects.toBeInstanceOf(NotFound)
  expect((await openVolunteer.run(cast.peep, { id: one })).name).toBe('Näidis-Loobub')
  expect(JSON.stringify(await openVolunteer.run(cast.peep, { id: one }))).not.toContain('Kolib')
})

test('that somebody has sent one before, or is on file, is for the coordinator alone', async () => {
  const again = { name: 'Näidis-Kordus', email: 'kordus+uus@naidis.example', phone: '5550 1021' }
  const first = await givenApplication(cast, { ...again, email: 'Kordus@naidis.example' })
  const id = await givenApplication(cast, again)
  expect((await openApplicant.run(cast.kim, { id })).before.map((one) => one.id)).toEqual([first])
  const manager = await openApplicant.run(cast.peep, { id })
  expect([manager.before, manager.same]).toEqual([[], null])
  const there = await givenCandidate(
    cast,
    { name: 'Näidis-Olemas', email: 'olemas@naidis.example', phone: '5550 1022' },
    today(),
  )
  const known = await givenApplication(cast, {
    name: 'Näidis-Olemas',
    email: 'olemas@naidis.example',
    phone: '5550 1022',
  })
  await joinKnown.run(cast.kim, { id: known })
  expect((await openApplicant.run(cast.kim, { id: known })).application?.volunteerId).toBe(there)
  expect((await openApplicant.run(cast.peep, { id: known })).application?.volunteerId).toBeNull()
  expect(JSON.stringify(await openApplicant.run(cast.peep, { id: known }))).not.toMatch(/emailIndex|Index/)
})

test('who has been without a step for the days of the setting is on the first page, with the one thing to do', async () => {
  const home = async () => (await openCoordinatorHome.run(cast.kim, {})).recruitment
  const id = await givenCandidate(
    cast,
    { name: 'Näidis-Ootab', email: 'ootab@naidis.example', phone: '5550 1007' },
    today(),
  )
  const fresh = await givenApplication(cast, {
    name: 'Näidis-Värske',
    email: 'varske@naidis.example',
    phone: '5550 1008',
  })
  expect((await home()).fresh.map((one) => one.id)).toContain(fresh)
  expect((await home()).idle.map((one) => one.id)).not.toContain(id)
  standAt(new Date(Date.now() + 7 * 86_400_000))
  const late = await home()
  expect(late.idle.map((one) => one.id)).toEqual(expect.arrayContaining([id, fresh]))
  expect(late.fresh).toEqual([])
  expect((await listPipeline.run(cast.kim, { idle: 'yes' })).rows.map((one) => one.id)).toContain(id)
  await setStep.run(cast.kim, { id, ...next() })
  expect((await home()).idle.map((one) => one.id)).not.toContain(id)
  standAt(null)
})

test('the manager sees how long each has waited and not who it is; the others see nothing', async () => {
  const id = await givenApplication(cast, { name: 'Näidis-Peidus', email: 'peidus@naidis.example', phone: '5550 1009' })
  const seen = (await rows('peep')).find((one) => one.id === id)
  expect(seen).toMatchObject({ place: 'new', name: null, county: '0079' })
  const opened = await openApplicant.run(cast.peep, { id })
  expect(JSON.stringify(opened)).not.toContain('Peidus')
  for (const who of ['max', 'lou', 'sirje', 'aino', 'ott', 'mall'] as const) {
    await expect(openApplicant.run(cast[who], { id })).rejects.toMatchObject({ status: 403 })
    await expect(listPipeline.run(cast[who], {})).rejects.toMatchObject({ status: 403 })
  }
  for (const work of [takeApplication, joinKnown, refuseApplicant, setStep, moveApplicant])
    await expect(work.run(cast.peep, { id })).rejects.toMatchObject({ status: 403 })
})

test('of a call it is seen how many came and how many became active', async () => {
  const call = { name: 'Näidis-kutse', source: 'event', code: 'Naidis-26', fromOn: today(), untilOn: today() }
  await addCampaign.run(cast.kim, call)
  await expect(addCampaign.run(cast.kim, call)).rejects.toEqual(
    wrong({ code: { key: 'recruitment.error.codeTaken', args: { code: 'naidis-26' } } }),
  )
  await expect(addCampaign.run(cast.kim, { ...call, code: 'õ' })).rejects.toMatchObject({ status: 422 })
  await expect(addCampaign.run(cast.kim, { ...call, code: 'b-26', untilOn: '2020-01-01' })).rejects.toMatchObject({
    status: 422,
  })
  await expect(addCampaign.run(cast.peep, call)).rejects.toMatchObject({ status: 403 })
  const came = { name: 'Näidis-Kutsutud', email: 'kutsutud@naidis.example', phone: '5550 1010' }
  const id = await givenApplication(cast, came, 'naidis-26')
  await givenApplication(cast, { ...came, email: 'teine@naidis.example' }, 'naidis-26')
  await takeApplication.run(cast.kim, { id, ...next() })
  await moveApplicant.run(cast.kim, { id, status: 'interview', ...next() })
  const [found] = (await listCampaigns.run(cast.peep, {})).campaigns
  expect(found).toMatchObject({ code: 'naidis-26', came: 2, talked: 1, active: 0 })
})
