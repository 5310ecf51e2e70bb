// While somebody guesses without a pause: does the owner come in, and does the one who guesses wait longer and longer?
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newAuthenticator } from '../../test/authenticator.ts'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { newVisitor, type Visitor } from '../../test/visitor.ts'
import { createApp } from '../app.tsx'
import { logTo } from '../core/log.server.ts'
import { newFactor, sealFactor } from './factor.server.ts'
import { hashPassword } from './passwords.server.ts'

const origin = 'http://localhost:3000'
const email = 'kim@naidis.example'
const password = 'pilv tõukab rohelist vankrit'
const next = 'sinine vihm ronib üle katuse'
const secret = newFactor()
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  const hash = await hashPassword(password)
  for (const who of [cast.kim, cast.lou])
    await cast.admin.query(
      'insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())',
      [who.id, hash, sealFactor(who.id, secret)],
    )
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from sign_in_attempt')
  await cast.admin.query('update session set browser = null')
})

const browser = () => newVisitor(app, origin)
const rows = async (text: string, values: unknown[] = []) => (await cast.admin.query(text, values)).rows
const type = (from: Visitor, typed: string, to = email) => from.post('/sign-in', { email: to, password: typed })

async function comeIn(from: Visitor, to = email): Promise<Response> {
  const first = await type(from, password, to)
  if (first.headers.get('location') !== '/sign-in/code') return first
  // A code counts once; here the same minute serves several sign-ins.
  await cast.admin.query('update credential set totp_last_step = 0')
  return from.post('/sign-in/code', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
}

/** Comes in once and signs out: the browser is known from then on. */
async function knownBrowser(to = email): Promise<Visitor> {
  const from = browser()
  expect((await comeIn(from, to)).status).toBe(303)
  expect((await from.post('/sign-out', {})).headers.get('location')).toBe('/sign-in?out=1')
  return from
}

/** Somebody posts a wrong password whenever it is let through, until account and network stand at their longest wait, and goes on. */
async function attack(): Promise<void> {
  expect((await type(browser(), 'vale vale vale vale')).status).toBe(422)
  await cast.admin.query('update sign_in_attempt set failures = 30, last_at = clock_timestamp()')
  expect((await type(browser(), password)).status).toBe(429)
}

test('in the browser by which she has come in before, the owner is not kept waiting by who guesses elsewhere', async () => {
  const mine = await knownBrowser()
  await attack()
  expect((await comeIn(mine)).headers.get('location')).toBe('/')
  // It goes on, and so does she.
  expect((await type(browser(), 'vale vale vale vale')).status).toBe(429)
  await mine.post('/sign-out', {})
  expect((await comeIn(mine)).headers.get('location')).toBe('/')
}, 120_000)

test('in a browser that is new she is not kept waiting either by who guesses from another network', async () => {
  await attack()
  expect((await comeIn(newVisitor(app, origin, undefined, '198.51.100.7'))).headers.get('location')).toBe('/')
  expect((await type(browser(), password)).status).toBe(429)
}, 120_000)

test('where many networks guess at one account, none of which is often wrong, all of them wait from the 301st of an hour on', async () => {
  const from = (network: number) => newVisitor(app, origin, undefined, `198.51.100.${network}`)
  expect((await type(from(1), 'vale vale vale vale')).status).toBe(422)
  await cast.admin.query('update sign_in_attempt set failures = 300')
  await cast.admin.query(
    `delete from sign_in_attempt where account in (select account from sign_in_attempt order by last_at limit 2)`,
  )
  expect((await type(from(2), 'vale vale vale vale')).status).toBe(422)
  await cast.admin.query('update sign_in_attempt set failures = 310 where failures > 300')
  const late = await type(from(3), 'vale vale vale vale')
  expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true])
}, 60_000)

test('with her passkey the owner comes in from any browser, while every answer that is wrong waits', async () => {
  const key = newAuthenticator({ origin })
  const owner = newVisitor(app, origin, (await signIn(cast.admin, cast.kim.id)).cookie)
  const make = (await (await owner.post('/account/passkeys/options', {}, true)).json()) as { challenge: string }
  await owner.post('/account/passkeys/new', { name: 'Telefon', credential: JSON.stringify(key.make(make)) })
  const show = async (from: Visitor, spoil: boolean) => {
    const asked = (await (await from.post('/sign-in/passkey/options', {}, true)).json()) as { challenge: string }
    return from.post('/sign-in/passkey', { credential: JSON.stringify(key.show(asked, { spoil })) })
  }
  await attack()
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++) statuses.push((await show(browser(), true)).status)
  // From this network others were wrong often enough already.
  expect(statuses).toEqual([429, 429, 429, 429])
  expect((await show(browser(), false)).headers.get('location')).toBe('/')
  expect((await show(browser(), true)).status).toBe(429)
}, 120_000)

test('whoever has no such browser waits longer after every mistake, whatever the owner does meanwhile', async () => {
  const mine = await knownBrowser()
  const waits: number[] = []
  for (let turn = 0; turn < 9; turn++) {
    await cast.admin.query(`update sign_in_attempt set last_at = last_at - interval '43 seconds'`)
    expect((await type(browser(), 'vale vale vale vale')).status).toBe(422)
    // The owner's own success forgives her browser, and nobody else's.
    if (turn === 4) expect((await comeIn(mine)).status).toBe(303)
    waits.push(Number((await type(browser(), 'vale vale vale vale')).headers.get('retry-after') ?? 0))
  }
  expect(waits.map((wait) => wait > 0)).toEqual([false, ...Array(8).fill(true)])
  expect(waits.at(-1)).toBeGreaterThan(40)
}, 120_000)

test('her own mistakes make a known browser wait as well, and no other', async () => {
  const [mine, second] = [await knownBrowser(), await knownBrowser()]
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++) statuses.push((await type(mine, 'vale vale vale vale')).status)
  expect(statuses).toEqual([422, 422, 422, 429])
  expect((await comeIn(second)).status).toBe(303)
}, 60_000)

test('a browser is known as that of its person alone: who has come in as herself gains nothing against others', async () => {
  const theirs = await knownBrowser('lou@naidis.example')
  await attack()
  expect((await type(theirs, password)).status).toBe(429)
  expect((await comeIn(theirs, 'lou@naidis.example')).status).toBe(303)
}, 120_000)

test('the answers are the same from a known browser, an unknown one and for an address of nobody', async () => {
  const mine = await knownBrowser()
  const told = async (from: Visitor, to: string) => {
    const answer = await type(from, 'vale vale vale vale', to)
    const body = (await answer.text()).replace(/nonce="[^"]*"/g, '').replaceAll(to, '…')
    return [answer.status, answer.headers.getSetCookie(), body]
  }
  const first = await told(browser(), email)
  for (const [from, to] of [
    [mine, email],
    [mine, 'kes@naidis.example'],
    [browser(), 'kes@naidis.example'],
  ] as const)
    expect(await told(from, to)).toEqual(first)
}, 60_000)

test('the cookie says nothing, is closed to scripts, stays when one signs out, and goes when one leaves in a hurry', async () => {
  const from = browser()
  await type(from, password)
  await cast.admin.query('update credential set totp_last_step = 0')
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  const given = (await from.post('/sign-in/code', { code })).headers.getSetCookie()
  const mine = given.find((line) => line.startsWith('browser=')) ?? ''
  expect(mine).toMatch(/^browser=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/)
  const kept = await rows(`select encode(browser, 'hex') as browser from session where browser is not null`)
  expect(kept).toHaveLength(1)
  expect(kept[0].browser).not.toContain(Buffer.from(from.cookies.get('browser') ?? '', 'base64url').toString('hex'))
  // The next time it is the same browser.
  const before = from.cookies.get('browser')
  await from.post('/sign-out', {})
  await comeIn(from)
  expect(from.cookies.get('browser')).toBe(before)
  from.cookies.set('field', '1')
  await from.get('/exit')
  expect(from.cookies.has('browser')).toBe(false)
}, 60_000)

test('a value that was put into her browser beforehand is not taken, so that whoever did it is not known by it', async () => {
  const [planted, mine, theirs] = ['p'.repeat(43), browser(), browser()]
  for (const one of [mine, theirs]) one.cookies.set('browser', planted)
  await comeIn(mine)
  expect(mine.cookies.get('browser')).toMatch(/^[\w-]{43}$/)
  expect(mine.cookies.get('browser')).not.toBe(planted)
  await attack()
  expect((await type(theirs, password)).status).toBe(429)
}, 120_000)

test('a copy of what was forgotten stays a stranger, also when she comes in by the same browser again', async () => {
  const [mine, copy] = [await knownBrowser(), browser()]
  copy.cookies.set('browser', mine.cookies.get('browser') ?? '')
  await comeIn(mine)
  expect((await mine.post('/account/sessions/end', {})).status).toBe(303)
  await comeIn(mine)
  await attack()
  expect((await type(copy, password)).status).toBe(429)
  expect((await type(mine, password)).headers.get('location')).toBe('/sign-in/code')
}, 120_000)

const ways: [what: string, how: (mine: Visitor, other: Visitor) => Promise<unknown>, left: boolean][] = [
  [
    'it is signed out from the list',
    async (mine, other) => {
      const [there] = await rows(
        `select id from session where person_id = $1 and ended_at is null and browser is not null order by created_at limit 1`,
        [cast.kim.id],
      )
      expect((await other.post(`/account/sessions/${there.id}/end`, {})).status).toBe(303)
      return mine
    },
    true,
  ],
  ['everything is signed out', (_, other) => other.post('/account/sessions/end', {}), false],
  [
    'the password is changed',
    (_, other) => other.post('/account/password', { password: next, passwordAgain: next }),
    true,
  ],
  [
    'two people give her a new way in',
    () => cast.admin.query('update credential set password_hash = password_hash, password_once = true'),
    false,
  ],
  [
    'the account is closed',
    () => cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.kim.id]),
    false,
  ],
]
test.each(ways)(
  'a browser is a stranger again when %s',
  async (_, how, left) => {
    const [kept] = await rows('select to_jsonb(c) as row from credential c where person_id = $1', [cast.kim.id])
    const [mine, other] = [browser(), browser()]
    await comeIn(mine)
    await comeIn(other)
    const known = () => rows('select distinct browser from session where browser is not null')
    expect(await known()).toHaveLength(2)
    await how(mine, other)
    expect(await known()).toHaveLength(left ? 1 : 0)
    await cast.admin.query(`update person set status = 'active' where id = $1`, [cast.kim.id])
    await rows('delete from credential')
    await rows('insert into credential select * from jsonb_populate_record(null::credential, $1)', [kept.row])
  },
  60_000,
)

test('half a year after she last came in by it a browser is a stranger again', async () => {
  const mine = await knownBrowser()
  await attack()
  await cast.admin.query(`update session set created_at = now() - interval '181 days' where browser is not null`)
  expect((await type(mine, password)).status).toBe(429)
}, 120_000)
