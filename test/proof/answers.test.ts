// Is everything that is shown written down before it is shown, and is nothing shown where it cannot be?
import type { Hono } from 'hono'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../app/app.tsx'
import { logTo } from '../../app/core/log.server.ts'
import type { Env } from '../../app/core/page.tsx'
import { openWorld, type World } from '../attack.ts'
import { referCase } from '../cases.ts'
import { type Cast, openCast } from '../cast.ts'
import { seed } from '../draws.ts'
import { givenMeeting, ofMeeting } from '../meeting.ts'
import { origin, post, proveAnswers, proveSilence } from './answers.ts'
import { record, scale } from './record.ts'

let cast: Cast
let app: Hono<Env>
let world: World
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  await givenMeeting(cast, await referCase(cast.lea), ofMeeting)
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
}, 60_000)
afterAll(() => cast.close())

test('each answer with something in it has its event', {
  timeout: 600_000,
}, async () => {
  const begun = performance.now()
  const requests = scale(5000, 20_000)
  const told = await proveAnswers(cast, app, { requests, seed })
  record({ promise: 'completeness', what: 'requests', count: requests, failed: told.faults.length, seed }, begun)
  expect(told.faults, `PROOF_SEED=${seed}`).toEqual([])
  expect(told.shown).toBeGreaterThan(300)
  expect(told.addresses / told.all).toBeGreaterThan(0.6)
})

const failures = [
  [
    'a trigger that fails',
    `create function audit_broken() returns trigger language plpgsql as 'begin raise exception ''no''; end';
     create trigger audit_broken before insert on audit_event for each row execute function audit_broken()`,
    'drop trigger audit_broken on audit_event; drop function audit_broken()',
  ],
  [
    'a right taken away',
    'revoke insert on audit_event from tugivork_definer',
    'grant insert on audit_event to tugivork_definer',
  ],
] as const

test.each(failures)(
  'where no event can be written – %s – nothing is shown at all',
  {
    timeout: 300_000,
  },
  async (_how, breaking, mending) => {
    await cast.admin.query(breaking)
    try {
      const { tried, faults } = await proveSilence(cast, app, seed)
      expect(faults, `PROOF_SEED=${seed}`).toEqual([])
      expect(tried).toBeGreaterThan(100)
      const reveal = await post(cast, app, 'lea', `/cases/${world.caseA}/reveal/identity/${world.victimA}`, {
        purpose: 'safety',
        reason: 'Näidis: oht on suur',
      })
      expect([reveal.status, reveal.text.includes('Näidis-Org')]).toEqual([503, false])
      const place = await post(cast, app, 'lou', `/assignments/${world.supportA}/look/${world.safeA}`, {})
      expect([place.status, place.text.includes('5550')]).toEqual([503, false])
      const draft = await post(cast, app, 'lea', '/drafts', { form: '/cases/new', values: '{}' })
      expect(draft.status).toBeGreaterThanOrEqual(400)
    } finally {
      await cast.admin.query(mending)
    }
    const after = await post(cast, app, 'lea', `/cases/${world.caseA}/reveal/identity/${world.victimA}`, {
      purpose: 'safety',
    })
    expect([after.status, after.text.includes('Näidis-Org')]).toEqual([200, true])
  },
)

test('where the log is held up by somebody else, people are asked to wait and see nothing', {
  timeout: 60_000,
}, async () => {
  const holder = new Client({ connectionString: cast.urls.adminUrl })
  await holder.connect()
  await holder.query('begin; select pg_advisory_xact_lock(4711)')
  for (const [who, path] of [
    ['lea', `/cases/${world.caseA}`],
    ['kim', '/cases'],
    ['lou', '/support/visits'],
  ] as const) {
    const answer = await app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}` } })
    expect([answer.status, (await answer.text()).includes(world.numberA ?? '')]).toEqual([503, false])
    expect(answer.headers.get('retry-after')).toBe('30')
  }
  await holder.query('rollback')
  await holder.end()
})
