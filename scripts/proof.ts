// How hard was each promise tried, and what came of it? Runs the proofs at full scale and prints docs/proof.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promises } from '../test/proof/promises.ts'
import type { Figures } from '../test/proof/record.ts'

const root = join(import.meta.dirname, '..')

/** Where the promises are tried: their own folder, and tests of every day that keep count. */
export const proofs = [
  'test/proof',
  'test/foreign-forms.test.ts',
  'test/denied.test.ts',
  'test/denied-places.test.ts',
  'test/policies',
  'test/walls.test.ts',
  'test/break-glass.test.ts',
  'db/keys/rotate-',
  'app/volunteers/circle/recall.test.ts',
  'app/field/chaos.test.ts',
  'app/support/outing/lives.test.ts',
  'app/supervision/sample/exact.test.ts',
]

export type Line = Figures & { seconds: number }

function runProofs(file: string, args: string[]): number | null {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, TUGIVORK_PROOF: file }
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...(args.length ? args : proofs)], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  return status
}

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const number = (value: number) => value.toLocaleString('en')

/** What of a promise was tried less often than is demanded, in words. */
export function shortOf(promise: string, lines: readonly Line[]): string[] {
  const own = lines.filter((line) => line.promise === promise)
  return (promises[promise]?.least ?? []).flatMap(({ what, least, each }) => {
    const those = own.filter((line) => line.what.startsWith(what))
    const count = those.reduce((sum, line) => sum + line.count, 0)
    const times = each ? those.reduce((sum, line) => sum + Number(each.exec(line.what)?.[1] ?? Number.NaN), 0) : 1
    return count >= least * times && those.length > 0 ? [] : [`${number(count)} ${what} of ${number(least * times)}`]
  })
}

/**
 * Nothing but a promise kept counts as success: not a test that failed, not a failure that a test wrote down and let pass, and – where everything
 * was to be tried – no promise that was not tried, or less than is demanded.
 */
export function exitCodeOf(
  lines: readonly Line[],
  { status, whole }: { status: number | null; whole: boolean },
): 0 | 1 {
  const broken = lines.some((line) => line.failed !== 0 || !(line.promise in promises))
  const short = whole && Object.keys(promises).some((promise) => shortOf(promise, lines).length > 0)
  return status === 0 && lines.length > 0 && !broken && !short ? 0 : 1
}

function rowOf(promise: string, lines: Line[]): string {
  const told = promises[promise]
  const own = lines.filter((line) => line.promise === promise)
  const head = `| ${told?.title} | ${told?.demand}`
  if (own.length === 0) return `${head} | not run | | |`
  const counts = own.map((line) => `${number(line.count)} ${line.what}`).join(', ')
  const failed = own.reduce((sum, line) => sum + line.failed, 0)
  const short = shortOf(promise, lines)
  const verdict = [String(failed), ...(short.length > 0 ? [`too few: ${short.join(', ')}`] : [])].join('; ')
  const seconds = Math.max(...own.map((line) => line.seconds))
  const seeds = [...new Set(own.flatMap((line) => (line.seed === undefined ? [] : [line.seed])))].join(', ')
  return `${head} | ${counts} | ${verdict} | ${seconds} s${seeds ? `, seed ${seeds}` : ''} |`
}

/** The report: one row a promise, and what was not run says so. */
export function reportOf(lines: Line[], about: string): string {
  const unknown = lines.find((line) => !(line.promise in promises))
  if (unknown) throw new Error(`no such promise: ${unknown.promise}`)
  const rows = Object.keys(promises).map((promise) => rowOf(promise, lines))
  return `# What was tried by force

Printed by \`npm run proof\`; do not edit. ${about} The same proofs run at a smaller scale with every \`npm test\`, where one failure fails the run.

| promise | demanded | tried | failed | time |
|---|---|---|---|---|
${rows.join('\n')}
`
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-proof-'))
  const file = join(folder, 'figures')
  writeFileSync(file, '')
  const args = process.argv.slice(2)
  const status = runProofs(file, args)
  const lines = readLines(file)
  process.exitCode = exitCodeOf(lines, { status, whole: args.length === 0 })
  const engine = process.env.DATABASE_URL ? 'the server of DATABASE_URL' : 'the embedded PostgreSQL 18'
  const report = reportOf(lines, `Engine: ${engine}; Node ${process.versions.node}.`)
  rmSync(folder, { recursive: true })
  // A part of the proofs is looked at; only the whole is kept.
  if (args.length === 0) writeFileSync(join(root, 'docs/proof.md'), report)
  console.log(report)
}

if (import.meta.main) main()
