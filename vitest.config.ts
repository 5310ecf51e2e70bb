import { defineConfig } from 'vitest/config'
import { countBranches } from './test/proof/authorization/branches/plugin.ts'

export default defineConfig({
  plugins: [countBranches],
  oxc: { jsx: { runtime: 'automatic', importSource: '#markup', development: false } },
  test: {
    include: [
      'app/**/*.test.{ts,tsx}',
      'db/**/*.test.ts',
      'test/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/draws.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // What is waited for has as long as a locator has: a second is too short for a disk that two suites write to.
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
