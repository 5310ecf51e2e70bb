// How are the judges run: as everywhere, but without being translated first, the quick ones before the others, and none longer than it need be?
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import house from '../../../vitest.config.ts'
import { judges } from './module.ts'

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => judges.findIndex((judge) => moduleId.endsWith(judge))
    return files.toSorted((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  ...house,
  test: {
    ...house.test,
    include: [...judges],
    sequence: { sequencer: InOrder },
    globalSetup: ['test/global-setup.ts', 'test/proof/code-mutants/server.ts'],
    setupFiles: ['test/draws.ts', 'test/proof/code-mutants/begin.ts'],
    // One process for all of a run: whoever is made weaker has a new one in any case.
    isolate: false,
    // The longest of them takes a second; whatever is not back by then never comes back.
    testTimeout: 10_000,
    hookTimeout: 10_000,
    // Node reads our code as the program itself is read: a third of the time of a run.
    execArgv: ['--import', './scripts/jsx.mjs'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
