// Does the administrator give and take accounts, and nobody else – and not to herself?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { agree } from '../../../test/two-people.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import { helperRole, propose } from '../two-people/confirmations.server.ts'
import {
  addPerson,
  choicesForPerson,
  disablePerson,
  enablePerson,
  endRole,
  giveRole,
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
  reason: 'Alustab detsembris',
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
}

test('the administrator lets somebody in, into one network, when a second person agrees', async () => {
  const made = await addPerson.run(cast.ott, { ...asked, networkId: cast.networks.ida })
  expect((await openPerson.run(cast.ott, made)).holder).toMatchObject({ roles: [], waits: true })
  expect(await agree(cast.peep)).toBe(1)
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
  [{ email: 'g@naidis.example', networkId: '00000000-0000-4000-8000-000000000001' }, 'networkId'],
  [{ email: 'c@naidis.example', validTo: '2025-12-31' }, 'validTo'],
  [{ email: 'e@naidis.example', role: 'referrer' }, 'networkId'],
  [{ email: 'f@naidis.example', role: 'referrer', networkId: '', agency: '' }, 'agency'],
  [{ email: 'd@naidis.example', validFrom: '2020-01-01', validTo: '2020-12-31' }, 'validTo'],
])('an account with %o is not made, and the field says why', async (wrong, field) => {
  const given = addPerson.run(cast.ott, { ...asked, networkId: cast.networks.ida, ...wrong })
  await expect(given).rejects.toSatisfy((error: unknown) => error instanceof Invalid && field in error.fields)
})

test('whoever is not there is given no role', async () => {
  await expect(
    giveRole.run(cast.ott, { ...asked, id: cast.volunteer, networkId: cast.networks.ida }),
  ).rejects.toBeInstanceOf(NotFound)
})

test('nobody else gives accounts or roles, and the database agrees', async () => {
  for (const me of [cast.kim, cast.lou, cast.max]) {
    await expect(addPerson.run(me, asked)).rejects.toBeInstanceOf(Refused)
    await expect(giveRole.run(me, { id: cast.lou.id, ...asked })).rejects.toBeInstanceOf(Refused)
    await expect(endRole.run(me, { id: cast.lou.id, roleId: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(disablePerson.run(me, { id: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(enablePerson.run(me, { id: cast.lou.id })).rejects.toBeInstanceOf(Refused)
    await expect(choicesForPerson.run(me, {})).rejects.toBeInstanceOf(Refused)
    const row = { personId: me.id, role: 'admin', validFrom: '2026-01-01', validTo: '2999-12-31' }
    await expect(
      asPerson('write', me.claim, (db) => db.insertInto('personRole').values(row).execute()),
    ).rejects.toBeInstanceOf(NotFound)
  }
  await expect(listPeople.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
  await expect(openPerson.run(cast.lou, { id: cast.kim.id })).rejects.toBeInstanceOf(Refused)
})

test('the coordinator sees who is in, and of those who help how far they are', async () => {
  const own = `insert into credential (person_id, password_hash, totp_confirmed_at) values ($1, 'x', now())`
  await cast.admin.query(own, [cast.sirje.id])
  await cast.admin.query('delete from passkey where person_id = $1', [cast.lou.id])
  const seen = await listPeople.run(cast.kim, {})
  expect(seen.map((holder) => holder.name)).toContain('Max Näidis-Mets')
  expect(seen.some((holder) => holder.roles.some((holding) => holding.role === 'system'))).toBe(false)
  const told = (name: string) => seen.find((holder) => holder.name.startsWith(name))?.signIn
  expect([told('Max'), told('Lou'), told('Sirje')]).toEqual([null, 'lost', 'ready'])
})

test('a role given today can be taken back today, and is over at once', async () => {
  const role = { role: 'coordinator', validFrom: '2026-01-01', validTo: '2099-12-31', reason: 'Asendab' }
  await giveRole.run(cast.ott, { id: cast.tiia.id, ...role })
  expect((await whoBears(cast.tiia.claim))?.roles).toEqual(['trainer'])
  await agree(cast.kim)
  const { claim } = (await signIn(cast.admin, cast.tiia.id)).person
  expect((await whoBears(claim))?.roles).toContain('coordinator')
  const { holder } = await openPerson.run(cast.ott, { id: cast.tiia.id })
  const given = holder.roles.find((holding) => holding.role === 'coordinator')
  await endRole.run(cast.ott, { id: cast.tiia.id, roleId: given?.id })
  expect(await whoBears(claim)).toBeNull()
  expect((await signIn(cast.admin, cast.tiia.id)).person.roles).toEqual(['trainer'])
})

test('the administrator changes nothing of her own', async () => {
  const mine = { id: cast.ott.id }
  await expect(disablePerson.run(cast.ott, mine)).rejects.toBeInstanceOf(Refused)
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
  await enablePerson.run(cast.ott, { id: cast.jaan.id, way: 'document', reason: 'Naasis' })
  await agree(cast.kim)
  expect((await openPerson.run(cast.ott, { id: cast.jaan.id })).holder.status).toBe('active')
  // Open again, but the old sessions stay dead, and nothing leads in yet.
  expect(await whoBears(other.person.claim)).toBeNull()
  expect((await openPerson.run(cast.ott, { id: cast.jaan.id })).holder.signIn).toBe('lost')
})

test('a helper asked for by the coordinator is nobody yet', async () => {
  const { rows } = await cast.admin.query(
    `insert into person (email, name) values ('abi@naidis.example', 'Näidis-Abi') returning id`,
  )
  await asPerson('write', cast.kim.claim, (db) => propose(db, cast.kim, helperRole('supervisor', rows[0].id)))
  const { holder, history } = await openPerson.run(cast.ott, { id: rows[0].id })
  expect(holder).toMatchObject({ roles: [], waits: true })
  expect(history).toMatchObject([{ role: 'supervisor', proposer: 'Kim Näidis-Koort', decision: null }])
  // What the coordinator asks is asked of those who help, and of nobody else.
  const more = { kind: 'role', role: 'lead', networkId: cast.networks.ida, personId: rows[0].id, reason: 'x' } as const
  const wider = asPerson('write', cast.kim.claim, (db) =>
    propose(db, cast.kim, { ...more, validFrom: '2026-01-01', validTo: '2099-12-31' }),
  )
  await expect(wider).rejects.toBeInstanceOf(NotFound)
})
