// Once a session is over, by whatever it ended: does its cookie do or show anything, at any address – and can one be laid under somebody?
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../../app/access/door.server.ts'
import { createApp } from '../../../app/app.tsx'
import { logTo } from '../../../app/core/log.server.ts'
import { csrfToken, whoIs } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { type Cast, type CastName, openCast, signIn } from '../../cast.ts'
import { newVisitor } from '../../visitor.ts'
import { effectsSince, momentOf } from '../once/effects.ts'
import { record, scale } from '../record.ts'
import { endings } from './endings.ts'

const origin = 'http://localhost:3000'
const everybody = 'kim lea mall lou sirje peep aino ott tiia jaan'.split(' ') as CastName[]
let cast: Cast
let app: ReturnType<typeof createApp>
let [tried, failed, planted] = [0, 0, 0]
const begun = performance.now()
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
})
afterAll(async () => {
  record(
    { promise: 'sessions', what: 'requests with the cookie of a session that is over', count: tried, failed },
    begun,
  )
  record({ promise: 'sessions', what: 'cookies laid under whoever comes in', count: planted, failed: 0 }, begun)
  await cast.close()
})
/** What is asked with it: pages that everybody has, and forms of one's own that would take effect, with the token that the page had. */
const looks = ['/', '/account', '/account/edit', '/account/sessions', '/offices']
const forms: [path: string, values: Record<string, string>][] = [
  ['/account/edit', { phone: '5550001', locale: 'ru' }],
  ['/account/sessions/end', {}],
  ['/drafts', { form: '/account/edit', phone: '5550001' }],
]

async function asked(me: Person, cookie: string): Promise<string[]> {
  const headers = { cookie: `sid=${cookie}`, origin }
  const wrong: string[] = []
  const before = await momentOf(cast.admin)
  const judge = async (what: string, answer: Response) => {
    tried++
    const text = await answer.text()
    const away = [303, 401, 403, 404].includes(answer.status)
    const named = text.includes(me.name) || answer.headers.get('location') === '/'
    if (!away || named) wrong.push(`${what}: ${answer.status} ${answer.headers.get('location') ?? ''}`)
  }
  for (const path of looks) await judge(`GET ${path}`, await app.request(`${origin}${path}`, { headers }))
  for (const [path, values] of forms) {
    const body = new URLSearchParams({ ...values, _csrf: csrfToken(me) })
    await judge(`POST ${path}`, await app.request(`${origin}${path}`, { method: 'POST', headers, body }))
  }
  const effects = await effectsSince(cast.admin, before)
  if (Object.keys(effects).length > 0) wrong.push(JSON.stringify(effects))
  failed += wrong.length
  return wrong
}

// In `npm test` two people at each of them, other ones each time.
const some = (at: number) => (scale(2, 0) ? [everybody[at % 10], everybody[(at + 5) % 10]] : everybody)

test.each(Object.entries(endings).map(([called, ending], at) => [called, ending, at] as const))(
  'after this the cookie of nobody opens anything or does anything: %s',
  async (_, { ends, after, not }, at) => {
    for (const name of everybody.filter((one) => one !== not && some(at).includes(one))) {
      const { person, cookie } = await signIn(cast.admin, cast[name].id)
      const browser = newVisitor(app, origin, cookie)
      expect((await whoIs(cookie))?.id).toBe(person.id)
      const held = { who: person, browser, cast }
      await ends(held)
      expect([name, await whoIs(cookie), await asked(person, cookie)]).toEqual([name, null, []])
      // Nor once more what it ended with has been put back.
      await after?.(held)
      expect([name, await whoIs(cookie), await asked(person, cookie)]).toEqual([name, null, []])
    }
  },
  300_000,
)

test('what somebody laid into a browser beforehand is not what its person comes in by', async () => {
  const way = { method: 'password', device: '' } as const
  const dead = await signIn(cast.admin, cast.mall.id)
  await cast.admin.query(`update session set ended_at = now(), ended_why = 'sign-out' where id = $1`, [
    dead.person.sessionId,
  ])
  const laid = [
    randomBytes(32).toString('base64url'),
    'a'.repeat(43),
    dead.cookie,
    dead.person.sessionId,
    (await signIn(cast.admin, cast.mall.id)).cookie,
    '',
  ]
  for (const name of everybody)
    for (const value of laid) {
      planted++
      const before = await whoIs(value)
      const own = await openSession(cast[name], way, before)
      expect([name, own === value, (await whoIs(own))?.id]).toEqual([name, false, cast[name].id])
      expect([name, (await whoIs(value))?.id ?? null]).toEqual([name, null])
    }
}, 300_000)
