// Can anybody tell by the clock whether an address belongs to somebody, or has passkeys?
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
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

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** Mann–Whitney: how probable a difference like this one is where there is none (normal approximation, ties shared). */
function rankTest(a: number[], b: number[]): number {
  const all = [...a, ...b].toSorted((one, two) => one - two)
  const rank = (time: number) => (all.indexOf(time) + all.lastIndexOf(time)) / 2 + 1
  const u = a.reduce((sum, time) => sum + rank(time), 0) - (a.length * (a.length + 1)) / 2
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return 2 * (1 - normal(Math.abs(u - (a.length * b.length) / 2) / spread))
}

// The share of a normal distribution below z (Abramowitz and Stegun 26.2.17).
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const sum = series.reduce((total, factor, power) => total + factor * t ** (power + 1), 0)
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}

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
  const p = rankTest(times.known, times.unknown)
  return { p, between: Math.abs(median(times.known) - median(times.unknown)), typical: median(times.unknown) }
}

/**
 * A machine that does other things as well makes pairs unlike by chance: at p > 0.01 one honest run of a hundred fails. So up to
 * three runs are made and one must pass – honest code fails all three once in a million, while a real difference (a password that
 * is not stretched, a query that is left out) shifts every run and fails them all.
 */
async function expectAlike(pairs: number, most: (typical: number) => number, ask: (email: string) => Promise<unknown>) {
  await measure(3, ask)
  const runs = []
  for (let run = 0; run < 3; run++) {
    const { p, between, typical } = await measure(pairs, ask)
    runs.push({ p: p.toFixed(4), between: between.toFixed(2), typical: typical.toFixed(2) })
    if (p > 0.01 && between < most(typical)) return
  }
  expect(runs).toBe('one run in which nobody could tell the two apart')
}

const visitor = () => newVisitor(app, origin)

test('a wrong password takes as long for an address of nobody as for one of somebody', async () => {
  const ask = (email: string) => visitor().post('/sign-in', { email, password: 'vale vale vale vale' })
  await expectAlike(12, (typical) => typical / 10, ask)
}, 240_000)

test('… and for somebody who comes in by a key alone and has no password', async () => {
  const ask = (email: string) =>
    visitor().post('/sign-in', {
      email: email === known ? known : 'lou@naidis.example',
      password: 'vale vale vale vale',
    })
  await expectAlike(12, (typical) => typical / 10, ask)
}, 240_000)

test('the question for a key takes as long for an address of nobody as for one with keys', async () => {
  await expectAlike(
    150,
    () => 2,
    (email) => visitor().post('/sign-in/passkey/options', { email }, true),
  )
}, 120_000)

test('an answer that is not to be believed takes as long for a key of nobody as for one of somebody', async () => {
  const keys = { known: newAuthenticator({ origin }), unknown: newAuthenticator({ origin }) }
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const [x, y] = [made.x, made.y].map((part) => Buffer.from(part ?? '', 'base64url').toString('hex'))
  const id = Buffer.from(keys.known.id, 'base64url')
  const publicKey = Buffer.from(`a5010203262001215820${x}225820${y}`, 'hex')
  await cast.admin.query(
    `insert into passkey (person_id, credential_id, public_key, backed_up, name, seal) values ($1, $2, $3, false, 'Näidis 3', $4)`,
    [cast.kim.id, id, publicKey, rowSeal('passkey', cast.kim.id, [id, publicKey])],
  )
  await expectAlike(
    150,
    () => 2,
    async (email) => {
      const from = visitor()
      const asked = (await (await from.post('/sign-in/passkey/options', {}, true)).json()) as { challenge: string }
      const key = email === known ? keys.known : keys.unknown
      const credential = JSON.stringify(key.show(asked, { spoil: true }))
      expect((await from.post('/sign-in/passkey', { credential })).status).toBe(422)
    },
  )
}, 120_000)

test('the measure sees a difference where there is one', async () => {
  const slow = async (email: string) => {
    const end = performance.now() + (email === known ? 1.5 : 1)
    while (performance.now() < end) await Promise.resolve()
  }
  const { p } = await measure(40, slow)
  expect(p).toBeLessThan(0.01)
  expect(rankTest([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])).toBeGreaterThan(0.9)
}, 60_000)
