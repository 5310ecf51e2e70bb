// How is each line that decides made weaker, and who is asked whether that is noticed?
import type { Stryker } from '@stryker-mutator/core'
import { decides, judges, report } from './module.ts'

const options: ConstructorParameters<typeof Stryker>[0] = {
  mutate: [...decides],
  testFiles: [...judges],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/proof/code-mutants/vitest.ts', related: false, pool: 'forks' },
  coverageAnalysis: 'perTest',
  // What is worked out while a file is read – tables, lists of roles, what a form takes – cannot be changed without reading everything anew
  // for each: ten times the time. The lists of roles are compared with docs/access-table.md, word by word.
  ignoreStatic: true,
  // A word is a key of a catalogue, a role, a name: one that there is not does not compile, and what is said is read elsewhere.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 2,
  // What hangs is given up by its own test (./vitest.ts); to be given up from here costs a new start, with a new server.
  timeoutMS: 15_000,
  // Our code is not looked through for types again, and TypeScript 7 has not the functions with which its settings would be rewritten.
  disableTypeChecks: false,
  tsconfigFile: 'none',
  tempDirName: '.build/mutants',
  cleanTempDir: 'always',
  ignorePatterns: ['.data', 'docs', 'screenshots'],
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: report },
  allowConsoleColors: false,
}
export default options
