// Whatever stands behind it: is each request asked where it comes from, whose it is and whether it may go on?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bareSite, cookieOf, origin, ownPage, type Sent, tells } from '../../test/bare.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { lend, standIn } from '../../test/substitution.ts'
import { endSubstitution } from '../access/substitution/substitutions.server.ts'
import { translator } from '../i18n/i18n.ts'
import { asPerson } from './db.server.ts'
import { findDraft } from './drafts.server.ts'
import { logTo } from './log.server.ts'
import { query } from './operation.server.ts'
import { signedIn } from './page.tsx'
import { csrfToken, ownerMark } from './session.server.ts'

const t = translator('et')
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

const places = ['/', '/who', '/open/who', '/second', '/drafts', '/substitution/back']
const ask = (cookie: string | null, path: string, { method = 'GET', headers = {}, body, secure = false }: Sent = {}) =>
  bareSite((app) => tells(app, ...places), secure).request(`${origin}${path}`, {
    ...{ method, headers: { ...cookieOf(cookie, secure), ...headers }, body },
    ...{ duplex: 'half' },
  })
const form = (values: Record<string, string>) => new URLSearchParams(values)

test('a form is taken from our own page alone, with the token of this very session', async () => {
  const send = async (headers: Record<string, string>, body = form({})) =>
    (await ask(cast.cookies.kim, '/who', { method: 'POST', headers, body })).status
  const token = { 'x-csrf-token': csrfToken(cast.kim) }
  expect(await send({ origin, ...token })).toBe(200)
  expect(await send({ origin }, form({ _csrf: csrfToken(cast.kim) }))).toBe(200)
  expect(await send({ origin, ...token, 'sec-fetch-site': 'same-origin' })).toBe(200)
  for (const site of ['cross-site', 'same-site', 'none'])
    expect(await send({ origin, ...token, 'sec-fetch-site': site }), site).toBe(403)
  for (const from of ['https://evil.example', 'null', `${origin}1`, origin.slice(0, -1)])
    expect(await send({ origin: from, ...token }), from).toBe(403)
  expect(await send(token)).toBe(403)
  const right = csrfToken(cast.kim)
  for (const wrong of ['', 'x', right.slice(0, -4), `${right}AAAA`, csrfToken(cast.lou), 'A'.repeat(86)])
    expect(await send({ origin, 'x-csrf-token': wrong }), wrong).toBe(403)
  expect(await send({ origin })).toBe(403)
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect((await ask(cast.cookies.kim, '/who', { method })).status, method).toBe(403)
  for (const method of ['GET', 'HEAD'])
    expect((await ask(cast.cookies.kim, '/who', { method })).status, method).toBe(200)
  const foreign = await ask(cast.cookies.kim, '/who', { method: 'POST', headers: { origin: 'null' } })
  expect(await foreign.text()).toContain(t('core.error.foreignForm'))
  const unsigned = await ask(cast.cookies.kim, '/who', { method: 'POST', headers: { origin } })
  expect(await unsigned.text()).toContain(t('core.error.foreignForm'))
})

test('an open page is for everybody, but its forms too come from our own pages', async () => {
  const post = (from: string) => ask(null, '/open/who', { method: 'POST', headers: { origin: from } })
  expect(await (await ask(null, '/open/who')).json()).toMatchObject({ me: null, locale: 'et' })
  const russian = { cookie: `sid=${cast.cookies.kim}; lang=ru` }
  expect(await (await ask(null, '/open/who', { headers: russian })).json()).toMatchObject({
    me: cast.kim.id,
    locale: 'et',
  })
  expect(await (await ask(null, '/open/who', { headers: { cookie: 'lang=ru' } })).json()).toMatchObject({
    locale: 'ru',
  })
  expect(await (await ask(null, '/open/who', { headers: { cookie: 'lang=xx' } })).json()).toMatchObject({
    locale: 'et',
  })
  expect((await post(origin)).status).toBe(200)
  expect((await post('https://evil.example')).status).toBe(403)
  expect((await ask(null, '/assets/x.css', { headers: { cookie: 'sid=x' } })).status).toBe(404)
  expect((await ask(null, '/assets/x.css', { method: 'POST' })).status).toBe(403)
})

test('whoever is not signed in is led to the door, and from there back', async () => {
  const to = async (path: string, sent: Sent = {}) => {
    const answer = await ask(null, path, sent)
    expect(answer.status).toBe(303)
    expect(answer.headers.getSetCookie().join()).toContain(`${sent.secure ? '__Host-sid' : 'sid'}=; Max-Age=0`)
    return answer.headers.get('location')
  }
  expect(await to('/')).toBe('/sign-in')
  expect(await to('/who?x=1')).toBe('/sign-in?to=%2Fwho')
  expect(await to('/who', { secure: true })).toBe('/sign-in?to=%2Fwho')
  const post = (headers: Record<string, string>, values: Record<string, string>) =>
    to('/who', { method: 'POST', headers: { origin, ...headers }, body: form(values) })
  expect(await post({ referer: `${origin}/page?x=1` }, { note: 'sõnad' })).toBe('/sign-in?to=%2Fpage')
  expect(await post({ referer: 'https://evil.example/page' }, {})).toBe('/sign-in?to=%2Fwho')
  expect(await post({}, { _owner: 'x' })).toBe('/sign-in?to=%2Fwho')
  expect(await findDraft(cast.mall, '/who')).toEqual({})
  expect(await post({}, { _owner: ownerMark(cast.mall), note: 'Näidis-sõnad' })).toBe('/sign-in?to=%2Fwho&kept=1')
  expect(await findDraft(cast.mall, '/who')).toEqual({ note: 'Näidis-sõnad' })
  for (const cookie of ['x', `${cast.cookies.kim}x`, `x${cast.cookies.kim}`, 'x'.repeat(43)])
    expect((await ask(cookie, '/who')).status, cookie).toBe(303)
})

test('who asks and what they see first is one transaction', async () => {
  const site = bareSite((app) =>
    app.get('/first', async (c) => {
      const { rows } = await cast.admin.query('select clock_timestamp()::text as now')
      const begun = sql<{ before: boolean }>`select transaction_timestamp() < ${rows[0].now}::timestamptz as before`
      return c.json((await asPerson('read', signedIn(c).claim, (db) => begun.execute(db))).rows)
    }),
  )
  const answer = await site.request(`${origin}/first`, { headers: cookieOf(cast.cookies.kim) })
  expect(await answer.json()).toEqual([{ before: true }])
})

test('before one thing is done another one may have to be; who only looks is led there, who sends is not held up', async () => {
  const answer = await ask(cast.cookies.kim, '/second')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/first'])
  expect((await ask(cast.cookies.kim, '/who')).status).toBe(200)
})

test('what was sent is read by its kind, and by no other', async () => {
  const sent = async (type: string, body: BodyInit) => {
    const headers = { ...ownPage(cast, 'kim'), ...(type ? { 'content-type': type } : {}) }
    const answer = await ask(cast.cookies.kim, '/who', { method: 'POST', headers, body })
    return ((await answer.json()) as { values: unknown }).values
  }
  expect(await sent('application/json', '{"a":[1]}')).toEqual({ a: [1] })
  for (const odd of ['[1]', 'null', '"x"', '{']) expect(await sent('application/json', odd), odd).toEqual({})
  expect(await sent('application/x-www-form-urlencoded;charset=UTF-8', 'a=1&b=2&b=3')).toEqual({
    a: '1',
    b: ['2', '3'],
  })
  const parts = new FormData()
  for (const [name, value] of [
    ['a', '1'],
    ['b', '2'],
    ['b', '3'],
  ] as const)
    parts.append(name, value)
  expect(await sent('', parts)).toEqual({ a: '1', b: ['2', '3'] })
  expect(await sent('multipart/form-data', 'x')).toEqual({})
})

test('what comes in any other kind is refused before anybody is asked who it is; where nothing comes there is nothing to read', async () => {
  const send = (cookie: string | null, path: string, headers: Record<string, string>, body?: BodyInit) =>
    ask(cookie, path, { method: 'POST', headers: { ...ownPage(cast, 'kim'), ...headers }, body })
  const odd = ['text/plain', 'x/application/json', 'text/x-www-form-urlencoded', 'x/multipart/form-data']
  for (const type of [...odd, 'application/jsonx', 'application/json-patch+json', 'application/x-www-form-urlencodedx'])
    for (const [cookie, path] of [
      [cast.cookies.kim, '/who'],
      [cast.cookies.kim, '/drafts'],
      [null, '/who'],
      [null, '/open/who'],
    ] as const) {
      const answer = await send(cookie, path, { 'content-type': type }, 'a=1')
      expect(answer.status, `${type} ${path}`).toBe(415)
      const said = await answer.text()
      expect(said).toContain(t('ui.problem.kind.title'))
      expect(said).toContain('href="tel:112"')
    }
  expect((await send(cast.cookies.kim, '/who', { 'content-length': '3' })).status).toBe(415)
  expect((await send(cast.cookies.kim, '/who', { 'transfer-encoding': 'chunked' })).status).toBe(415)
  // A foreign page hears what it always does.
  const evil = { origin: 'https://evil.example', 'content-type': 'text/plain' }
  expect((await send(cast.cookies.kim, '/who', evil, 'a=1')).status).toBe(403)
  // As a form without a field, and as a script that only says that something happened.
  const none: Record<string, string>[] = [
    {},
    { 'content-length': '0' },
    { 'content-length': '0', 'content-type': 'text/plain' },
  ]
  for (const nothing of none)
    for (const path of ['/who', '/open/who']) {
      const answer = await send(cast.cookies.kim, path, nothing)
      expect([answer.status, ((await answer.json()) as { values: unknown }).values]).toEqual([200, {}])
    }
})

test('more than a form may hold is refused, whether it is said beforehand or not', async () => {
  const length = { ...ownPage(cast, 'kim'), 'content-type': 'application/x-www-form-urlencoded' }
  const send = async (headers: Record<string, string>, body: BodyInit | undefined, method = 'POST') =>
    (await ask(cast.cookies.kim, '/who', { method, headers: { ...length, ...headers }, body })).status
  expect(await send({ 'content-length': String(13 * 1024 * 1024) }, 'a=1')).toBe(413)
  expect(await send({ 'content-length': String(11 * 1024 * 1024) }, 'a=1')).toBe(200)
  const pieces = (count: number) => {
    const piece = new TextEncoder().encode('a'.repeat(1024 * 1024))
    return new ReadableStream({
      pull: (to) => (count-- > 0 ? to.enqueue(piece) : to.close()),
    })
  }
  expect(await send({}, pieces(13))).toBe(413)
  expect(await send({ 'transfer-encoding': 'chunked', 'content-length': '5' }, pieces(13))).toBe(413)
  expect(await send({}, pieces(2))).toBe(200)
  for (const method of ['GET', 'HEAD'])
    expect(await send({ 'content-length': String(13 * 1024 * 1024) }, undefined, method), method).toBe(200)
})

test('whoever looked at more than a person can waits with looking, and with nothing else', async () => {
  const look = query('test.seen', { roles: ['coordinator'], input: z.object({}) }, async () => 1)
  const most = (value: string, from: string) =>
    cast.admin.query(
      `insert into setting (name, value, valid_from, note) values ('looksPerMinute', $1, $2, 'Näidis')`,
      [value, from],
    )
  await most('1', '2001-01-01')
  try {
    await look.run(cast.kim, {})
    const answer = await ask(cast.cookies.kim, '/who')
    expect(answer.status).toBe(429)
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await answer.text()).toContain(t('core.turn.looks', { seconds }))
    const post = { method: 'POST', headers: ownPage(cast, 'kim') }
    expect((await ask(cast.cookies.kim, '/who', post)).status).toBe(200)
    expect((await ask(cast.cookies.lea, '/who')).status).toBe(200)
  } finally {
    await most('100000', '2002-01-01')
  }
})

test('what was opened at another’s desk is not sent from one’s own once the term is over', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  const { person, cookie } = await standIn(cast, cast.peep, id)
  const post = (path: string, _once = randomUUID()) =>
    ask(cookie, path, {
      method: 'POST',
      headers: { origin },
      body: form({ _csrf: csrfToken(person), _once, note: 'Näidis-sõnad' }),
    })
  expect((await post('/who')).status).toBe(200)
  const once = randomUUID()
  await endSubstitution.run(person, { id }, once)
  const late = await post('/who')
  expect(late.status).toBe(403)
  expect(await late.text()).toContain(t('core.error.standInOver', { name: cast.kim.name }))
  expect(await findDraft(cast.peep, '/who')).toEqual({ note: 'Näidis-sõnad' })
  // The one that did it, sent again because its answer got lost, is not said to be unsaved; nothing of it waits either.
  const again = await post(`/substitution/${id}/end`, once)
  expect([again.status, again.headers.get('location')]).toEqual([303, '/'])
  expect(decodeURIComponent(again.headers.get('set-cookie') ?? '')).toContain('said=core.form.sentBefore')
  expect(await findDraft(cast.peep, `/substitution/${id}/end`)).toEqual({})
  // Somebody else's key says nothing.
  await cast.admin.query(`update once set person_id = $1 where key = $2`, [cast.kim.id, once])
  expect((await post('/who', once)).status).toBe(403)
  expect((await post('/drafts')).status).toBe(403)
  expect(await findDraft(cast.peep, '/drafts')).toEqual({})
  expect((await post('/substitution/back')).status).toBe(200)
  expect((await ask(cookie, '/who')).status).toBe(200)
})
