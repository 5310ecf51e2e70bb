// Does the log know that a calendar was fetched by its link, and is none given where it cannot know?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { createApp } from '../../app.tsx'
import { listAudit } from '../../audit/audits.server.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'
import { makeCalendar } from './calendars.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: Hono<Env>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
})
afterAll(() => cast.close())

const read = async (path: string) => {
  const answer = await app.request(`${origin}${path}`)
  return { status: answer.status, text: await answer.text() }
}
const linkOf = async (who: CastName) => (await makeCalendar.run(cast[who], { kinds: true })).path
const logged = async () => {
  const { rows } = await cast.admin.query(
    `select actor, session_id, object_id, case_id, fields, result from audit_event where action = 'calendar.read' order by seq`,
  )
  return rows
}
const heard = async (who: CastName) =>
  (await listAudit.run(cast[who], { action: 'calendar.read' })).events.map(({ actorId }) => actorId)

test('that a link was read stands in the log once an hour, for its owner and the auditor, and for nobody else', async () => {
  const link = await linkOf('lea')
  await read(`/calendar/${'x'.repeat(43)}`)
  expect(await logged()).toEqual([])
  for (let nth = 0; nth < 3; nth++) expect((await read(link)).status).toBe(200)
  const event = { actor: cast.lea.id, session_id: null, object_id: null, case_id: null, fields: [], result: 'done' }
  expect(await logged()).toEqual([event])
  await cast.admin.query(`update calendar_feed set read_at = read_at - interval '61 minutes'`)
  for (let nth = 0; nth < 2; nth++) await read(link)
  // A new link is another one.
  const next = await linkOf('lea')
  await read(next)
  expect(await logged()).toEqual([event, event, event])
  for (const who of ['lea', 'aino'] as const) expect(await heard(who)).toEqual([cast.lea.id, cast.lea.id, cast.lea.id])
  for (const who of ['mall', 'kim', 'ott', 'max'] as const) expect(await heard(who)).toEqual([])
  expect((await cast.admin.query('select * from audit_first_broken()')).rows).toEqual([])
  // Without its event there is no calendar.
  await cast.admin.query('update calendar_feed set read_at = null')
  await cast.admin.query('alter function audit_chain(audit_event) rename to audit_gone')
  const silent = await read(next)
  await cast.admin.query('alter function audit_gone(audit_event) rename to audit_chain')
  expect([silent.status, silent.text.includes('BEGIN:VCALENDAR')]).toEqual([503, false])
})
