// At which scale is a promise tried by force, and where do the figures go?
import { appendFileSync } from 'node:fs'
import { afterAll, afterEach } from 'vitest'

/** The file into which `npm run proof` has the figures written; without it the tests run at their own scale and only judge. */
const file = process.env.TUGIVORK_PROOF

/** The full scale, where times are judged too: a machine that does nothing else. */
export const isProof = file !== undefined

/** The smaller number in `npm test`, the larger one in `npm run proof`. */
export const scale = (inTests: number, inProof: number): number => (file ? inProof : inTests)

export type Figures = {
  /** The promise, as `scripts/proof.ts` lists it. */
  promise: string
  /** What was counted, in words: `rounds of kill -9`. */
  what: string
  count: number
  failed: number
  seed?: number
  /** The server, where it was one of the trial's own. */
  engine?: string
}

/** Writes one line of the report; does nothing in an ordinary test run. */
export function record(figures: Figures, begun: number): void {
  if (!file) return
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  appendFileSync(file, `${JSON.stringify({ ...figures, seconds })}\n`)
}

/** For trials of which each is a test of its own: those that are called so give one line when the file is through. */
export function recordTests(promise: string, what: string, called: RegExp): void {
  const begun = performance.now()
  let [count, failed] = [0, 0]
  afterEach(({ task }) => {
    if (!called.test(task.name)) return
    count++
    if (task.result?.state === 'fail') failed++
  })
  afterAll(() => record({ promise, what, count, failed }, begun))
}
