// Is somebody who was written down by mistake taken out of a case whole: shown, asked and found no more, while what was said of the others stays theirs?
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openWall } from '../../audit/walls/walls.server.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { answerRisk } from '../../meetings/plan/matrix.server.ts'
import { addAction, openPlan } from '../../meetings/plan/plan.server.ts'
import { openCase } from '../case-file.server.ts'
import { addChild, addPerpetrator } from '../identity/another.server.ts'
import { correctPerson } from '../identity/correct.server.ts'
import { revealValue } from '../identity/reveal.server.ts'
import { openRepeat } from '../repeat/repeat.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { openWithdraw, withdrawPerson } from './withdraw.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
})
beforeEach(() => cast.admin.query('delete from reveal'))
afterAll(() => cast.close())

const why = 'Näidis: kirjas oli vale inimene.'
const brother = { relation: 'Endise abikaasa vend', givenName: 'Oleg', familyName: 'Näidis-Kask' }
const peopleOf = async (id: string, kind: string) =>
  (await openCase.run(cast.lea, { id })).people.filter((one) => one.kind === kind)
const nth = async (id: string, kind: string) => (await peopleOf(id, kind)).map((one) => one.nth)
const planOf = async (id: string, kind: string) => {
  const { matrix } = await openPlan.run(cast.lea, { id })
  return (matrix ?? []).filter((row) => row.kind === kind).map((row) => [row.nth, row.action?.what ?? row.accepted])
}
const told = async (id: string) => (await openTimeline.run(cast.lea, { id })).events.map((event) => event.kind)
const withdraw = async (id: string, kind: string, at = 0, who = cast.lea) =>
  withdrawPerson.run(who, { id, person: (await peopleOf(id, kind))[at]?.id, why })

test('one of several who used violence goes, and what was agreed about the other stays the other’s', async () => {
  const id = await referCase(cast.lea)
  const task = {
    id,
    owner: cast.mall.id,
    dueOn: today(),
    contact: 'none',
    what: 'Näidis: vestlus',
    result: 'Näidis: käidud',
  }
  const { action } = await addAction.run(cast.lea, task)
  await addPerpetrator.run(cast.mall, { id, ...brother })
  await answerRisk.run(cast.lea, { id, kind: 'perpetrator', nth: '1', way: 'action', action })
  await answerRisk.run(cast.lea, { id, kind: 'perpetrator', nth: '2', way: 'accepted', accepted: 'Näidis: vahi all' })
  const [first] = await peopleOf(id, 'perpetrator')
  const asked = await openWithdraw.run(cast.mall, { id, person: first?.id })
  expect(asked).toMatchObject({ person: { kind: 'perpetrator', nth: 1 }, may: true, left: 1, actions: 1 })
  await expect(withdrawPerson.run(cast.mall, { id, person: first?.id, why: ' ' })).rejects.toBeInstanceOf(Invalid)
  await withdraw(id, 'perpetrator', 0, cast.mall)
  expect(await nth(id, 'perpetrator')).toEqual([2])
  expect(await planOf(id, 'perpetrator')).toEqual([[2, 'Näidis: vahi all']])
  // What was agreed stays agreed until somebody ends it.
  expect((await openPlan.run(cast.lea, { id })).actions).toMatchObject([{ id: action, state: 'open' }])
  expect((await told(id))[0]).toBe('perpetrator-withdrawn')
  const { rows } = await cast.admin.query(
    `select withdrawn_by, withdrawn_sealed is not null as said, superseded_at is not null as gone from case_person where id = $1`,
    [first?.id],
  )
  expect(rows).toEqual([{ withdrawn_by: cast.mall.id, said: true, gone: true }])
  const look = { id, what: 'identity', item: first?.id, purpose: 'verify' }
  await expect(revealValue.run(cast.lea, look)).rejects.toBeInstanceOf(NotFound)
})

test('a case keeps the only one who used violence, who may be corrected, and its victim', async () => {
  const id = await referCase(cast.lea)
  const [only] = await peopleOf(id, 'perpetrator')
  expect((await openWithdraw.run(cast.lea, { id, person: only?.id })).may).toBe(false)
  await expect(withdraw(id, 'perpetrator')).rejects.toMatchObject({ said: { key: 'cases.withdraw.last' } })
  await expect(withdraw(id, 'victim')).rejects.toBeInstanceOf(NotFound)
  const [victim] = await peopleOf(id, 'victim')
  await expect(openWithdraw.run(cast.lea, { id, person: victim?.id })).rejects.toBeInstanceOf(NotFound)
  expect(await nth(id, 'perpetrator')).toEqual([null])
})

test('of two who take out the last two at once one is refused', async () => {
  const id = await referCase(cast.lea)
  await addPerpetrator.run(cast.lea, { id, ...brother })
  const [first, second] = await peopleOf(id, 'perpetrator')
  const both = await Promise.allSettled([
    withdrawPerson.run(cast.lea, { id, person: first?.id, why }),
    withdrawPerson.run(cast.mall, { id, person: second?.id, why }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await peopleOf(id, 'perpetrator')).toHaveLength(1)
})

test('a child is counted no more; with the last one the duty to tell child protection falls away, done by nobody', async () => {
  const children = { ...typed.children, told: 'no', toldOn: '', toldWhom: '', notToldWhy: 'Näidis: hommikul' }
  const id = await referCase(cast.lea, { children })
  await answerRisk.run(cast.lea, { id, kind: 'child', nth: '2', way: 'accepted', accepted: 'Näidis: isa juures' })
  expect((await openCase.run(cast.lea, { id })).head.tasks.map(({ kind }) => kind)).toContain('tell-child-protection')
  await withdraw(id, 'child')
  expect([await nth(id, 'child'), (await openCase.run(cast.lea, { id })).facts.childCount]).toEqual([[2], 1])
  expect(await planOf(id, 'child')).toEqual([[2, 'Näidis: isa juures']])
  expect((await openCase.run(cast.lea, { id })).head.tasks.map(({ kind }) => kind)).toContain('tell-child-protection')
  await withdraw(id, 'child')
  const { head, facts } = await openCase.run(cast.lea, { id })
  expect([facts.childCount, head.tasks.filter(({ kind }) => kind === 'tell-child-protection')]).toEqual([0, []])
  expect((await told(id)).slice(0, 2).toSorted()).toEqual(['child-withdrawn', 'task-gone'])
  expect(await told(id)).not.toContain('task-done')
  // Whoever is written down next has a number of their own.
  await addChild.run(cast.lea, { id, birthYear: '2020' })
  expect([await nth(id, 'child'), await planOf(id, 'child')]).toEqual([[3], [[3, null]]])
})

test('children whom a workbook only counted keep their numbers before those who are known', async () => {
  const id = await referCase(cast.lea, { children: { childCount: '0' } })
  await cast.admin.query('update case_file set child_count = 2 where id = $1', [id])
  await addChild.run(cast.lea, { id, birthYear: '2020' })
  expect([await nth(id, 'child'), (await planOf(id, 'child')).map(([at]) => at)]).toEqual([[3], [1, 2, 3]])
  await withdraw(id, 'child')
  expect((await planOf(id, 'child')).map(([at]) => at)).toEqual([1, 2])
})

test('no later case is found by whoever was taken out', async () => {
  const first = await referCase(cast.lea, { source: { source: 'police', referredOn: '01.10.2026' } })
  await addPerpetrator.run(cast.lea, { id: first, ...brother })
  const id = await referCase(cast.lea, { perpetrator: brother })
  const known = async () => (await openRepeat.run(cast.lea, { id })).known.find((one) => one.id === first)
  expect((await known())?.pair).toBe(true)
  await withdraw(first, 'perpetrator', 1)
  expect((await known())?.pair).toBe(false)
})

test('a wall that stood because of them stands until two people lift it, and the auditor reads why that may be; no new one is raised', async () => {
  const code = '60001019906'
  const own = 'insert into own_code (person_id, network_id, code_index) values ($1, $2, $3)'
  const index = blindIndex(cast.networks.ida, code)
  await cast.admin.query(own, [cast.mall.id, cast.networks.ida, index])
  const id = await referCase(cast.lea)
  await addPerpetrator.run(cast.lea, { id, ...brother, nationalId: code })
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  const wall = (await cast.admin.query('select id from wall where case_id = $1', [id])).rows[0]?.id
  expect((await openWall.run(cast.aino, { id: wall })).wall.outlived).toBe(false)
  await withdraw(id, 'perpetrator', 1)
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await openWall.run(cast.aino, { id: wall })).wall).toMatchObject({ outlived: true, state: 'stands' })
  await cast.admin.query('delete from own_code where person_id = $1', [cast.lou.id])
  await cast.admin.query(own, [cast.lou.id, cast.networks.ida, index])
  const { rows } = await cast.admin.query('select person_id from wall where case_id = $1', [id])
  expect(rows).toEqual([{ person_id: cast.mall.id }])
})

test('whoever was corrected meanwhile is not taken out unread', async () => {
  const id = await referCase(cast.lea)
  await addPerpetrator.run(cast.lea, { id, ...brother })
  const person = (await peopleOf(id, 'perpetrator'))[1]?.id
  await correctPerson.run(cast.lea, { id, person, ...brother, givenName: 'Olev', why: 'Näidis' })
  const now = (await peopleOf(id, 'perpetrator'))[1]?.id
  await expect(withdrawPerson.run(cast.lea, { id, person, why })).rejects.toBeInstanceOf(Conflict)
  expect((await openWithdraw.run(cast.lea, { id, person })).person.id).toBe(now)
  await withdrawPerson.run(cast.lea, { id, person, seen: now, why })
  await expect(withdrawPerson.run(cast.lea, { id, person: now, why })).rejects.toBeInstanceOf(NotFound)
  const again = { id, person: now, ...brother, why: 'Näidis' }
  await expect(correctPerson.run(cast.lea, again)).rejects.toBeInstanceOf(NotFound)
})

test('Max cannot, others may not try, and a closed case lets nobody go', async () => {
  const id = await referCase(cast.lea)
  const person = (await peopleOf(id, 'child'))[0]?.id
  for (const operation of [openWithdraw, withdrawPerson]) {
    await expect(operation.run(cast.max, { id, person, why })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.sirje, cast.aino])
      await expect(operation.run(who, { id, person, why })).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await expect(withdrawPerson.run(cast.lea, { id, person, why })).rejects.toBeInstanceOf(Conflict)
})

const deed = fc.record({
  do: fc.constantFrom('add', 'withdraw', 'correct'),
  kind: fc.constantFrom('child', 'perpetrator'),
  at: fc.nat(3),
})

test('6 walks of ten steps: a number is one person’s for good, and the plan asks of exactly those who are there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 10 }), async (walk) => {
      const id = await referCase(cast.lea)
      const there: Record<string, number[]> = { child: [1, 2], perpetrator: [1] }
      const most: Record<string, number> = { child: 2, perpetrator: 1 }
      for (const one of walk) {
        const live = there[one.kind] ?? []
        const people = await peopleOf(id, one.kind)
        const at = live.length ? one.at % live.length : 0
        if (one.do === 'add') {
          if (one.kind === 'child') await addChild.run(cast.lea, { id, birthYear: '2019' })
          else await addPerpetrator.run(cast.lea, { id, ...brother })
          most[one.kind] = (most[one.kind] ?? 0) + 1
          live.push(most[one.kind] ?? 0)
        } else if (people[at] && one.do === 'correct') {
          const facts = one.kind === 'child' ? { birthYear: '2016' } : brother
          await correctPerson.run(cast.lea, { id, person: people[at]?.id, ...facts, why: 'Näidis' })
        } else if (people[at]) {
          const going = withdrawPerson.run(cast.lea, { id, person: people[at]?.id, why })
          if (one.kind === 'perpetrator' && live.length === 1) await expect(going).rejects.toBeInstanceOf(Conflict)
          else {
            await going
            live.splice(at, 1)
          }
        }
        const shown = await nth(id, one.kind)
        expect(shown).toEqual(one.kind === 'perpetrator' && most.perpetrator === 1 ? [null] : live)
        expect((await planOf(id, one.kind)).map(([number]) => number)).toEqual(live)
        expect((await openCase.run(cast.lea, { id })).facts.childCount).toBe(there.child?.length)
      }
    }),
    { numRuns: 6 },
  )
})
