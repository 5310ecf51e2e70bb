// How hard was each promise tried, and what came of it? Runs the proofs at full scale and prints docs/proof.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figures } from '../test/proof/record.ts'

const root = join(import.meta.dirname, '..')

/** Every promise there is, in the order of the report: what is demanded, and what its counts are called. */
export const promises: Record<string, { title: string; demand: string }> = {
  authorization: {
    title: 'Nobody sees a row that the written rules do not give them',
    demand: '≥ 1,000,000 cells, 0 differ from the oracle',
  },
  mutants: { title: 'A policy that was made weaker is noticed', demand: '≥ 40 mutated policies, each caught' },
  matrix: { title: 'Every route refuses and hides as the rules say', demand: '≥ 5,000 cells of status and body' },
  bypass: { title: 'Nothing gets round row-level security', demand: '≥ 60 attempts, 0 rows' },
  forged: { title: 'No form takes effect that another page sent', demand: '≥ 12 forgeries a route, 0 effects' },
  sameness: {
    title: 'What is denied and what is not there look alike',
    demand: 'byte for byte, over every route with an id',
  },
  links: {
    title: 'A link between people that is there is found',
    demand: '≥ 2,000 planted links, ≥ 98 % of them found',
  },
  sampling: {
    title: 'What a lot says of all entries holds as often as it promises',
    demand: 'every truth there can be for up to 40 entries, 0 missed more often',
  },
  kill: { title: 'kill -9 loses nothing that was acknowledged', demand: '200 rounds, 0 lost, log whole' },
  outage: {
    title: 'While the database is away people are told, and nothing is falsely saved',
    demand: '50 cycles, 0 wrong answers',
  },
  once: { title: 'A form sent many times has one effect', demand: '1,000 groups, 1,000 effects' },
  field: {
    title: 'What was written without network arrives once, whatever the network does',
    demand: '500 runs, 0 entries lost, 0 twice',
  },
  ladder: {
    title: 'Whoever does not come back is missed, each step once',
    demand: '≥ 2,000 lives, 0 steps missing, doubled or out of turn',
  },
  race: { title: 'Of those who change one thing at once one wins', demand: '1,000 races, 1 winner each' },
  tampering: { title: 'Whoever touches the log is found out', demand: '≥ 2,000 tamperings, all found with an anchor' },
  alarms: { title: 'A log that nobody touched raises no alarm', demand: '1,000 runs, 0 alarms' },
  completeness: { title: 'No answer leaves without its event', demand: '≥ 5,000 requests, 0 without' },
  seals: {
    title: 'What was altered, moved or cut off does not open',
    demand: '1,000 values byte by byte, 1,000,000 nonces',
  },
  rotation: { title: 'Keys are changed while people work', demand: '0 failed reads and writes' },
  restore: { title: 'A backup comes back whole, and who was erased stays erased', demand: 'one drill, 0 differences' },
}

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

type Line = Figures & { seconds: number }

function runProofs(file: string, args: string[]): void {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, TUGIVORK_PROOF: file }
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...(args.length ? args : proofs)], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const number = (value: number) => value.toLocaleString('en')

function rowOf(promise: string, lines: Line[]): string {
  const told = promises[promise]
  const own = lines.filter((line) => line.promise === promise)
  const head = `| ${told?.title} | ${told?.demand}`
  if (own.length === 0) return `${head} | not run | | |`
  const counts = own.map((line) => `${number(line.count)} ${line.what}`).join(', ')
  const failed = own.reduce((sum, line) => sum + line.failed, 0)
  const seconds = Math.max(...own.map((line) => line.seconds))
  const seeds = [...new Set(own.flatMap((line) => (line.seed === undefined ? [] : [line.seed])))].join(', ')
  return `${head} | ${counts} | ${failed} | ${seconds} s${seeds ? `, seed ${seeds}` : ''} |`
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
  runProofs(file, args)
  const engine = process.env.DATABASE_URL ? 'the server of DATABASE_URL' : 'the embedded PostgreSQL 18'
  const report = reportOf(readLines(file), `Engine: ${engine}; Node ${process.versions.node}.`)
  rmSync(folder, { recursive: true })
  // A part of the proofs is looked at; only the whole is kept.
  if (args.length === 0) writeFileSync(join(root, 'docs/proof.md'), report)
  console.log(report)
}

if (import.meta.main) main()
