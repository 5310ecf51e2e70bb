// How many entries have to be looked at, and what may be said of all of them afterwards? In whole numbers, so that nothing is rounded on the way.

/** `of` entries were drawn from by lot, `drawn` of them; `looked` were looked at, and in `found` of these something is wanting. */
export type Seen = { of: number; drawn: number; looked: number; found: number }

/** How many of all entries may be wanting. `most` is said in one direction; `low` and `high` in both, and so they reach a little further. */
export type Bounds = { most: number; low: number; high: number }

/** In how many ways so many can be drawn out of all. */
export function ways(all: number, drawn: number): bigint {
  if (drawn < 0 || drawn > all) return 0n
  let found = 1n
  for (let at = 0; at < Math.min(drawn, all - drawn); at++) found = (found * BigInt(all - at)) / BigInt(at + 1)
  return found
}

/** Of all the ways to draw, those that meet at most `found` of the `wanting` ones. */
export function waysWithAtMost(found: number, { of, drawn, wanting }: { of: number; drawn: number; wanting: number }) {
  const first = Math.max(0, drawn - (of - wanting))
  let term = ways(wanting, first) * ways(of - wanting, drawn - first)
  let sum = 0n
  for (let met = first; met <= Math.min(found, wanting, drawn); met++) {
    sum += term
    term = (term * BigInt(wanting - met) * BigInt(drawn - met)) / BigInt((met + 1) * (of - wanting - drawn + met + 1))
  }
  return sum
}

/**
 * The fewest entries to look at, so that – where none of them is wanting – it can be said with this confidence that at most `percent` of all
 * are. Exact for a finite number of entries: were one more wanting, a lot that meets none of them would be rarer than 1 – confidence.
 * Method: acceptance sampling with acceptance number 0 by the hypergeometric distribution; E. G. Schilling and D. V. Neubauer, Acceptance
 * Sampling in Quality Control, 3rd edition (2017).
 */
export function sampleSize(of: number, percent: number, confidence: number): number {
  const tooMany = Math.floor((of * percent) / 100) + 1
  let [without, all] = [1n, 1n]
  for (let size = 1; size <= of; size++) {
    without *= BigInt(Math.max(0, of - tooMany - size + 1))
    all *= BigInt(of - size + 1)
    if (without * 100n <= BigInt(100 - confidence) * all) return size
  }
  return of
}

/**
 * What a lot tells of all entries, with this confidence. What could not be looked at is reckoned as what is worse for each bound.
 * Method: the tests of Clopper and Pearson turned round, with the hypergeometric distribution in place of the binomial one, so that the
 * promise holds for every number of wanting entries there can be; J. P. Buonaccorsi, A Note on Confidence Intervals for Proportions in
 * Finite Populations, The American Statistician 41 (1987), 215–218; T. Wright, Exact Confidence Bounds when Sampling from Small Finite
 * Universes (1991). They hold for a lot among all: what was added for another reason does not belong here.
 */
export function boundsOf({ of, drawn, looked, found }: Seen, confidence: number): Bounds {
  if (found > looked || looked > drawn || drawn > of) throw new RangeError('more was seen than there is')
  const [atWorst, unseen] = [found + drawn - looked, drawn - looked]
  return {
    most: greatest(of, drawn, atWorst, 100 - confidence, 100),
    low: of - greatest(of, drawn, drawn - found, 100 - confidence, 200),
    high: greatest(of, drawn, found + unseen, 100 - confidence, 200),
  }
}

// The greatest number of wanting entries with which to meet so few of them is not yet rarer than `risk` / `in`; more wanting, fewer such lots.
function greatest(of: number, drawn: number, found: number, risk: number, outOf: number): number {
  const all = ways(of, drawn) * BigInt(risk)
  let [possible, beyond] = [found, of - (drawn - found) + 1]
  while (beyond - possible > 1) {
    const wanting = Math.floor((possible + beyond) / 2)
    if (waysWithAtMost(found, { of, drawn, wanting }) * BigInt(outOf) > all) possible = wanting
    else beyond = wanting
  }
  return possible
}
