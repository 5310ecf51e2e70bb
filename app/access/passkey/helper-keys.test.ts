// Does the password of somebody who only helps open anything but the way to a key or her card?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { linkCard, testCode } from '../../../test/tara.ts'
import { newVisitor, type Visitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { asPerson } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import { allOperations } from '../../core/operation.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import { newSecret, whoBears, whoIs } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { openAccount } from '../account/accounts.server.ts'
import { isFresh } from '../fresh.ts'
import { accountStates } from '../invitation/invitations.server.ts'
import { unlinkIdentity } from '../oidc/identities.server.ts'
import { removePasskey } from './passkeys.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(`delete from setting where name = 'helperPassword'; update session set passkey_id = null`)
  await cast.admin.query('delete from passkey where person_id = any ($1)', [[cast.lou.id, cast.sirje.id]])
  await cast.admin.query(`delete from person_identity; delete from credential; delete from sign_in_attempt`)
  await cast.admin.query(
    `insert into credential (person_id, password_hash, totp_confirmed_at, totp_sealed) select unnest($1::uuid[]), 'x', now(), '\\x01'`,
    [[cast.lou.id, cast.sirje.id, cast.kim.id]],
  )
})

const says = (value: string) =>
  cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('helperPassword', '2020-01-01', to_jsonb($1::text), 'x')`,
    [value],
  )
const oldKey = (id: string) =>
  cast.admin.query(
    `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, $2, '\\x01', false, 'Näidis') returning id`,
    [id, Buffer.from(`old ${id}`)],
  )

async function cameIn(id: string, method = 'password'): Promise<{ me: Person; visitor: Visitor }> {
  const { claim, claimHash, cookie } = newSecret(id)
  await cast.admin.query(
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until)
     values ($1, $2, $3, 2, 60, now() + interval '1 hour', now() + interval '8 hours')`,
    [id, claimHash, method],
  )
  const me = await whoBears(claim)
  if (!me) throw new Error('nobody came in')
  return { me, visitor: newVisitor(app, origin, cookie) }
}

/** Number of rows, or the error's code; nothing of it stays. */
async function attempt(me: Person, statement: string): Promise<number | string> {
  await cast.admin.query('begin')
  try {
    await cast.admin.query(`set local role tugivork_write; set local app.claim = '${me.claim}'`)
    return (await cast.admin.query(statement)).rowCount ?? 0
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await cast.admin.query('rollback')
  }
}

type Had = { key?: true; card?: true; says?: 'yes' | 'no' }
const ways: [method: string, had: Had, owes: Person['owes'], fresh: boolean][] = [
  ['password', {}, 'register', true],
  ['password', { says: 'no' }, 'register', true],
  // Whoever has stolen password and code cannot add a key of their own beside what is there.
  ['password', { key: true }, 'prove', false],
  ['password', { card: true }, 'prove', false],
  ['password', { says: 'yes' }, null, true],
  ['password', { key: true, says: 'yes' }, null, true],
  ['passkey', { key: true }, null, true],
  ['oidc', { card: true }, null, true],
  ['demo', {}, null, true],
]

test.each(ways)('by %s with %o somebody who only helps owes: %s', async (method, had, owes, fresh) => {
  for (const who of ['lou', 'sirje'] as const) {
    const { id } = cast[who]
    if (had.key) await oldKey(id)
    if (had.card) await linkCard(cast.admin, id, testCode(who === 'lou' ? 1 : 2))
    if (had.says && who === 'lou') await says(had.says)
    const { me } = await cameIn(id, method)
    expect([me.owes, isFresh(me)], who).toEqual([owes, fresh])
    expect(await attempt(me, `select 1 where has_role('volunteer', 'supervisor')`)).toBe(owes ? 0 : 1)
    // Of what she helps in nothing is there; her own record stays her own.
    const helps = `select 1 where auth_volunteer() is not null or auth_supervisees() <> '{}'`
    expect(await attempt(me, helps)).toBe(owes ? 0 : 1)
    const key = `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ('${id}', '\\x99', '\\x01', false, 'x')`
    expect(await attempt(me, key)).toBe(fresh ? 1 : '42501')
  }
})

test('whoever also works here, today or from some day on, comes in by a password as before', async () => {
  expect((await cameIn(cast.kim.id)).me.owes).toBeNull()
  for (const from of ['2020-01-01', '2099-01-01']) {
    const { rows } = await cast.admin.query<{ id: string }>(
      `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'trainer', $2, '2999-12-31') returning id`,
      [cast.lou.id, from],
    )
    const { me } = await cameIn(cast.lou.id)
    expect([me.owes, await attempt(me, `select 1 where has_role('volunteer')`)]).toEqual([null, 1])
    await cast.admin.query('delete from person_role where id = $1', [rows[0]?.id])
    // From the day on which she only helps again it opens nothing more.
    expect((await whoBears(me.claim))?.owes).toBe('register')
  }
})

test('every operation waits but those that lead to a key or card, and the refusal is written down', async () => {
  const { me } = await cameIn(cast.lou.id)
  const open: string[] = []
  for (const operation of allOperations().filter((one) => !one.name.startsWith('test.'))) {
    const said = await operation.run(me, {}).then(
      () => 'done',
      (error: { said?: { key: string } }) => error.said?.key,
    )
    if (said !== 'access.keys.firstHelper') open.push(operation.name)
  }
  expect(open).toEqual([
    ...['access.prove', 'access.signIn', 'account.identity', 'account.linkIdentity', 'account.setLanguage'],
    ...['passkey.add', 'passkey.list'],
  ])
  const { rows } = await cast.admin.query(
    `select result from audit_event where session_id = $1 and action = 'account.open'`,
    [me.sessionId],
  )
  expect(rows).toEqual([{ result: 'refused' }])
})

const firstOf = (path: string) => `/account/passkeys/first${path === '/' ? '' : `?to=${encodeURIComponent(path)}`}`

test('every page leads to the one page; what was typed waits; help and the way out stay open', async () => {
  const { me, visitor } = await cameIn(cast.lou.id)
  for (const path of ['/', '/account', '/account/password', '/cases', '/people', '/no-such-page'])
    expect((await visitor.get(path)).headers.get('location'), path).toBe(firstOf(path))
  const page = await (await visitor.get('/account/passkeys/first?to=/account')).text()
  expect(page).toContain('Lisa pääsuvõti')
  expect(page).not.toContain('href="/account/identity/go')
  expect((await visitor.get('/help')).status).toBe(200)
  const owner = /name="_owner" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect((await visitor.post('/account/edit', { _owner: owner, name: 'Lou' })).headers.get('location')).toBe(
    firstOf('/account/edit'),
  )
  expect((await whoBears(me.claim))?.drafts).toContain('/account/edit')
  expect((await visitor.post('/sign-out', {})).headers.get('location')).toBe('/sign-in?out=1')
})

async function add(visitor: Visitor, key: ReturnType<typeof newAuthenticator>, to = ''): Promise<Response> {
  const asked = await visitor.post('/account/passkeys/options', {}, true)
  if (asked.status !== 200) return asked
  const credential = JSON.stringify(key.make((await asked.json()) as { challenge: string }))
  return visitor.post(`/account/passkeys/new${to}`, { name: 'Telefon', credential })
}

test('with the key she has just made she is in, and goes on; the password leads no further beside it', async () => {
  const { me: before, visitor } = await cameIn(cast.lou.id)
  const done = await add(visitor, newAuthenticator({ origin }), '?to=%2Faccount')
  expect(done.headers.get('location')).toBe('/account/passkeys/more?to=%2Faccount')
  const me = await whoIs(visitor.cookies.get('sid'))
  expect(me).toMatchObject({ method: 'passkey', owes: null })
  expect(await whoBears(before.claim)).toBeNull()
  expect(await (await visitor.get('/account/passkeys/more?to=%2Faccount')).text()).toContain('href="/account"')
  expect((await visitor.get('/account')).status).toBe(200)
  expect((await visitor.get('/account/passkeys/first?to=/account')).headers.get('location')).toBe('/account')
  // Somebody with the same password and code, elsewhere.
  const other = await cameIn(cast.lou.id)
  expect((await add(other.visitor, newAuthenticator({ origin }))).status).toBe(403)
  expect(await (await other.visitor.get('/account/passkeys/first')).text()).toContain('Kinnita, et see oled sina')
  const proof = await (await other.visitor.get('/account/prove')).text()
  expect(proof).toContain('Kinnita pääsuvõtmega')
  expect(proof).not.toContain('name="password"')
  expect((await other.visitor.post('/account/prove', { password: 'x', code: '123456' })).status).toBe(403)
  if (!me) throw new Error('nobody is in')
  // A password that does not count is neither shown nor changed nor asked for.
  expect((await openAccount.run(me, {})).credential).toBeNull()
  expect(await (await visitor.get('/account/prove')).text()).not.toContain('name="password"')
  const { rows } = await cast.admin.query('select id from passkey where person_id = $1', [cast.lou.id])
  await expect(removePasskey.run(me, { id: rows[0].id })).rejects.toBeInstanceOf(Conflict)
})

test('with the card she has just shown she is in, and a card alone is the last way in', async () => {
  const { me: before, visitor } = await cameIn(cast.lou.id)
  const found = {
    who: before.id,
    session: before.sessionId,
    code: testCode(9),
    name: 'LOU',
    to: '/account',
    at: Date.now(),
  }
  visitor.cookies.set('found', sealForProcess('oidc-found', JSON.stringify(found)).toString('base64url'))
  const done = await visitor.post('/account/identity/confirm', {})
  expect(done.headers.get('location')).toBe('/account/passkeys/more?to=%2Faccount')
  const me = await whoIs(visitor.cookies.get('sid'))
  expect(me).toMatchObject({ method: 'oidc', owes: null })
  if (me) await expect(unlinkIdentity.run(me, {})).rejects.toBeInstanceOf(Conflict)
  // By the password alone, beside it: the card is to be shown.
  expect((await cameIn(cast.lou.id)).me.owes).toBe('prove')
})

test('an account with nothing but an old password is ready, for it leads to a key', async () => {
  const state = async () => (await asPerson('read', cast.kim.claim, accountStates)).get(cast.lou.id)?.state
  expect(await state()).toBe('ready')
  await cast.admin.query('delete from credential where person_id = $1', [cast.lou.id])
  expect(await state()).toBe('lost')
  await oldKey(cast.lou.id)
  expect(await state()).toBe('ready')
})
