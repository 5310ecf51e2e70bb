// Is a check of rights that was made weaker in the code noticed by the tests that answer for it?
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { record, scale } from '../record.ts'
import { decides, judges, left, report } from './module.ts'

const root = join(import.meta.dirname, '../../..')
const found = (...patterns: string[]) => globSync(patterns, { cwd: root })

test('every file of the two folders in which rights are decided is made weaker, or left alone for a reason', () => {
  const code = found('app/core/**/*.{ts,tsx}', 'app/access/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file))
  const alone = left.map(({ files }) => found(...files).filter((file) => !/\.test\.tsx?$/.test(file)))
  const named = [...decides, ...alone.flat()]
  expect(code.filter((file) => !named.includes(file))).toEqual([])
  expect(named.filter((file, at) => named.indexOf(file) !== at || !code.includes(file))).toEqual([])
  for (const pattern of left.flatMap(({ files }) => files)) expect(found(pattern), pattern).not.toEqual([])
})

test('whoever is asked is there, and whatever is made weaker is read by one of them', () => {
  expect(judges.filter((judge) => found(judge).length === 0)).toEqual([])
  const asked = judges.map((judge) => readFileSync(join(root, judge), 'utf8')).join('\n')
  const silent = decides.filter((file) => !asked.includes(`/${file.split('/').at(-1)}'`))
  // The guards stand before the bare site that three of them ask.
  expect(silent).toEqual(['app/core/guard.server.tsx'])
})

type Place = { line: number; column: number }
type Mutant = { status: string; mutatorName: string; replacement?: string; location: { start: Place; end: Place } }
type Report = { files: Record<string, { source: string; mutants: Mutant[] }> }

/** Runs Stryker beside us; without what tells the tests that they are part of a proof. */
async function weaken(): Promise<Report> {
  const ours = /^(TUGIVORK_PROOF|VITEST)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  const program = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const run = spawn(process.execPath, [program, 'run', 'test/proof/code-mutants/stryker.ts'], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  const code = await new Promise((done) => run.on('exit', done))
  if (code !== 0) throw new Error(`Stryker ended with ${code}`)
  return JSON.parse(readFileSync(join(root, report), 'utf8'))
}

/** `12:5 isFresh(me) → true`: what stood there, as far as the line goes, and what stands there instead. */
function sayMutant(source: string, { location: { start, end }, replacement = '' }: Mutant): string {
  const line = source.split('\n')[start.line - 1] ?? ''
  const was = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined)
  return `  ${start.line}:${start.column} ${was} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`
}

const shareOf = (part: number, all: number) => Math.floor((1000 * part) / all) / 10

// In `npm run proof` alone: it takes minutes.
if (scale(0, 1))
  test('nine of ten weaker lines are noticed', { timeout: 3_600_000 }, async () => {
    const begun = performance.now()
    const { files } = await weaken()
    const told = Object.entries(files).map(([file, { source, mutants }]) => {
      const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout')
      const not = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      return { file, not: not.map((mutant) => sayMutant(source, mutant)), noticed: noticed.length }
    })
    for (const { file, not, noticed } of told)
      console.log(
        [`${file}: ${shareOf(noticed, noticed + not.length)} % of ${noticed + not.length}`, ...not].join('\n'),
      )
    const unnoticed = told.reduce((sum, { not }) => sum + not.length, 0)
    const count = told.reduce((sum, { noticed }) => sum + noticed, unnoticed)
    const share = shareOf(count - unnoticed, count)
    const failed = share < 90 ? unnoticed : 0
    record({ promise: 'code', what: `weaker lines of code, ${share} % of them noticed`, count, failed }, begun)
    expect(share).toBeGreaterThanOrEqual(90)
  })
