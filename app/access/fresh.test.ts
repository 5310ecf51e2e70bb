// Does everything that leaves the house, or opens what is sealed, wait for a fresh proof – and lead back to where it was asked for?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { newVisitor } from '../../test/visitor.ts'
import { createApp } from '../app.tsx'
import { today } from '../core/clock.server.ts'
import { Refused } from '../core/errors.ts'
import { logTo } from '../core/log.server.ts'
import { allOperations } from '../core/operation.server.ts'
import { routes } from '../routes.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes'`)
})
afterAll(() => cast.close())

const [a, b] = [randomUUID(), randomUUID()]
const asked: [who: CastName, method: 'get' | 'post', address: string, back: string][] = [
  ['kim', 'get', `/reports/${a}/documents/pdf`, `/reports/${a}`],
  ['peep', 'get', `/reports/${a}/documents/xlsx?lang=et`, `/reports/${a}`],
  ['kim', 'get', `/imports/${a}/returned`, `/imports/${a}`],
  ['lea', 'get', `/cases/${a}/reveal/identity/${b}`, `/cases/${a}/reveal/identity/${b}`],
  ['mall', 'post', `/cases/${a}/reveal/whereabouts/${b}`, `/cases/${a}/reveal/whereabouts/${b}`],
  ['lou', 'post', `/assignments/${a}/look/${b}`, `/assignments/${a}`],
  ['kim', 'post', `/volunteers/${a}/code`, `/volunteers/${a}/code`],
  ['lou', 'get', '/account/password', '/account/password'],
  ['ott', 'post', `/people/${a}/enable`, `/people/${a}/enable`],
  ['lou', 'post', '/account/recovery/stop', '/account'],
  ['kim', 'post', `/volunteers/${a}/supervisor`, `/volunteers/${a}/supervisor`],
  ['kim', 'post', '/supervision/deputies', '/supervision/deputies'],
  ['kim', 'post', '/supervision/away', '/supervision/away'],
  ['kim', 'get', `/expenses/${a}/receipt`, `/expenses/${a}`],
  ['peep', 'get', `/reach/capacity/documents/pdf`, '/reach/capacity'],
  ['lou', 'get', `/expenses/${a}/receipt`, `/expenses/${a}`],
]

test.each(asked)('%s: %s %s first asks for a proof', async (who, method, address, back) => {
  const visitor = newVisitor(app, origin, cast.cookies[who])
  const answer = method === 'get' ? await visitor.get(address) : await visitor.post(address, {})
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`/account/prove?to=${encodeURIComponent(back)}`)
})

// What is shown without a proof, and why.
const unproved: Record<string, string> = {
  '/cases/find': 'tells in which cases of one’s own somebody is, and opens nobody’s name',
}

test('whatever leaves the house, and whatever is opened, waits for a proof', () => {
  const leaving = routes.filter(([, page]) => page.leaves)
  expect(leaving.length).toBeGreaterThan(8)
  const unasked = leaving.filter(([, page]) => !page.proved).map(([address]) => address)
  expect(unasked).toEqual(Object.keys(unproved))
})

test('that she herself will be away a supervisor says without a proof', async () => {
  expect((await newVisitor(app, origin, cast.cookies.sirje).get('/supervision/away')).status).toBe(200)
})

const guarded: Record<string, [who: CastName, input: object]> = {
  'report.document': ['kim', { id: a, kind: 'pdf' }],
  'import.returned': ['kim', { id: a }],
  'volunteer.reveal-code': ['kim', { id: a, purpose: 'background' }],
  'volunteer.supervisor': ['kim', { id: a, supervisor: b }],
  'supervision.deputy.name': ['kim', { supervisor: a, deputy: b }],
  'supervision.away.tell': ['kim', { supervisor: a, fromOn: today(), toOn: today() }],
  'expense.receipt': ['kim', { expense: a }],
  'account.stopRecovery': ['lou', {}],
  'passkey.add': ['lou', { name: 'x', credentialId: 'x', publicKey: 'x', counter: 0, transports: [], backedUp: false }],
  'passkey.remove': ['lou', { id: a }],
  'passkey.rename': ['lou', { id: a, name: 'x' }],
}

test.each(Object.entries(guarded))('%s refuses by itself, whatever page leads to it', async (name, [who, input]) => {
  const operation = allOperations().find((one) => one.name === name)
  const stale = { ...cast[who], provedAt: new Date(Date.now() - 5 * 60_000) }
  await expect(operation?.run(stale, input)).rejects.toSatisfy(
    (error) => error instanceof Refused && error.said?.key === 'access.proof.needed',
  )
})

test('in a demonstration nobody has anything to prove', async () => {
  await cast.admin.query(`update session set method = 'demo' where id = $1`, [cast.kim.sessionId])
  const answer = await newVisitor(app, origin, cast.cookies.kim).get(`/reports/${a}/documents/pdf`)
  expect(answer.status).toBe(404)
})
