// Does every address answer everybody – by role, relation and method – as the rules say, and show nobody what is not for them?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../app/app.tsx'
import { logTo } from '../../../app/core/log.server.ts'
import type { Env } from '../../../app/core/page.tsx'
import { record, scale } from '../record.ts'
import {
  cellsOf,
  nothingYet,
  origin,
  otherMethods,
  type Target,
  targetsOf,
  theirsOf,
  tryCells,
  tryUntilDone,
} from './matrix.ts'
import { placesOf } from './places.ts'
import { openStage } from './rehearse.ts'
import { telling, undone } from './undone.ts'
import { type MatrixWorld, openMatrixWorld } from './world/world.ts'

let world: MatrixWorld
let app: Hono<Env>
let targets: Target[]
let close: () => void
const told = nothingYet()
const begun = performance.now()

beforeAll(async () => {
  close = openStage()
  logTo(() => undefined)
  world = await openMatrixWorld()
  app = createApp({ origin, secure: false, demo: true })
  targets = targetsOf(app)
}, 300_000)
afterAll(async () => {
  close()
  await world?.cast.close()
})

// `MATRIX_ONLY='POST /cases'` looks at a part.
const asked = new RegExp(process.env.MATRIX_ONLY ?? '')

test('everybody, at every address, in every relation, gets the answer that the rules say, and no word that is not for them', async () => {
  const { cast, actors, things, canaries } = world
  const matrix = { cast, app, things, canaries, told }
  for (const target of targets.filter(({ method, address }) => asked.test(`${method} ${address}`))) {
    await tryCells(matrix, cellsOf(target, actors, things, scale(0, 1) === 1))
    if (target.method === 'POST' && !target.open && !(target.address in undone))
      await tryUntilDone(matrix, target, theirsOf(target, actors, things))
  }
  expect(told.faults).toEqual([])
}, 3_600_000)

test('no address does anything by a method that it does not have', async () => {
  const faults = await otherMethods(app, targets, world.actors, world.things)
  told.cells += faults.tried
  told.faults.push(...faults.found)
  expect(faults.found).toEqual([])
}, 600_000)

test.skipIf(process.env.MATRIX_ONLY)(
  'those who may do see: each page by somebody, each word by somebody it is for',
  () => {
    const gets = targets.filter(({ method }) => method === 'GET').map(({ address }) => address)
    expect(gets.filter((address) => !told.shown.has(address) && !unreached.test(address))).toEqual([])
    const posts = targets.filter(({ method, open }) => method === 'POST' && !open).map(({ address }) => address)
    expect([...told.telling].toSorted()).toEqual(telling)
    expect(posts.filter((address) => !told.done.has(address) && !telling.includes(address)).toSorted()).toEqual(
      Object.keys(undone).toSorted(),
    )
    const root = join(import.meta.dirname, '../../..')
    const unseen = Object.values(undone).filter(({ seen, by }) => !readFileSync(join(root, seen), 'utf8').includes(by))
    expect(unseen).toEqual([])
    // Each kind of word; in the whole matrix nearly each word, for behind a wall there is somebody for most of them only.
    const words = world.canaries.filter(({ never }) => !never).map(({ what }) => what)
    const kindOf = (what: string) => what.replace(/ of .*/, '')
    const kinds = new Set([...told.seen].map(kindOf))
    expect(words.filter((what) => !kinds.has(kindOf(what)))).toEqual([])
    expect(told.seen.size / words.length).toBeGreaterThan(scale(0.85, 0.97))
    expect(words.length).toBeGreaterThan(100)
  },
)

// Steps of a sign-in that has not begun, a provider that is not set up, a link that nobody sent, and what only leads on.
const unreached =
  /^\/(assets|sign-in\/(passkey|oidc|oidc\/back|code|ways|setup|password|invitation)|invitation|calendar|reference|sign-out|exit|language|account\/(prove\/oidc|identity\/go|identity\/confirm))(\/|$)/

test.skipIf(process.env.MATRIX_ONLY)('there are at least five thousand cells', () => {
  const methods = new Set(targets.map(({ address }) => address)).size
  record(
    { promise: 'matrix', what: `cells at ${methods} addresses`, count: told.cells, failed: told.faults.length },
    begun,
  )
  expect(told.cells).toBeGreaterThan(5000)
})

test('an address of which the matrix does not know whose things stand there says what has to be written', () => {
  expect(() => placesOf('/somewhere/:id', 'GET', world.things)).toThrow(/\/somewhere\/:id.*subjects\.ts/)
})
