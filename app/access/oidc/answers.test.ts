// Is an answer believed only from the provider, only in the browser that set out, and only once?
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { changed, code, openTrips, origin, same, type Trips, token } from '../../../test/forged-trips.ts'
import { goodClaims, sendJson } from '../../../test/hostile-provider.ts'
import { client } from '../../../test/tara.ts'
import { now, standAt } from '../../core/clock.server.ts'

let cast: Cast
let trips: Trips
beforeAll(async () => {
  cast = await openCast()
  trips = await openTrips(cast)
})
afterAll(async () => {
  await trips.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))
afterEach(() => {
  standAt(null)
  vi.useRealTimers()
})

const answers: [what: string, why: string, answer: (response: ServerResponse) => void][] = [
  ['a code that it does not know', 'code', (response) => sendJson(response, { error: 'invalid_grant' }, 400)],
  ['a page', 'away', (response) => response.end('<h1>Tere</h1>')],
  ['a list', 'token', (response) => sendJson(response, [])],
  ['an error of its own', 'away', (response) => sendJson(response, { error: 'server_error' }, 500)],
  ['a fault without words', 'away', (response) => response.writeHead(502).end()],
  [
    'another address',
    'away',
    (response) => response.writeHead(302, { location: `${trips.hostile.issuer}/token` }).end(),
  ],
  ['nothing', 'away', (response) => response.destroy()],
]

test.each(answers)('a provider that answers with %s lets nobody in (%s)', async (_what, why, answer) => {
  await trips.expectRefused(why, () => trips.tripWith(async () => answer))
})

test('the second of two equal answers is refused, whoever sends it first', async () => {
  const trip = await trips.setOut('?to=/cases')
  const idToken = await trips.hostile.sign(goodClaims(trips.hostile.issuer, trip, code))
  trips.hostile.answer(token(idToken))
  expect((await trips.comeBack(`code=x&state=${trip.state}`, trip.cookie)).headers.get('refresh')).toBe('0; url=/cases')
  await trips.expectRefused('spent', () => trips.comeBack(`code=x&state=${trip.state}`, trip.cookie))
  // The same token in a trip of its own carries the wrong nonce.
  await trips.expectRefused('nonce', () => trips.tripWith(async () => token(idToken)))
})

test('an answer counts only in the browser that set out, for its own trip, within ten minutes', async () => {
  const [mine, theirs] = [await trips.setOut(), await trips.setOut()]
  trips.hostile.answer(token(await trips.hostile.sign(goodClaims(trips.hostile.issuer, mine, code))))
  const query = `code=x&state=${mine.state}`
  await trips.expectRefused('trip', () => trips.comeBack(query))
  await trips.expectRefused('state', () => trips.comeBack(query, theirs.cookie))
  await trips.expectRefused('trip', () => trips.comeBack(query, `${mine.cookie.slice(0, -4)}AAAA`))
  await trips.expectRefused('trip', () => trips.comeBack(query, 'oidc=x'))
  await trips.expectRefused('state', () => trips.comeBack('code=x', mine.cookie))
  await trips.expectRefused('state', () => trips.comeBack(`${query}&state=${mine.state}`, mine.cookie))
  await trips.expectRefused('state', () => trips.comeBack(`${query}x`, mine.cookie))
  standAt(new Date(Date.now() + 601_000))
  await trips.expectRefused('trip', () => trips.comeBack(query, mine.cookie))
  standAt(null)
  // None of this has ended the trip of the one who really comes back.
  expect((await trips.comeBack(query, mine.cookie)).headers.get('refresh')).toBe('0; url=/')
})

test.each([
  ['an hour fast', 3600],
  ['an hour slow', -3600],
  ['a day fast', 86_400],
  ['a day slow', -86_400],
])('a card is judged by the database’s clock, where the machine’s is %s', async (_, by) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by * 1000 })
  const held = (change: Parameters<Trips['signed']>[0]) => trips.signed(change)
  expect((await held(same)).headers.get('refresh')).toBe('0; url=/')
  const past = Math.floor(now().getTime() / 1000)
  await trips.expectRefused('time', () => held(changed({ exp: past - 60 })))
  await trips.expectRefused('time', () => held(changed({ nbf: past + 60 })))
})

const returned: [what: string, why: string, query: string][] = [
  ['somebody said no', 'cancelled', 'error=access_denied'],
  ['somebody turned back', 'cancelled', 'error=user_cancel'],
  ['the provider did not like what we asked', 'provider', 'error=invalid_scope&error_description=Klahv'],
  ['another provider answers (mix-up)', 'answer', 'code=x&iss=https://teine.example'],
  ['an identity comes along in the address', 'token', 'code=x&id_token=a.b.c'],
  ['the answer is wrapped in a token', 'answer', 'response=a.b.c'],
  ['two codes come', 'token', 'code=x&code=y'],
  ['no code comes', 'token', 'x=y'],
]

test.each(returned)('nobody comes in where %s', async (_what, why, query) => {
  trips.hostile.answer(token(''))
  const trip = await trips.setOut()
  const page = await trips.expectRefused(why, () => trips.comeBack(`${query}&state=${trip.state}`, trip.cookie))
  expect(page).not.toContain('Klahv')
})

test('unknown, closed, without a role today, the process itself: one and the same answer', async () => {
  const bodies = new Set<string>()
  const ask = async () => {
    bodies.add((await trips.expectRefused('unknown', () => trips.signed(same))).replace(/nonce="[^"]*"/g, ''))
  }
  const set = (statement: string) => cast.admin.query(`${statement} where person_id = '${cast.lea.id}'`)
  await set('update person_role set valid_to = current_date - 1')
  await ask()
  await set(`update person_role set valid_to = '2999-12-31'`)
  await set(`update person_identity set person_id = '${cast.sys.id}'`)
  await ask()
  await cast.admin.query('update person_identity set person_id = $1', [cast.lea.id])
  // With the account the link of the card ends.
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.lea.id])
  await ask()
  expect((await cast.admin.query('select 1 from person_identity')).rowCount).toBe(0)
  await cast.admin.query(`update person set status = 'active' where id = $1`, [cast.lea.id])
  await ask()
  expect(bodies.size).toBe(1)
})

test('whoever sends bad answers too often waits, and nothing of it is in the log', async () => {
  const bad = () => trips.tripWith(async () => (response) => sendJson(response, { error: 'invalid_grant' }, 400))
  for (let at = 0; at < 11; at++) expect((await bad()).status).toBe(303)
  const answer = await bad()
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(trips.lines.join('\n')).not.toMatch(new RegExp(`${code}|TESTNUMBER|${client.secret}|eyJ`))
})

test('what answers no trip is never waited for, asks the provider nothing, counts for nobody and does not fill the audit', async () => {
  let asked = 0
  trips.hostile.answer((response) => {
    asked++
    response.destroy()
  })
  const told = async () =>
    (await cast.admin.query(`select 1 from audit_event where action = 'access.oidcFailed'`)).rowCount ?? 0
  const before = await told()
  const trip = await trips.setOut()
  const where = new Set<string>()
  for (let at = 0; at < 20; at++) {
    const answer = await trips.comeBack(`code=x&state=${at}`, at % 2 ? trip.cookie : '')
    where.add(`${answer.status} ${answer.headers.get('location')}`)
  }
  expect([...where]).toEqual(['303 /sign-in/oidc/trouble?why=late&for=sign-in&to=%2F'])
  expect((await told()) - before).toBeLessThan(10)
  expect((await cast.admin.query('select 1 from sign_in_attempt')).rowCount).toBe(1)
  // Of two that come at once with the same trip, one is looked at.
  const both = [0, 1].map(() => trips.comeBack(`code=x&state=${trip.state}`, trip.cookie))
  expect((await Promise.all(both)).map(({ headers }) => headers.get('location')).toSorted()).toEqual(
    ['away', 'late'].map((why) => `/sign-in/oidc/trouble?why=${why}&for=sign-in&to=%2F`),
  )
  expect(asked).toBe(1)
})

test.each([
  '//kuri.example',
  'https://kuri.example',
  '/\\kuri.example',
  '/sign-in/oidc/back?code=x',
  '/exit',
  '/%2f/kuri.example',
])('the way back never leads to %s', async (to) => {
  await trips.link(cast.lea.id)
  const trip = await trips.setOut(`?to=${encodeURIComponent(to)}`)
  trips.hostile.answer(token(await trips.hostile.sign(goodClaims(trips.hostile.issuer, trip, code))))
  const answer = await trips.comeBack(`code=x&state=${trip.state}`, trip.cookie)
  const [, next = ''] = /^0; url=(.*)$/.exec(answer.headers.get('refresh') ?? '') ?? []
  expect(new URL(next, origin).origin).toBe(origin)
  expect(new URL(next, origin).pathname).not.toMatch(/^\/(sign-in|exit)/)
})
