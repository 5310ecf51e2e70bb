// Does a wall stand before what was paid for the work in a case, as before all that is of that case – and does the claim still get paid?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from '../../../test/attack.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { pictureOf } from '../../../test/pictures.ts'
import { today } from '../../core/clock.server.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { monthOf } from '../../support/visit/visit.ts'
import { approveExpense, listExpenses, openExpense, receiptFile, returnExpense } from './decide.server.ts'
import { claimExpense, listOwnExpenses, openClaim, withdrawExpense } from './own.server.ts'
import { openPayments } from './payments.server.ts'

let cast: Cast
let attacker: Attacker
let world: World
let colleague: Person
const claims = { ofCase: '', ofNone: '' }
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
  const id = randomUUID()
  await cast.admin.query(
    `with p as (insert into person (id, email, name) values ($1, 'kaie@naidis.example', 'Kaie Näidis-Kuusk') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'coordinator', '2020-01-01', '2999-12-31' from p`,
    [id],
  )
  colleague = (await signIn(cast.admin, id)).person
  const parking = { kind: 'parking', onDate: today(), sum: '2,50', words: 'Parkimine kohtu juures' }
  const file = new File([new Uint8Array(await pictureOf('jpeg'))], 'pilet.jpg')
  claims.ofCase = (await claimExpense.run(cast.lou, { ...parking, file, assignment: world.supportA })).id
  claims.ofNone = (await claimExpense.run(cast.lou, { ...parking, file })).id
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const wall = (who: 'kim' | 'lou') =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast[who].id, world.caseA],
  )
const waiting = async (who: Person) => (await listExpenses.run(who, {})).waits.map(({ id }) => id).toSorted()
const both = () => [claims.ofCase, claims.ofNone].toSorted()

test('the case of a claim is that of its support, and nobody says another', async () => {
  const { rows } = await cast.admin.query('select id, case_id from expense')
  expect(new Map(rows.map((row) => [row.id, row.case_id]))).toEqual(
    new Map([
      [claims.ofCase, world.caseA],
      [claims.ofNone, null],
    ]),
  )
  const said = `insert into expense (volunteer_id, assignment_id, case_id, kind, on_date, cents, sent_by)
    values (':lou', ':supportA', ':caseD', 'other', current_date, 100, ':louPerson')`
  expect(await attacker.attempt('lou', said)).toBe('42501')
  for (const column of ['case_id', 'assignment_id'])
    expect(await attacker.attempt('lou', `update expense set ${column} = null`)).toBe('42501')
})

test('a coordinator who is walled off finds neither the claim, its words, its receipt nor its key, and decides nothing of it', async () => {
  expect(await waiting(cast.kim)).toEqual(both())
  expect(await openExpense.run(cast.kim, { expense: claims.ofCase })).toMatchObject({ number: world.numberA })
  const seen = (what: string, login: 'read' | 'write' = 'read') =>
    attacker.attempt('kim', `select 1 from ${what}`, login)
  const row = `expense where id = '${claims.ofCase}'`
  const key = `sealed_key where owner_id = '${claims.ofCase}'`
  for (const login of ['read', 'write'] as const)
    for (const what of [row, key]) expect(await seen(what, login), what).toBe(1)
  await wall('kim')
  for (const login of ['read', 'write'] as const)
    for (const what of [row, key]) expect(await seen(what, login), what).toBe(0)
  expect(await waiting(cast.kim)).toEqual([claims.ofNone])
  for (const one of [openExpense, receiptFile, approveExpense])
    await expect(one.run(cast.kim, { expense: claims.ofCase })).rejects.toBeInstanceOf(NotFound)
  const back = returnExpense.run(cast.kim, { expense: claims.ofCase, reason: 'x' })
  await expect(back).rejects.toBeInstanceOf(NotFound)
  const decided = `update expense set decision = 'approved', decided_by = ':kim', decided_at = now() where id = '${claims.ofCase}'`
  expect(await attacker.attempt('kim', decided)).toBe(0)
  expect((await openExpense.run(cast.kim, { expense: claims.ofNone })).words).toBe('Parkimine kohtu juures')
})

test('her colleague decides it, and it stands in the colleague’s list of payments', async () => {
  expect(await waiting(colleague)).toEqual(both())
  expect((await receiptFile.run(colleague, { expense: claims.ofCase })).form).toBe('jpg')
  for (const expense of both()) await approveExpense.run(colleague, { expense })
  const month = monthOf(today())
  const paid = async (who: Person) => (await openPayments.run(who, { month })).payments
  expect(await paid(colleague)).toMatchObject([{ claims: 2, cents: 500 }])
  expect(await paid(cast.kim)).toMatchObject([{ claims: 1, cents: 250 }])
})

test('before her own eyes too a case behind a wall is none, whatever she paid in it', async () => {
  const own = async () => (await listOwnExpenses.run(cast.lou, {})).lines.map(({ id }) => id).toSorted()
  const open = await claimExpense.run(cast.lou, {
    ...{ kind: 'car', km: '3', onDate: today(), words: 'Sõit', assignment: world.supportA },
  })
  expect(await own()).toEqual([...both(), open.id].toSorted())
  await wall('lou')
  expect(await own()).toEqual([claims.ofNone])
  for (const one of [openExpense, receiptFile, withdrawExpense])
    await expect(one.run(cast.lou, { expense: open.id })).rejects.toBeInstanceOf(NotFound)
  expect((await openClaim.run(cast.lou, {})).supports.map(({ id }) => id)).not.toContain(world.supportA)
})
