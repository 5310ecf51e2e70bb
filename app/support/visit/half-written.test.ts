// Does an older draft hide what is known of a meeting, or what is known hide the draft – and is each of them hers alone?
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectedBack } from '../../../test/outing.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { createApp } from '../../app.tsx'
import { today } from '../../core/clock.server.ts'
import { saveDraft } from '../../core/drafts.server.ts'
import { NotFound } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import type { Env } from '../../core/page.tsx'
import { pressOuting } from '../outing/outings.server.ts'
import { logVisit, openVisitForm } from './visits.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let of: Support
let app: Hono<Env>
let outing: string
/** The day on which the meeting began: an hour ago, which may be yesterday. */
let day: string
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  of = await givenSupport(cast, '2026-05-01')
})
beforeEach(async () => {
  await cast.admin.query('delete from draft; delete from outing_step; delete from outing')
  outing = await expectedBack(cast, of.assignment, { began: 62, late: 0 })
  const { rows } = await cast.admin.query<{ day: string }>(
    `select (begins_at at time zone 'Europe/Tallinn')::date::text as day from outing where id = $1`,
    [outing],
  )
  day = rows[0]?.day ?? ''
})
afterAll(() => cast.close())

const shown = async (path: string) =>
  (await app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies.lou}` } })).text()
const chosen = (html: string, name: string) =>
  html.match(new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"[^>]*checked`))?.[1]
const note = (html: string) => html.match(/<textarea[^>]*name="note"[^>]*>([^<]*)</)?.[1]?.trim()
const keptNow = (html: string) => html.match(/Praegu on kirjas<[\s\S]*?<\/dl>/)?.[0] ?? ''

test('what was half written of another visit stays on its own page, and the meeting’s page is filled from the meeting', async () => {
  await pressOuting.run(cast.lou, { id: outing, what: 'out' })
  const values = { day: '2026-11-02', way: 'phone', minutes: '15', note: 'Pooleli jutt' }
  await saveDraft.run(cast.lou, { form: '/support/visits/new', values })
  const html = await shown(`/outings/${outing}/visit`)
  expect([chosen(html, 'way'), chosen(html, 'minutes'), chosen(html, 'day'), note(html)]).toEqual([
    'meeting',
    '60',
    day,
    '',
  ])
  const other = await shown('/support/visits/new')
  expect([chosen(other, 'way'), chosen(other, 'minutes'), note(other)]).toEqual(['phone', '15', 'Pooleli jutt'])
})

test('what was typed before it was over is still there, and beside it stands what is known since', async () => {
  const early = await shown(`/outings/${outing}/visit`)
  const seen = early.match(/name="seen" value="([^"]*)"/)?.[1] ?? 'none'
  const values = { seen, day, way: 'accompanying', minutes: '30', note: 'Minu jutt' }
  await saveDraft.run(cast.lou, { form: `/outings/${outing}/visit`, values })
  expect(keptNow(await shown(`/outings/${outing}/visit`))).toBe('')
  await pressOuting.run(cast.lou, { id: outing, what: 'out' })
  const html = await shown(`/outings/${outing}/visit`)
  expect([chosen(html, 'way'), chosen(html, 'minutes'), note(html)]).toEqual(['accompanying', '30', 'Minu jutt'])
  expect(keptNow(html)).toContain('Kohtumine')
  expect(keptNow(html)).toContain('1 h')
  // The day is the same in both, and is not repeated.
  expect(keptNow(html).match(/<dd/g)).toHaveLength(2)
})

test('it is hers: nobody else is shown it or writes under it, and a meeting that never was leads nowhere', async () => {
  const visit = { ...usualVisit, assignment: of.assignment, day: today() }
  for (const id of [outing, crypto.randomUUID()]) {
    await expect(openVisitForm.run(cast.sirje, { outing: id })).rejects.toBeInstanceOf(NotFound)
    await expect(logVisit.run(cast.sirje, { ...visit, outing: id })).rejects.toBeInstanceOf(NotFound)
  }
  await pressOuting.run(cast.lou, { id: outing, what: 'otherwise' })
  await expect(openVisitForm.run(cast.lou, { outing })).rejects.toBeInstanceOf(NotFound)
  await expect(logVisit.run(cast.lou, { ...visit, outing })).rejects.toBeInstanceOf(NotFound)
})

test('what was half written of it goes with the case', async () => {
  await saveDraft.run(cast.lou, { form: `/outings/${outing}/visit`, values: { note: 'x' } })
  await saveDraft.run(cast.lou, { form: '/my-wellbeing', values: { note: 'x' } })
  await cast.admin.query('select erase_case($1)', [of.caseId])
  expect((await cast.admin.query('select form from draft')).rows).toEqual([{ form: '/my-wellbeing' }])
})
