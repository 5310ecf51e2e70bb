// Is a safety plan kept with the case, written anew by whoever went through it with her, and told to her support person only where she agrees?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openAssignment } from '../../matching/assignment/assignments.server.ts'
import { openCase } from '../case-file.server.ts'
import { openContact, openSafeContact, saveSafeContact } from '../contact/safe.server.ts'
import { recordIncident } from '../incident/incidents.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { openSafetyPlan, openWriteSafetyPlan, saveSafetyPlan } from './safety-plan.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  id = await referCase(cast.lea)
})
afterEach(() => standAt(null))

const typed = {
  danger: 'Näidis: läheb ukse juurde ja helistab',
  bag: 'Näidis: kott on õe juures',
  keptAt: 'Näidis: töölaua sahtlis',
  madeWith: 'womens_centre',
  reviewedOn: '20.11.2026',
}
const planOf = async (who = cast.lea) => (await openSafetyPlan.run(who, { id })).plan

test('a member goes through it with her, the network reads it, and the page of the case says so', async () => {
  expect(await planOf()).toBeNull()
  expect((await openCase.run(cast.lea, { id })).facts.safetyOn).toBeNull()
  await saveSafetyPlan.run(cast.mall, { id, ...typed })
  expect(await planOf()).toMatchObject({
    who: cast.mall.name,
    told: false,
    changed: false,
    words: { danger: typed.danger, bag: typed.bag, keptAt: typed.keptAt, reviewedOn: '2026-11-20' },
  })
  expect((await openCase.run(cast.lea, { id })).facts.safetyOn).not.toBeNull()
  expect((await openTimeline.run(cast.lea, { id })).events).toContainEqual(
    expect.objectContaining({ kind: 'safety-plan', who: cast.mall.name }),
  )
})

test('an empty plan is none, and nobody has gone through it tomorrow', async () => {
  const empty = { id, madeWith: 'other', reviewedOn: '20.11.2026' }
  await expect(saveSafetyPlan.run(cast.lea, empty)).rejects.toMatchObject({
    fields: { danger: { key: 'cases.safety.empty' } },
  })
  await expect(saveSafetyPlan.run(cast.lea, { id, ...typed, reviewedOn: '24.11.2026' })).rejects.toMatchObject({
    fields: { reviewedOn: { key: 'cases.error.future' } },
  })
  expect(await planOf()).toBeNull()
})

test('whoever writes it anew has read what stands; the old plan stays, closed', async () => {
  await saveSafetyPlan.run(cast.lea, { id, ...typed })
  const anew = { id, ...typed, bag: 'Näidis: kott on tööl' }
  await expect(saveSafetyPlan.run(cast.mall, anew)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await saveSafetyPlan.run(cast.mall, { ...anew, seen: (await planOf())?.id })
  expect((await planOf())?.words.bag).toBe(anew.bag)
  const { rows } = await cast.admin.query<{ line: string }>(
    `select s::text as line from safe_contact s where case_id = $1 and part = 'plan'`,
    [id],
  )
  expect(rows).toHaveLength(2)
  for (const { line } of rows) expect(line).not.toMatch(/ukse|kott|sahtlis/)
})

test('what has happened since it was gone through is said beside it', async () => {
  await saveSafetyPlan.run(cast.lea, { id, ...typed })
  await recordIncident.run(cast.lea, { id, kind: 'threat', on: '22.11.2026', police: 'no' })
  expect((await planOf())?.changed).toBe(true)
  await saveSafetyPlan.run(cast.lea, { id, ...typed, seen: (await planOf())?.id })
  expect((await planOf())?.changed).toBe(false)
})

test('the safe contact and the plan do not set one another aside', async () => {
  await saveSafetyPlan.run(cast.lea, { id, ...typed, tellSupport: 'yes' })
  const { version } = await openSafeContact.run(cast.lea, { id })
  await saveSafeContact.run(cast.lea, { id, seen: version, call: 'safe', codeWord: 'Näidis' })
  expect(await planOf()).toMatchObject({ told: true })
  await saveSafetyPlan.run(cast.lea, { id, ...typed, seen: (await planOf())?.id })
  expect(await planOf()).toMatchObject({ told: false })
  expect((await openContact.run(cast.lea, { id })).safe.rules?.codeWord).toBe('Näidis')
})

test('her support person reads it where she agrees, and nobody else outside the network ever', async () => {
  const { caseId, assignment } = await givenSupport(cast, '2026-11-03')
  const own = async () => (await openAssignment.run(cast.lou, { id: assignment })).own
  const save = async (more: Record<string, string> = {}) => {
    const { plan } = await openWriteSafetyPlan.run(cast.lea, { id: caseId })
    return saveSafetyPlan.run(cast.lea, { id: caseId, ...typed, seen: plan?.id, ...more })
  }
  await save()
  expect((await own())?.plan).toBeNull()
  await save({ tellSupport: 'yes' })
  expect((await own())?.plan).toMatchObject({ danger: typed.danger })
  await save()
  expect((await own())?.plan).toBeNull()
  for (const operation of [openSafetyPlan, openWriteSafetyPlan, saveSafetyPlan]) {
    await expect(operation.run(cast.max, { id: caseId, ...typed })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.sirje, cast.kim, cast.aino, cast.jaan])
      await expect(operation.run(who, { id: caseId, ...typed })).rejects.toBeInstanceOf(Refused)
  }
})

test('of a closed case it is only read', async () => {
  await saveSafetyPlan.run(cast.lea, { id, ...typed })
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await expect(saveSafetyPlan.run(cast.lea, { id, ...typed })).rejects.toBeInstanceOf(Conflict)
  expect((await planOf())?.words.bag).toBe(typed.bag)
})
