// Could the file before even begin? Where it could not, the line was noticed, and the files after it need not try the same in vain.
import { beforeAll, beforeEach } from 'vitest'

// All files of a run share one process, and each reads this one anew.
const run = globalThis as { tugivorkBegins?: boolean }

beforeAll(() => {
  if (run.tugivorkBegins) throw new Error('the file before could not begin')
  run.tugivorkBegins = true
})
beforeEach(() => {
  run.tugivorkBegins = false
})
