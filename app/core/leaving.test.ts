// How does an answer leave that is no page: each failure as what it is, with its words, its number and the headers of all?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareSite, cookieOf, origin, ownPage, tells } from '../../test/bare.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { translator } from '../i18n/i18n.ts'
import { answerMissingIn } from './answer/even.server.ts'
import { permissionsPolicy } from './answer/features.ts'
import { asPerson, connect, disconnect } from './db.server.ts'
import * as failures from './errors.ts'
import { logTo } from './log.server.ts'

const t = translator('et')
const lines: Record<string, unknown>[] = []
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(JSON.parse(line)))
})
afterAll(() => cast.close())

const said = { key: 'core.turn.stopped' } as const
const place = { table: 'x', column: 'y', row: 'z', owner: null }
const known: Record<string, Error> = {
  refused: new failures.Refused(),
  told: new failures.Refused(said),
  missing: new failures.NotFound(),
  conflict: new failures.Conflict(),
  notNow: new failures.Conflict(said),
  erased: new failures.Erased(),
  invalid: new failures.Invalid({ name: { key: 'core.error.choose' } }),
  away: new failures.Unavailable(),
  unclear: new failures.Unclear(),
  many: new failures.TooMany(said, 77),
  still: new failures.StandsStill(said, 3600),
  unopenable: new failures.Unopenable(place),
  bug: new Error('Näidis-Saladus'),
}

const ask = (path: string, sent: RequestInit = {}) =>
  bareSite((app) => {
    tells(app, '/who', '/exit')
    app.all('/fails/:how', (c) => {
      throw known[c.req.param('how')]
    })
  }).request(`${origin}${path}`, { ...sent, headers: { ...cookieOf(cast.cookies.kim), ...sent.headers } })

test('each failure leaves with its own number and says what it has to say', async () => {
  const note = { method: 'POST', headers: ownPage(cast, 'kim'), body: new URLSearchParams({ note: 'Minu sõnad' }) }
  const fails = async (how: string, sent: RequestInit = {}) => {
    const answer = await ask(`/fails/${how}`, sent)
    const page = await answer.text()
    return { status: answer.status, later: answer.headers.get('retry-after'), says: page.includes(t(said.key)), page }
  }
  expect(await fails('refused')).toMatchObject({ status: 403, later: null, says: false })
  expect(await fails('told')).toMatchObject({ status: 403, says: true })
  expect(await fails('missing')).toMatchObject({ status: 404, says: false })
  expect(await fails('conflict')).toMatchObject({ status: 409, says: false })
  expect(await fails('notNow')).toMatchObject({ status: 409, says: true })
  expect((await fails('notNow')).page).toContain(t('ui.problem.notNow.title'))
  expect((await fails('conflict')).page).toContain(t('ui.problem.conflict.title'))
  expect(await fails('erased')).toMatchObject({ status: 410 })
  expect(await fails('invalid')).toMatchObject({ status: 422 })
  expect((await fails('invalid')).page).toContain(t('core.error.choose'))
  expect(await fails('away')).toMatchObject({ status: 503, later: '30' })
  // Whoever sent it may send it once more; whoever only looked has nothing to send.
  expect(await fails('unclear')).toMatchObject({ status: 503, later: '30' })
  expect((await fails('unclear')).page).not.toContain(t('ui.problem.unclear.title'))
  const again = await fails('unclear', note)
  expect(again).toMatchObject({ status: 503, later: '30' })
  expect(again.page).toContain(t('ui.problem.unclear.title'))
  expect(again.page).toContain('name="note" value="Minu sõnad"')
  expect((await fails('away', note)).page).not.toContain('name="note"')
  expect(await fails('many')).toMatchObject({ status: 429, later: '77', says: true })
  expect((await fails('many')).page).toContain(t('ui.problem.busy.title'))
  expect((await fails('still')).page).toContain(t('ui.problem.still.title'))
  expect(await fails('bug')).toMatchObject({ status: 500, says: false })
  const bug = lines.findLast(({ event }) => event === 'bug')
  expect(bug).toMatchObject({ route: '/fails/:how', error: 'Error', incident: expect.stringMatching(/^[0-9a-f]{8}$/) })
  const { incident } = known.unopenable as failures.Unopenable
  expect((await fails('unopenable')).page).toContain(incident)
  expect(lines.findLast(({ event }) => event === 'unopenable')).toMatchObject({ route: '/fails/:how', incident })
  const request = lines.findLast(({ event }) => event === 'request')
  expect(request).toMatchObject({ method: 'GET', status: 409 })
  expect(request?.ms).toBeLessThan(performance.now())
  // What was written is not lost where there is no form to come back to.
  for (const how of ['missing', 'conflict', 'notNow', 'unopenable', 'erased', 'invalid', 'bug', 'away'])
    expect((await fails(how, note)).page, how).toContain('Minu sõnad')
  for (const how of ['refused', 'many']) expect((await fails(how, note)).page, how).not.toContain('Minu sõnad')
  const nowhere = await ask('/nowhere')
  expect(nowhere.status).toBe(404)
  expect(await nowhere.text()).toContain(t('ui.problem.missing.title'))
})

test('what is said is said in the language of whoever hears it', async () => {
  const speak = (locale: string) =>
    cast.admin.query('update person set locale = $2 where id = $1', [cast.kim.id, locale])
  await speak('ru')
  expect(await (await ask('/fails/told')).text()).toContain(translator('ru')(said.key))
  await speak('et')
})

test('that something is not there is said after the same while, however soon it is known', async () => {
  answerMissingIn(100)
  const begun = performance.now()
  await ask('/fails/missing')
  answerMissingIn(0)
  expect(performance.now() - begun).toBeGreaterThanOrEqual(99)
})

test('whoever must get away is led away, whether or not there is room, or a database', async () => {
  const who = async () => (await (await ask('/exit')).json()) as { me: string | null }
  expect(await who()).toMatchObject({ me: cast.kim.id })
  await disconnect()
  const dead = 'postgres://x:x@127.0.0.1:1/x'
  connect({ readUrl: dead, writeUrl: dead, doorUrl: dead })
  expect(await who()).toMatchObject({ me: null })
  expect((await ask('/who')).status).toBe(503)
  await disconnect()
  // One connection each: two dozen who wait are a crowd.
  connect(cast.urls, 1)
  const gate = Promise.withResolvers<void>()
  const waiting = Array.from({ length: 24 }, () => asPerson('read', cast.kim.claim, () => gate.promise))
  await new Promise(setImmediate)
  const begun = performance.now()
  expect(await who()).toMatchObject({ me: null })
  // At once: nobody waits until a connection is free, or given up.
  expect(performance.now() - begun).toBeLessThan(3000)
  gate.resolve()
  await Promise.all(waiting)
  expect(await who()).toMatchObject({ me: cast.kim.id })
  // A mistake of ours is told even there; it would be there tomorrow as well.
  await cast.admin.query('alter function auth_open rename to auth_gone')
  expect((await ask('/exit')).status).toBe(500)
  await cast.admin.query('alter function auth_gone rename to auth_open')
  expect(await who()).toMatchObject({ me: cast.kim.id })
})

test('every answer says what it may load and that nobody keeps it, and no two the same', async () => {
  const answers = await Promise.all([1, 2].map(() => ask('/who')))
  const nonces = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { nonce: string }).nonce))
  expect(new Set(nonces).size).toBe(2)
  for (const [at, { headers }] of answers.entries()) {
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'nonce-${nonces[at]}' 'strict-dynamic'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /policy-report`,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex, noarchive')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toBe(permissionsPolicy)
  }
})

test('a browser that came by a safe line never comes by another one', async () => {
  for (const secure of [true, false]) {
    const answer = await bareSite((app) => tells(app, '/open'), secure).request(`${origin}/open`)
    const lasts = secure ? 'max-age=31536000; includeSubDomains' : null
    expect(answer.headers.get('strict-transport-security')).toBe(lasts)
  }
})
