// Does an operation come to a browser as what it is: a page, a form, a button, a file – with what was typed, and with nothing it may not have?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bareSite, cookieOf, origin, ownPage } from '../../test/bare.ts'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { translator } from '../i18n/i18n.ts'
import { now } from './clock.server.ts'
import { findDraft, saveDraft } from './drafts.server.ts'
import { Conflict, NotFound, TooMany } from './errors.ts'
import { text } from './form/fields.ts'
import { logTo } from './log.server.ts'
import { command, query } from './operation.server.ts'
import { action, download, form, get, type Page, type PageContext, reply, signedIn } from './page.tsx'
import { ownerOfMark } from './session.server.ts'

const t = translator('et')
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

const roles = ['coordinator', 'lead'] as const
const Asked = z.object({ id: z.uuid().optional(), tag: z.unknown().optional(), age: z.string().max(2).optional() })
const look = query('test.page.look', { roles, input: Asked }, async (_db, input) => input)
const Typed = z.object({
  id: z.uuid().optional(),
  name: text({ label: 'access.keys.name', max: 5 }),
  how: z.string().optional(),
})
const fails: Record<string, Error> = {
  conflict: new Conflict(),
  notNow: new Conflict({ key: 'access.two.notOpen' }),
  many: new TooMany({ key: 'core.turn.stopped' }, 77),
  missing: new NotFound(),
}
const write = command('test.page.write', { roles: ['coordinator'], input: Typed }, async (_db, { name, how }) => {
  if (how && fails[how]) throw fails[how]
  return { name }
})
const never = command('test.page.never', { roles: ['admin'], input: Asked }, async () => 1)

/** A page that shows everything it was told. */
const shown = (page: PageContext<unknown>): string => {
  const { data, me, path, values, errors, origin: at, tokens } = page
  const can = [page.can(write), page.can(never)]
  return JSON.stringify({
    data,
    me: me.id,
    path,
    values,
    errors,
    at,
    can,
    owner: ownerOfMark(tokens.owner),
    once: tokens.once,
  })
}
const view = { title: 'core.error.title', body: shown } as const
const closing = { ...view, closes: () => ({ at: new Date(now().getTime() + 40_000), to: '/back' }) }

const pages: Record<string, Page> = {
  '/look/:id': get(look, view),
  '/look': get(look, closing),
  '/form': form(look, write, view, ({ name }) => `/done/${name}`),
  '/form/:id': form(look, write, closing, (_, { id }) => ({ to: `/done/${id}`, said: 'core.error.choose' })),
  '/mine': form(look, never, view, () => '/'),
  '/press/:id': action(write, ({ name }, { id }, { how }) => `/done/${name}/${id}/${how}`),
  '/press': action(write, () => '/'),
  '/tell/:id': reply(write, view),
  '/file/:id': download(look, async ({ id }, say, me) => ({
    ...{ body: new TextEncoder().encode(`${id} ${say('core.error.choose')} ${me.id}`), type: 'text/x-naidis' },
    name: 'leht 1"/õ.txt',
  })),
}

const site = (secure: boolean) =>
  bareSite((app) => {
    app.get('/open', async (c) => c.text(signedIn(c).id))
    for (const [address, page] of Object.entries(pages)) {
      if (page.get) app.get(address, page.get)
      if (page.post) app.post(address, page.post)
    }
  }, secure)

function ask(who: CastName | null, path: string, values?: Record<string, string>, secure = false) {
  const cookie = cookieOf(who && cast.cookies[who], secure)
  const sent = values && { method: 'POST', body: new URLSearchParams(values) }
  const headers = { ...cookie, ...(values && who ? ownPage(cast, who) : {}) }
  return site(secure).request(`${origin}${path}`, { headers, ...sent })
}
const told = async (answer: Response) => {
  const found = /<main id="main">(?:.*?)(\{.*\})<\/main>/s.exec(await answer.text())?.[1]
  return JSON.parse((found ?? 'null').replaceAll('&quot;', '"'))
}
const [id, other] = ['7d1c1f0e-0000-4000-8000-000000000001', '7d1c1f0e-0000-4000-8000-000000000002']

test('a page shows what its operation answers; the address says of what, whatever stands behind it', async () => {
  const page = await told(await ask('kim', `/look/${id}?id=${other}&tag=a&age=7`))
  expect(page).toMatchObject({ data: { id, tag: 'a', age: '7' }, me: cast.kim.id, path: `/look/${id}`, at: origin })
  expect(page).toMatchObject({ can: [true, false], values: {}, errors: {}, owner: cast.kim.id })
  expect((await told(await ask('kim', '/look?tag=a&tag=b'))).data).toEqual({ tag: ['a', 'b'] })
  expect((await told(await ask('lea', '/look'))).can).toEqual([false, false])
  for (const nothing of ['/look/x', '/look/x?age=777']) expect((await ask('kim', nothing)).status).toBe(404)
  expect((await ask('kim', '/look?age=777')).status).toBe(422)
  expect((await ask('lou', '/look')).status).toBe(403)
  expect((await ask('kim', '/look')).headers.get('refresh')).toBe('40; url=/back')
  expect((await ask('kim', `/look/${id}`)).headers.get('refresh')).toBeNull()
})

test('a form is shown to whoever may send it, with what they had typed', async () => {
  expect((await ask('lea', '/form')).status).toBe(403)
  expect((await ask('kim', '/mine')).status).toBe(403)
  expect((await told(await ask('kim', '/form?name=Kim'))).values).toEqual({ name: 'Kim' })
  for (const path of ['/form', '/other']) await saveDraft.run(cast.kim, { form: path, values: { name: 'pool' } })
  expect((await told(await ask('kim', '/form?name=Kim&age=7'))).values).toEqual({ name: 'pool', age: '7' })
})

test('a form that was sent does what it says and is forgotten; one that was not taken comes back whole', async () => {
  await saveDraft.run(cast.kim, { form: '/form', values: { name: 'pool' } })
  const done = await ask('kim', '/form', { name: 'Kim' })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/done/Kim'])
  expect(done.headers.getSetCookie()).toEqual([])
  expect(await findDraft(cast.kim, '/form')).toEqual({})
  expect(await findDraft(cast.kim, '/other')).toEqual({ name: 'pool' })
  const back = async (values: Record<string, string>) => {
    const answer = await ask('kim', '/form', values)
    return { status: answer.status, later: answer.headers.get('retry-after'), ...(await told(answer)) }
  }
  const wrong = await back({ name: 'Kimberly' })
  expect(wrong).toMatchObject({ status: 422, later: null, values: { name: 'Kimberly' } })
  expect(Object.keys(wrong.errors)).toEqual(['name'])
  expect(wrong.errors.name).not.toBe('')
  const values = (how: string) => ({ name: 'Kim', how })
  expect(await back(values('conflict'))).toMatchObject({ status: 409, errors: { '': t('core.error.conflict') } })
  expect(await back(values('notNow'))).toMatchObject({ status: 409, errors: { '': t('access.two.notOpen') } })
  const many = { status: 429, later: '77', errors: { '': t('core.turn.stopped') }, values: values('many') }
  expect(await back(values('many'))).toMatchObject(many)
  expect((await ask('kim', '/form', values('missing'))).status).toBe(404)
  expect((await ask('lea', '/form', { name: 'Lea' })).status).toBe(403)
})

test('where a form leads to is said there, once; what was for a while only is not closed over what has to be put right', async () => {
  const done = await ask('kim', `/form/${id}`, { name: 'Kim', id: other })
  expect(done.headers.get('location')).toBe(`/done/${id}`)
  expect(done.headers.getSetCookie()).toEqual(['said=core.error.choose; Max-Age=60; Path=/; HttpOnly; SameSite=Strict'])
  const safe = await ask('kim', `/form/${id}`, { name: 'Kim' }, true)
  expect(safe.headers.getSetCookie()[0]).toContain('; Secure')
  expect((await ask('kim', `/form/${id}`)).headers.get('refresh')).toBe('40; url=/back')
  expect((await ask('kim', `/form/${id}`, { name: 'Kimberly' })).headers.get('refresh')).toBeNull()
})

test('the same form twice has one effect', async () => {
  const once = 'aaaaaaaa-0000-4000-8000-000000000001'
  for (const name of ['Kim', 'Lou'])
    expect((await ask('kim', '/form', { name, _once: once })).headers.get('location')).toBe('/done/Kim')
  for (const name of ['Kim', 'Lou'])
    expect((await ask('kim', `/press/${id}`, { name, _once: `b${once.slice(1)}` })).headers.get('location')).toContain(
      '/done/Kim',
    )
})

test('a button does what it says to what the address names', async () => {
  const done = await ask('kim', `/press/${id}`, { name: 'Kim', how: 'so', id: other })
  expect([done.status, done.headers.get('location')]).toEqual([303, `/done/Kim/${id}/so`])
  expect((await ask('kim', '/press/x', { name: 'Kim' })).status).toBe(404)
  expect((await ask('kim', '/press', { name: 'Kimberly' })).status).toBe(422)
  expect((await ask('kim', '/press', { name: 'Kim', how: 'conflict' })).status).toBe(409)
  expect((await ask('lea', '/press', { name: 'Lea' })).status).toBe(403)
})

test('what is told by a button is shown at once', async () => {
  expect((await told(await ask('kim', `/tell/${id}`, { name: 'Kim', id: other }))).data).toEqual({ name: 'Kim' })
  expect((await ask('kim', '/tell/x', { name: 'Kim' })).status).toBe(404)
  expect((await ask('lea', `/tell/${id}`, { name: 'Lea' })).status).toBe(403)
})

test('a file is saved under a plain name and never opened here', async () => {
  const answer = await ask('kim', `/file/${id}`)
  expect(answer.headers.get('content-type')).toBe('text/x-naidis')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="leht-1---.txt"')
  expect(await answer.text()).toBe(`${id} ${t('core.error.choose')} ${cast.kim.id}`)
  expect((await ask('kim', '/file/x')).status).toBe(404)
})

test('who is nobody is refused, wherever the guard may have let them through', async () => {
  expect((await ask(null, '/open')).status).toBe(403)
  expect(await (await ask('kim', '/open')).text()).toBe(cast.kim.id)
})
