// Can anybody tell what is somebody else's from what never was: at every address, in every part of it, by looking and by sending?
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { told } from './denied.ts'
import type { Actor } from './proof/matrix/actors.ts'
import { bodyOf } from './proof/matrix/bodies.ts'
import { type Expected, expectedOf } from './proof/matrix/expectations.ts'
import { origin, type Target, targetsOf } from './proof/matrix/matrix.ts'
import { namedParts, type Place, pathTo, placesOf } from './proof/matrix/places.ts'
import { openStage, rehearse } from './proof/matrix/rehearse.ts'
import { type MatrixWorld, openMatrixWorld } from './proof/matrix/world/world.ts'
import { record, scale } from './proof/record.ts'

let world: MatrixWorld
let app: Hono<Env>
let close: () => void
let targets: Target[]
let actors: Actor[]
let requests = 0
const found: string[] = []
const begun = performance.now()

beforeAll(async () => {
  close = openStage()
  logTo(() => undefined)
  world = await openMatrixWorld()
  app = createApp({ origin, secure: false, demo: true })
  targets = targetsOf(app).filter(({ address, open, method }) => {
    return !open && method !== 'HEAD' && namedParts(address).length > 0
  })
  actors = world.actors.filter(({ standing, role }) => standing === 'live' && role !== null)
}, 300_000)
afterAll(async () => {
  close()
  await world?.cast.close()
})

async function answerTo({ method, page }: Target, who: Actor, path: string): Promise<string> {
  requests += 1
  const cookie = { cookie: `sid=${who.cookie}` }
  const how = method === 'GET' ? {} : { body: bodyOf(page, who, world.things), origin, 'sec-fetch-site': 'same-origin' }
  const { body, ...headers } = how as { body?: URLSearchParams }
  const ask = () => app.request(`${origin}${path}`, { method, headers: { ...cookie, ...headers }, body })
  let answer = await ask()
  // On a busy machine some are asked to come again: that says nothing of what is there, and whoever comes again at once is only asked once more.
  for (let again = 0; answer.status === 503 && again < 8; again++) {
    await pause(100 * 2 ** again)
    answer = await ask()
  }
  if (answer.status === 503) throw new Error(`${method} ${path} was too busy to answer for half a minute`)
  return told(answer, path)
}

const inFull = scale(0, 1) === 1
const spread = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
/** Some of them, always the same ones, and others at each address; in the proof all of them. */
function some<One>(all: One[], most: number, where: string): One[] {
  if (inFull || all.length <= most) return all
  const from = spread(where) % all.length
  return [...all, ...all].slice(from, from + most)
}

/** One address at a time, everybody who asks after the other, in rehearsal: whatever takes effect is taken back. */
const everywhere = (work: (target: Target) => Promise<void>) =>
  rehearse(async () => {
    const waiting = [...targets]
    const line = async () => {
      for (let target = waiting.shift(); target; target = waiting.shift()) await work(target)
    }
    await Promise.all(Array.from({ length: 4 }, line))
  })

const real = (target: Target) =>
  placesOf(target.address, target.method, world.things).filter(({ thing }) => thing !== null)
/** Who may look at it where it stands knows that it is there, and is told at its forms that they are not for them. */
const knows = ({ address }: Target, who: Actor, { relation }: Place) =>
  placesOf(address.replace(/\/[^:/]+$/, ''), 'GET', world.things).some(
    (one) => one.relation === relation && one.may(who),
  )
const fits = ({ page }: Target, { role }: Actor) => page.operations.some(({ roles }) => role && roles.includes(role))
const expected = (target: Target, who: Actor, place: Place): Expected => expectedOf({ ...target, who, place })

/** Addresses at which everybody whose role fits may have everything that there is – there nothing is somebody else's – and why. */
const everybodys: Record<string, string[]> = {
  'who has an account is known to those who give them': [
    ...['/people/:id', '/people/:id/roles/new', '/people/:id/roles/:roleId/end', '/people/:id/identity'],
    ...['/people/:id/disable', '/people/:id/enable'],
  ],
  'the coordinator works with every support person': [
    ...['edit', 'status', 'supervisor', 'account', 'tie', 'code', 'limits', 'away'].map(
      (step) => `/volunteers/:id/${step}`,
    ),
    ...['new', ':evidence/correct', ':evidence/withdraw'].map((step) => `/volunteers/:id/evidence/:kind/${step}`),
    ...['/volunteers/:id/papers', '/volunteers/:id/papers/:template', '/papers/:paper/sign', '/papers/:paper/drop'],
    ...[
      '/messages/:message',
      '/messages/templates/:wording',
      '/expenses/:expense/approve',
      '/expenses/:expense/return',
    ],
    ...['/matching/:need/ask/:volunteer', '/support/overdue/:id/remind'],
  ],
  'and with everybody who is on the way to become one': [
    ...['', '/take', '/known', '/step', '/move', '/refuse'].map((step) => `/recruitment/:id${step}`),
  ],
  'what is set out to find belongs to coordinator and manager alike': [
    '/recruitment/targets/:id',
    ...['', '/edit'].map((step) => `/recruitment/campaigns/:id${step}`),
  ],
  'a covision that is open is open to everybody who guides': ['/supervision/sessions/:id/join'],
  'the reports of the country are those of its coordinators': [
    ...['/text', '/submit', '/figures/:figure'].map((step) => `/reports/:id${step}`),
  ],
  'the auditors keep the baits': ['/watch/baits/:bait/retire'],
  'a value that waits is known to those who set values and to those who could confirm it': [
    ...['/settings/asked/:id', '/settings/asked/:id/refuse'],
  ],
  'of the two networks of this world both are in every transfer': [
    ...['', '/refuse', '/revoke'].map((step) => `/transfers/:id${step}`),
  ],
}

test('at every address what is somebody else’s answers byte for byte as what never was', async () => {
  const compared = new Map<string, Set<Expected>>(
    targets.map(({ method, address }) => [`${method} ${address}`, new Set()]),
  )
  await everywhere(async (target) => {
    const name = `${target.method} ${target.address}`
    const never = new Map<Actor, string>()
    for (const place of real(target)) {
      const of = (what: Expected) => actors.filter((who) => expected(target, who, place) === what)
      const strangers = of('refused').filter(
        (who) => !fits(target, who) || !(place.may(who) || knows(target, who, place)),
      )
      const asking = [...some(of('missing'), 2, name + place.relation), ...some(strangers, 1, name + place.relation)]
      for (const who of asking) {
        const random = () =>
          pathTo(target.address, Object.fromEntries(namedParts(target.address).map((part) => [part, randomUUID()])))
        const missing = never.get(who) ?? (await answerTo(target, who, random()))
        never.set(who, missing)
        compared.get(name)?.add(expected(target, who, place))
        const answer = await answerTo(target, who, place.path)
        if (answer !== missing || !/^40[34]\n/.test(answer)) found.push(`${name} × ${who.name} × ${place.relation}`)
      }
    }
  })
  expect(found).toEqual([])
  // At each address something that is really there was asked for by somebody who may not have it …
  expect([...compared].filter(([, kinds]) => kinds.size === 0).map(([name]) => name)).toEqual([])
  // … and by somebody whose role fits, wherever not all of them may have everything.
  const byRoleAlone = [...compared]
    .filter(([, kinds]) => !kinds.has('missing'))
    .map(([name]) => name.split(' ')[1] ?? '')
  const known = Object.values(everybodys).flat()
  expect(byRoleAlone.filter((address) => !known.includes(address))).toEqual([])
  expect(known.filter((address) => !byRoleAlone.includes(address))).toEqual([])
}, 1_800_000)

/**
 * What could stand in this part and belongs elsewhere: where there is any, things of others; otherwise those of something else of one's own.
 */
function foreign(target: Target, who: Actor, own: Place, part: string): [value: string, whose: string][] {
  const [first = ''] = namedParts(target.address)
  const other = (ids: Record<string, string>) => ids[part] !== undefined && ids[part] !== own.ids[part]
  const alike = real(target).filter(({ ids }) => other(ids) && ids[first] !== own.ids[first])
  const theirs = alike.filter((place) => expected(target, who, place) !== 'may')
  const abroad = Object.values(world.things)
    .flat()
    .filter(({ ids, facts }) => other(ids) && who.network !== null && facts.network && facts.network !== who.network)
    // Of the very case that is open to her in an emergency everything is there.
    .filter(({ name }) => !`${name} `.includes(` of ${own.thing?.facts.of} `))
  const strange = [...theirs.map(({ ids, relation }) => ({ ids, name: relation })), ...abroad]
  const all = strange.length > 0 ? strange : alike.map(({ ids, relation }) => ({ ids, name: relation }))
  return all.map(({ ids, name }) => [ids[part] ?? '', name])
}

/** Parts in which nothing of somebody else's can stand, and why. */
const anyone = 'whom one looks at for a need may be any support person'
const free: Record<string, string> = {
  'GET /matching/:need/why/:volunteer :volunteer': anyone,
  'GET /matching/:need/assign/:volunteer :volunteer': anyone,
  'POST /matching/:need/assign/:volunteer :volunteer': anyone,
  'GET /cases/new/:journey/:part :part': 'a word of the program',
  'POST /cases/new/:journey/:part :part': 'a word of the program',
  'POST /cases/:id/follow-up/:task :task': 'of a closed case, and in this world none is; its page is looked at',
  'POST /meetings/:id/agenda/:case/lift :case': 'of a flag that runs, and in this world none does',
}

test('a part of somebody else’s within something of one’s own answers as a part that never was', async () => {
  const tried = new Map<string, number>()
  const strange: string[] = []
  await everywhere(async (target) => {
    const inner = namedParts(target.address).slice(1)
    const places = real(target)
    for (const part of inner) {
      const name = `${target.method} ${target.address} :${part}`
      tried.set(name, 0)
      if (name in free) continue
      for (const own of places) {
        const has = actors.filter((who) => expected(target, who, own) === 'may')
        for (const who of some(has, 1, name + own.relation)) {
          const others = foreign(target, who, own, part)
          const at = (value: string) => pathTo(target.address, { ...own.ids, [part]: value })
          const missing = await answerTo(target, who, at(randomUUID()))
          for (const [value, whose] of some(others, 2, name + who.name)) {
            tried.set(name, (tried.get(name) ?? 0) + 1)
            if ((await answerTo(target, who, at(value))) !== missing)
              strange.push(`${name} × ${who.name} × ${own.relation}, with that of ${whose}`)
          }
        }
      }
    }
  })
  found.push(...strange)
  expect(strange).toEqual([])
  expect([...tried].filter(([name, count]) => count === 0 && !(name in free)).map(([name]) => name)).toEqual([])
  expect(Object.keys(free).filter((name) => !tried.has(name))).toEqual([])
}, 1_800_000)

test('thousands of answers were compared', () => {
  record(
    { promise: 'sameness', what: 'answers about real things compared', count: requests, failed: found.length },
    begun,
  )
  expect(requests).toBeGreaterThan(4000)
})
