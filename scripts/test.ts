// Is everything we promise still true? Every check and every test, in words and in one last line of figures.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { ensureChromium } from './chromium.ts'

type Report = { testResults: { status: string; assertionResults: { status: string }[] }[] }
type Count = { passed: number; failed: number; skipped: number }

const none: Count = { passed: 0, failed: 0, skipped: 0 }

const root = join(import.meta.dirname, '..')

/** Counts single tests; a file that could not even be read counts as one that failed, and what is neither passed nor failed was left out. */
export function countTests(report: Report): Count {
  const statuses = report.testResults.flatMap((file) => {
    const single = file.assertionResults.map((assertion) => assertion.status)
    return file.status === 'failed' && !single.includes('failed') ? [...single, 'failed'] : single
  })
  const count = (...those: string[]) => statuses.filter((status) => those.includes(status)).length
  const [passed, skipped] = [count('passed'), count('skipped', 'pending', 'todo', 'disabled')]
  return { passed, skipped, failed: statuses.length - passed - skipped }
}

/** The last line. Whoever asked for a part leaves out the rest on purpose; in a run of everything nothing may be left out. */
export function verdictOf({ passed, failed, skipped }: Count, isPart: boolean): { line: string; code: 0 | 1 } {
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  return { line, code: failed === 0 && (isPart || skipped === 0) ? 0 : 1 }
}

function runTests(args: string[]): Count {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-report-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args]
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  let count = none
  try {
    count = countTests(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No report at all: what went wrong is on the screen above, and counts below.
  }
  rmSync(folder, { recursive: true })
  // An error outside of any test, or no test found, must not look like success.
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

function main(): void {
  const args = process.argv.slice(2)
  let browser = none
  try {
    process.env.CHROMIUM = ensureChromium()
  } catch (error) {
    console.error((error as Error).message)
    browser = { ...none, failed: 1 }
  }
  const counts = [browser, args.length > 0 ? none : { ...none, ...runChecks() }, runTests(args)]
  const sum = (what: keyof Count) => counts.reduce((total, count) => total + count[what], 0)
  const whole = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
  const { line, code } = verdictOf(whole, args.length > 0 || process.env.MATRIX_ONLY !== undefined)
  process.exitCode = code
  console.log(line)
}

if (import.meta.main) main()
