// Does the check of the log find what an owner of the database could do to it?
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../app/access/account/accounts.server.ts'
import { type Cast, openCast } from '../test/cast.ts'
import { readAnchor, verifyLog } from './audit-verify.ts'

let cast: Cast
let client: Client
beforeAll(async () => {
  cast = await openCast()
  client = new Client({ connectionString: cast.urls.adminUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await cast.close()
})

const meddle = (change: string) => cast.admin.query(`alter table audit_event disable trigger all; ${change}`)

test('a whole log is whole, and says what to keep', async () => {
  expect((await verifyLog(client, [])).code).toBe(0)
  for (const me of [cast.kim, cast.lou, cast.max]) await openAccount.run(me, {})
  const { code, text } = await verifyLog(client, [])
  expect([code, text]).toEqual([0, expect.stringMatching(/3 sündmust. Viimane: 3:[0-9a-f]{64}/)])
})

test('the last event is the one with the highest number, beyond the ninth too', async () => {
  const other = await openCast()
  try {
    for (let look = 0; look < 11; look++) await openAccount.run(other.kim, {})
    expect((await verifyLog(other.admin, [])).text).toMatch(/11 sündmust. Viimane: 11:/)
  } finally {
    await other.close()
  }
})

test('a tail cut off is found only with what was kept elsewhere', async () => {
  const kept = readAnchor(/\d+:[0-9a-f]{64}/.exec((await verifyLog(client, [])).text)?.[0] ?? '')
  expect((await verifyLog(client, [kept])).code).toBe(0)
  await meddle('delete from audit_event where seq = 3')
  expect((await verifyLog(client, [])).code).toBe(0)
  expect(await verifyLog(client, [kept])).toEqual({ code: 1, text: expect.stringContaining('sündmust 3 ei ole') })
})

test('a changed event is found, and which one', async () => {
  await meddle(`update audit_event set action = 'nothing' where seq = 2`)
  expect(await verifyLog(client, [])).toEqual({ code: 1, text: expect.stringContaining('sündmuse 2 sisu') })
})

test('an anchor that cannot be read is no anchor', () => {
  expect(() => readAnchor('12')).toThrow('--anchor')
})
