// Is enough enough for one person, counted one by one, and does nobody lose what they typed or wonder when it goes on?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { declarePerson } from '../../access/walls/relations.server.ts'
import { createApp } from '../../app.tsx'
import { listVolunteers } from '../../volunteers/volunteers.server.ts'
import { TooMany } from '../errors.ts'
import { logTo } from '../log.server.ts'
import { csrfToken } from '../session.server.ts'

const origin = 'http://localhost:3000'
const told = { personalCode: '47101010033', kind: 'other', label: 'seos' }
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  await allow('codesPerDay', 2)
  await allow('searchesPerHour', 10)
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from declared_code; delete from declared_relation'))

const allow = (name: string, value: number) =>
  cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ($1, $2, current_date, 'Näidis', $3)`,
    [name, JSON.stringify(value), cast.kim.id],
  )
const declared = async (who: CastName) =>
  (await cast.admin.query('select 1 from declared_relation where person_id = $1', [cast[who].id])).rowCount

test('after so many a day it is enough, for this person and until midnight; the refusal is in the log', async () => {
  for (let turn = 0; turn < 2; turn++) await declarePerson.run(cast.lea, told)
  const refused = await declarePerson.run(cast.lea, told).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(TooMany)
  expect(refused).toMatchObject({ said: { key: 'core.turn.code', args: { time: '00.00' } } })
  expect((refused as TooMany).seconds).toBeGreaterThan(0)
  expect((refused as TooMany).seconds).toBeLessThanOrEqual(86_400)
  await declarePerson.run(cast.mall, told)
  const { rows } = await cast.admin.query(
    `select actor from audit_event where action = 'relation.person' and result = 'refused'`,
  )
  expect(rows).toEqual([{ actor: cast.lea.id }])
})

test('what is sent at once is counted one by one, and the same form twice is one', async () => {
  const once = randomUUID()
  for (let turn = 0; turn < 3; turn++) await declarePerson.run(cast.jaan, told, once)
  const results = await Promise.allSettled(Array.from({ length: 4 }, () => declarePerson.run(cast.jaan, told)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await declared('jaan')).toBe(2)
})

test('the form says from when on it goes on, to people and to programs, and keeps what was typed', async () => {
  const app = createApp({ origin, secure: false, demo: true })
  const post = () => {
    const body = new URLSearchParams({
      _csrf: csrfToken(cast.tiia),
      _once: randomUUID(),
      ...told,
      label: 'Näidis-vend',
    })
    const headers = { cookie: `sid=${cast.cookies.tiia}`, origin }
    return app.request(`${origin}/account/relations/new`, { method: 'POST', headers, body })
  }
  for (let turn = 0; turn < 2; turn++) expect((await post()).status).toBe(303)
  const answer = await post()
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  const page = await answer.text()
  expect(page).toContain('Uuesti saab homme')
  expect(page).toContain('value="Näidis-vend"')
  expect(await declared('tiia')).toBe(2)
})

test('searching is counted, looking at the list is not', async () => {
  for (let turn = 0; turn < 10; turn++) await listVolunteers.run(cast.kim, { q: 'lou' })
  await expect(listVolunteers.run(cast.kim, { q: 'lou' })).rejects.toMatchObject({ said: { key: 'core.turn.search' } })
  for (let turn = 0; turn < 12; turn++) await listVolunteers.run(cast.kim, {})
})

test('whoever opens more pages in a minute than a person can waits for the rest of it; forms, and other people, do not', async () => {
  const app = createApp({ origin, secure: false, demo: true })
  const look = (who: CastName) => app.request(`${origin}/account`, { headers: { cookie: `sid=${cast.cookies[who]}` } })
  await allow('looksPerMinute', 30)
  const statuses: number[] = []
  for (let turn = 0; turn < 40; turn++) statuses.push((await look('peep')).status)
  const served = statuses.filter((status) => status === 200).length
  expect(served).toBeGreaterThan(5)
  expect(served).toBeLessThanOrEqual(30)
  expect(statuses.slice(served)).toEqual(Array(40 - served).fill(429))
  const answer = await look('peep')
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect(await answer.text()).toContain('Viimase minuti jooksul on avatud väga palju lehti')
  expect((await look('ott')).status).toBe(200)
  const body = new URLSearchParams({ _csrf: csrfToken(cast.peep), _once: randomUUID(), ...told, label: 'Näidis-õde' })
  const headers = { cookie: `sid=${cast.cookies.peep}`, origin }
  expect((await app.request(`${origin}/account/relations/new`, { method: 'POST', headers, body })).status).toBe(303)
})
