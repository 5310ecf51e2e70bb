// Does everybody rule over her own keys, never lose the last way in, and lose what a removed key had opened?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { agree, lastToken } from '../../../test/two-people.ts'
import { asPerson, knock } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears, whoIs } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { openAccount } from '../account/accounts.server.ts'
import { openSession } from '../door.server.ts'
import { codeTyped } from '../invitation/invitation.ts'
import { invitationOf, invite, takeInvitation } from '../invitation/invitations.server.ts'
import { beginRecovery } from '../two-people/recovery.server.ts'
import { addPasskey, listPasskeys, openPasskey, removePasskey, renamePasskey } from './passkeys.server.ts'

let cast: Cast
let me: Person
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from passkey where person_id = $1', [cast.lea.id])
  me = (await signIn(cast.admin, cast.lea.id)).person
})

const input = (name: string) => ({
  name,
  credentialId: Buffer.from(`${name}/${Math.random()}`).toString('base64url'),
  publicKey: 'AQ',
  counter: 0,
  transports: ['internal'],
  backedUp: true,
})
const add = async (of: Person, name = 'Näidis-võti') => (await addPasskey.run(of, input(name))).id
const stale = (of: Person): Person => ({ ...of, provedAt: new Date(Date.now() - 10 * 60_000) })
const way = (key: string) => ({ method: 'passkey', key, device: 'Chrome, Linux' }) as const

test('I see, name and remove my keys; nobody else’s are there for me', async () => {
  const id = await add(me)
  await renamePasskey.run(me, { id, name: 'Turvavõti' })
  expect((await listPasskeys.run(me, {})).keys).toMatchObject([{ id, name: 'Turvavõti', lastUsedAt: null }])
  expect((await openAccount.run(me, {})).passkeys.map((key) => key.id)).toEqual([id])
  for (const operation of [openPasskey, renamePasskey, removePasskey])
    await expect(operation.run(cast.max, { id, name: 'Minu' })).rejects.toBeInstanceOf(NotFound)
  expect((await listPasskeys.run(cast.max, {})).keys).toEqual([])
  const seen = await asPerson('read', cast.max.claim, (db) => db.selectFrom('passkey').select('id').execute())
  expect(seen).toEqual([])
  await expect(renamePasskey.run(me, { id, name: '' })).rejects.toBeInstanceOf(Invalid)
  expect((await listPasskeys.run(me, {})).keys[0]?.name).toBe('Turvavõti')
})

test('keys change only after a fresh proof, whoever asks – and the database knows it by itself', async () => {
  const id = await add(me)
  await expect(addPasskey.run(stale(me), input('x'))).rejects.toBeInstanceOf(Refused)
  await expect(renamePasskey.run(stale(me), { id, name: 'x' })).rejects.toBeInstanceOf(Refused)
  await expect(removePasskey.run(stale(me), { id })).rejects.toBeInstanceOf(Refused)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [me.sessionId])
  await expect(addPasskey.run(me, input('x'))).rejects.toBeInstanceOf(NotFound)
  await expect(renamePasskey.run(me, { id, name: 'x' })).rejects.toBeInstanceOf(NotFound)
  await expect(removePasskey.run(me, { id })).rejects.toBeInstanceOf(NotFound)
})

test('nobody gives a key to somebody else, moves one, or turns its count back', async () => {
  const id = await add(me)
  const attempts = [
    `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ('${cast.max.id}', '\\x77', '\\x01', false, 'x')`,
    `update passkey set person_id = '${cast.max.id}' where id = '${id}'`,
    `update passkey set counter = 0 where id = '${id}'`,
    `update passkey set public_key = '\\x02' where id = '${id}'`,
    `delete from passkey where id = '${id}'`,
    `delete from spent_challenge`,
    `select * from spent_challenge`,
    `select * from door_passkeys(null, 'lea@naidis.example')`,
    `update session set passkey_id = '${id}'`,
  ]
  for (const attempt of attempts) {
    await cast.admin.query('begin')
    await cast.admin.query(`set local role tugivork_write; set local app.claim = '${me.claim}'`)
    await expect(cast.admin.query(attempt), attempt).rejects.toMatchObject({ code: '42501' })
    await cast.admin.query('rollback')
  }
})

test('the last way in stays; with another key, or a password that has its second factor, it may go', async () => {
  const id = await add(me)
  await expect(removePasskey.run(me, { id })).rejects.toBeInstanceOf(Conflict)
  const other = await add(me, 'Teine')
  await removePasskey.run(me, { id })
  await expect(removePasskey.run(me, { id: other })).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(`insert into credential (person_id, password_hash) values ($1, 'x')`, [cast.lea.id])
  await expect(removePasskey.run(me, { id: other })).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query('update credential set totp_confirmed_at = now() where person_id = $1', [cast.lea.id])
  await removePasskey.run(me, { id: other })
  await cast.admin.query('delete from credential where person_id = $1', [cast.lea.id])
})

test('of two keys removed at the same moment one stays', async () => {
  const keys = [await add(me), await add(me, 'Teine')]
  const done = await Promise.allSettled(keys.map((id) => removePasskey.run(me, { id })))
  expect(done.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await listPasskeys.run(me, {})).keys).toHaveLength(1)
})

test('whoever came in by a key goes out with it; the other sessions stay', async () => {
  const [id] = [await add(me), await add(me, 'Teine')]
  const mine = await whoIs(await openSession(me, way(id), null))
  expect((await openPasskey.run(mine ?? me, { id })).mine).toBe(true)
  expect((await openPasskey.run(me, { id })).mine).toBe(false)
  await removePasskey.run(me, { id })
  expect([await whoBears(mine?.claim ?? ''), (await whoBears(me.claim))?.id]).toEqual([null, cast.lea.id])
  const { rows } = await cast.admin.query(
    `select object_id from audit_event where action = 'passkey.remove' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ object_id: id }])
})

test('whom two people let back in has lost the old keys', async () => {
  await add(me)
  await beginRecovery.run(cast.ott, { id: cast.lea.id, way: 'video', reason: 'Telefon kadus' })
  await agree(cast.peep)
  const { code } = await invite.run(cast.ott, { id: cast.lea.id })
  const link = await invitationOf(await lastToken(cast))
  expect((await takeInvitation(link?.id ?? '', codeTyped(code)))?.id).toBe(cast.lea.id)
  const left = await cast.admin.query('select 1 from passkey where person_id = $1', [cast.lea.id])
  expect(left.rowCount).toBe(0)
  expect(await knock('door_passkeys', [cast.lea.id, null])).toEqual([])
  await cast.admin.query('delete from credential where person_id = $1', [cast.lea.id])
})
