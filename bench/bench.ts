// What does `npm run bench` do from the first to the last?
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { measureBrowser } from './browser/browser.ts'
import { sizeOf } from './data/generate.ts'
import { measureField } from './field/field.ts'
import { planFloor } from './floor/plan.ts'
import { memoryOf } from './load/cpu.ts'
import { gather } from './load/people.ts'
import { measureCoverage } from './matching/coverage.ts'
import { measureDuring } from './matching/during.ts'
import { measureSolver } from './matching/solver.ts'
import { measurePages } from './pages/compare.ts'
import { countStatements } from './pages/count.ts'
import { measurePgbench } from './pages/pgbench.ts'
import { measureFind, measureReports, measureSearch } from './pages/search.ts'
import { openPlace } from './place/place.ts'
import { startFloor, startProduct } from './place/process.ts'
import { atMost, broken, type Row } from './rows.ts'
import { measureFailover } from './scale/failover.ts'
import { measureNodes } from './scale/nodes.ts'
import type { Options, Part, Session } from './session.ts'
import { measureHeld } from './strain/held.ts'
import { measureOverload } from './strain/overload.ts'
import { measureTenfold } from './tenfold/tenfold.ts'

type Measured = Row & { part: Part }

/** Everything in the order in which it is measured. */
const steps: { part: Part; run: (session: Session) => Promise<Row[]> }[] = [
  { part: 'pages', run: countStatements },
  { part: 'pages', run: measurePages },
  { part: 'pages', run: measureProcess },
  { part: 'pages', run: measurePgbench },
  { part: 'search', run: measureSearch },
  { part: 'search', run: measureFind },
  { part: 'reports', run: measureReports },
  { part: 'matching', run: measureDuring },
  { part: 'matching', run: ({ options }) => measureSolver(options) },
  { part: 'matching', run: async ({ options }) => measureCoverage(options) },
  { part: 'browser', run: measureBrowser },
  { part: 'field', run: measureField },
  { part: 'held', run: measureHeld },
  { part: 'overload', run: measureOverload },
  { part: 'tenfold', run: measureTenfold },
  { part: 'scale', run: measureNodes },
  // The last: of the first database server nothing is left afterwards.
  { part: 'scale', run: measureFailover },
]

/** Runs the parts asked for; one that breaks off says so in a row of its own, and the others go on. */
export async function bench(options: Options, say: (text: string) => void): Promise<Measured[]> {
  const measured: Measured[] = []
  const place = await openPlace(sizeOf(options.times), say)
  const stops = [place.close]
  try {
    const crowd = await gather(place.admin)
    const { path, plan } = await planFloor(place, crowd)
    const floor = await startFloor(place, path)
    stops.push(floor.stop)
    if (options.profile) mkdirSync(options.profile, { recursive: true })
    // The first start makes the style sheet; the second is the one that is told.
    await (await startProduct(place)).stop()
    const product = await startProduct(place, { profile: options.profile ? resolve(options.profile) : undefined })
    stops.push(product.stop)
    const session = { options, place, product, floor, crowd, plan, say }
    for (const { part, run } of steps) {
      if (!options.only.includes(part)) continue
      const rows = await run(session).catch((error: Error) => [broken(part, error.message)])
      measured.push(...rows.map((row) => ({ part, ...row })))
    }
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
  return measured
}

async function measureProcess({ product, floor, options }: Session): Promise<Row[]> {
  const [ours, theirs] = [memoryOf(product.pid), memoryOf(floor.pid)]
  const note = options.profile ? 'being profiled' : ''
  const memory = { unit: 'MB', floor: theirs.now, product: ours.now, note }
  const start = { unit: 'ms', floor: floor.startedIn, product: product.startedIn, note }
  return [
    atMost('memory after the 50-connection run', ours.now, 150, memory),
    atMost('start to the first 200', product.startedIn, 1000, start),
  ]
}
