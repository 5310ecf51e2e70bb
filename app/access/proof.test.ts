// For how long does a proof hold, and what becomes of whoever comes with an older one?
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bareSite, cookieOf, origin, ownPage } from '../../test/bare.ts'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { standAt } from '../core/clock.server.ts'
import { findDraft } from '../core/drafts.server.ts'
import { logTo } from '../core/log.server.ts'
import { query } from '../core/operation.server.ts'
import type { Page } from '../core/page.tsx'
import { fresh, isFresh, mustBeFresh } from './fresh.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where person_id <> $1`, [
    cast.lou.id,
  ])
})
afterAll(() => cast.close())
afterEach(() => standAt(null))

test('a proof holds five minutes but for ten seconds; a demonstration has none to show', () => {
  const provedAt = new Date('2026-11-23T10:00:00Z')
  const after = (seconds: number, more: object = {}) => {
    standAt(new Date(provedAt.getTime() + seconds * 1000))
    return isFresh({ method: 'password', provedAt, owes: null, ...more })
  }
  expect([after(0), after(289), after(290), after(300)]).toEqual([true, true, false, false])
  expect(after(3600, { method: 'demo' })).toBe(true)
  expect(after(0, { owes: 'prove' })).toBe(false)
  expect(after(0, { owes: 'prove', method: 'demo' })).toBe(false)
  expect(after(0, { owes: 'register' })).toBe(true)
  expect(() => mustBeFresh({ method: 'password', provedAt, owes: null })).not.toThrow()
  standAt(new Date(provedAt.getTime() + 290_000))
  const refused = (() => {
    try {
      mustBeFresh({ method: 'password', provedAt, owes: null })
    } catch (error) {
      return error
    }
  })()
  expect(refused).toMatchObject({ status: 403, said: { key: 'access.proof.needed' } })
})

const look = query('test.proved', { roles: ['coordinator', 'volunteer'], input: z.object({}) }, async () => 1)
const says = (what: string) => async () => new Response(what)
const both: Page = { operations: [look] as unknown as Page['operations'], get: says('got'), post: says('done') }
const { get: _, ...button } = both
const pages: Record<string, Page> = {
  '/page': fresh(both),
  '/thing/:id/press': fresh(button),
  '/some': fresh(both, { forWhom: ({ roles }) => roles.includes('volunteer') }),
  '/file': fresh(both, { back: (path) => `${path}s` }),
}

const ask = (who: CastName, path: string, note?: string) =>
  bareSite((app) => {
    for (const [address, { get, post }] of Object.entries(pages)) {
      if (get) app.get(address, get)
      if (post) app.post(address, post)
    }
  }).request(`${origin}${path}`, {
    ...(note && { method: 'POST', body: new URLSearchParams({ note }) }),
    headers: { ...cookieOf(cast.cookies[who]), ...(note ? ownPage(cast, who) : {}) },
  })
const outcome = async (answer: Response) => (answer.status === 303 ? answer.headers.get('location') : answer.text())

test('whoever has just shown who they are goes on', async () => {
  expect(await outcome(await ask('lou', '/page'))).toBe('got')
  expect(await outcome(await ask('lou', '/page', 'sõnad'))).toBe('done')
})

test('whoever has not is asked again, and comes back to where it was', async () => {
  expect(await outcome(await ask('kim', '/page'))).toBe('/account/prove?to=%2Fpage')
  expect(await outcome(await ask('kim', '/file'))).toBe('/account/prove?to=%2Ffiles')
  expect(await outcome(await ask('kim', '/thing/7/press', 'sõnad'))).toBe('/account/prove?to=%2Fthing%2F7')
  expect((await ask('lou', '/thing/7/press')).status).toBe(404)
})

test('what was typed waits for whoever proves first; what was only looked at leaves nothing', async () => {
  await ask('lea', '/page')
  expect(await findDraft(cast.lea, '/page')).toEqual({})
  await ask('lea', '/page', 'Näidis-sõnad')
  expect(await findDraft(cast.lea, '/page')).toEqual({ note: 'Näidis-sõnad' })
  await ask('lea', '/page')
  expect(await findDraft(cast.lea, '/page')).toEqual({ note: 'Näidis-sõnad' })
})

test('those whom it is not asked of go on; what a page can do is not hidden by what it asks', async () => {
  expect(await outcome(await ask('kim', '/some'))).toBe('got')
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes'`)
  expect(await outcome(await ask('lou', '/some'))).toBe('/account/prove?to=%2Fsome')
  expect(pages['/page']?.operations).toEqual([look])
})
