// What does `npm run bench` do from the first to the last?
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { measureBrowser } from './browser/browser.ts'
import { sizeOf } from './data/generate.ts'
import { measureField } from './field/field.ts'
import { planFloor } from './floor/plan.ts'
import { gated } from './gate.ts'
import { memoryOf } from './load/cpu.ts'
import { gather } from './load/people.ts'
import { measureCoverage } from './matching/coverage.ts'
import { measureDuring } from './matching/during.ts'
import { measureSolver } from './matching/solver.ts'
import { measurePages } from './pages/compare.ts'
import { countStatements } from './pages/count.ts'
import { measureReports } from './pages/reports.ts'
import { measureFind, measureSearch } from './pages/search.ts'
import { measureInstall } from './place/install.ts'
import { openPlace } from './place/place.ts'
import { startFloor, startProduct } from './place/process.ts'
import { atMost, broken, type Row } from './rows.ts'
import { measureFailover } from './scale/failover.ts'
import { measureNodes } from './scale/nodes.ts'
import type { Options, Part, Session } from './session.ts'
import { measureHeld } from './strain/held.ts'
import { measureOverload } from './strain/overload.ts'
import { checkPlans } from './tenfold/plans.ts'
import { measureTenfold } from './tenfold/tenfold.ts'

type Measured = Row & { part: Part }

type Step = { part: Part; run: (session: Session) => Promise<Row[]>; when?: 'gate' | 'whole' }

/** Everything in the order in which it is measured; `when` says what only the gate, or only a whole run, asks for. */
const steps: readonly Step[] = [
  { part: 'pages', run: countStatements },
  { part: 'pages', run: measurePages },
  { part: 'pages', run: measureProcess },
  { part: 'pages', run: async () => measureInstall() },
  { part: 'search', run: measureSearch, when: 'whole' },
  { part: 'search', run: measureFind, when: 'whole' },
  { part: 'reports', run: measureReports, when: 'whole' },
  { part: 'matching', run: measureDuring, when: 'whole' },
  { part: 'matching', run: ({ options }) => measureSolver(options), when: 'whole' },
  { part: 'matching', run: async ({ options }) => measureCoverage(options), when: 'whole' },
  { part: 'browser', run: measureBrowser },
  { part: 'field', run: measureField, when: 'whole' },
  { part: 'held', run: measureHeld, when: 'whole' },
  { part: 'overload', run: measureOverload },
  { part: 'tenfold', run: measureTenfold, when: 'whole' },
  { part: 'tenfold', run: checkPlans, when: 'gate' },
  { part: 'scale', run: measureNodes, when: 'whole' },
  // The last: of the first database server nothing is left afterwards.
  { part: 'scale', run: measureFailover, when: 'whole' },
]

/** Runs the steps of the parts asked for; one that breaks off says so in a row of its own, and the others go on. */
export async function measure(all: readonly Step[], session: Session): Promise<Measured[]> {
  const { only, gate } = session.options
  const measured: Measured[] = []
  for (const { part, run, when } of all) {
    if (!only.includes(part) || when === (gate ? 'whole' : 'gate')) continue
    const rows = await run(session).catch((error: Error) => [broken(part, error.message)])
    measured.push(...rows.map((row) => ({ part, ...(gate ? gated(row) : row) })))
  }
  return measured
}

/** A place, the two servers on it, and what is asked for measured there. */
export async function bench(options: Options, say: (text: string) => void): Promise<Measured[]> {
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
    return await measure(steps, { options, place, product, floor, crowd, plan, say })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
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
