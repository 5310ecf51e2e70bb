// Is what somebody wrote still there when its form is gone, because another was quicker?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { ending, givenDone } from '../../../test/closing.ts'
import { createApp } from '../../app.tsx'
import { closeCase } from '../../cases/closing/closing.server.ts'
import { catalogues } from '../../i18n/i18n.ts'
import { today } from '../clock.server.ts'
import { logTo } from '../log.server.ts'
import type { Env } from '../page.tsx'
import { csrfToken } from '../session.server.ts'
import { wordsWithout } from './unsaved.tsx'

const origin = 'http://localhost:3000'
const said = catalogues.et
let cast: Cast
let app: Hono<Env>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
})
afterAll(() => cast.close())

async function post(path: string, values: Record<string, string>): Promise<{ status: number; html: string }> {
  const body = new URLSearchParams({ _csrf: csrfToken(cast.lea), ...values })
  const headers = { cookie: `sid=${cast.cookies.lea}`, origin }
  const answer = await app.request(`${origin}${path}`, { method: 'POST', headers, body })
  return { status: answer.status, html: await answer.text() }
}

test('what was written is told from what was chosen, and secrets are not shown', () => {
  const values = { words: 'Üks lause', name: 'Mari', reason: 'goal_reached', seen: crypto.randomUUID(), _csrf: 'A b' }
  expect(wordsWithout('', { ...values, password: 'Salajane sõna', code: 'AB CD' })).toEqual(['Üks lause', 'Mari'])
  const typed = { birthYear: '1986', nationalId: '48505150011', day: '27.11.2026', sum: '12,50', phone: '+37255550199' }
  const chosen = { county: '0045', months: '12', cause: 'goal_reached', seen: new Date().toISOString() }
  expect(wordsWithout('', { ...typed, ...chosen })).toEqual(Object.values(typed))
  expect(wordsWithout('<textarea name="words">Üks lause</textarea>', values)).toEqual(['Mari'])
})

test('of two who close a case at once the second one finds her words, why they were not saved, and how it ended', async () => {
  const id = await givenDone(cast, today())
  await closeCase.run(cast.lea, { id, ...ending })
  const { status, html } = await post(`/cases/${id}/closing`, { ...ending, words: 'Näidis: minu <b>kokkuvõte</b>' })
  expect(status).toBe(409)
  expect(html.split('Näidis: minu &lt;b&gt;kokkuvõte&lt;/b&gt;')).toHaveLength(2)
  for (const words of [said['core.form.unsavedLead'], said['cases.closing.already'], ending.words])
    expect(html).toContain(words)
  expect(html).not.toContain('<b>kokkuvõte')
})

test('a form that is still there shows them in their fields, and nowhere twice', async () => {
  const id = await givenDone(cast, today())
  const { status, html } = await post(`/cases/${id}/closing`, { words: 'Näidis: minu kokkuvõte' })
  expect(status).toBe(422)
  expect(html.split('Näidis: minu kokkuvõte')).toHaveLength(2)
  expect(html).not.toContain(said['core.form.unsaved'])
})

test('where nothing is found any more they stand on the page that says so', async () => {
  const { status, html } = await post(`/cases/${crypto.randomUUID()}/closing`, {
    ...ending,
    words: 'Näidis: kirjutatu',
  })
  expect(status).toBe(404)
  expect(html).toContain('Näidis: kirjutatu')
})

test('they are shown to nobody but whoever sent them, in a page that nothing keeps', async () => {
  const path = `/cases/${crypto.randomUUID()}/closing`
  const sent = (cookie: string, csrf: string, type = 'application/x-www-form-urlencoded') => {
    const values = { _csrf: csrf, ...ending, words: 'Näidis: kirjutatu', personalCode: 'Näidis-isikukood' }
    const body = type === 'application/json' ? JSON.stringify(values) : new URLSearchParams(values).toString()
    const headers = { cookie, origin, 'content-type': type }
    return app.request(`${origin}${path}`, { method: 'POST', headers, body })
  }
  const own = await sent(`sid=${cast.cookies.lea}`, csrfToken(cast.lea))
  expect(own.headers.get('cache-control')).toBe('no-store')
  const page = await own.text()
  expect([page.includes('Näidis: kirjutatu'), page.includes('Näidis-isikukood')]).toEqual([true, false])
  // Somebody else has signed in at the same computer meanwhile, or nobody has.
  for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
    const others = await sent(`sid=${cast.cookies.lou}`, csrfToken(cast.lea), type)
    expect([others.status, (await others.text()).includes('Näidis: kirjutatu')]).toEqual([403, false])
    const nobodys = await sent('', csrfToken(cast.lea), type)
    expect([nobodys.status, (await nobodys.text()).includes('Näidis: kirjutatu')]).toEqual([303, false])
    expect(nobodys.headers.get('location')).not.toContain('kirjutatu')
  }
})
