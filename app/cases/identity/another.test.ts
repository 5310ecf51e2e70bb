// Does a second perpetrator or another child come into a case whole: found again, walled off, answered for, and in a place that stays theirs?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { openPlan } from '../../meetings/plan/plan.server.ts'
import { openCase } from '../case-file.server.ts'
import { openCheck } from '../referral/refer.server.ts'
import { saveStep, startReferral } from '../referral/referral.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { addChild, addPerpetrator, openAnother } from './another.server.ts'
import { correctPerson, openCorrection } from './correct.server.ts'
import { revealValue } from './reveal.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(() => cast.admin.query('delete from reveal'))
afterAll(() => cast.close())

const brother = { relation: 'Endise abikaasa vend', givenName: 'Oleg', familyName: 'Näidis-Kask' }
const second = Object.fromEntries(Object.entries(brother).map(([name, value]) => [`${name}2`, value]))
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })
const peopleOf = async (id: string, kind: string) =>
  (await openCase.run(cast.lea, { id })).people.filter((one) => one.kind === kind)
const gapsOf = async (id: string) => (await openPlan.run(cast.lea, { id })).gaps
const told = async (id: string) => (await openTimeline.run(cast.lea, { id })).events.map((event) => event.kind)

test('the referral takes more than one who used violence, and says what is missing at the one it is missing of', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const save = (of: Record<string, string>) =>
    saveStep.run(cast.lea, { journey, part: 'perpetrator', ...typed.perpetrator, ...of })
  await expect(save({ givenName3: 'Tiit' })).rejects.toEqual(wrongAt('relation3'))
  await expect(save({ ...second, nationalId2: '48505150011' })).rejects.toEqual(wrongAt('nationalId2'))
  expect((await save(second)).to).toContain('/children')
  expect((await openCheck.run(cast.lea, { journey })).answers.perpetrator).toMatchObject(second)
  const id = await referCase(cast.lea, { perpetrator: { ...typed.perpetrator, ...second } })
  const looked = await Promise.all(
    (await peopleOf(id, 'perpetrator')).map(async (one) => {
      const { identity } = await revealValue.run(cast.lea, { id, what: 'identity', item: one.id, purpose: 'verify' })
      return identity?.givenName
    }),
  )
  expect(looked.toSorted()).toEqual(['Igor', 'Oleg'])
  expect(await gapsOf(id)).toContainEqual({ kind: 'perpetrator', missing: 2 })
  expect(await told(id)).not.toContain('perpetrator-added')
})

test('one who becomes known later has a line in the plan, and a member whose own code it is finds the case no more', async () => {
  const code = '60001019906'
  await cast.admin.query('insert into own_code (person_id, network_id, code_index) values ($1, $2, $3)', [
    ...[cast.mall.id, cast.networks.ida, blindIndex(cast.networks.ida, code)],
  ])
  const id = await referCase(cast.lea)
  await expect(addPerpetrator.run(cast.lea, { id, ...brother, relation: '' })).rejects.toEqual(wrongAt('relation'))
  await expect(addPerpetrator.run(cast.lea, { id, ...brother, nationalId: '48505150011' })).rejects.toEqual(
    wrongAt('nationalId'),
  )
  await addPerpetrator.run(cast.mall, { id, ...brother })
  expect(await gapsOf(id)).toContainEqual({ kind: 'perpetrator', missing: 2 })
  expect((await told(id))[0]).toBe('perpetrator-added')
  await addPerpetrator.run(cast.lea, { id, ...brother, nationalId: code })
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  expect(await gapsOf(id)).toContainEqual({ kind: 'perpetrator', missing: 3 })
  const { rows } = await cast.admin.query<{ line: string }>(
    'select t::text as line from case_person t where case_id = $1',
    [id],
  )
  for (const { line } of rows) expect(line).not.toMatch(/Oleg|vend/)
})

test('another child is counted, has a line in the plan, and child protection has to be told of it', async () => {
  const id = await referCase(cast.lea)
  expect(await gapsOf(id)).toContainEqual({ kind: 'child', missing: 2 })
  await expect(addChild.run(cast.lea, { id, birthYear: '1950' })).rejects.toEqual(wrongAt('birthYear'))
  await addChild.run(cast.mall, { id, birthYear: '2020' })
  await addChild.run(cast.lea, { id })
  const { head, facts } = await openCase.run(cast.lea, { id })
  expect(facts.childCount).toBe(4)
  expect(head.next.kind).toBe('tell-child-protection')
  expect(head.tasks.filter(({ kind }) => kind === 'tell-child-protection')).toHaveLength(1)
  expect(await peopleOf(id, 'child')).toHaveLength(4)
  expect(await gapsOf(id)).toContainEqual({ kind: 'child', missing: 4 })
  expect((await told(id)).filter((kind) => kind === 'child-added')).toHaveLength(2)
  await cast.admin.query('update case_file set child_count = 20 where id = $1', [id])
  await expect(addChild.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  expect(await peopleOf(id, 'child')).toHaveLength(4)
})

test('whoever is corrected keeps their place among the others', async () => {
  const id = await referCase(cast.lea)
  await addChild.run(cast.lea, { id, birthYear: '2020' })
  await addPerpetrator.run(cast.lea, { id, ...brother })
  const before = [await peopleOf(id, 'child'), await peopleOf(id, 'perpetrator')] as const
  // Whoever corrects somebody is told which of them it is.
  const younger = { id, person: before[0][1]?.id }
  expect((await openCorrection.run(cast.lea, younger)).person).toMatchObject({ kind: 'child', nth: 2 })
  const right = { why: 'Näidis: aasta oli valesti' }
  await correctPerson.run(cast.lea, { id, person: before[0][0]?.id, birthYear: '2015', ...right })
  await correctPerson.run(cast.lea, { id, person: before[1][0]?.id, ...typed.perpetrator, ...right })
  const [now] = await peopleOf(id, 'child')
  await correctPerson.run(cast.lea, { id, person: now?.id, birthYear: '2016', ...right })
  const after = [await peopleOf(id, 'child'), await peopleOf(id, 'perpetrator')] as const
  for (const at of [0, 1] as const) {
    expect(after[at].slice(1).map((one) => one.id)).toEqual(before[at].slice(1).map((one) => one.id))
    expect(after[at][0]?.id).not.toBe(before[at][0]?.id)
  }
})

test('Max cannot, others may not try, and a closed case takes nobody in', async () => {
  const id = await referCase(cast.lea)
  for (const operation of [openAnother, addPerpetrator, addChild]) {
    await expect(operation.run(cast.max, { id, ...brother })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.sirje, cast.aino])
      await expect(operation.run(who, { id, ...brother })).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  for (const operation of [addPerpetrator, addChild])
    await expect(operation.run(cast.lea, { id, ...brother })).rejects.toBeInstanceOf(Conflict)
})
