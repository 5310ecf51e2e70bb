// Which way of which branch did the oracle go too seldom to be called tried?
import { settled } from './settled.ts'
import { type Taken, type TakenBy, together, type Way, waysIn } from './taken.ts'

export type Seldom = {
  /** How many ways there are to go. */
  ways: number
  /** How often the one was gone that was gone most seldom. */
  least: number
  /** Those that were gone less often than is demanded, with the number. */
  short: string[]
}

/** The ways that must be gone: all but those that nobody can go. */
export const demandedWays = (taken: Taken, files: RegExp): Way[] =>
  waysIn(taken, files).filter(({ name }) => !settled.some(({ names }) => names.test(name)))

export function seldomest(taken: Taken, files: RegExp, demanded: number): Seldom {
  const ways = demandedWays(taken, files)
  const short = ways.filter(({ times }) => times < demanded).map(({ name, times }) => `${times} × ${name}`)
  return { ways: ways.length, least: Math.min(...ways.map(({ times }) => times)), short }
}

const isGone = (taken: Taken, way: number) => (taken[way] ?? 0) > 0

/** The tables in which a way comes up that was gone too seldom yet; of one that was never gone, those in which it could have been. */
export function seldomTables(by: TakenBy, files: RegExp, demanded: number): string[] {
  const short = demandedWays(together(by), files).filter(({ times }) => times < demanded)
  const comesUp = (taken: Taken) =>
    short.some(({ way, times }) => isGone(taken, way) || (times === 0 && isGone(taken, way ^ 1)))
  return [...by].flatMap(([table, taken]) => (comesUp(taken) && table !== '' ? [table] : []))
}
