// Does an invitation let somebody who only helps make a passkey or bring her card – with that very invitation, once, and no password?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { testCode } from '../../../test/tara.ts'
import { invited, lettersOf, newcomer } from '../../../test/two-people.ts'
import { newVisitor, type Visitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { asPerson, knock } from '../../core/db.server.ts'
import { isSealed } from '../../core/keys/row-seal.server.ts'
import { logTo } from '../../core/log.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import { whoIs } from '../../core/session.server.ts'
import { openAccount } from '../account/accounts.server.ts'
import { personBehind } from '../oidc/identities.server.ts'
import { useProvider } from '../oidc/provider.server.ts'
import { setFirstCard } from './first-ways.server.ts'
import { accountStates, invite, voidInvitation } from './invitations.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
let nth = 0
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query(`delete from sign_in_attempt; delete from setting where name = 'helperPassword'`))

type Come = { id: string; invitation: string; visitor: Visitor; again: () => Promise<Visitor> }

/** Somebody new with a link and its code, as far as the page on which she chooses. */
async function come(role = 'volunteer', from?: string): Promise<Come> {
  const id = await newcomer(cast, `abi${nth++}`, role, from)
  const { code, token, invitation } = await invited(cast, role === 'trainer' ? cast.ott : cast.kim, id)
  const again = async () => {
    const visitor = newVisitor(app, origin)
    await visitor.get(`/invitation/${token}`)
    const on = await visitor.post('/sign-in/invitation', { code })
    expect(on.headers.get('location')).toBe(role === 'trainer' ? '/sign-in/setup' : '/sign-in/ways')
    return visitor
  }
  return { id, invitation, visitor: await again(), again }
}

type Key = ReturnType<typeof newAuthenticator>
const question = async (visitor: Visitor) =>
  (await (await visitor.post('/sign-in/ways/options', {}, true)).json()) as { challenge: string }
const answer = (visitor: Visitor, made: object) => visitor.post('/sign-in/ways', { credential: JSON.stringify(made) })
const make = async (visitor: Visitor, key: Key = newAuthenticator({ origin })) =>
  answer(visitor, key.make(await question(visitor)))
const place = (response: Response) => response.headers.get('location')
const count = async (table: string, id: string) =>
  (await cast.admin.query(`select 1 from ${table} where person_id = $1`, [id])).rowCount

/** As after her own trip; `of`: for which invitation. */
function foundCard(visitor: Visitor, of: { id: string; invitation: string }, code: string): void {
  const found = { who: of.id, session: of.invitation, code, name: 'ABI NÄIDIS', to: '/', at: Date.now() }
  visitor.cookies.set('found', sealForProcess('oidc-found', JSON.stringify(found)).toString('base64url'))
}

test('one press: she is in by her key, the invitation is spent, and a letter, the log and her own page know of it', async () => {
  const { id, invitation, visitor } = await come()
  await lettersOf(cast)
  const page = await (await visitor.get('/sign-in/ways')).text()
  expect(page).toContain('Loo pääsuvõti')
  expect(page).not.toMatch(/Tee parool|type="password"|oidc/)
  const key = newAuthenticator({ origin })
  expect(place(await make(visitor, key))).toBe('/account/passkeys/more')
  const me = await whoIs(visitor.cookies.get('sid'))
  expect(me).toMatchObject({ id, method: 'passkey', owes: null, roles: ['volunteer'] })
  expect(await count('credential', id)).toBe(0)
  const { rows } = await cast.admin.query(
    `select k.*, i.used_at is not null as spent from passkey k join invitation i using (person_id) where person_id = $1`,
    [id],
  )
  expect(rows).toHaveLength(1)
  const { credential_id: credential, public_key: kept, seal, spent } = rows[0]
  expect([isSealed('passkey', { personId: id, parts: [credential, kept], seal }), spent]).toEqual([true, true])
  expect((await asPerson('read', cast.kim.claim, accountStates)).get(id)?.state).toBe('ready')
  expect(await lettersOf(cast)).toHaveLength(1)
  const ofHers = `(object_kind = 'person' and object_id = $1) or actor::text = $1`
  const { rows: events } = await cast.admin.query(`select action from audit_event where ${ofHers} order by seq`, [id])
  expect(events.map(({ action }) => action)).toEqual([
    ...['people.invite', 'access.invited', 'access.firstKey', 'access.signIn'],
  ])
  if (!me) throw new Error('nobody came in')
  expect((await openAccount.run(me, {})).doors.map(({ action, who }) => [action, who])).toEqual([
    ['access.firstKey', null],
  ])
  expect(await (await visitor.get('/account/passkeys/more')).text()).toContain('Lisa ka teine viis')
  // The same key opens the door again, and the invitation nothing more.
  const later = newVisitor(app, origin)
  const asked = (await (await later.post('/sign-in/passkey/options', {}, true)).json()) as { challenge: string }
  expect((await later.post('/sign-in/passkey', { credential: JSON.stringify(key.show(asked)) })).status).toBe(303)
  expect(place(await visitor.get('/sign-in/ways'))).toBe('/sign-in?late=1')
  expect(
    await knock('door_key_set', [invitation, Buffer.from('z'), Buffer.from('z'), 0, [], false, 'x', null]),
  ).toEqual([{ door_key_set: null }])
})

test.each([
  ['voided', (of: Come) => voidInvitation.run(cast.kim, { id: of.id })],
  ['replaced by a newer one', (of: Come) => invite.run(cast.kim, { id: of.id })],
  [
    'run out',
    (of: Come) => cast.admin.query('update invitation set expires_at = now() where id = $1', [of.invitation]),
  ],
  ['spent', async (of: Come) => make(await of.again())],
  [
    'of a closed account',
    (of: Come) => cast.admin.query(`update person set status = 'disabled' where id = $1`, [of.id]),
  ],
] as const)('with an invitation that is %s half-way neither key nor card is made', async (_what, close) => {
  const come1 = await come()
  const made = newAuthenticator({ origin }).make(await question(come1.visitor))
  await close(come1)
  const keys = await count('passkey', come1.id)
  expect(place(await answer(come1.visitor, made))).toBe('/sign-in?late=1')
  foundCard(come1.visitor, come1, testCode(20))
  expect(place(await come1.visitor.post('/sign-in/ways/card', {}))).toBe('/sign-in?late=1')
  expect(await setFirstCard(come1, testCode(20))).toBeNull()
  expect([await count('passkey', come1.id), await count('person_identity', come1.id)]).toEqual([keys, 0])
})

test('what was asked or found with another invitation counts for none but that', async () => {
  const [mine, other] = [await come(), await come()]
  const made = newAuthenticator({ origin }).make(await question(other.visitor))
  mine.visitor.cookies.set('question', other.visitor.cookies.get('question') ?? '')
  expect((await answer(mine.visitor, made)).status).toBe(422)
  foundCard(mine.visitor, other, testCode(21))
  expect(place(await mine.visitor.post('/sign-in/ways/card', {}))).toBe('/sign-in/ways')
  // Nobody stands there who has shown no code.
  expect(place(await newVisitor(app, origin).post('/sign-in/ways', {}))).toBe('/sign-in?late=1')
  expect((await newVisitor(app, origin).post('/sign-in/ways/options', {}, true)).status).toBe(303)
  for (const { id } of [mine, other])
    expect([await count('passkey', id), await count('person_identity', id)]).toEqual([0, 0])
})

test('a key that asked for no finger is not taken, and it is written down', async () => {
  const { id, visitor } = await come()
  const asked = await question(visitor)
  expect((await answer(visitor, newAuthenticator({ origin }).make(asked, { verified: false }))).status).toBe(422)
  expect((await visitor.post('/sign-in/ways', { credential: 'x' })).status).toBe(422)
  const { rowCount } = await cast.admin.query(
    `select 1 from audit_event where action = 'access.passkeyFailed' and object_id = $1`,
    [id],
  )
  expect([rowCount, await count('passkey', id)]).toEqual([2, 0])
  expect(place(await make(visitor))).toBe('/account/passkeys/more')
})

test('of two who come with the same link and code at once, one is in', async () => {
  for (let round = 0; round < 6; round++) {
    const { id, visitor, again, invitation } = await come()
    const second = await again()
    const asked = [await question(visitor), await question(second)]
    const keys = asked.map((one) => newAuthenticator({ origin }).make(one))
    const card = round % 2 ? setFirstCard({ id, invitation }, testCode(30 + round)) : null
    const places = await Promise.all([answer(visitor, keys[0] ?? {}), answer(second, keys[1] ?? {})])
    const byCard = (await card) === 'done' ? 1 : 0
    expect(places.filter((one) => place(one) === '/account/passkeys/more').length + byCard).toBe(1)
    expect(((await count('passkey', id)) ?? 0) + ((await count('person_identity', id)) ?? 0)).toBe(1)
  }
})

test('her own card, after her own yes: sealed, with its walls, told – and nobody else’s', async () => {
  const mine = await come()
  expect(place(await mine.visitor.get('/sign-in/ways/card'))).toBe('/sign-in/ways')
  foundCard(mine.visitor, mine, testCode(22))
  expect(await (await mine.visitor.get('/sign-in/ways/card')).text()).toContain('ABI NÄIDIS')
  expect(await count('person_identity', mine.id)).toBe(0)
  await lettersOf(cast)
  expect(place(await mine.visitor.post('/sign-in/ways/card', {}))).toBe('/account/passkeys/more')
  expect(await whoIs(mine.visitor.cookies.get('sid'))).toMatchObject({ id: mine.id, method: 'oidc', owes: null })
  expect(await personBehind(testCode(22))).toMatchObject({ id: mine.id })
  const { rows } = await cast.admin.query('select count(*)::int as networks from network')
  expect(await count('own_code', mine.id)).toBe(rows[0].networks)
  expect([await count('own_code_kept', mine.id), await count('credential', mine.id)]).toEqual([1, 0])
  expect(await lettersOf(cast)).toHaveLength(1)
  // Somebody else comes with the same card: it is linked already, and she chooses another way.
  const other = await come()
  foundCard(other.visitor, other, testCode(22))
  expect((await other.visitor.post('/sign-in/ways/card', {})).status).toBe(409)
  expect(await count('own_code', other.id)).toBe(0)
  expect(place(await make(other.visitor))).toBe('/account/passkeys/more')
})

test('the trip sets out for that very invitation, where cards are taken', async () => {
  const { visitor } = await come()
  expect((await visitor.get('/sign-in/oidc/first')).status).toBe(404)
  useProvider({ issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'x', origin })
  try {
    expect(await (await visitor.get('/sign-in/ways')).text()).toContain('href="/sign-in/oidc/first"')
    expect(place(await newVisitor(app, origin).get('/sign-in/oidc/first'))).toBe('/sign-in?late=1')
    // The provider does not answer: she is told so, and is where she was.
    const there = place(await visitor.get('/sign-in/oidc/first')) ?? ''
    expect(await (await visitor.get(there)).text()).toContain('href="/sign-in/ways"')
  } finally {
    useProvider(null)
  }
})

test('a password is refused by the database itself, and offered last where two people have said so', async () => {
  const { id, invitation, visitor } = await come()
  const factor = () => knock('door_factor_set', [invitation, Buffer.from('x'), 1, []])
  const password = () => knock('door_password_set', [invitation, 'x'])
  expect(place(await visitor.post('/sign-in/ways', { way: 'password' }))).toBe('/sign-in?late=1')
  expect(await factor()).toEqual([{ door_factor_set: false }])
  await cast.admin.query(`update credential set totp_confirmed_at = now() where person_id = $1`, [id])
  expect(await password()).toEqual([{ door_password_set: false }])
  await cast.admin.query(`update credential set totp_confirmed_at = null where person_id = $1`, [id])
  for (const [from, value] of [
    ['2020-01-01', 'yes'],
    ['2099-01-01', 'no'],
  ])
    await cast.admin.query(
      `insert into setting (name, valid_from, value, note) values ('helperPassword', $1, to_jsonb($2::text), 'x')`,
      [from, value],
    )
  const page = await (await visitor.get('/sign-in/ways')).text()
  expect(page.indexOf('Tee parool')).toBeGreaterThan(page.indexOf('Loo pääsuvõti'))
  expect(place(await visitor.post('/sign-in/ways', { way: 'password' }))).toBe('/sign-in/setup')
  expect(await (await visitor.get('/sign-in/setup')).text()).toContain('Lisa teine samm')
  expect(await factor()).toEqual([{ door_factor_set: true }])
  expect(await password()).toEqual([{ door_password_set: true }])
})

test('whoever works here makes a second factor and a password as before, and no key with an invitation', async () => {
  const { id, invitation, visitor } = await come('trainer')
  expect(place(await visitor.get('/sign-in/ways'))).toBe('/sign-in?late=1')
  expect(
    await knock('door_key_set', [invitation, Buffer.from('y'), Buffer.from('y'), 0, [], false, 'x', null]),
  ).toEqual([{ door_key_set: null }])
  expect(await setFirstCard({ id, invitation }, testCode(23))).toBeNull()
  expect(await knock('door_factor_set', [invitation, Buffer.from('x'), 1, []])).toEqual([{ door_factor_set: true }])
  expect(await knock('door_password_set', [invitation, 'x'])).toEqual([{ door_password_set: true }])
})

test('whose role begins later has her key, and the door opens then', async () => {
  const { id, visitor } = await come('volunteer', '2099-01-01')
  const done = await make(visitor)
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Sinu roll ei ole veel alanud')])
  expect([visitor.cookies.get('sid'), await count('passkey', id)]).toEqual([undefined, 1])
})
