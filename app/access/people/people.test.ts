// Does the administrator give and take accounts, and nobody else – and not to herself?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import { knownBy, secondOf } from '../door.server.ts'
import {
  addPerson,
  choicesForPerson,
  disablePerson,
  enablePerson,
  endRole,
  giveRole,
  issuePassword,
  listPeople,
  openPerson,
} from './people.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const asked = {
  name: 'Uku Näidis-Uus',
  email: 'Uku@naidis.example',
  role: 'member',
  agency: 'politsei',
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
}

test('the administrator lets somebody in, into one network', async () => {
  const made = await addPerson.run(cast.ott, { ...asked, networkId: cast.networks.ida })
  const { holder } = await openPerson.run(cast.ott, made)
  expect(holder).toMatchObject({
    name: 'Uku Näidis-Uus',
    email: 'uku@naidis.example',
    signIn: 'none',
    status: 'active',
  })
  expect(holder.roles).toMatchObject([{ role: 'member', network: 'Ida-Viru', agency: 'politsei' }])
})

test.each([
  [{ email: 'kim@naidis.example' }, 'email'],
  [{ email: 'a@naidis.example', networkId: '' }, 'networkId'],
  [{ email: 'b@naidis.example', role: 'trainer' }, 'networkId'],
  [{ email: 'c@naidis.example', validTo: '2025-12-31' }, 'validTo'],
  [{ email: 'd@naidis.example', validFrom: '2020-01-01', validTo: '2020-12-31' }, 'validTo'],
])('an account with %o is not made, and the field says why', async (wrong, field) => {
  const given = addPerson.run(cast.ott, { ...asked, networkId: cast.networks.ida, ...wrong })
  await expect(given).rejects.toSatisfy((error: unknown) => error instanceof Invalid && field in error.fields)
})

test('nobody else gives accounts or roles, and the database agrees', async () => {
  for (const me of [cast.kim, cast.lou, cast.max]) {
    await expect(addPerson.run(me, asked)).rejects.toBeInstanceOf(Refused)
    await expect(giveRole.run(me, { id: cast.lou.id, ...asked })).rejects.toBeInstanceOf(Refused)
    await expect(endRole.run(me, { id: cast.lou.id, roleId: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(disablePerson.run(me, { id: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(enablePerson.run(me, { id: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(issuePassword.run(me, { id: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(choicesForPerson.run(me, {})).rejects.toBeInstanceOf(Refused)
    const row = { personId: me.id, role: 'admin', validFrom: '2026-01-01', validTo: '2999-12-31' }
    await expect(
      asPerson('write', me.claim, (db) => db.insertInto('personRole').values(row).execute()),
    ).rejects.toBeInstanceOf(NotFound)
  }
  await expect(listPeople.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
  await expect(openPerson.run(cast.lou, { id: cast.kim.id })).rejects.toBeInstanceOf(Refused)
})

test('the coordinator sees who is in, but not how they sign in', async () => {
  const seen = await listPeople.run(cast.kim, {})
  expect(seen.map((holder) => holder.name)).toContain('Max Näidis-Mets')
  expect(seen.some((holder) => holder.roles.some((holding) => holding.role === 'system'))).toBe(false)
  expect(new Set(seen.map((holder) => holder.signIn))).toEqual(new Set(['none']))
})

test('a role given today can be taken back today, and is over at once', async () => {
  await giveRole.run(cast.ott, {
    id: cast.tiia.id,
    role: 'coordinator',
    validFrom: '2026-01-01',
    validTo: '2099-12-31',
  })
  expect((await whoBears(cast.tiia.claim))?.roles).toContain('coordinator')
  const { holder } = await openPerson.run(cast.ott, { id: cast.tiia.id })
  const given = holder.roles.find((holding) => holding.role === 'coordinator')
  await endRole.run(cast.ott, { id: cast.tiia.id, roleId: given?.id })
  expect((await whoBears(cast.tiia.claim))?.roles).toEqual(['trainer'])
})

test('the administrator changes nothing of her own', async () => {
  const mine = { id: cast.ott.id }
  await expect(disablePerson.run(cast.ott, mine)).rejects.toBeInstanceOf(Refused)
  await expect(issuePassword.run(cast.ott, mine)).rejects.toBeInstanceOf(Refused)
  await expect(giveRole.run(cast.ott, { ...asked, ...mine, role: 'coordinator' })).rejects.toBeInstanceOf(Refused)
  const row = { personId: cast.ott.id, role: 'coordinator', validFrom: '2026-01-01', validTo: '2999-12-31' }
  await expect(
    asPerson('write', cast.ott.claim, (db) => db.insertInto('personRole').values(row).execute()),
  ).rejects.toBeInstanceOf(NotFound)
})

test('a change wants a fresh proof', async () => {
  const late = { ...cast.ott, provedAt: new Date(Date.now() - 6 * 60_000) }
  await expect(disablePerson.run(late, { id: cast.jaan.id })).rejects.toBeInstanceOf(Refused)
  await expect(addPerson.run(late, { ...asked, networkId: cast.networks.ida })).rejects.toBeInstanceOf(Refused)
})

test('a closed account is out at once, everywhere, and can be opened again', async () => {
  const other = await signIn(cast.admin, cast.jaan.id)
  await disablePerson.run(cast.ott, { id: cast.jaan.id })
  expect([await whoBears(cast.jaan.claim), await whoBears(other.person.claim)]).toEqual([null, null])
  await expect(disablePerson.run(cast.ott, { id: cast.jaan.id })).rejects.toBeInstanceOf(Conflict)
  await enablePerson.run(cast.ott, { id: cast.jaan.id })
  // Open again, but the old sessions stay dead.
  expect(await whoBears(other.person.claim)).toBeNull()
})

test('a one-time password voids what opened the account before', async () => {
  await cast.admin.query(`insert into recovery_code (person_id, code_hash) values ($1, 'x')`, [cast.mall.id])
  const { password } = await issuePassword.run(cast.ott, { id: cast.mall.id })
  expect(await whoBears(cast.mall.claim)).toBeNull()
  expect(await knownBy('mall@naidis.example', password)).toBe(cast.mall.id)
  expect(await secondOf(cast.mall.id)).toMatchObject({ password_once: true, totp_confirmed: false })
  expect((await cast.admin.query('select 1 from recovery_code where person_id = $1', [cast.mall.id])).rowCount).toBe(0)
  const { holder } = await openPerson.run(cast.ott, { id: cast.mall.id })
  expect(holder.signIn).toBe('once')
})
