// Does a personal code open the account it was linked with, and can nobody link more than is theirs to link?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { testCode } from '../../../test/tara.ts'
import { agree } from '../../../test/two-people.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { sealCode } from '../../volunteers/records.server.ts'
import { newFactor, sealFactor } from '../factor.server.ts'
import { setCode } from '../people/codes.server.ts'
import { addPerson } from '../people/people.server.ts'
import {
  linkIdentity,
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
  attacker = await openAttacker(cast, {
    ...{ lou: cast.lou.id, kim: cast.kim.id, sys: cast.sys.id, ott: cast.ott.id, max: cast.max.id },
  })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const stale = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 10 * 60_000) })
const letters = async (to: string) =>
  (await cast.admin.query(`select 1 from mail_outbox where person_id = $1 and kind = 'new-way-in'`, [to])).rowCount

test('somebody links her own card: it opens her account, she is told, and the code is kept nowhere in the open', async () => {
  await linkIdentity.run(cast.lea, { code: testCode(1) })
  expect(await personBehind(testCode(1))).toEqual({ id: cast.lea.id, roles: ['lead'] })
  expect(await personBehind(testCode(2))).toBeNull()
  expect(await letters(cast.lea.id)).toBe(1)
  expect((await openPersonIdentity.run(cast.ott, { id: cast.lea.id })).linked).not.toBeNull()
  expect((await openIdentity.run(cast.lea, {})).linked).not.toBeNull()
  await expectWalled(cast.lea.id, testCode(1))
  const { rows } = await cast.admin.query<{ row: string }>(
    `select t::text as row from person_identity t union all select t::text from audit_event t union all select t::text from once t`,
  )
  expect(rows.map(({ row }) => row).join('\n')).not.toContain(testCode(1))
})

// Whose code it is, each network knows in its own index: no case with it is shown to them.
async function expectWalled(who: string, code: string) {
  const known = await cast.admin.query('select network_id, code_index from own_code where person_id = $1', [who])
  const wanted = Object.values(cast.networks).map((id) => ({ network_id: id, code_index: blindIndex(id, code) }))
  expect(known.rows).toHaveLength(2)
  expect(known.rows).toEqual(expect.arrayContaining(wanted))
}

test('what the administrator writes down of another opens nothing: she cannot come in as a lead with a card of her own', async () => {
  // Even after she has shut the card of the lead out.
  await unlinkPerson.run(cast.ott, { id: cast.lea.id })
  await setCode.run(cast.ott, { id: cast.lea.id, personalCode: testCode(2) })
  expect(await personBehind(testCode(2))).toBeNull()
  expect((await openPersonIdentity.run(cast.ott, { id: cast.lea.id })).linked).toBeNull()
  await setCode.run(cast.ott, { id: cast.sirje.id, personalCode: testCode(4) })
  await expectWalled(cast.sirje.id, testCode(4))
  await linkIdentity.run(cast.lea, { code: testCode(1) })
})

test('a code given with a new account opens nothing, however many confirm its role', async () => {
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
  await agree(cast.peep)
  expect(await personBehind(testCode(5))).toBeNull()
  await expectWalled(made.id, testCode(5))
})

test('a code opens one account, an account is opened by one code', async () => {
  await expect(linkIdentity.run(cast.max, { code: testCode(1) })).rejects.toBeInstanceOf(Conflict)
  await expect(linkIdentity.run(cast.lea, { code: testCode(3) })).rejects.toBeInstanceOf(Conflict)
  expect(await personBehind(testCode(1))).toMatchObject({ id: cast.lea.id })
})

test('no code is written down for somebody who is not there', async () => {
  const nobody = { id: cast.volunteer, personalCode: testCode(5) }
  await expect(setCode.run(cast.ott, nobody)).rejects.toBeInstanceOf(NotFound)
})

test('a code with a slip is told at its field, and not repeated', async () => {
  const wrong = `${testCode(6).slice(0, 10)}${(Number(testCode(6)[10]) + 1) % 10}`
  const refused = setCode.run(cast.ott, { id: cast.tiia.id, personalCode: wrong })
  await expect(refused).rejects.toMatchObject({
    fields: { personalCode: { key: 'core.error.personalCode', args: {} } },
  })
  await expect(linkIdentity.run(cast.max, { code: wrong })).rejects.toBeInstanceOf(Refused)
})

test('nobody links without a fresh proof, their own account from outside, or another’s', async () => {
  const input = { id: cast.tiia.id, personalCode: testCode(7) }
  await expect(setCode.run(stale(cast.ott), input)).rejects.toBeInstanceOf(Refused)
  await expect(linkIdentity.run(stale(cast.max), { code: testCode(7) })).rejects.toBeInstanceOf(Refused)
  await expect(unlinkIdentity.run(stale(cast.lea), {})).rejects.toBeInstanceOf(Refused)
  await expect(setCode.run(cast.ott, { ...input, id: cast.ott.id })).rejects.toBeInstanceOf(Refused)
  await expect(unlinkPerson.run(cast.ott, { id: cast.ott.id })).rejects.toBeInstanceOf(Refused)
  await expect(setCode.run(cast.max, input)).rejects.toBeInstanceOf(Refused)
  await expect(setCode.run(cast.ott, { ...input, id: cast.sys.id })).rejects.toBeInstanceOf(NotFound)
  expect(await personBehind(testCode(7))).toBeNull()
})

test('unlinking: never one’s last way in; what the link has opened is shut', async () => {
  await expect(unlinkIdentity.run(cast.lea, {})).rejects.toEqual(new Conflict({ key: 'access.identity.last' }))
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

test('the code that the coordinator writes in a volunteer’s record opens nothing, and still keeps cases from them', async () => {
  await asPerson('write', cast.kim.claim, (db) => sealCode(db, cast.volunteer, testCode(10)))
  expect(await personBehind(testCode(10))).toBeNull()
  expect(await letters(cast.lou.id)).toBe(0)
  await expectWalled(cast.lou.id, testCode(10))
})

const insert = (who: string, by: string) =>
  `insert into person_identity (person_id, subject_index, linked_by) values (':${who}', decode(repeat('ab', 16), 'hex'), ':${by}')`

test.each([
  ['a volunteer gives the coordinator a card', 'lou', insert('kim', 'lou')],
  ['a volunteer links in another’s name', 'lou', insert('lou', 'kim')],
  ['the coordinator links the administrator', 'kim', insert('ott', 'kim')],
  ['the coordinator links herself without a proof of the other', 'kim', insert('ott', 'ott')],
  ['the administrator gives another a card', 'ott', insert('max', 'ott')],
  ['the administrator gives another a card in their name', 'ott', insert('max', 'max')],
  ['the coordinator gives a volunteer a card', 'kim', insert('lou', 'kim')],
  ['the coordinator gives a volunteer a card in their name', 'kim', insert('lou', 'lou')],
  ['the administrator links the process', 'ott', insert('sys', 'ott')],
  ['the administrator reads an index', 'ott', 'select subject_index from person_identity'],
  ['anybody reads which trips are over', 'ott', 'select 1 from sign_in_trip'],
  ['anybody takes a link over', 'ott', `update person_identity set person_id = ':ott'`],
  ['anybody unlinks by hand', 'ott', 'delete from person_identity'],
  ['the coordinator unlinks another', 'kim', `select identity_unlink(':ott')`],
  ['anybody asks whose last way it is', 'ott', `select way_left(':lou', null, false)`],
  ['anybody knocks', 'lou', `select * from door_identity(decode(repeat('ab', 16), 'hex'))`],
  ['anybody ends a session that is not theirs', 'lou', `select door_replace(':kim', ':kim')`],
] as const)('%s: refused', async (_what, who, statement) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, statement, login)).toBe('42501')
})

test('one’s own card one links', async () => {
  expect(await attacker.attempt('kim', insert('kim', 'kim'))).toBe(1)
})

test('a card that others had linked opens nothing, says so, and is linked anew by its owner alone', async () => {
  const subject = blindIndex('person', testCode(11))
  await cast.admin.query(
    `insert into person_identity (person_id, subject_index, linked_by, again_at) values ($1, $2, $3, now())`,
    [cast.peep.id, subject, cast.ott.id],
  )
  expect(await personBehind(testCode(11))).toBe('again')
  expect((await openIdentity.run(cast.peep, {})).linked?.againAt).toBeInstanceOf(Date)
  expect((await openPersonIdentity.run(cast.ott, { id: cast.peep.id })).linked?.againAt).toBeInstanceOf(Date)
  await linkIdentity.run(cast.peep, { code: testCode(11) })
  expect(await personBehind(testCode(11))).toMatchObject({ id: cast.peep.id })
  // Written at the wrong account, it keeps nobody from linking what is theirs.
  await cast.admin.query('update person_identity set person_id = $1, again_at = now() where person_id = $2', [
    cast.aino.id,
    cast.peep.id,
  ])
  await linkIdentity.run(cast.peep, { code: testCode(11) })
  expect(await personBehind(testCode(11))).toMatchObject({ id: cast.peep.id })
  expect((await openIdentity.run(cast.aino, {})).linked).toBeNull()
})

test('nobody writes a code for the process, by whatever way', async () => {
  for (const who of ['ott', 'kim', 'sys'] as const)
    expect(await attacker.attempt(who, `select own_code_set(':sys', '{}'::jsonb, '\\x01')`, 'write')).toBe('42501')
  expect(await attacker.attempt('ott', `select own_code_set(':max', '{}'::jsonb, '\\x01')`, 'write')).toBe(1)
})

test('what others have linked is not for everybody’s eyes', async () => {
  await linkIdentity.run(cast.tiia, { code: testCode(9) })
  for (const who of ['lou', 'kim'] as const)
    expect(await attacker.attempt(who, `select 1 from person_identity where person_id <> (select auth_person())`)).toBe(
      0,
    )
})
