// Does somebody see of whom no personal code is known, and never a code?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { asPerson } from '../../core/db.server.ts'
import { Refused } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import { countUncoded, listUncoded, setCode } from './codes.server.ts'

const origin = 'http://localhost:3000'
const code = '47101010033'
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

const named = async (who: 'ott' | 'aino') => (await listUncoded.run(cast[who], {})).map(({ name }) => name)

test('administrator and auditor see who works with cases without a known code, and how many they are', async () => {
  const all = await named('ott')
  expect(all).toEqual(await named('aino'))
  for (const who of [cast.kim, cast.peep, cast.lea, cast.mall, cast.max, cast.sirje, cast.lou, cast.aino])
    expect(all).toContain(who.name)
  // Whoever sees no case needs no wall.
  for (const who of [cast.ott, cast.tiia, cast.jaan]) expect(all).not.toContain(who.name)
  for (const who of [cast.ott, cast.aino]) expect(await asPerson('read', who.claim, countUncoded)).toBe(all.length)
})

test('whose code was written down, whose role has ended and whose account is closed, is no longer there', async () => {
  await setCode.run(cast.ott, { id: cast.lea.id, personalCode: code })
  expect(await named('aino')).not.toContain(cast.lea.name)
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.mall.id])
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.max.id])
  for (const who of [cast.mall, cast.max]) expect(await named('ott')).not.toContain(who.name)
})

test('nobody else sees the list, and no page of it holds a code', async () => {
  for (const who of [cast.kim, cast.lea, cast.lou, cast.sirje])
    await expect(listUncoded.run(who, {})).rejects.toBeInstanceOf(Refused)
  const app = createApp({ origin, secure: false, demo: false })
  const read = async (who: 'ott' | 'aino') =>
    (await newVisitor(app, origin, cast.cookies[who]).get('/people/codes')).text()
  expect(await read('ott')).toContain(`/people/${cast.kim.id}/identity`)
  const seen = await read('aino')
  expect(seen).toContain(cast.kim.name)
  expect(seen).not.toContain('/identity')
  expect(seen + (await read('ott'))).not.toContain(code)
  const { rows } = await cast.admin.query(`select fields::text from audit_event where action = 'people.uncoded.list'`)
  expect(JSON.stringify(rows)).not.toContain(code)
})
