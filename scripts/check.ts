// Does the code keep to the house: format, lint, types, dead code, architecture?
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const steps = {
  'format and lint': ['@biomejs/biome/bin/biome', 'check'],
  // What was found out about a file holds until it or what it stands on changes.
  types: [
    'typescript/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    'node_modules/.cache/types.tsbuildinfo',
  ],
  'dead code': ['knip/bin/knip.js', '--no-progress'],
}
const architecture = { architecture: ['vitest/vitest.mjs', 'run', 'test/architecture.test.ts'] }

/** Runs the steps one after the other, each to its end; returns how many went well and how many did not. */
export function runChecks(chosen: Record<string, string[]> = steps): { passed: number; failed: number } {
  const result = { passed: 0, failed: 0 }
  for (const [name, [program = '', ...args]] of Object.entries(chosen)) {
    const begun = Date.now()
    const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      stdio: 'inherit',
    })
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
    result[status === 0 ? 'passed' : 'failed']++
  }
  return result
}

if (import.meta.main) {
  const { failed } = runChecks({ ...steps, ...architecture })
  process.exitCode = failed === 0 ? 0 : 1
}
