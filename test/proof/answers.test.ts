// Is everything that is shown written down before it is shown, and is nothing shown where it cannot be?
import type { Hono } from 'hono'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../app/app.tsx'
import { logTo } from '../../app/core/log.server.ts'
import type { Env } from '../../app/core/page.tsx'
import { csrfToken } from '../../app/core/session.server.ts'
import { seed } from '../draws.ts'
import { looksOf, proveAnswers, proveSilence, type Seen, seeEverything } from './answers.ts'
import { origin } from './matrix/matrix.ts'
import { type MatrixWorld, openMatrixWorld } from './matrix/world/world.ts'
import { record, scale } from './record.ts'

let world: MatrixWorld
let app: Hono<Env>
let seen: Seen[]
// As much as may be set: a day has so many looks, and here there are many days.
const limits = {
  ...{ revealsPerDay: 50, looksPerMinute: 100_000, exportsPerDay: 100, searchesPerHour: 1000, codesPerDay: 200 },
  ...{ findsPerDay: 200, invitationsPerDay: 500, keyChangesPerDay: 50 },
}
beforeAll(async () => {
  logTo(() => undefined)
  world = await openMatrixWorld()
  await world.cast.admin.query(
    `insert into setting (name, valid_from, value, note) select key, current_date - 1, value, 'Näidis' from jsonb_each($1::jsonb)
     on conflict (name, valid_from) do update set value = excluded.value`,
    [JSON.stringify(limits)],
  )
  app = createApp({ origin, secure: false, demo: true })
  seen = await seeEverything({ world, app })
}, 300_000)
afterAll(() => world.cast.close())

test('each answer with something in it has its event', { timeout: 900_000 }, async () => {
  const begun = performance.now()
  const wanted = scale(800, 6000)
  const { shown, revealed, requests, addresses, faults } = await proveAnswers({ world, app }, { wanted, seed })
  const failed = faults.length
  record(
    { promise: 'completeness', what: `answers with data, ${requests} requests`, count: shown, failed, seed },
    begun,
  )
  record(
    { promise: 'completeness', what: 'of them to a form that shows something', count: revealed, failed, seed },
    begun,
  )
  expect(faults, `PROOF_SEED=${seed}`).toEqual([])
  expect(shown).toBe(wanted)
  expect(revealed).toBeGreaterThan(wanted / 50)
  expect(addresses.size / looksOf({ world, app }).addresses.length).toBeGreaterThan(0.9)
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
  'what was shown a moment ago is not shown where no event can be written – %s',
  {
    timeout: 300_000,
  },
  async (_how, breaking, mending) => {
    const begun = performance.now()
    // With the words, at nearly every address; what was sent and answered at once among them.
    expect(seen.filter(({ words }) => words.length > 0).length).toBeGreaterThan(100)
    expect(seen.filter(({ cell }) => cell.method === 'POST').length).toBeGreaterThan(5)
    await world.cast.admin.query(breaking)
    try {
      const faults = await proveSilence({ world, app }, seen)
      record(
        {
          promise: 'completeness',
          what: 'of what was shown asked for without a log',
          count: seen.length,
          failed: faults.length,
        },
        begun,
      )
      expect(faults, `PROOF_SEED=${seed}`).toEqual([])
      const { lea } = world.cast
      const draft = await app.request(`${origin}/drafts`, {
        method: 'POST',
        headers: { cookie: `sid=${world.cast.cookies.lea}`, origin },
        body: new URLSearchParams({ _csrf: csrfToken(lea), form: '/cases/new', values: '{}' }),
      })
      expect(draft.status).toBeGreaterThanOrEqual(400)
    } finally {
      await world.cast.admin.query(mending)
    }
    const again = await seeEverything({ world, app })
    expect(again.length).toBe(seen.length)
  },
)

test('where the log is held up by somebody else, people are asked to wait and see nothing', {
  timeout: 60_000,
}, async () => {
  const holder = new Client({ connectionString: world.cast.urls.adminUrl })
  await holder.connect()
  await holder.query('begin; select pg_advisory_xact_lock(4711)')
  const some = ['GET /cases/:id', 'GET /cases', 'GET /support/visits', 'POST /cases/:id/reveal/:what/:item']
  const asked = seen.filter(({ cell }) => some.includes(`${cell.method} ${cell.address}`))
  expect(asked.length).toBe(some.length)
  expect(await proveSilence({ world, app }, asked)).toEqual([])
  await holder.query('rollback')
  await holder.end()
})
