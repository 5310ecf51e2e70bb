// Can anybody tell what is somebody else’s from what never was: by any identifier of a path, a query, a form, a header, a cookie or a file?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../app/app.tsx'
import { logTo } from '../../../app/core/log.server.ts'
import type { Env } from '../../../app/core/page.tsx'
import type { Actor } from '../matrix/actors.ts'
import { type Cell, expectedOf } from '../matrix/expectations.ts'
import { openCounting } from '../matrix/kept.ts'
import { origin, type Target, targetsOf } from '../matrix/matrix.ts'
import { namedParts, placesOf } from '../matrix/places.ts'
import { openStage, rehearse } from '../matrix/rehearse.ts'
import { record, scale } from '../record.ts'
import { tryDoors } from './doors.ts'
import { tryEntries } from './entries.ts'
import { bodyIds, fileIn, queryIds } from './fields.ts'
import { tryFile } from './files.ts'
import { type Scene, some, tryForm, tryPath, tryQuery } from './forms.ts'
import { seenBy } from './ids.ts'
import { tryLinks } from './links.ts'
import { nothingAsked, openDesk } from './send.ts'
import { type DeniedWorld, openDeniedWorld } from './world.ts'

let world: DeniedWorld
let app: Hono<Env>
let targets: Target[]
let scene: Scene
let close: () => void
const figures = nothingAsked()
const begun = performance.now()

beforeAll(async () => {
  close = openStage()
  logTo(() => undefined)
  world = await openDeniedWorld()
  await openCounting(world.cast.admin)
  app = createApp({ origin, secure: false, demo: true })
  targets = targetsOf(app).filter(({ open, method }) => !open && method !== 'HEAD')
  const known = new Map<Actor, Promise<Set<string>>>()
  scene = {
    ...{ desk: openDesk(app, world.canaries, figures), things: world.things, ids: world.ids, numbers: world.numbers },
    seen: (who) => {
      const seen = known.get(who) ?? seenBy(world.ids, who)
      known.set(who, seen)
      return seen
    },
    most: { meant: scale(2, 12), other: 1, tables: scale(4, 1000), malformed: scale(2, 100) },
  }
}, 300_000)
afterAll(async () => {
  close()
  await world?.cast.close()
})

/** Those who may, each at a place of theirs: one of every role first. */
function theirs(target: Target, most: number): Cell[] {
  const live = world.actors.filter(({ standing, role }) => standing === 'live' && role !== null)
  const all = live.flatMap((who) =>
    placesOf(target.address, target.method, world.things)
      .map((place): Cell => ({ ...target, who, place }))
      .filter((cell) => expectedOf(cell) === 'may'),
  )
  const roles = [...Map.groupBy(all, ({ who }) => who.role).values()]
  const inTurn = Array.from({ length: Math.max(0, ...roles.map(({ length }) => length)) }, (_, at) =>
    roles.flatMap((cells) => cells.slice(at, at + 1)),
  )
  return inTurn.flat().slice(0, most)
}

/** Several addresses at once, in rehearsal: whatever takes effect is taken back. One address is gone through in turn, or its forms would wait for each other. */
const everywhere = (chosen: Target[], most: number, work: (cell: Cell) => Promise<void>) =>
  rehearse(async () => {
    const waiting = chosen.map((target) => theirs(target, most))
    const line = async () => {
      for (let cells = waiting.shift(); cells; cells = waiting.shift()) for (const cell of cells) await work(cell)
    }
    await Promise.all(Array.from({ length: 4 }, line))
  })

const of = (method: string, has: (target: Target) => boolean) =>
  targets.filter((target) => target.method === method && has(target))
const found = () => [...figures.differ, ...figures.broken, ...figures.leaks]

/** Nothing is found in this work that was not found before. */
async function goesWell(work: () => Promise<unknown>): Promise<void> {
  const before = found()
  await work()
  expect(found().filter((one) => !before.includes(one))).toEqual([])
}

test('a form with somebody else’s identifier in it is answered as the same form with one that never was, and keeps the same', async () => {
  const forms = of('POST', ({ page, address }) => bodyIds(page, address).length > 0)
  expect(forms.length).toBeGreaterThan(30)
  await goesWell(() => everywhere(forms, scale(1, 4), (cell) => tryForm(scene, cell)))
  const unread = [...figures.read].filter(([, read]) => !read).map(([name]) => name)
  // Otherwise the identifier would not have been looked at, for something else in the form was wrong.
  expect(unread).toEqual([])
}, 3_600_000)

test('what a device sends of somebody else’s is answered as of what never was, each entry for itself', async () => {
  const device = targets.filter(({ address }) => address === '/field/entries/:device')
  expect(device).toHaveLength(1)
  await goesWell(() => everywhere(device, scale(1, 2), (cell) => tryEntries(scene, cell)))
}, 3_600_000)

test('an address with somebody else’s identifier in any part of it answers as one that never was', async () => {
  const named = targets.filter(({ address }) => namedParts(address).length > 0)
  const chosen = scale(0, 1) === 1 ? named : named.filter((_, at) => at % 8 === 0)
  const most = { ...scene.most, meant: scale(2, 6), tables: scale(4, 40) }
  const work = (cell: Cell) => {
    const places = placesOf(cell.address, cell.method, world.things).map((place): Cell => ({ ...cell, place }))
    const own = places.filter((one) => expectedOf(one) === 'may')
    return tryPath({ ...scene, most }, cell, own)
  }
  await goesWell(() => everywhere(chosen, 1, work))
}, 3_600_000)

test('a page asked for with somebody else’s identifier in its query shows what it shows for one that never was', async () => {
  const pages = of('GET', ({ page, address }) => queryIds(page, address).length > 0)
  expect(pages.length).toBeGreaterThan(30)
  await goesWell(() => everywhere(pages, scale(1, 4), (cell) => tryQuery(scene, cell)))
}, 3_600_000)

test('a file that names what is somebody else’s is answered as one that names what never was', async () => {
  const uploads = of('POST', ({ page }) => fileIn(page) !== undefined)
  expect(uploads.length).toBeGreaterThan(3)
  await goesWell(() => everywhere(uploads, scale(1, 4), (cell) => tryFile(scene, cell, scale(3, 200))))
}, 3_600_000)

test('a session, a mark, a token, a step or a link that is over or was made for something else is answered as one that never was', async () => {
  const pages = (method: string) => of(method, ({ address }) => address !== '/drafts')
  const asked = ['GET', 'POST'].flatMap((method) => some(pages(method), scale(8, 1000), method))
  await goesWell(async () => {
    await tryDoors(scene.desk, world, asked)
    await tryLinks(scene.desk, world)
  })
}, 3_600_000)

test('thousands of requests were made, at every route that takes an identifier beside its path', () => {
  const { requests, routes, fields, pairs, kinds, leaks, broken, differ } = figures
  const failed = leaks.length + broken.length + differ.length
  const told = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`)
  const where = `${pairs} pairs compared (${told.join(', ')}) of ${fields.size} fields at ${routes.size} routes`
  record({ promise: 'sameness', what: `requests with identifiers, ${where}`, count: requests, failed }, begun)
  record({ promise: 'sameness', what: 'words of others in them', count: leaks.length, failed: leaks.length }, begun)
  record({ promise: 'sameness', what: 'answers of 5xx to them', count: broken.length, failed: broken.length }, begun)
  for (const kind of ['foreign', 'ended', 'erased', 'random', 'malformed'])
    expect(kinds[kind], kind).toBeGreaterThan(scale(30, 500))
  expect(requests).toBeGreaterThan(scale(2000, 50_000))
})
