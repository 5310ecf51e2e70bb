// Does whoever is overtaken while writing a new version see what stands there now, and is her second save taken?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { createApp } from '../../app.tsx'
import { catalogues } from '../../i18n/i18n.ts'
import { logTo } from '../log.server.ts'
import type { Env } from '../page.tsx'
import { csrfToken } from '../session.server.ts'

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

const post = (path: string, values: Record<string, string>) =>
  app.request(`${origin}${path}`, {
    method: 'POST',
    headers: { cookie: `sid=${cast.cookies.kim}`, origin },
    body: new URLSearchParams({ _csrf: csrfToken(cast.kim), ...values }),
  })
const versionIn = (html: string) => html.match(/name="version" value="(\d+)"/)?.[1] ?? ''

const words = { enTitle: 'When it is hard', ruTitle: 'Когда тяжело', etTitle: 'Kui on raske' }
const guidance = (body: string) => ({ ...words, etBody: body, enBody: 'Rest.', ruBody: 'Отдых.', changed: 'Sõnastus' })
const questions = (et: string) => ({ et, en: 'Is it\r\nclear?', ru: 'Всё\r\nясно?' })

test.each([
  ['/materials/self/edit', guidance('Näidis: esimene\r\nsõnastus'), guidance('Näidis: teine sõnastus')],
  ['/samples/checklist/edit', questions('Näidis: esimene\r\nsõnastus'), questions('Näidis: teine\r\nsõnastus')],
  ['/recruitment/guide/edit', questions('Näidis: esimene\r\nsõnastus'), questions('Näidis: teine\r\nsõnastus')],
])('%s', async (path, first, second) => {
  const shown = await app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies.kim}` } })
  const version = versionIn(await shown.text())
  expect((await post(path, { ...first, version })).status).toBe(303)
  const overtaken = await post(path, { ...second, version })
  expect(overtaken.status).toBe(409)
  const html = await overtaken.text()
  const callout = html.split(said['core.form.keptNow'] ?? '').at(-1) ?? ''
  // What is the same in both is not shown as another's.
  const kept = callout.slice(0, callout.indexOf('</dl>'))
  expect(kept).toContain('Näidis: esimene')
  expect(kept.match(/<dd/g)).toHaveLength(1)
  expect(html).toContain('Näidis: teine')
  expect((await post(path, { ...second, version: versionIn(html) })).status).toBe(303)
})
