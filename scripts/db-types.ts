// Which tables and columns does a freshly migrated database have, as types? Prints db/tables.gen.ts; --verify compares.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrl, openCluster } from '../test/cluster.ts'

const root = join(import.meta.dirname, '..')

/** Runs the printer on the database; the result is its exit code. What pg parses (dates as text, bigint as number) is said here. */
export function printTypes(adminUrl: string, verify: boolean): { code: number; output: string } {
  const args = ['--dialect', 'postgres', '--camel-case', '--date-parser', 'string', '--include-pattern', 'public.*']
  const file = ['--out-file', 'db/tables.gen.ts', '--url', adminUrl, '--type-mapping', '{"int8":"number"}']
  const bin = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
  const run = spawnSync(process.execPath, [bin, ...args, ...file, ...(verify ? ['--verify'] : [])], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: adminUrl },
  })
  return { code: run.status ?? 1, output: `${run.stdout}${run.stderr}`.trim() }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tugivork-types-'))
  const cluster = await openCluster(folder)
  try {
    const { serverUrl, template } = cluster.facts
    const { code, output } = printTypes(databaseUrl(serverUrl, template), process.argv.includes('--verify'))
    if (output) console.log(output)
    process.exitCode = code
  } finally {
    await cluster.close()
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) await main()
