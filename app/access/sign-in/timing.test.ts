// Can anybody tell by the clock whether an address belongs to somebody, or has passkeys?
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { mannWhitney, median } from '../../../test/denied.ts'
import { type Figures, record, scale } from '../../../test/proof/record.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { rowSeal } from '../../core/keys/row-seal.server.ts'
import { logTo } from '../../core/log.server.ts'
import { hashPassword } from '../passwords.server.ts'

const origin = 'http://localhost:3000'
const known = 'kim@naidis.example'
const unknown = 'kes@naidis.example'
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    cast.kim.id,
    await hashPassword('pilv tõukab rohelist vankrit'),
  ])
  const key = (n: number) => [cast.kim.id, Buffer.from(newAuthenticator({ origin }).id, 'base64url'), `Näidis ${n}`]
  for (const n of [1, 2])
    await cast.admin.query(
      `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, $2, '\\x01', false, $3)`,
      key(n),
    )
})
afterAll(() => cast.close())

/** Milliseconds for `pairs` of the two addresses, in turn and each first as often, so that a slow moment meets both alike. */
async function measure(pairs: number, ask: (email: string) => Promise<unknown>) {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let pair = 0; pair < pairs; pair++) {
    for (const who of pair % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      // Waiting after mistakes is the same for both, and tested elsewhere.
      await cast.admin.query('delete from sign_in_attempt')
      const begun = performance.now()
      await ask(who === 'known' ? known : unknown)
      times[who].push(performance.now() - begun)
    }
  }
  const p = mannWhitney(times.known, times.unknown)
  return { p, between: Math.abs(median(times.known) - median(times.unknown)), typical: median(times.unknown) }
}

/**
 * A machine that does other things as well makes pairs unlike by chance: at p > 0.01 one honest run of a hundred fails. So up to
 * three runs are made and one must pass – honest code fails all three once in a million, while a real difference (a password that
 * is not stretched, a query that is left out) shifts every run and fails them all.
 */
async function expectAlike(
  promised: Pick<Figures, 'promise' | 'what'>,
  pairs: number,
  most: (typical: number) => number,
  ask: (email: string) => Promise<unknown>,
) {
  const begun = performance.now()
  await measure(3, ask)
  const runs = []
  for (let run = 0; run < 3; run++) {
    const { p, between, typical } = await measure(pairs, ask)
    runs.push({ p: p.toFixed(4), between: between.toFixed(2), typical: typical.toFixed(2) })
    if (p > 0.01 && between < most(typical)) return record({ ...promised, count: pairs, failed: 0 }, begun)
  }
  record({ ...promised, count: pairs, failed: 1 }, begun)
  expect(runs).toBe('one run in which nobody could tell the two apart')
}

// What a password costs hides more than it would show of a difference: fewer of them say as much.
const passwords = { promise: 'timing', what: 'pairs of passwords of somebody and of nobody' }
const keys = { promise: 'timing', what: 'pairs of keys of somebody and of nobody' }
const letters = { promise: 'timing', what: 'pairs of letters for somebody and for nobody' }

const visitor = () => newVisitor(app, origin)

test('a wrong password takes as long for an address of nobody as for one of somebody', async () => {
  const ask = (email: string) => visitor().post('/sign-in', { email, password: 'vale vale vale vale' })
  await expectAlike(passwords, scale(12, 200), (typical) => typical / 10, ask)
}, 900_000)

test('… and for somebody who comes in by a key alone and has no password', async () => {
  const ask = (email: string) =>
    visitor().post('/sign-in', {
      email: email === known ? known : 'lou@naidis.example',
      password: 'vale vale vale vale',
    })
  await expectAlike(passwords, scale(12, 200), (typical) => typical / 10, ask)
}, 900_000)

test('the question for a key takes as long for an address of nobody as for one with keys', async () => {
  await expectAlike(
    keys,
    scale(150, 2000),
    () => 2,
    (email) => visitor().post('/sign-in/passkey/options', { email }, true),
  )
}, 900_000)

test('a letter for a new browser takes as long to be asked for by nobody as by somebody', async () => {
  await expectAlike(
    letters,
    scale(150, 2000),
    () => 2,
    async (email) => expect((await visitor().post('/sign-in/letter', { email })).status).toBe(303),
  )
}, 900_000)

test('an answer that is not to be believed takes as long for a key of nobody as for one of somebody', async () => {
  const shown = { known: newAuthenticator({ origin }), unknown: newAuthenticator({ origin }) }
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const [x, y] = [made.x, made.y].map((part) => Buffer.from(part ?? '', 'base64url').toString('hex'))
  const id = Buffer.from(shown.known.id, 'base64url')
  const publicKey = Buffer.from(`a5010203262001215820${x}225820${y}`, 'hex')
  await cast.admin.query(
    `insert into passkey (person_id, credential_id, public_key, backed_up, name, seal) values ($1, $2, $3, false, 'Näidis 3', $4)`,
    [cast.kim.id, id, publicKey, rowSeal('passkey', cast.kim.id, [id, publicKey])],
  )
  await expectAlike(
    keys,
    scale(150, 2000),
    () => 2,
    async (email) => {
      const from = visitor()
      const asked = (await (await from.post('/sign-in/passkey/options', {}, true)).json()) as { challenge: string }
      const key = email === known ? shown.known : shown.unknown
      const credential = JSON.stringify(key.show(asked, { spoil: true }))
      expect((await from.post('/sign-in/passkey', { credential })).status).toBe(422)
    },
  )
}, 900_000)

test('the measure sees a difference where there is one', async () => {
  const slow = async (email: string) => {
    const end = performance.now() + (email === known ? 1.5 : 1)
    while (performance.now() < end) await Promise.resolve()
  }
  const { p } = await measure(40, slow)
  expect(p).toBeLessThan(0.01)
  expect(mannWhitney([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])).toBeGreaterThan(0.9)
}, 60_000)

test('the rank test itself sees a difference where there is one, and none where there is none', () => {
  const noise = (seed: number) =>
    Array.from({ length: 500 }, (_, index) => ((index * 7919 + seed * 104729) % 1000) / 100)
  expect(mannWhitney(noise(1), noise(2))).toBeGreaterThan(0.01)
  expect(
    mannWhitney(
      noise(1),
      noise(2).map((value) => value + 1.5),
    ),
  ).toBeLessThan(0.0001)
})
