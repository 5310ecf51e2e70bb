// Can anybody tell something they may not see from something that does not exist?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../app/app.tsx'
import { answerMissingIn, missingStep } from '../app/core/answer/even.server.ts'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { csrfToken } from '../app/core/session.server.ts'
import { routes } from '../app/routes.ts'
import { openWorld, type World } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import {
  blind,
  filled,
  identifiers,
  malformed,
  mannWhitney,
  median,
  type Parts,
  partsOf,
  strangers,
  told,
} from './denied.ts'
import { record, scale } from './proof/record.ts'
import { givenFinding } from './watch.ts'

const origin = 'http://localhost:3000'
const actors: CastName[] = ['kim', 'lou', 'max', 'lea', 'mall', 'sirje', 'peep', 'aino', 'ott', 'tiia', 'jaan', 'piret']
const cases = ['caseA', 'caseB', 'caseD', 'caseE'] as const
let cast: Cast
let app: Hono<Env>
let world: World
let parts: Record<(typeof cases)[number], Parts>
let requests = 0
let differences = 0
const begun = performance.now()

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  world = await openWorld(cast)
  const all = await Promise.all(cases.map(async (name) => [name, await partsOf(cast, world, name)] as const))
  parts = Object.fromEntries(all) as typeof parts
  // Before the second running support of Lou a wall stands for everybody of the cast but Mall.
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select p.id, c.network_id, c.id, c.number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from person p, case_file c
     where c.id = $1 and p.id <> $2`,
    [world.caseD, cast.mall.id],
  )
  // A session lasts as long as the test does, and is touched by none of its requests.
  await cast.admin.query(
    `update session set idle_until = now() + interval '2 hours', seen_at = now() + interval '2 hours'`,
  )
}, 60_000)
afterAll(() => cast.close())

const ask = (who: CastName, path: string) => {
  requests += 1
  return Promise.resolve(app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}` } }))
}
const answerTo = async (who: CastName, path: string) => told(await ask(who, path), path)
const paged = routes
  .filter(([address, page]) => page.get && identifiers(address).length > 0)
  .map(([address]) => address)
// What belongs to no case, and is the same for every case asked about here.
const ofCase = paged.filter((address) =>
  /^\/(cases\/:id|matching\/|proposals|assignments|support\/(visits|help)\/|concerns)/.test(address),
)

/** Everybody at once: each has a session of their own, and the answers are compared within it. */
async function byEverybody(work: (who: CastName) => Promise<string[]>): Promise<string[]> {
  const found = (await Promise.all(actors.map(work))).flat().toSorted()
  differences += found.length
  return found
}

test('what is foreign, walled or ended answers byte for byte as what never was', async () => {
  let compared = 0
  const told = await byEverybody(async (who) => {
    const found: string[] = []
    for (const address of ofCase) {
      const missing = await answerTo(who, filled(address, strangers()))
      for (const name of cases.filter((one) => blind(who, one))) {
        const answer = await answerTo(who, filled(address, parts[name]))
        compared += 1
        if (answer !== missing || !/^40[34]\n/.test(answer)) found.push(`${who} ${name} ${address}`)
      }
    }
    return found
  })
  expect(told).toEqual([])
  expect(compared).toBeGreaterThan(500)
}, 600_000)

test('a part of somebody else’s case answers within an own case as a part that never was', async () => {
  let compared = 0
  const told = await byEverybody(async (who) => {
    const found: string[] = []
    const own = who === 'max' ? 'caseB' : 'caseA'
    for (const address of ofCase) {
      for (const part of identifiers(address).slice(1)) {
        const at = (value: string) => filled(address, parts[own], { part, value })
        const missing = await answerTo(who, at(randomUUID()))
        for (const name of cases.filter((one) => one !== own)) {
          compared += 1
          if ((await answerTo(who, at(foreignPart(address, part, parts[name])))) !== missing)
            found.push(`${who} ${name} ${address} ${part}`)
        }
      }
    }
    return found
  })
  expect(told).toEqual([])
  expect(compared).toBeGreaterThan(100)
}, 600_000)

// The same address filled with the other case says what stands there.
function foreignPart(address: string, part: string, other: Parts): string {
  const at = address.split('/').indexOf(part)
  return filled(address, other).split('/')[at] ?? randomUUID()
}

test('an identifier that is none answers as one that never was, on every page of everybody', async () => {
  const told = await byEverybody(async (who) => {
    const found: string[] = []
    for (const [nth, address] of paged.entries()) {
      // In `npm test` a third of them at each, other ones at the next.
      const these = malformed.filter((_, one) => scale(0, 1) || (one + nth) % 3 === 0)
      // Of needs only an open one has candidates to ask about.
      const own = parts[address.startsWith('/matching') ? 'caseE' : 'caseA']
      for (const part of identifiers(address)) {
        const at = (value: string) => filled(address, own, { part, value })
        const missing = await answerTo(who, at(randomUUID()))
        for (const value of these)
          if ((await answerTo(who, at(value))) !== missing)
            found.push(`${who} ${address} ${part} = ${value.slice(0, 40)}`)
      }
    }
    return found
  })
  expect(told).toEqual([])
}, 600_000)

test('people, volunteers, reports, workbooks and walls of others answer as those that never were', async () => {
  const wall = (await cast.admin.query('select id from wall where person_id = $1', [cast.lea.id])).rows[0].id as string
  const relation = await cast.admin.query(
    `insert into declared_relation (person_id, kind, label) values ($1, 'other', 'seos') returning id`,
    [cast.jaan.id],
  )
  const foreign: [address: string, value: string, who: CastName[]][] = [
    ['/volunteers/:id', world.other ?? '', ['max', 'lou', 'sirje', 'tiia', 'jaan', 'ott']],
    ['/volunteers/:id', world.lou ?? '', ['max', 'tiia', 'jaan', 'ott']],
    ['/supervision/volunteers/:id', world.other ?? '', ['sirje', 'kim', 'lou', 'max']],
    ['/supervision/reports/:id', world.report ?? '', ['kim', 'lou', 'max', 'lea', 'aino']],
    ['/reports/:id', world.period ?? '', ['jaan', 'aino', 'lea', 'lou', 'ott']],
    ['/walls/:id', wall, ['aino', 'ott', 'lea', 'kim']],
    ['/watch/:id', await givenFinding(cast, 'aino'), ['aino', 'lea', 'kim', 'sirje']],
    ['/watch/:id', await givenFinding(cast, 'mall'), ['ott', 'mall', 'lea', 'sys']],
    ['/account/relations/:id/remove', relation.rows[0].id, ['kim', 'lea', 'aino', 'ott', 'lou']],
    ['/people/:id', cast.lou.id, ['lea', 'lou', 'max', 'sirje']],
  ]
  for (const [address, value, who] of foreign)
    for (const one of who) {
      const missing = await answerTo(one, address.replace(':id', randomUUID()))
      expect(missing, `${one} ${address}`).toMatch(/^40[34]\n/)
      expect(await answerTo(one, address.replace(':id', value)), `${one} ${address}`).toBe(missing)
    }
}, 120_000)

test('a button whose address names nothing says so, as it would of what never was', async () => {
  const post = (who: CastName, path: string) => {
    const body = new URLSearchParams({ _csrf: csrfToken(cast[who]), place: randomUUID() })
    return app.request(`${origin}${path}`, {
      method: 'POST',
      body,
      headers: { cookie: `sid=${cast.cookies[who]}`, origin },
    })
  }
  for (const [who, address] of [
    ['kim', '/account/sessions/:id/end'],
    ['lea', '/cases/:id/tasks/:id'],
    ['lea', '/concerns/:id/seen'],
    ['kim', '/support/overdue/:id/remind'],
    ['sirje', '/assignments/:id/look/:id'],
    ['peep', '/substitution/:id/begin'],
    ['ott', '/people/:id/invite'],
  ] as const)
    for (const id of ['x', randomUUID()])
      expect([403, 404], address).toContain((await post(who, address.replaceAll(':id', id))).status)
})

test('at least five thousand answers were compared', () => {
  record({ promise: 'sameness', what: 'answers compared byte for byte', count: requests, failed: differences }, begun)
  expect(requests).toBeGreaterThan(5000)
})

const pairs = scale(300, 2000)
const atOnce = 4
type Times = { denied: number[]; missing: number[] }

/** Milliseconds of `pairs` requests for what is denied and for what is missing, in turn and in changing order. */
async function timesOf(asked: readonly (readonly [who: CastName, denied: string])[]): Promise<Times> {
  const times: Times = { denied: [], missing: [] }
  const one = async (kind: keyof Times, who: CastName, denied: string) => {
    const path = `/cases/${kind === 'denied' ? denied : randomUUID()}`
    const began = performance.now()
    const answer = await ask(who, path)
    await answer.text()
    times[kind].push(performance.now() - began)
    if (answer.status !== 404) throw new Error(`${path}: ${answer.status}`)
  }
  const line = async (from: number) => {
    for (let pair = from; pair < pairs; pair += atOnce) {
      const [who, denied] = asked[Math.floor(pair / 2) % asked.length] ?? ['max', '']
      for (const kind of pair % 2 ? (['denied', 'missing'] as const) : (['missing', 'denied'] as const))
        await one(kind, who, denied)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, from) => line(from)))
  return times
}

const alike = /^[01]\.\d+ ms, p = (0\.0[1-9]|0\.[1-9]|1)/

// By chance alone one try in a hundred shows such a difference: only three in a row are one.
test('a case of another network, and one behind a wall, take as long as one that never was', async () => {
  answerMissingIn(missingStep)
  const asked = [['max', world.caseA ?? ''] as const, ['lea', world.caseD ?? ''] as const]
  const tries: string[] = []
  for (let count = 0; count < 3; count += 1) {
    const { denied, missing } = await timesOf(asked)
    const apart = Math.abs(median(denied) - median(missing))
    const chance = mannWhitney(denied, missing)
    tries.push(`${apart.toFixed(3)} ms, p = ${chance.toFixed(4)}`)
    if (apart < 2 && chance > 0.01) break
  }
  answerMissingIn(0)
  const failed = alike.test(tries.at(-1) ?? '') ? 0 : 1
  record({ promise: 'timing', what: 'pairs of what is denied and what is missing', count: pairs, failed }, begun)
  expect(tries.at(-1)).toMatch(alike)
}, 900_000)
