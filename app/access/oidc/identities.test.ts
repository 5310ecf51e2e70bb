// Does a personal code open the account it was linked with, and can nobody link more than is theirs to link?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { testCode } from '../../../test/tara.ts'
import { agree } from '../../../test/two-people.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { sealCode } from '../../volunteers/records.server.ts'
import { newFactor, sealFactor } from '../factor.server.ts'
import { addPerson } from '../people/people.server.ts'
import {
  linkIdentity,
  linkPerson,
  openIdentity,
  openPersonIdentity,
  personBehind,
  unlinkIdentity,
  unlinkPerson,
} from './identities.server.ts'

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  attacker = await openAttacker(cast, { lou: cast.lou.id, kim: cast.kim.id, sys: cast.sys.id, ott: cast.ott.id })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const stale = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 10 * 60_000) })
const letters = async (to: string) =>
  (await cast.admin.query(`select 1 from mail_outbox where person_id = $1 and kind = 'new-way-in'`, [to])).rowCount

test('the administrator links a code: it opens that account, its owner is told, and the code is kept nowhere', async () => {
  await linkPerson.run(cast.ott, { id: cast.lea.id, personalCode: testCode(1) })
  expect(await personBehind(testCode(1))).toEqual({ id: cast.lea.id, roles: ['lead'] })
  expect(await personBehind(testCode(2))).toBeNull()
  expect(await letters(cast.lea.id)).toBe(1)
  expect((await openPersonIdentity.run(cast.ott, { id: cast.lea.id })).linked).not.toBeNull()
  expect((await openIdentity.run(cast.lea, {})).linked).not.toBeNull()
  // Whose code it is, each network knows in its own index: no case with it is shown to her.
  const known = await cast.admin.query('select network_id, code_index from own_code where person_id = $1', [
    cast.lea.id,
  ])
  const wanted = Object.values(cast.networks).map((id) => ({ network_id: id, code_index: blindIndex(id, testCode(1)) }))
  expect(known.rows).toHaveLength(2)
  expect(known.rows).toEqual(expect.arrayContaining(wanted))
  const { rows } = await cast.admin.query<{ row: string }>(
    `select t::text as row from person_identity t union all select t::text from audit_event t union all select t::text from once t`,
  )
  expect(rows.map(({ row }) => row).join('\n')).not.toContain(testCode(1))
})

test('an account made with a code can be opened with it as soon as a second person has confirmed its role', async () => {
  const made = await addPerson.run(cast.ott, {
    ...{
      name: 'Uus Näidis',
      email: 'uus@naidis.example',
      role: 'trainer',
      personalCode: testCode(5),
      reason: 'Näidis-käskkiri 7',
    },
    ...{ validFrom: '01.01.2026', validTo: '31.12.2028' },
  })
  expect(await personBehind(testCode(5))).toBeNull()
  await agree(cast.peep)
  expect(await personBehind(testCode(5))).toEqual({ id: made.id, roles: ['trainer'] })
})

test('a code opens one account, an account is opened by one code', async () => {
  for (const input of [
    { id: cast.tiia.id, personalCode: testCode(1) },
    { id: cast.lea.id, personalCode: testCode(3) },
  ])
    await expect(linkPerson.run(cast.ott, input)).rejects.toBeInstanceOf(Conflict)
  await expect(linkIdentity.run(cast.max, { code: testCode(1) })).rejects.toBeInstanceOf(Conflict)
  expect(await personBehind(testCode(1))).toMatchObject({ id: cast.lea.id })
})

test('no code is linked to somebody who is not there', async () => {
  const nobody = { id: cast.volunteer, personalCode: testCode(5) }
  await expect(linkPerson.run(cast.ott, nobody)).rejects.toBeInstanceOf(NotFound)
})

test('a code with a slip is told at its field, and not repeated', async () => {
  const wrong = `${testCode(6).slice(0, 10)}${(Number(testCode(6)[10]) + 1) % 10}`
  const refused = linkPerson.run(cast.ott, { id: cast.tiia.id, personalCode: wrong })
  await expect(refused).rejects.toMatchObject({
    fields: { personalCode: { key: 'core.error.personalCode', args: {} } },
  })
  await expect(linkIdentity.run(cast.max, { code: wrong })).rejects.toBeInstanceOf(Refused)
})

test('nobody links without a fresh proof, their own account from outside, or another’s', async () => {
  const input = { id: cast.tiia.id, personalCode: testCode(7) }
  await expect(linkPerson.run(stale(cast.ott), input)).rejects.toBeInstanceOf(Refused)
  await expect(linkIdentity.run(stale(cast.max), { code: testCode(7) })).rejects.toBeInstanceOf(Refused)
  await expect(unlinkIdentity.run(stale(cast.lea), {})).rejects.toBeInstanceOf(Refused)
  await expect(linkPerson.run(cast.ott, { ...input, id: cast.ott.id })).rejects.toBeInstanceOf(Refused)
  await expect(unlinkPerson.run(cast.ott, { id: cast.ott.id })).rejects.toBeInstanceOf(Refused)
  await expect(linkPerson.run(cast.max, input)).rejects.toBeInstanceOf(Refused)
  await expect(linkPerson.run(cast.ott, { ...input, id: cast.sys.id })).rejects.toBeInstanceOf(NotFound)
  expect(await personBehind(testCode(7))).toBeNull()
})

test('unlinking: never one’s last way in; what the link has opened is shut', async () => {
  await expect(unlinkIdentity.run(cast.lea, {})).rejects.toEqual(new Invalid({ '': { key: 'access.identity.last' } }))
  await cast.admin.query(
    `insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, 'x', $2, now())`,
    [cast.lea.id, sealFactor(cast.lea.id, newFactor())],
  )
  const byCard = await signIn(cast.admin, cast.lea.id)
  await cast.admin.query(`update session set method = 'oidc' where id = $1`, [byCard.person.sessionId])
  await unlinkIdentity.run(cast.lea, {})
  expect(await personBehind(testCode(1))).toBeNull()
  expect([await whoBears(byCard.person.claim), (await whoBears(cast.lea.claim))?.id]).toEqual([null, cast.lea.id])
  await expect(unlinkIdentity.run(cast.lea, {})).rejects.toBeInstanceOf(NotFound)
  // The administrator takes a wrong link away, whatever else there is.
  await linkIdentity.run(cast.max, { code: testCode(8) })
  await unlinkPerson.run(cast.ott, { id: cast.max.id })
  expect(await personBehind(testCode(8))).toBeNull()
})

test('the code in a volunteer’s record opens the volunteer’s account; who is more than a volunteer asks the administrator', async () => {
  const write = (code: string) => asPerson('write', cast.kim.claim, (db) => sealCode(db, cast.volunteer, code))
  const role = `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'supervisor', '2020-01-01', '2020-12-31') returning id`
  const { rows } = await cast.admin.query<{ id: string }>(role, [cast.lou.id])
  await write(testCode(10))
  expect(await personBehind(testCode(10))).toBeNull()
  await cast.admin.query('delete from person_role where id = $1', [rows[0]?.id])
  await write(testCode(10))
  expect(await personBehind(testCode(10))).toEqual({ id: cast.lou.id, roles: ['volunteer'] })
  expect(await letters(cast.lou.id)).toBe(1)
  // A code that is written anew does not move the account to another card behind its owner's back.
  await write(testCode(11))
  expect([await personBehind(testCode(11)), (await personBehind(testCode(10)))?.id]).toEqual([null, cast.lou.id])
  await cast.admin.query('delete from person_identity where person_id = $1', [cast.lou.id])
})

const insert = (who: string, by: string) =>
  `insert into person_identity (person_id, subject_index, linked_by) values (':${who}', decode(repeat('ab', 16), 'hex'), ':${by}')`

test.each([
  ['a volunteer gives the coordinator a card', 'lou', insert('kim', 'lou')],
  ['a volunteer links in another’s name', 'lou', insert('lou', 'kim')],
  ['the coordinator links the administrator', 'kim', insert('ott', 'kim')],
  ['the coordinator links herself without a proof of the other', 'kim', insert('ott', 'ott')],
  ['the administrator links the process', 'ott', insert('sys', 'ott')],
  ['the administrator reads an index', 'ott', 'select subject_index from person_identity'],
  ['anybody reads which trips are over', 'ott', 'select 1 from sign_in_trip'],
  ['anybody takes a link over', 'ott', `update person_identity set person_id = ':ott'`],
  ['anybody unlinks by hand', 'ott', 'delete from person_identity'],
  ['the coordinator unlinks another', 'kim', `select identity_unlink(':ott')`],
  ['anybody asks whose last way it is', 'ott', `select identity_is_last(':lou')`],
  ['anybody knocks', 'lou', `select * from door_identity(decode(repeat('ab', 16), 'hex'))`],
  ['anybody ends a session that is not theirs', 'lou', `select door_replace(':kim', ':kim')`],
] as const)('%s: refused', async (_what, who, statement) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, statement, login)).toBe('42501')
})

test('the coordinator may link a volunteer who is nothing else', async () => {
  expect(await attacker.attempt('kim', insert('lou', 'kim'))).toBe(1)
})

test('what others have linked is not for everybody’s eyes', async () => {
  await linkPerson.run(cast.ott, { id: cast.tiia.id, personalCode: testCode(9) })
  expect(await attacker.attempt('lou', `select 1 from person_identity where person_id <> (select auth_person())`)).toBe(
    0,
  )
})
