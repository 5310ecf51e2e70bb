// Which entries does the number of a round draw? Anybody who has the number and the list can find out, with this or by hand.
import { createHash } from 'node:crypto'

export type DrawnAs = 'random' | 'flagged' | 'everyone'
/** One entry of the list: by its id, by whom it was written (any mark), and whether something in it was flagged. */
export type Entry = { id: string; writer: string | number; flagged: boolean }

/** The ticket of an entry: SHA-256 of number, stroke and id. Nobody can choose it, and everybody can work it out. */
export const ticketOf = (seed: string, id: string): string => createHash('sha256').update(`${seed}/${id}`).digest('hex')

/**
 * The entries that are looked at, each with why: so many of the lowest tickets of all; then so many of the lowest among the flagged ones that
 * the lot missed; then the lowest of each who wrote and of whom nothing was drawn yet. What is said of all entries rests on the first alone.
 */
export function drawAgain(
  entries: readonly Entry[],
  seed: string,
  size: number,
  flagged: number,
): Map<string, DrawnAs> {
  const lot = entries.map((entry) => ({ ...entry, ticket: ticketOf(seed, entry.id) }))
  lot.sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
  const drawn = new Map<string, DrawnAs>(lot.slice(0, size).map(({ id }) => [id, 'random']))
  const missed = lot.filter((one) => one.flagged && !drawn.has(one.id))
  for (const { id } of missed.slice(0, flagged)) drawn.set(id, 'flagged')
  const met = new Set(lot.filter(({ id }) => drawn.has(id)).map(({ writer }) => writer))
  for (const { id, writer } of lot) {
    if (met.has(writer)) continue
    met.add(writer)
    drawn.set(id, 'everyone')
  }
  return drawn
}
