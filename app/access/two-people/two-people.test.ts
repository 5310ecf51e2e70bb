// Does it really take two – never the one who asks, never the one it is for, and once only?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { agree, lettersOf } from '../../../test/two-people.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { addPerson, disablePerson, enablePerson, endRole, giveRole, openPerson } from '../people/people.server.ts'
import {
  confirm,
  confirmMany,
  helperRole,
  listConfirmations,
  openConfirmation,
  propose,
  refuse,
  waitingForMe,
  withdraw,
} from './confirmations.server.ts'

let cast: Cast
let olev: Person
beforeAll(async () => {
  cast = await openCast()
  // A second administrator, so that one can ask and the other decide.
  await cast.admin.query(`with made as (insert into person (email, name) values ('olev@naidis.example', 'Olev Näidis-Oks') returning id)
    insert into person_role (person_id, role, valid_from, valid_to) select id, 'admin', '2020-01-01', '2999-12-31' from made`)
  const { rows } = await cast.admin.query(`select id from person where email = 'olev@naidis.example'`)
  olev = (await signIn(cast.admin, rows[0].id)).person
})
afterAll(() => cast.close())

const role = { role: 'trainer', validFrom: '2026-01-01', validTo: '2099-12-31', reason: 'Näidis-põhjus' }
const rolesOf = async (person: { id: string }) => {
  const { rows } = await cast.admin.query('select role from person_role where person_id = $1 order by 1', [person.id])
  return rows.map((row) => row.role)
}
const ask = async (who: Person, whom: Person, more = {}) =>
  (await giveRole.run(who, { id: whom.id, ...role, ...more })).id
const waits = (who: Person) => asPerson('read', who.claim, waitingForMe)

test('a role asked for by one is held only when another has confirmed it, and both names stay', async () => {
  const id = await ask(cast.ott, cast.jaan)
  expect(await rolesOf(cast.jaan)).toEqual(['steering'])
  expect([await waits(cast.ott), await waits(olev), await waits(cast.kim)]).toEqual([0, 1, 0])
  await confirm.run(olev, { id })
  expect(await rolesOf(cast.jaan)).toEqual(['steering', 'trainer'])
  const { history } = await openPerson.run(cast.kim, { id: cast.jaan.id })
  expect(history).toMatchObject([
    { proposer: 'Ott Näidis-Orav', decider: 'Olev Näidis-Oks', decision: 'confirmed', reason: 'Näidis-põhjus' },
  ])
})

test('neither the one who asked nor the one it is for decides, nor anybody without the right', async () => {
  const id = await ask(cast.ott, olev, { role: 'auditor' })
  // Two administrators, and one of them is the one it is for: now the coordinator or the project manager is the second.
  for (const who of [cast.ott, olev, cast.sirje]) {
    await expect(confirm.run(who, { id })).rejects.toBeInstanceOf(NotFound)
    await expect(refuse.run(who, { id, reason: 'x' })).rejects.toBeInstanceOf(NotFound)
  }
  for (const who of [cast.lou, cast.max, cast.mall, cast.aino, cast.tiia])
    await expect(confirm.run(who, { id })).rejects.toBeInstanceOf(Refused)
  expect(await rolesOf(olev)).toEqual(['admin'])
  await confirm.run(cast.peep, { id })
  expect(await rolesOf(olev)).toEqual(['admin', 'auditor'])
  // With the new role the session of before is over.
  olev = (await signIn(cast.admin, olev.id)).person
})

test('where another administrator is there, the coordinator is no second person for other roles', async () => {
  const id = await ask(cast.ott, cast.jaan, { role: 'auditor' })
  await expect(confirm.run(cast.kim, { id })).rejects.toBeInstanceOf(NotFound)
  await confirm.run(olev, { id })
})

test('a refusal has a reason and gives nothing; what was taken back gives nothing either', async () => {
  const first = await ask(cast.ott, cast.tiia, { role: 'steering' })
  await expect(refuse.run(olev, { id: first, reason: ' ' })).rejects.toBeInstanceOf(Invalid)
  await refuse.run(olev, { id: first, reason: 'Ei tunne' })
  const second = await ask(cast.ott, cast.tiia, { role: 'steering' })
  await expect(withdraw.run(olev, { id: second })).rejects.toBeInstanceOf(NotFound)
  await withdraw.run(cast.ott, { id: second })
  for (const id of [first, second]) {
    await expect(confirm.run(olev, { id })).rejects.toBeInstanceOf(Conflict)
    await expect(withdraw.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
  }
  expect(await rolesOf(cast.tiia)).toEqual(['trainer'])
  expect((await openConfirmation.run(olev, { id: first })).decisionReason).toBe('Ei tunne')
})

test('the same is not asked twice while it waits', async () => {
  const id = await ask(cast.ott, cast.tiia, { role: 'auditor' })
  await expect(ask(olev, cast.tiia, { role: 'auditor' })).rejects.toBeInstanceOf(Conflict)
  await withdraw.run(cast.ott, { id })
})

test('of many who decide at once one is heard, and there is one role', async () => {
  for (let round = 0; round < 8; round++) {
    const id = await ask(cast.ott, cast.tiia, { role: 'steering', validFrom: `2026-02-0${round + 1}` })
    const tries = await Promise.allSettled([
      confirm.run(olev, { id }),
      confirm.run(olev, { id }),
      refuse.run(olev, { id, reason: 'Ei' }),
      withdraw.run(cast.ott, { id }),
    ])
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict)
    const { rows } = await cast.admin.query(
      `select (select count(*)::int from person_role where person_id = $1 and valid_from = $2) as given, decision from confirmation where id = $3`,
      [cast.tiia.id, `2026-02-0${round + 1}`, id],
    )
    expect(rows[0].given).toBe(rows[0].decision === 'confirmed' ? 1 : 0)
  }
})

test('what nobody confirmed in time is over', async () => {
  const id = await ask(cast.ott, cast.jaan, { role: 'coordinator' })
  await cast.admin.query(
    `update confirmation set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 minute' where id = $1`,
    [id],
  )
  expect(await waits(olev)).toBe(0)
  await expect(confirm.run(olev, { id })).rejects.toBeInstanceOf(Conflict)
  expect(await rolesOf(cast.jaan)).not.toContain('coordinator')
})

test('the decision wants a fresh proof, by the database as well', async () => {
  const id = await ask(cast.ott, cast.jaan, { role: 'coordinator' })
  const late = { ...olev, provedAt: new Date(Date.now() - 6 * 60_000) }
  await expect(confirm.run(late, { id })).rejects.toBeInstanceOf(Refused)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [olev.sessionId])
  await expect(confirm.run(olev, { id })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update session set proved_at = now() where id = $1`, [olev.sessionId])
  await withdraw.run(cast.ott, { id })
})

test('those who help are confirmed many at once by the project manager, other roles never in bulk', async () => {
  const asked: string[] = []
  for (let n = 0; n < 5; n++) {
    const { rows } = await cast.admin.query(`insert into person (email, name) values ($1, $2) returning id`, [
      `uus${n}@naidis.example`,
      `Näidis-Uus ${n}`,
    ])
    const { id } = await asPerson('write', cast.kim.claim, (db) =>
      propose(db, cast.kim, helperRole('volunteer', rows[0].id)),
    )
    asked.push(id)
  }
  await expect(confirmMany.run(cast.kim, { ids: asked })).rejects.toBeInstanceOf(NotFound)
  const other = await ask(cast.ott, cast.jaan, { role: 'coordinator' })
  await expect(confirmMany.run(olev, { ids: [...asked, other] })).rejects.toBeInstanceOf(NotFound)
  expect(await waits(cast.peep)).toBe(5)
  expect(await confirmMany.run(cast.peep, { ids: asked })).toEqual({ count: 5 })
  expect(await waits(cast.peep)).toBe(0)
  await expect(confirmMany.run(cast.peep, { ids: asked.slice(0, 1) })).rejects.toBeInstanceOf(Conflict)
  await expect(confirmMany.run(cast.peep, { ids: [] })).rejects.toBeInstanceOf(Invalid)
  await withdraw.run(cast.ott, { id: other })
  // One letter for the list that was empty, one for the one who asked – and neither says anything.
  const letters = await lettersOf(cast)
  expect(letters.filter((letter) => letter.includes('To: peep@')).length).toBeLessThanOrEqual(2)
  for (const letter of letters) expect(letter).not.toMatch(/Näidis|tugiisik|roll|MARAC/i)
})

test('a closed account is opened again by two, and nothing else is lifted', async () => {
  await disablePerson.run(cast.ott, { id: cast.mall.id })
  const back = { id: cast.mall.id, way: 'document', reason: 'Naasis puhkuselt' }
  await expect(enablePerson.run(cast.ott, { ...back, reason: '' })).rejects.toBeInstanceOf(Invalid)
  await expect(enablePerson.run(cast.ott, { ...back, way: undefined })).rejects.toBeInstanceOf(Invalid)
  await enablePerson.run(cast.ott, back)
  expect((await openPerson.run(cast.ott, { id: cast.mall.id })).holder).toMatchObject({
    status: 'disabled',
    waits: true,
  })
  const [asked] = (await listConfirmations.run(olev, {})).mine
  await expect(confirm.run(olev, { id: asked?.id })).rejects.toBeInstanceOf(Invalid)
  expect(await agree(olev)).toBe(1)
  expect((await openPerson.run(cast.ott, { id: cast.mall.id })).holder).toMatchObject({
    status: 'active',
    waits: false,
  })
  expect(await whoBears(cast.mall.claim)).toBeNull()
  await expect(enablePerson.run(cast.ott, back)).rejects.toBeInstanceOf(Conflict)
})

test('taking a role away takes one', async () => {
  const { holder } = await openPerson.run(cast.ott, { id: cast.jaan.id })
  const given = holder.roles.find((holding) => holding.role === 'trainer')
  await endRole.run(cast.ott, { id: cast.jaan.id, roleId: given?.id })
  expect((await signIn(cast.admin, cast.jaan.id)).person.roles).not.toContain('trainer')
})

test('where one administrator is alone, the coordinator or the project manager is the second', async () => {
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [olev.id])
  const id = await ask(cast.ott, cast.tiia, { role: 'lead', networkId: cast.networks.ida })
  expect([await waits(cast.kim), await waits(cast.peep)]).toEqual([1, 1])
  await confirm.run(cast.kim, { id })
  expect(await rolesOf(cast.tiia)).toContain('lead')
  // But not for herself.
  const own = await ask(cast.ott, cast.kim, { role: 'admin' })
  await expect(confirm.run(cast.kim, { id: own })).rejects.toBeInstanceOf(NotFound)
  await refuse.run(cast.peep, { id: own, reason: 'Ei ole vaja' })
})

test('who waits for nothing sees nothing', async () => {
  for (const who of [cast.kim, cast.peep, cast.sirje]) expect((await listConfirmations.run(who, {})).mine).toEqual([])
  await expect(listConfirmations.run(cast.lou, {})).rejects.toBeInstanceOf(Refused)
})

// Last, for it opens a database of its own in place of this one.
test('in a house of one the first colleague is let in by one, on the record, and nobody after that', async () => {
  const alone = await openCast()
  try {
    await alone.admin.query(`delete from person_role where role in ('coordinator', 'manager')`)
    const asked = { name: 'Näidis-Esimene', validFrom: '2026-01-01', validTo: '2099-12-31', reason: 'Alustame' }
    // Somebody who could not be a second person is no company.
    const early = addPerson.run(alone.ott, { ...asked, email: 'liige@naidis.example', role: 'trainer' })
    await expect(early).rejects.toMatchObject({ said: { key: 'access.two.nobody' } })
    const made = await addPerson.run(alone.ott, { ...asked, email: 'esimene@naidis.example', role: 'coordinator' })
    expect(made.first).toBe(true)
    const { holder, history } = await openPerson.run(alone.ott, made)
    expect(holder.roles).toMatchObject([{ role: 'coordinator' }])
    expect(history).toMatchObject([{ decision: 'first', decider: null, proposer: 'Ott Näidis-Orav' }])
    const second = await addPerson.run(alone.ott, { ...asked, email: 'teine@naidis.example', role: 'manager' })
    expect(second.first).toBe(false)
    // Not even when the first one has gone again.
    const [given] = holder.roles
    await endRole.run(alone.ott, { id: made.id, roleId: given?.id })
    const third = addPerson.run(alone.ott, { ...asked, email: 'kolmas@naidis.example', role: 'manager' })
    await expect(third).rejects.toMatchObject({ said: { key: 'access.two.nobody' } })
  } finally {
    await alone.close()
  }
})
