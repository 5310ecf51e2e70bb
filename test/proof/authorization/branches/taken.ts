// Which way did the oracle go at each of its branches, and for how many cells or attempts?

/** Ways that were gone: twice the number of the branch, and one more where its condition held. */
export type Ways = Uint16Array
/** How many cells or attempts went each way, by its number. */
export type Taken = number[]
/** None yet. After the files of the oracle have told of their branches. */
export const noneTaken = (): Taken => names.flatMap(() => [0, 0])

const names: string[] = []
/** What answers with something else than yes or no is no branch. */
const others = new Set<number>()
let turn = 0
const last: number[] = []
let ways: number[] = []

/** A file of the oracle tells of its branches before anything else (`plugin.ts`). */
export function branchesOf(file: string, theirs: string[]): number {
  const first = names.length
  names.push(...theirs.map((name) => `${file} ${name}`))
  return first
}

/** A condition was asked. */
export function held<Value>(branch: number, value: Value): Value {
  const way = branch * 2 + (value ? 1 : 0)
  if (last[way] !== turn) {
    last[way] = turn
    ways.push(way)
  }
  return value
}

/** Something was answered. */
export function said<Value>(branch: number, value: Value): Value {
  if (typeof value === 'boolean') return held(branch, value)
  others.add(branch)
  return value
}

export type Answered<Answer> = { answer: Answer; ways: Ways }

/** Asks, and tells which ways were gone for it, each of them once. */
export function watching<Answer>(ask: () => Answer): Answered<Answer> {
  turn++
  ways = []
  const answer = ask()
  return { answer, ways: Uint16Array.from(ways) }
}

/** What was answered before is answered again, by the same ways. */
export function remembered<Answer>(known: Map<string, Answered<Answer>>, key: string, ask: () => Answer): Answer {
  const before = known.get(key)
  if (before) {
    for (const way of before.ways) held(way >> 1, way % 2 === 1)
    return before.answer
  }
  const kept = ways
  const told = watching(ask)
  known.set(key, told)
  // Whoever asked goes on where it was.
  turn++
  ways = []
  for (const way of [...kept, ...told.ways]) held(way >> 1, way % 2 === 1)
  return told.answer
}

export function count(taken: Taken, gone: Ways, times = 1): void {
  for (const way of gone) taken[way] = (taken[way] ?? 0) + times
}

/** The same by table; what decides all that somebody sees stands under no name. */
export type TakenBy = Map<string, Taken>
export function takenIn(by: TakenBy, table: string): Taken {
  const taken = by.get(table) ?? noneTaken()
  by.set(table, taken)
  return taken
}
export function together(by: TakenBy): Taken {
  const all = noneTaken()
  for (const taken of by.values()) for (const [way, times] of taken.entries()) all[way] = (all[way] ?? 0) + times
  return all
}

/** One way of one branch, and how often it was gone. */
export type Way = { name: string; way: number; times: number }

/** Both ways of every branch of the files that are called so. */
export const waysIn = (taken: Taken, files: RegExp): Way[] =>
  names.flatMap((name, branch) => {
    if (!files.test(name) || others.has(branch)) return []
    const [no, yes] = [branch * 2, branch * 2 + 1]
    return [
      { name: `${name} → yes`, way: yes, times: taken[yes] ?? 0 },
      { name: `${name} → no`, way: no, times: taken[no] ?? 0 },
    ]
  })
