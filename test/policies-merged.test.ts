// Does something open where two stories meet: an erasure and a name, a lot and a wall, a target and who may not count needs?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts where two stories meet', /gets nowhere$/)

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  attacker = await openAttacker(cast, await openWorld(cast))
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const named = `update volunteer set name = code where id = ':lou'`
const hers = ['volunteer_tie', 'volunteer_area', 'volunteer_limit', 'volunteer_away', 'message_copy']
test('a coordinator who erases somebody alone, by writing her code for her name, gets nowhere', async () => {
  await cast.admin.query(
    `insert into volunteer_area (volunteer_id, county_code) select id, '0045' from volunteer where id = $1 on conflict do nothing`,
    [cast.volunteer],
  )
  for (const table of hers) {
    const count = `select 1 from ${table} where volunteer_id = ':lou'`
    expect(await attacker.attempt('kim', `${named}; ${count}`), table).toBe(await attacker.attempt('kim', count))
  }
  expect(await attacker.attempt('kim', `select 1 from volunteer_tie where volunteer_id = ':lou'`)).toBe(1)
})

test('two who agreed still forget her whole', async () => {
  const forgotten = `select erase_volunteer(':lou'); select 1 from volunteer_tie where volunteer_id = ':lou'`
  expect(await attacker.asOwner(forgotten)).toBe(0)
})
