// How is a matching solved without holding up the pages that others are reading meanwhile?
import { constants, setPriority } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Conflict } from '../core/errors.ts'
import { nearPairs, type Shortfall, smallestFacts } from './facts.ts'
import { type Gap, gapsOf } from './gaps.ts'
import { type OneMore, oneMore } from './one-more.ts'
import { type Alternative, type Option, optionsFor, type Plan, plan, secondBest, type World } from './plan.ts'

/** A plan with, for every covered need, its second best and, for every uncovered one, what would cover it; by need id. */
export type Explained = {
  plan: Plan
  alternatives: Record<string, Alternative>
  shortfalls: Record<string, Shortfall>
}
/** One need in a plan: every volunteer with reasons or price, the second best, and what would cover it. */
export type OneNeed = { plan: Plan; options: Option[]; alternative: Alternative | null; shortfall: Shortfall | null }
/** Who is missing where: the gaps of the best plan, and one more case tried from every county. */
export type Coverage = { plan: Plan; gaps: Gap[]; oneMore: OneMore[] }
/** In which language one more case is tried, and for how many months it would be helped. */
export type Tried = { language: string; months: number }

// Another thread of this very file does the job, so that both ends of the talk are read together. Inputs and outputs
// are plain data; the time limit is in milliseconds.
const jobs = {
  plan: (input: { world: World }): Plan => plan(input.world),
  explain: (input: { world: World }): Explained => explain(plan(input.world)),
  oneNeed: (input: { world: World; need: string }): OneNeed => {
    const whole = plan(input.world)
    const short = whole.solution.uncovered.includes(input.need)
    return {
      plan: whole,
      options: optionsFor(whole, input.need),
      alternative: secondBest(whole, input.need),
      shortfall: short ? smallestFacts(whole, input.need) : null,
    }
  },
  coverage: ({ world, language, months }: { world: World } & Tried): Coverage => {
    const whole = plan(world)
    return { plan: whole, gaps: gapsOf(whole), oneMore: oneMore(whole, language, months) }
  },
}
type Jobs = typeof jobs

function explain(plan: Plan): Explained {
  const { assigned, uncovered } = plan.solution
  const alternatives = assigned.flatMap(({ need }) => {
    const second = secondBest(plan, need)
    return second ? [[need, second] as const] : []
  })
  const near = uncovered.length > 0 ? nearPairs(plan) : []
  return {
    plan,
    alternatives: Object.fromEntries(alternatives),
    shortfalls: Object.fromEntries(uncovered.map((need) => [need, smallestFacts(plan, need, near)])),
  }
}

/**
 * Does a job in a thread of its own. Throws Conflict with `matching.solve.timeout` where it takes longer than `limit`
 * milliseconds (then the thread is ended); whatever the job throws is thrown here.
 */
export function solveApart<Kind extends keyof Jobs>(
  kind: Kind,
  input: Parameters<Jobs[Kind]>[0],
  limit = 20_000,
): Promise<ReturnType<Jobs[Kind]>> {
  // Node reads TypeScript itself; loaders of the parent are left out, they would only slow the thread's start.
  const worker = new Worker(new URL(import.meta.url), { workerData: { matching: kind, input }, execArgv: [] })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Conflict({ key: 'matching.solve.timeout', args: { seconds: Math.ceil(limit / 1000) } }))
      void worker.terminate()
    }, limit)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the matching thread ended without an answer (${code})`))
    })
  })
}

function isJob(data: unknown): data is { matching: keyof Jobs; input: { world: World; need: string } & Tried } {
  return typeof data === 'object' && data !== null && 'matching' in data && 'input' in data
}

if (!isMainThread && isJob(workerData)) {
  // Whoever reads a page meanwhile comes first. Elsewhere this would slow the whole process; on Linux it is of one thread.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  parentPort?.postMessage(jobs[workerData.matching](workerData.input))
}
