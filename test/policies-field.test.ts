// What can somebody who gets a statement of their own past the program do with the devices of support persons: read a token, plant, send, open again?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDevice, revokeDevice } from '../app/field/devices.server.ts'
import { type Attacker, type Login, openAttacker, refusedOr } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { givenSupport } from './support.ts'

recordTests('bypass', 'attempts on devices, each past the program', /gets nowhere$/)
let cast: Cast
let attacker: Attacker
let [device, shut] = ['', '']
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-05-01')
  device = (await makeDevice.run(cast.lou, { kind: 'phone' })).id
  shut = (await makeDevice.run(cast.lou, { kind: 'tablet' })).id
  await revokeDevice.run(cast.lou, { device: shut })
  attacker = await openAttacker(cast, {})
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const attempt = (login: Login, who: CastName | null, text: string) => refusedOr(attacker.attempt(who, text, login))
const nothing = [0, 'refused']
const hash = (name: string) => `sha256('${name}')`

test.each(['lou', 'kim', 'aino', 'ott', 'sys'] as const)('%s reading a token gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const)
    expect(await attempt(login, who, 'select token_hash from field_device')).toBe('refused')
})

test.each(['sirje', 'lea', 'max', 'mall', 'peep', 'aino', 'ott', 'tiia', 'jaan', 'sys'] as const)(
  '%s looking for devices of others gets nowhere',
  async (who) => {
    expect(await attempt('read', who, 'select id from field_device')).toBe(0)
    expect(await attempt('read', who, 'select id from field_entry')).toBe(0)
  },
)

test.each(['sirje', 'lea', 'max', 'kim', 'ott', 'sys'] as const)('%s planting a device gets nowhere', async (who) => {
  const plant = (person: string, name: string) =>
    `insert into field_device (id, person_id, kind, token_hash) values ('${randomUUID()}', '${person}', 'phone', ${hash(name)})`
  expect(nothing).toContain(await attempt('write', who, plant(cast.lou.id, 'a')))
  expect(nothing).toContain(await attempt('write', who, plant(cast[who].id, 'b')))
})

test.each([
  ['sirje', () => device],
  ['max', () => device],
  ['kim', () => device],
  ['lou', () => shut],
] as const)('%s sending under a device that is not theirs to send by gets nowhere', async (who, which) => {
  const text = `insert into field_entry (device_id, id) values ('${which()}', '${randomUUID()}')`
  expect(nothing).toContain(await attempt('write', who, text))
})

const changes = [
  [
    'lou',
    'opening again what was shut',
    () => `update field_device set revoked_at = null, revoked_by = null where id = '${shut}'`,
  ],
  [
    'lou',
    'shutting it in another’s name',
    () => `update field_device set revoked_at = now(), revoked_by = '${cast.kim.id}' where id = '${device}'`,
  ],
  [
    'sirje',
    'shutting another’s',
    () => `update field_device set revoked_at = now(), revoked_by = '${cast.sirje.id}' where id = '${device}'`,
  ],
  [
    'lou',
    'saying when it was last heard of',
    () => `update field_device set contacted_at = now() where id = '${device}'`,
  ],
  [
    'kim',
    'giving it to somebody else',
    () => `update field_device set person_id = '${cast.kim.id}' where id = '${device}'`,
  ],
  ['lou', 'forgetting what has come in', () => 'delete from field_entry'],
  ['kim', 'forgetting a device', () => 'delete from field_device'],
  ['kim', 'having the empty ones forgotten', () => 'select field_forget()'],
  ['lou', 'asking as the door does', () => `select * from door_field(${hash('x')}, false)`],
] as const

test.each(changes)('%s %s gets nowhere', async (who, _, text) => {
  expect(nothing).toContain(await attempt('write', who, text()))
})

test.each(['field_device', 'field_entry'])('the door reading or planting in %s gets nowhere', async (table) => {
  expect(await attempt('door', null, `select * from ${table}`)).toBe('refused')
  expect(await attempt('door', null, `insert into ${table} default values`)).toBe('refused')
})

test('what may be done is done: her own device, shut by herself and by the coordinator', async () => {
  const text = (who: CastName) =>
    `update field_device set revoked_at = now(), revoked_by = '${cast[who].id}' where id = '${device}'`
  for (const who of ['lou', 'kim'] as const) expect(await attempt('write', who, text(who))).toBe(1)
  const send = `insert into field_entry (device_id, id) values ('${device}', '${randomUUID()}')`
  expect(await attempt('write', 'lou', send)).toBe(1)
})
