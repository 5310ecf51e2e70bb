// How fast is the best matching found and proven, how does that grow, and how much faster is it than a general solver?
import { check } from '../../app/matching/certificate.ts'
import { solve } from '../../app/matching/flow.ts'
import type { Problem } from '../../app/matching/instance.ts'
import { asProgram, drawnProblem, loadHighs } from '../../test/matching-programs.ts'
import { geometricMean, growth, median } from '../load/numbers.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Options } from '../session.ts'

const candidates = 20
const sizes = [
  [1250, 500],
  [2500, 1000],
  [5000, 2000],
  [10_000, 4000],
  [20_000, 8000],
] as const

// Processor time, not time on the clock: others may be using the machine.
function cpuOf<R>(work: () => R): { ms: number; result: R } {
  const began = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(began)
  return { ms: (user + system) / 1000, result }
}

function proven(problem: Problem): number {
  const { ms, result } = cpuOf(() => solve(problem))
  const [fault] = check(problem, result)
  if (fault) throw new Error(`not proven: ${fault.code} ${fault.at}`)
  return ms
}

export async function measureSolver({ quick }: Options): Promise<Row[]> {
  const rounds = quick ? 2 : 5
  const points = sizes.map(([needs, volunteers]) => {
    const times = Array.from({ length: rounds }, (_, seed) =>
      proven(drawnProblem(seed + 1, needs, volunteers, candidates)),
    )
    return { size: needs, time: median(times) }
  })
  const at = (needs: number) => points.find(({ size }) => size === needs)?.time ?? Number.NaN
  return [
    atMost('matching 5,000 × 2,000, proven optimal: CPU', at(5000) / 1000, 2, { unit: 's' }),
    told('matching 20,000 × 8,000, proven optimal: CPU', at(20_000) / 1000, { unit: 's' }),
    atMost('matching: growth, power of the size', growth(points), 1.6, {
      unit: '',
      note: points.map(({ size, time }) => `${size}: ${Math.round(time)} ms`).join(', '),
    }),
    ...(await beside(quick ? 1 : 3)),
  ]
}

/** The same instances by HiGHS in WebAssembly; the time it needs to read its text is taken off. */
async function beside(rounds: number): Promise<Row[]> {
  const [ours, theirs]: [number[], number[]] = [[], []]
  const dear = 1_000_000
  for (let seed = 1; seed <= rounds; seed++) {
    const problem = drawnProblem(seed, 5000, 2000, candidates)
    const program = asProgram(problem, dear)
    const { ms, result } = cpuOf(() => solve(problem))
    // A fresh one each time: its memory grows and is never given back.
    const read = byHighs(await loadHighs(), program, 0).ms
    const whole = byHighs(await loadHighs(), program, 600)
    if (Math.round(whole.result.ObjectiveValue) !== (result.cost[0] ?? 0) * dear + (result.cost[1] ?? 0))
      throw new Error('HiGHS found another optimum')
    ours.push(ms)
    theirs.push(whole.ms - read)
  }
  const ratio = geometricMean(ours.map((ms, at) => (theirs[at] ?? Number.NaN) / ms))
  const note = 'the same optimum; CPU in ms, HiGHS (in the column of the floor) without reading its text'
  return [
    atLeast('matching 5,000 × 2,000: faster than HiGHS', ratio, 5, {
      floor: median(theirs),
      product: median(ours),
      note,
    }),
  ]
}

function byHighs(highs: Awaited<ReturnType<typeof loadHighs>>, program: string, seconds: number) {
  return cpuOf(() => highs.solve(program, { output_flag: false, time_limit: seconds }))
}
