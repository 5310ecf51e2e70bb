// How much of what waits goes in one request, so that none is ever long on the way and none is too large to be taken?

export const mostTogether = 20
/** Letters of JSON; a note of full length in each entry is a third of it. */
export const mostLetters = 200_000

/** How many from the front go together: one at the least. */
export function fitting(entries: readonly unknown[]): number {
  let letters = 0
  for (const [at, entry] of entries.slice(0, mostTogether).entries()) {
    letters += JSON.stringify(entry).length
    if (at > 0 && letters > mostLetters) return at
  }
  return Math.min(entries.length, mostTogether)
}
