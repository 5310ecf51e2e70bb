// Does a passkey let in its owner, and nobody by any answer that is not its own, here, now and for the first time?
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Lie, newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, type CastName, openCast, signIn } from '../../../test/cast.ts'
import { newVisitor, type Visitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { logTo } from '../../core/log.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import { whoBears, whoIs } from '../../core/session.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

type Key = ReturnType<typeof newAuthenticator>
const json = (answer: Response) => answer.json() as Promise<{ challenge: string; allowCredentials: { id: string }[] }>
const as = (who: CastName | null) => newVisitor(app, origin, who ? cast.cookies[who] : undefined)
const rows = async (text: string, values: unknown[] = []) => (await cast.admin.query(text, values)).rows
const refusals = () =>
  rows(
    `select action, object_id from audit_event where action like 'access.passkey%' and result = 'refused' order by seq`,
  )
const sessionsBy = (key: Key) =>
  rows(
    `select s.id, s.ended_at from session s join passkey k on k.id = s.passkey_id where k.credential_id = decode($1, 'hex')`,
    [Buffer.from(key.id, 'base64url').toString('hex')],
  )

async function register(visitor: Visitor, name: string, key = newAuthenticator({ origin }), lie: Lie = {}) {
  const options = await json(await visitor.post('/account/passkeys/options', {}, true))
  const credential = JSON.stringify(key.make(options, lie))
  const answer = await visitor.post('/account/passkeys/new', { name, credential })
  return { key, answer }
}

async function show(visitor: Visitor, key: Key, { lie = {}, email = '', at = '/sign-in/passkey' } = {} as ShowOptions) {
  const options = await json(await visitor.post(`${at}/options`, { email }, true))
  const credential = JSON.stringify(key.show(options, lie))
  return { credential, options, answer: await visitor.post(at, { credential }) }
}
type ShowOptions = { lie?: Lie; email?: string; at?: string }

let kims: Key
test('a key is added after a fresh proof, under the name that its owner gave', async () => {
  const visitor = as('kim')
  const { key, answer } = await register(visitor, 'Töötelefon')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
  expect(await (await visitor.get('/account')).text()).toContain('Töötelefon')
  const kept = await rows('select name, counter, last_used_at from passkey where person_id = $1', [cast.kim.id])
  expect(kept).toEqual([{ name: 'Töötelefon', counter: 0, last_used_at: null }])
  kims = key
})

test('the key alone lets its owner in: two factors in one, for the time that the role allows', async () => {
  const visitor = as(null)
  const { answer } = await show(visitor, kims)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  const me = await whoIs(visitor.cookies.get('sid'))
  expect([me?.id, me?.method]).toEqual([cast.kim.id, 'passkey'])
  const [row] = await rows(
    `select s.factors, s.idle_minutes, k.counter, k.last_used_at > now() - interval '1 minute' as used
     from session s join passkey k on k.id = s.passkey_id where s.id = $1`,
    [me?.sessionId],
  )
  expect(row).toEqual({ factors: 2, idle_minutes: 15, counter: 1, used: true })
  expect(
    (await rows(`select action from audit_event where actor = $1 order by seq desc limit 1`, [cast.kim.id]))[0],
  ).toEqual({
    action: 'access.signIn',
  })
})

test('after the address has been typed the keys of that address are asked for, and only they count', async () => {
  const { options, answer } = await show(as(null), kims, { email: 'KIM@naidis.example' })
  expect(options.allowCredentials.map(({ id }) => id)).toContain(kims.id)
  expect(answer.status).toBe(303)
  expect((await show(as(null), kims, { email: 'lou@naidis.example' })).answer.status).toBe(422)
})

test('whether it has none, one, two or three keys, or is nobody’s, every address seems to have as many – always the same', async () => {
  const ask = async (email: string) => json(await as(null).post('/sign-in/passkey/options', { email }, true))
  for (const email of ['kes@naidis.example', 'lou@naidis.example']) {
    const [one, two] = [await ask(email), await ask(email.toUpperCase())]
    expect(one.allowCredentials).toEqual(two.allowCredentials)
    expect(one.challenge).not.toBe(two.challenge)
    expect(Object.keys(one)).toEqual(Object.keys(await ask('kim@naidis.example')))
    expect(new Set(one.allowCredentials.map((key) => Object.keys(key).join()))).toEqual(new Set(['id,type']))
  }
  expect((await ask('a@naidis.example')).allowCredentials).not.toEqual((await ask('b@naidis.example')).allowCredentials)
  expect((await ask('')).allowCredentials).toEqual([])
  const seeming = (await ask('kes@naidis.example')).allowCredentials.length
  for (let more = 0; more < 3; more++) {
    const found = (await ask('kim@naidis.example')).allowCredentials.map(({ id }) => id)
    expect(found).toHaveLength(seeming)
    // No place in the row tells which is real.
    expect(found.map((id) => Buffer.from(id, 'base64url'))).toEqual(
      found.map((id) => Buffer.from(id, 'base64url')).toSorted(Buffer.compare),
    )
    await cast.admin.query(
      `insert into passkey (person_id, name, credential_id, public_key, backed_up) values ($1, 'Näidis-võti', $2, '\\x00', false)`,
      [cast.kim.id, randomBytes(32)],
    )
  }
  await cast.admin.query(`delete from passkey where name = 'Näidis-võti'`)
})

const lies: [what: string, lie: Lie][] = [
  ['to another question', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['on a foreign page', { origin: 'https://evil.example' }],
  ['on a page of another port', { origin: 'http://localhost:3001' }],
  ['within a foreign frame', { crossOrigin: true }],
  ['for another house', { rpId: 'evil.example' }],
  ['without finger, face or PIN', { verified: false }],
  ['with nobody there', { present: false }],
  ['with a spoiled signature', { spoil: true }],
  ['as if it were being made', { type: 'webauthn.create' }],
  ['under the handle of somebody else', { userHandle: Buffer.from('somebody').toString('base64url') }],
  ['under a name that we do not know', { id: Buffer.alloc(32, 9).toString('base64url') }],
]

test.each(lies)('a key that answers %s opens nothing, and it is written down', async (_, lie) => {
  const [before, sessions] = [await refusals(), await sessionsBy(kims)]
  const counted = () => rows('select counter, last_used_at from passkey where person_id = $1', [cast.kim.id])
  const kept = await counted()
  const visitor = as(null)
  const { answer } = await show(visitor, kims, { lie })
  expect(answer.status).toBe(422)
  expect(visitor.cookies.has('sid')).toBe(false)
  expect(await sessionsBy(kims)).toEqual(sessions)
  expect(await counted()).toEqual(kept)
  // Within a frame the answer is not even read, so nobody knows whose it was.
  const object_id = lie.id || lie.crossOrigin ? null : cast.kim.id
  expect((await refusals()).slice(before.length)).toEqual([{ action: 'access.passkeyFailed', object_id }])
})

test('an answer counts once, even with a copy of the cookie of its question', async () => {
  const visitor = as(null)
  const options = await json(await visitor.post('/sign-in/passkey/options', {}, true))
  const question = visitor.cookies.get('question') ?? ''
  const credential = JSON.stringify(kims.show(options))
  expect((await visitor.post('/sign-in/passkey', { credential })).status).toBe(303)
  const thief = as(null)
  expect((await thief.post('/sign-in/passkey', { credential })).status).toBe(422)
  thief.cookies.set('question', question)
  // A new signature under the same question, with a higher count, is no better.
  const again = JSON.stringify(kims.show(options))
  for (const sent of [credential, again])
    expect((await thief.post('/sign-in/passkey', { credential: sent })).status).toBe(422)
  expect(thief.cookies.has('sid')).toBe(false)
})

test('a question of the sign-in is not one of the account, nor another person’s, nor one of five minutes ago', async () => {
  const [door, inside] = [as(null), newVisitor(app, origin, (await signIn(cast.admin, cast.kim.id)).cookie)]
  const atDoor = await json(await door.post('/sign-in/passkey/options', {}, true))
  inside.cookies.set('question', door.cookies.get('question') ?? '')
  expect((await inside.post('/account/prove', { credential: JSON.stringify(kims.show(atDoor)) })).status).toBe(422)
  const own = await json(await inside.post('/account/prove/options', {}, true))
  const other = newVisitor(app, origin, (await signIn(cast.admin, cast.kim.id)).cookie)
  other.cookies.set('question', inside.cookies.get('question') ?? '')
  expect((await other.post('/account/prove', { credential: JSON.stringify(kims.show(own)) })).status).toBe(422)
  const late = as(null)
  const question = { use: 'sign-in', challenge: 'bGF0ZQ', session: null, email: null, at: Date.now() - 301_000 }
  late.cookies.set('question', sealForProcess('passkey', JSON.stringify(question)).toString('base64url'))
  expect((await late.post('/sign-in/passkey', { credential: JSON.stringify(kims.show(question)) })).status).toBe(422)
})

test.each(['', 'x', '{}', '[]', 'null', `"${'x'.repeat(30_000)}"`])(
  'what is no answer of a key is refused: %.20s',
  async (sent) => {
    expect((await as(null).post('/sign-in/passkey', { credential: sent })).status).toBe(422)
  },
)

test('a key whose count goes backwards may be a copy: it is refused and written down as that', async () => {
  const [row] = await rows('select counter from passkey where person_id = $1', [cast.kim.id])
  for (const counter of [row.counter, row.counter - 1, 0]) {
    const { answer } = await show(as(null), kims, { lie: { counter } })
    expect(answer.status).toBe(422)
    expect((await refusals()).at(-1)).toEqual({ action: 'access.passkeyCloned', object_id: cast.kim.id })
    await cast.admin.query('delete from sign_in_attempt')
  }
  expect((await show(as(null), kims)).answer.status).toBe(303)
})

test.each(lies.filter(([, lie]) => !lie.spoil && !lie.id && !lie.userHandle && lie.type === undefined))(
  'a new key that answers %s is not kept',
  async (_, lie) => {
    const before = await refusals()
    const { answer } = await register(as('mall'), 'Võlts', undefined, lie)
    expect(answer.status).toBe(422)
    expect(await rows('select 1 from passkey where person_id = $1', [cast.mall.id])).toEqual([])
    expect((await refusals()).length).toBe(before.length + 1)
  },
)

test('a key belongs to one person, and one person does not add it twice', async () => {
  expect((await register(as('lou'), 'Sama võti', kims)).answer.status).toBe(409)
  expect((await register(as('lou'), '   ')).answer.status).toBe(422)
  // Hers is the one that she came in by.
  expect(await rows('select 1 from passkey where person_id = $1', [cast.lou.id])).toHaveLength(1)
})

test('what was shown too long ago is shown again, with a key of one’s own', async () => {
  const { cookie, person } = await signIn(cast.admin, cast.kim.id)
  const visitor = newVisitor(app, origin, cookie)
  const age = () =>
    cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where person_id = $1`, [cast.kim.id])
  await age()
  const asked = await visitor.get('/account/passkeys/new')
  expect(asked.headers.get('location')).toBe('/account/prove?to=%2Faccount%2Fpasskeys%2Fnew')
  expect((await visitor.post('/account/passkeys/options', {}, true)).status).toBe(403)
  // Somebody else's key, though it is a good one.
  const { key: lous } = await register(as('lou'), 'Lou võti')
  expect((await show(visitor, lous, { at: '/account/prove' })).answer.status).toBe(422)
  expect((await refusals()).at(-1)).toEqual({ action: 'access.passkeyFailed', object_id: cast.kim.id })
  const { answer } = await show(visitor, kims, { at: '/account/prove' })
  expect(answer.status).toBe(303)
  expect(await whoBears(person.claim)).toBeNull()
  expect((await visitor.get('/account/passkeys/new')).status).toBe(200)
})

test('wrong answers wait, longer each time; a good one never does', async () => {
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++)
    statuses.push((await show(as(null), kims, { lie: { spoil: true } })).answer.status)
  expect(statuses).toEqual([422, 422, 422, 429])
  const waiting = await show(as(null), kims, { lie: { spoil: true } })
  expect([waiting.answer.status, Number(waiting.answer.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect((await show(as(null), kims)).answer.status).toBe(303)
  await cast.admin.query(`update sign_in_attempt set last_at = last_at - interval '43 seconds'`)
  expect((await show(as(null), kims, { lie: { spoil: true } })).answer.status).toBe(422)
})
