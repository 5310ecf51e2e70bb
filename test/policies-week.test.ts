// Can anybody learn which entries were not read, what waits for whom, or put something into the one letter that has numbers in it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logVisit } from '../app/support/visit/visits.server.ts'
import { type Attacker, openAttacker } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { dayFromNow } from './substitution.ts'
import { givenSupport, usualVisit } from './support.ts'

recordTests('bypass', 'attempts on what waits to be read and on the letter of the week', /gets nowhere$/)

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const { assignment } = await givenSupport(cast, dayFromNow(-300))
  await logVisit.run(cast.lou, { ...usualVisit, assignment, day: dayFromNow(0) })
  await cast.admin.query(`update visit set recorded_at = recorded_at - interval '100 days'`)
  attacker = await openAttacker(cast, {})
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const everybody: CastName[] = [
  'kim',
  'lou',
  'max',
  'lea',
  'mall',
  'sirje',
  'peep',
  'aino',
  'ott',
  'tiia',
  'jaan',
  'sys',
]
const but = (who: CastName) => everybody.filter((one) => one !== who)
const long = 'select 1 from unread_long() where entries = 1'
const waiting = 'select 1 from week_waiting() where entries = 1'

test('what is meant to work does', async () => {
  expect(await attacker.attempt('kim', long, 'read')).toBe(1)
  expect(await attacker.attempt('sys', waiting, 'write')).toBe(1)
  expect(await attacker.attempt('sys', `select 1 where week_letters('2026-11-23') = 1`, 'write')).toBe(1)
})

test.each(but('kim'))('%s asking how many entries nobody has read gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, long, login)).toBe(0)
})

test.each(but('sys'))('%s asking what waits for whom gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, waiting, login)).toBe(0)
})

test.each(everybody)(
  '%s asking which entries they are, or putting numbers into a letter, gets nowhere',
  async (who) => {
    for (const login of ['read', 'write'] as const)
      expect(await attacker.attempt(who, 'select * from entries_unread()', login)).toBe('42501')
    const letter = `insert into mail_outbox (person_id, kind, counts) values ('${cast.lou.id}', 'week', '{1,1,1,1}')`
    expect(await attacker.attempt(who, letter, 'write')).toBe('42501')
    const over = `update mail_outbox set counts = '{1,1,1,1}'`
    expect([0, '42501']).toContain(await attacker.attempt(who, over, 'write'))
  },
)

test.each(but('sys'))('%s having the letters of a week written gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const)
    expect(await attacker.attempt(who, `select week_letters('2026-11-23')`, login)).toBe('42501')
})

test('the process having them written from where nothing is written gets nowhere', async () => {
  expect(await attacker.attempt('sys', `select week_letters('2026-11-23')`, 'read')).toBe('42501')
})
