// What does `npm run bench` do from the first to the last?
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { sizeOf } from './data/generate.ts'
import { planFloor } from './floor/plan.ts'
import { memoryOf } from './load/cpu.ts'
import { gather } from './load/people.ts'
import { measurePages } from './pages/compare.ts'
import { countStatements } from './pages/count.ts'
import { openPlace } from './place/place.ts'
import { startFloor, startProduct } from './place/process.ts'
import { atMost, type Row } from './rows.ts'
import type { Options, Part, Session } from './session.ts'

/** What needs the two servers at rest, in the order in which it is measured. */
const steps: { part: Part; run: (session: Session) => Promise<Row[]> }[] = [
  { part: 'pages', run: countStatements },
  { part: 'pages', run: measurePages },
  { part: 'pages', run: measureProcess },
]

/** Runs the parts asked for; what one of them throws is told as its row, and the others go on. */
export async function bench(options: Options, say: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = []
  const place = await openPlace(sizeOf(1), say)
  const crowd = await gather(place.admin)
  const { path } = await planFloor(place, crowd)
  const floor = await startFloor(place, path)
  if (options.profile) mkdirSync(options.profile, { recursive: true })
  // The first start makes the style sheet; the second is the one that is told.
  await (await startProduct(place)).stop()
  const product = await startProduct(place, { profile: options.profile ? resolve(options.profile) : undefined })
  try {
    const session = { options, place, product, floor, crowd, say }
    for (const { part, run } of steps) if (options.only.includes(part)) rows.push(...(await run(session)))
  } finally {
    await product.stop()
    await floor.stop()
    await place.close()
  }
  return rows
}

async function measureProcess({ product, floor, options }: Session): Promise<Row[]> {
  const [ours, theirs] = [memoryOf(product.pid), memoryOf(floor.pid)]
  const note = options.profile ? 'being profiled' : ''
  return [
    atMost('memory after the 50-connection run', ours.now, 150, {
      unit: 'MB',
      floor: theirs.now,
      product: ours.now,
      note,
    }),
    atMost('start to the first 200', product.startedIn, 1000, { unit: 'ms', floor: floor.startedIn, note }),
  ]
}
