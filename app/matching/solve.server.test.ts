// Is the thread's answer the right one, do pages go on meanwhile, and does it end when it takes too long?
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { need, settings, tiles, today, volunteer } from '../../test/matching.ts'
import { Conflict } from '../core/errors.ts'
import { smallestFacts } from './facts.ts'
import { optionsFor, plan, secondBest, type World } from './plan.ts'
import { solveApart } from './solve.server.ts'

/** A country of needs and volunteers, spread over the counties and not all of them fitting. */
function country(needs: number, volunteers: number): World {
  const codes = Object.keys(tiles)
  const county = (at: number) => codes[(at * 7) % codes.length] ?? '0037'
  return {
    needs: Array.from({ length: needs }, (_, at) =>
      need({
        id: `M-${at}`,
        county: county(at),
        municipality: null,
        language: at % 3 === 0 ? 'ru' : 'et',
        childCount: at % 2,
      }),
    ),
    volunteers: Array.from({ length: volunteers }, (_, at) =>
      volunteer({
        ...{ id: `TI-${at}`, county: county(at + 3), municipality: null, active: at % 3 },
        areas: [{ county: county(at + 4), municipality: null }],
        languages: at % 2 === 0 ? ['et', 'ru'] : ['et'],
        background: { on: at % 5 === 0 ? '2025-10-01' : '2026-05-01', passed: true },
      }),
    ),
    settings,
    today,
  }
}

const small = country(20, 15)

test('a plan, one need and the whole explanation are what they would be without the thread', async () => {
  const here = plan(small)
  expect(await solveApart('plan', { world: small })).toEqual(here)
  const [short = ''] = here.solution.uncovered
  expect(await solveApart('oneNeed', { world: small, need: short })).toEqual({
    plan: here,
    options: optionsFor(here, short),
    alternative: null,
    shortfall: smallestFacts(here, short),
  })
  const { alternatives, shortfalls } = await solveApart('explain', { world: small })
  const { assigned, uncovered } = here.solution
  expect(alternatives).toEqual(Object.fromEntries(assigned.map(({ need }) => [need, secondBest(here, need)])))
  expect(shortfalls).toEqual(Object.fromEntries(uncovered.map((id) => [id, smallestFacts(here, id)])))
})

test('timers go on firing while a large matching is solved', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 2)
  try {
    const { plan: large, shortfalls } = await solveApart('explain', { world: country(160, 110) }, 60_000)
    expect(large.violations).toEqual([])
    expect(Object.keys(shortfalls).length).toBeGreaterThan(0)
  } finally {
    clearInterval(timer)
  }
  // Solved on this thread, not one timer would fire in between.
  expect(ticks).toBeGreaterThan(20)
})

test.runIf(process.platform === 'linux')('whoever reads a page comes before a matching that is solved', async () => {
  const before = new Set(readdirSync('/proc/self/task'))
  const low = () =>
    readdirSync('/proc/self/task')
      .filter((thread) => !before.has(thread))
      .map(niceOf)
  const mine = getPriority()
  const solved = solveApart('explain', { world: country(160, 110) }, 60_000)
  await expect.poll(low, { timeout: 20_000 }).toContain(constants.priority.PRIORITY_BELOW_NORMAL)
  expect(getPriority()).toBe(mine)
  await solved
})

/** From proc_pid_stat(5): the 17th value after the name, which stands in brackets and may hold anything. */
function niceOf(thread: string): number {
  try {
    const said = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    return Number(said.slice(said.lastIndexOf(')') + 2).split(' ')[16])
  } catch {
    // It has ended meanwhile.
    return Number.NaN
  }
}

test('what takes longer than the limit is ended with a clear word', async () => {
  const late = solveApart('explain', { world: country(400, 250) }, 30)
  await expect(late).rejects.toThrow(Conflict)
  await expect(late).rejects.toMatchObject({ said: { key: 'matching.solve.timeout', args: { seconds: 1 } } })
})

test('what the job throws is thrown to who asked', async () => {
  await expect(solveApart('oneNeed', { world: small, need: 'M-999' })).rejects.toThrow('M-999')
})

test('works just as well in a process that is not the one of the tests', async () => {
  const from = fileURLToPath(new URL('./', import.meta.url))
  const code = `
    import { solveApart } from '${from}solve.server.ts'
    const world = ${JSON.stringify(small)}
    const { plan } = await solveApart('explain', { world })
    console.log(plan.solution.assigned.length, plan.violations.length)`
  const args = ['--input-type=module', '--eval', code]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: from })
  expect(stdout).toBe(`${plan(small).solution.assigned.length} 0\n`)
})
