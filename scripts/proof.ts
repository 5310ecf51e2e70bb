// How hard was each promise tried, and what came of it? Runs the proofs at full scale and prints docs/proof.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { findBinaries } from '../db/embedded-binaries.ts'
import { promises } from '../test/proof/promises.ts'
import type { Figures } from '../test/proof/record.ts'
import { standards } from '../test/proof/standards.ts'

const root = join(import.meta.dirname, '..')

/** Where the promises are tried: their own folder, and tests of every day that keep count. */
export const proofs = [
  'test/proof',
  'test/clock.test.ts',
  'test/denied.test.ts',
  'test/denied-places.test.ts',
  'test/outgoing.test.ts',
  'app/access/sign-in/timing.test.ts',
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

function rowOf(promise: string, lines: Line[], engine: string): string {
  const told = promises[promise]
  const own = lines.filter((line) => line.promise === promise)
  const { test = null, asvs = [] } = standards[promise] ?? {}
  const head = `| ${told?.title} | ${test ?? '–'} | ${asvs.map((id) => `v5.0.0-${id}`).join(', ') || '–'} | ${told?.demand}`
  if (own.length === 0) return `${head} | not run | | |`
  const counts = own.map((line) => `${number(line.count)} ${line.what}`).join(', ')
  // A trial that kills its server has one of its own, which need not be the same.
  const others = [...new Set(own.flatMap((line) => line.engine ?? []))].filter((name) => name !== engine)
  const failed = own.reduce((sum, line) => sum + line.failed, 0)
  const short = shortOf(promise, lines)
  const verdict = [String(failed), ...(short.length > 0 ? [`too few: ${short.join(', ')}`] : [])].join('; ')
  const seconds = Math.max(...own.map((line) => line.seconds))
  const seeds = [...new Set(own.flatMap((line) => (line.seed === undefined ? [] : [line.seed])))].join(', ')
  const where = others.length > 0 ? ` (on ${others.join(', ')})` : ''
  return `${head} | ${counts}${where} | ${verdict} | ${seconds} s${seeds ? `, seed ${seeds}` : ''} |`
}

/** The servers of which the report has a part each, the one we bring along first. */
const majors = ['18', '15']
const headOf = (major: string) => `## PostgreSQL ${major}`
const majorOf = (engine: string) => /\d+/.exec(engine)?.[0] ?? engine

/** What one run found on one server: one row a promise, and what was not run says so. */
export function sectionOf(lines: Line[], engine: string, about: string): string {
  const unknown = lines.find((line) => !(line.promise in promises))
  if (unknown) throw new Error(`no such promise: ${unknown.promise}`)
  const rows = Object.keys(promises).map((promise) => rowOf(promise, lines, engine))
  return `${headOf(majorOf(engine))}

${engine}${about}

| promise | test | ASVS | demanded | tried | failed | time |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}

/** A run in a line, by which it is remembered once the next has taken its place. */
export function inShort(lines: readonly Line[], release: string): string {
  const sum = (of: (line: Line) => number) => number(lines.reduce((all, line) => all + of(line), 0))
  const short = Object.keys(promises).filter((promise) => shortOf(promise, lines).length > 0).length
  const tried = new Set(lines.map(({ promise }) => promise)).size
  return `- ${release}: ${tried} promises, ${sum(({ count }) => count)} tries, ${sum(({ failed }) => failed)} failed, ${short} tried too seldom`
}

/**
 * The report: what the last run on each server found, and a line of each before it. What was found on the others stays; a server on which nothing
 * was tried says so.
 */
export function reportOf(before: string, engine: string, section: string, short: string): string {
  const found = new Map(
    before
      .split(/^(?=## )/m)
      .slice(1)
      .map((part) => [majorOf(part), part.trim()]),
  )
  const earlier = found.get(majorOf(engine))?.match(/^- .*$/gm) ?? []
  found.set(majorOf(engine), `${section.trim()}\n\n${[short, ...earlier].join('\n')}`)
  const all = [...new Set([...majors, ...found.keys()])]
  return `# What was tried by force

Printed by \`npm run proof\`; do not edit. One part for each server it was run on; the numbers of tests are those of the security plan. The same proofs run at a smaller scale with every
\`npm test\`, where one failure fails the run.

${all.map((major) => found.get(major) ?? `${headOf(major)}\n\nnot run`).join('\n\n')}
`
}

/**
 * The report with the rows of what was tried once more, each with its own release: a proof takes hours, and what was mended need not wait for all of
 * it. Of a promise of which less was tried than is demanded the row stays as it was.
 */
export function withRows(before: string, engine: string, lines: readonly Line[], release: string): string {
  const head = `${headOf(majorOf(engine))}\n`
  const again = (promise: string) =>
    lines.some((line) => line.promise === promise) && shortOf(promise, lines).length === 0
  return before
    .split(/^(?=## )/m)
    .map((part) => {
      if (!part.startsWith(head)) return part
      // On this server nothing was tried whole yet.
      const told = part.includes('\n|---') ? part : `${sectionOf([], engine, ', in parts.')}\n`
      const old = (promise: string) =>
        told.split('\n').find((line) => line.startsWith(`| ${promises[promise]?.title} |`)) ??
        rowOf(promise, [], engine)
      const rows = Object.keys(promises).map((promise) =>
        again(promise) ? rowOf(promise, [...lines], engine).replace(/ \|$/, `, ${release} |`) : old(promise),
      )
      return told.replace(/(^\|---.*\n)(?:\|.*\n)*/m, (_, line: string) => `${line}${rows.join('\n')}\n`)
    })
    .join('')
}

/** Which server is it, as it says itself? */
async function engineOf(): Promise<string> {
  const url = process.env.DATABASE_URL
  if (!url) {
    const { stdout } = spawnSync(join(await findBinaries(undefined), 'bin/postgres'), ['--version'], {
      encoding: 'utf8',
    })
    return `PostgreSQL ${/[\d.]+/.exec(stdout)?.[0]}`
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return `PostgreSQL ${rows[0]?.server_version.split(' ')[0]}`
}

/** `0.1.0 at 4e7b84d`, and whether something was changed since. */
function releaseOf(): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const commit = git('rev-parse', '--short', 'HEAD')
  // What is written here is no change of what is proven.
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs') !== ''
  return commit ? `${version} at ${commit}${changed ? ' with changes' : ''}` : version
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-proof-'))
  const file = join(folder, 'figures')
  writeFileSync(file, '')
  const given = process.argv.slice(2)
  const again = given[0] === '--again'
  const args = again ? given.slice(1) : given
  if (again && args.length === 0) throw new Error('npm run proof -- --again FILE…: which of them?')
  const engine = await engineOf()
  const [release, day] = [releaseOf(), new Date().toISOString().slice(0, 10)]
  const status = runProofs(file, args)
  const lines = readLines(file)
  process.exitCode = exitCodeOf(lines, { status, whole: args.length === 0 })
  const where = process.env.DATABASE_URL ? 'the server of DATABASE_URL' : 'embedded'
  const section = sectionOf(lines, engine, `, ${where}; Node ${process.versions.node}; ${release}; ${day}.`)
  rmSync(folder, { recursive: true })
  // A part of the proofs is looked at; what is kept is the whole, and with --again the rows of promises that the part tried as often as is demanded.
  const kept = join(root, 'docs/proof.md')
  const before = readFileSync(kept, 'utf8')
  if (args.length === 0) writeFileSync(kept, reportOf(before, engine, section, inShort(lines, `${day}, ${release}`)))
  else if (again) writeFileSync(kept, withRows(before, engine, lines, release))
  console.log(section)
}

if (import.meta.main) await main()
