// Which random cases are tried: the same ones each time, or new ones?
import fc from 'fast-check'

/**
 * A red run of `npm test` has to mean a change, never the luck of the draw: every run draws the same.
 * `npm run proof` draws anew, and `PROOF_SEED` repeats what was drawn once.
 */
export const seed = Number(process.env.PROOF_SEED ?? (process.env.TUGIVORK_PROOF ? Date.now() % 1_000_000 : 4))

fc.configureGlobal({ seed })
