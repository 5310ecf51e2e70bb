// Is every look of a referee at whom they are asked about in the log before it is shown?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenCandidate } from '../../../test/recruitment.ts'
import { askedReferee, said } from '../../../test/reference.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { today } from '../../core/clock.server.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'

const origin = 'http://localhost:3000'
let cast: Cast
let app: Hono<Env>
let id = ''
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  id = await givenCandidate(cast, { name: 'Näidis-Kandidaat Salajane' }, today())
})
afterAll(() => cast.close())

const looks = async () =>
  (
    await cast.admin.query(
      `select actor, object_kind, object_id from audit_event where action = 'recruitment.reference.open'`,
    )
  ).rows

test('whoever is shown whom it is about is in the log each time; the link alone shows nothing', async () => {
  const visitor = newVisitor(app, origin)
  await visitor.get((await askedReferee(cast, id)).link)
  expect(await looks()).toEqual([])
  await visitor.get('/reference')
  expect((await visitor.post('/reference', { ...said, calm: '' })).status).toBe(422)
  const look = { actor: null, object_kind: 'application', object_id: id }
  expect(await looks()).toEqual([look, look])
  expect((await visitor.post('/reference', said)).status).toBe(303)
  expect(await looks()).toEqual([look, look])
})

test('where the log takes nothing, a referee is shown nothing', async () => {
  const visitor = newVisitor(app, origin)
  await visitor.get((await askedReferee(cast, id)).link)
  await cast.admin.query('revoke insert on audit_event from tugivork_definer')
  try {
    const answer = await visitor.get('/reference')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).not.toContain('Näidis-Kandidaat')
  } finally {
    await cast.admin.query('grant insert on audit_event to tugivork_definer')
  }
  expect(await (await visitor.get('/reference')).text()).toContain('Näidis-Kandidaat S.')
})
