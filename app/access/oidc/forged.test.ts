// Is every token refused that does not prove who somebody is, without a session, with an event and a calm page?
import { createHash } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { changed, code, openTrips, same, type Trips, token, without } from '../../../test/forged-trips.ts'
import { goodClaims, sendJson } from '../../../test/hostile-provider.ts'
import { client, testCode } from '../../../test/tara.ts'

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

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

test('a token with which nothing is wrong lets its owner in, by RS256 and by ES256', async () => {
  const before = await trips.sessions()
  expect((await trips.signed(same)).headers.get('refresh')).toBe('0; url=/')
  const hash = createHash('sha256').update('a').digest().subarray(0, 16)
  for (const form of ['base64', 'base64url'] as const)
    expect((await trips.signed(changed({ at_hash: hash.toString(form) }))).status).toBe(200)
  expect((await trips.signed(changed({ aud: [client.id], azp: client.id }))).headers.get('refresh')).toBe('0; url=/')
  expect((await trips.signed(same, { alg: 'ES256', kid: 'two' }, trips.hostile.keys.two)).headers.get('refresh')).toBe(
    '0; url=/',
  )
  expect(await trips.sessions()).toBe(before + 5)
})

const forged: [what: string, why: string, ask: () => ReturnType<Trips['comeBack']>][] = [
  [
    'signed by nobody (none)',
    'token',
    () =>
      trips.tripWith(async (trip) =>
        token(`${part({ alg: 'none' })}.${part(goodClaims(trips.hostile.issuer, trip, code))}.`),
      ),
  ],
  [
    'signed with our own secret (HS256)',
    'token',
    () => trips.signed(same, { alg: 'HS256' }, Buffer.from(client.secret)),
  ],
  [
    'signed with the published key as a secret',
    'token',
    () => trips.signed(same, { alg: 'HS256' }, Buffer.from(JSON.stringify(trips.hostile.published))),
  ],
  ['signed by a stranger under a known name', 'signature', () => trips.signed(same, {}, trips.hostile.keys.stranger)],
  [
    'signed by a key that it brings along',
    'signature',
    () => trips.signed(same, { jwk: trips.hostile.published }, trips.hostile.keys.stranger),
  ],
  ['signed by a key that nobody knows', 'key', () => trips.signed(same, { kid: 'three' }, trips.hostile.keys.stranger)],
  ['that does not name its key', 'key', () => trips.signed(same, { kid: undefined })],
  [
    'signed in a way that we do not accept',
    'token',
    async () => trips.signed(same, { alg: 'RS512' }, (await generateKeyPair('RS512')).privateKey),
  ],
  [
    'whose name of the way is that of another key',
    'key',
    () => trips.signed(same, { alg: 'ES256' }, trips.hostile.keys.two),
  ],
  ['made for another use', 'token', () => trips.signed(same, { typ: 'at+jwt' })],
  [
    'with an extension that must be understood',
    'token',
    () => trips.signed(same, { crit: ['x-näidis'], 'x-näidis': 1 }),
  ],
  [
    'changed after it was signed',
    'signature',
    () =>
      trips.tripWith(async (trip) => {
        const [head, , tail] = (await trips.hostile.sign(goodClaims(trips.hostile.issuer, trip, testCode(2)))).split(
          '.',
        )
        return token(`${head}.${part(goodClaims(trips.hostile.issuer, trip, code))}.${tail}`)
      }),
  ],
  [
    'whose signature was cut off',
    'signature',
    () =>
      trips.tripWith(async (trip) =>
        token((await trips.hostile.sign(goodClaims(trips.hostile.issuer, trip, code))).replace(/[^.]*$/, '')),
      ),
  ],
  ['of two parts', 'token', () => trips.tripWith(async () => token('a.b'))],
  ['of five parts', 'token', () => trips.tripWith(async () => token('a.b.c.d.e'))],
  [
    'that cannot be read',
    'token',
    () => trips.tripWith(async () => token(`${part({ alg: 'RS256', kid: 'one' })}.%%%.x`)),
  ],
  ['of another issuer', 'issuer', () => trips.signed(changed({ iss: 'https://tara.näidis.example' }))],
  ['of almost this issuer', 'issuer', () => trips.signed((claims) => ({ ...claims, iss: `${claims.iss}/` }))],
  ['of no issuer', 'token', () => trips.signed(without('iss'))],
  ['for somebody else', 'audience', () => trips.signed(changed({ aud: 'keegi-teine' }))],
  ['for us and others', 'audience', () => trips.signed(changed({ aud: [client.id, 'keegi-teine'], azp: client.id }))],
  ['for us and others, of nobody', 'audience', () => trips.signed(changed({ aud: [client.id, 'keegi-teine'] }))],
  ['for us twice', 'audience', () => trips.signed(changed({ aud: [client.id, client.id], azp: client.id }))],
  ['asked for by somebody else', 'audience', () => trips.signed(changed({ azp: 'keegi-teine' }))],
  ['for nobody', 'token', () => trips.signed(without('aud'))],
  ['that has expired', 'time', () => trips.signed(changed({ exp: inSeconds(-31) }))],
  ['that never expires', 'token', () => trips.signed(without('exp'))],
  ['whose end is no time', 'token', () => trips.signed(changed({ exp: '2999' }))],
  ['that does not hold yet', 'time', () => trips.signed(changed({ nbf: inSeconds(120) }))],
  ['made before the trip began', 'time', () => trips.signed(changed({ iat: inSeconds(-40) }))],
  ['made in the future', 'time', () => trips.signed(changed({ iat: inSeconds(120) }))],
  ['made at no time', 'token', () => trips.signed(without('iat'))],
  ['without the nonce', 'token', () => trips.signed(without('nonce'))],
  [
    'with the nonce of another trip',
    'nonce',
    async () => {
      const other = await trips.setOut()
      return trips.signed(changed({ nonce: other.nonce }))
    },
  ],
  ['with an empty nonce', 'nonce', () => trips.signed(changed({ nonce: '' }))],
  ['with the state of another trip', 'state', () => trips.signed(changed({ state: 'teine' }))],
  ['of a lower level', 'level', () => trips.signed(changed({ acr: 'low' }))],
  ['of a level below the one asked for', 'level', () => trips.signed(changed({ acr: 'substantial' }))],
  ['of no level', 'level', () => trips.signed(without('acr'))],
  ['of a level that does not exist', 'level', () => trips.signed(changed({ acr: 'highest' }))],
  ['of a list of levels', 'level', () => trips.signed(changed({ acr: ['high'] }))],
  ['by no method', 'method', () => trips.signed(without('amr'))],
  ['by an empty list of methods', 'method', () => trips.signed(changed({ amr: [] }))],
  ['by a method that we do not know', 'method', () => trips.signed(changed({ amr: ['pwd'] }))],
  ['by a known and an unknown method', 'method', () => trips.signed(changed({ amr: ['idcard', 'pwd'] }))],
  ['by a method that is no list', 'method', () => trips.signed(changed({ amr: 'idcard' }))],
  ['of nobody', 'token', () => trips.signed(without('sub'))],
  ['of a foreigner whose code looks the same', 'subject', () => trips.signed(changed({ sub: `LV${code}` }))],
  ['of a code without a country', 'subject', () => trips.signed(changed({ sub: code }))],
  ['of ten digits', 'subject', () => trips.signed(changed({ sub: `EE${code.slice(0, 10)}` }))],
  [
    'of a code with a wrong check digit',
    'subject',
    () => trips.signed(changed({ sub: `EE${code.slice(0, 10)}${(Number(code[10]) + 1) % 10}` })),
  ],
  ['of a day that does not exist', 'subject', () => trips.signed(changed({ sub: 'EE40002309990' }))],
  ['of a code with something after it', 'subject', () => trips.signed(changed({ sub: `EE${code}\n` }))],
  [
    'of somebody born on another day',
    'subject',
    () => trips.signed(changed({ profile_attributes: { date_of_birth: '1985-05-05' } })),
  ],
  [
    'that belongs to another access token',
    'access',
    () =>
      trips.signed(
        changed({ at_hash: createHash('sha256').update('b').digest().subarray(0, 16).toString('base64url') }),
      ),
  ],
  ['whose hash of the access token is no text', 'access', () => trips.signed(changed({ at_hash: 7 }))],
  ['of somebody who authenticated long before', 'fresh', () => trips.signed(changed({ auth_time: inSeconds(-600) }))],
  ['of somebody who will authenticate', 'fresh', () => trips.signed(changed({ auth_time: inSeconds(600) }))],
  ['that does not say when, though its provider can', 'fresh', () => trips.signed(without('auth_time'))],
  [
    'that is not there',
    'token',
    () => trips.tripWith(async () => (response) => sendJson(response, { access_token: 'a', token_type: 'bearer' })),
  ],
  [
    'without an access token',
    'token',
    () =>
      trips.tripWith(async (trip) =>
        token(await trips.hostile.sign(goodClaims(trips.hostile.issuer, trip, code)), { access_token: undefined }),
      ),
  ],
]

test('no fewer than thirty ways of forging one are tried', () => {
  expect(new Set(forged.map(([what]) => what)).size).toBeGreaterThanOrEqual(30)
})

test.each(forged)('a token %s is refused (%s)', async (_what, why, ask) => {
  await trips.expectRefused(why, ask)
})
