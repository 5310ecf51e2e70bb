// How long does it take to hear that there is no such thing? Always the same, so that the clock tells no more than the page.
import { setTimeout as wait } from 'node:timers/promises'

// A row that is there but not for these eyes costs the database the question whose it is; one that never was does not. The
// difference is a fraction of a millisecond, and could be heard by whoever asks often enough.
let step = 0

/** Many times what the work takes, and still nothing that somebody waits for. */
export const missingStep = 100

/** In which steps of milliseconds "not found" is answered; 0 is at once. Called once when the process starts. */
export function answerMissingIn(milliseconds: number): void {
  step = milliseconds
}

/** Waits until the next whole step after `began` (as of `performance.now()`). */
export async function untilEven(began: number): Promise<void> {
  if (step === 0) return
  const target = began + Math.ceil((performance.now() - began) / step) * step
  const left = target - performance.now()
  if (left > 2) await wait(left - 2)
  // A timer counts whole milliseconds, and what is left of one would still say when the work was done.
  while (performance.now() < target) await new Promise((done) => setImmediate(done))
}
