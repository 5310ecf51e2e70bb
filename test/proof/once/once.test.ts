// Has every form that carries a key its effect once, however often it is sent and wherever its answer is lost?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../app/app.tsx'
import { disconnect } from '../../../app/core/db.server.ts'
import { logTo } from '../../../app/core/log.server.ts'
import { openCast } from '../../cast.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { seed } from '../../draws.ts'
import { origin, type Target, targetsOf } from '../matrix/matrix.ts'
import { openStage } from '../matrix/rehearse.ts'
import { type MatrixWorld, openMatrixWorld } from '../matrix/world/world.ts'
import { record, scale } from '../record.ts'
import { openDesk } from './desk.ts'
import { nothingSent, sendAgain, sendOnce } from './once.ts'

let database: TestDatabase
let world: MatrixWorld
let forms: Target[]
let closeStage: () => void

beforeAll(async () => {
  logTo(() => undefined)
  closeStage = openStage()
  database = await freshDatabase()
  world = await openMatrixWorld(await openCast(database))
  const all = targetsOf(createApp({ origin, secure: false, demo: true }))
  forms = all.filter(({ method, open }) => method === 'POST' && !open)
  // Nobody may be connected to a database of which copies are made.
  await disconnect()
  await world.cast.admin.end()
}, 300_000)
afterAll(async () => {
  closeStage()
  await database.close()
})

test('every form, sent up to ten times at once or again after its answer was lost, has one effect and one answer', {
  timeout: 3_600_000,
}, async () => {
  const begun = performance.now()
  const figures = nothingSent()
  const [wanted, share] = [scale(24, 1000), scale(7, 1)]
  const template = new URL(database.adminUrl).pathname.slice(1)
  for (let nth = 0; figures.groups < wanted; nth++) {
    const targets = forms.filter((_, at) => (at + nth) % share === 0)
    const first = await openDesk(template)
    const steps = await sendOnce(first, { ...world, targets }, nth).finally(first.close)
    const second = await openDesk(template)
    await sendAgain(second, steps, figures, seed + nth).finally(second.close)
    expect(steps.length).toBeGreaterThan(0)
  }
  const { groups, sent, addresses, byWay, wrong } = figures
  const { size } = addresses
  const failed = wrong.length
  record(
    { promise: 'once', what: `groups of forms at ${size} addresses, ${sent} sent`, count: groups, failed, seed },
    begun,
  )
  record({ promise: 'once', what: 'forms kept whose answer was lost', count: byWay.lost, failed, seed }, begun)
  record({ promise: 'once', what: 'forms sent again by who was gone', count: byWay.left, failed, seed }, begun)
  expect(wrong, `PROOF_SEED=${seed}`).toEqual([])
  expect(size).toBeGreaterThan(scale(20, 100))
  expect(Math.min(...Object.values(byWay))).toBeGreaterThan(wanted / 6)
})
