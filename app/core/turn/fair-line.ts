// Who is served next where only so many can be served at once, and one place sends more than others?
import { Unavailable } from '../errors.ts'

type Waiter = { come: () => void; leave: (why: Error) => void }
type Limits = { atOnce: number; inLine: number; eachPlace: number }

/**
 * A line with an end, in which places take turns: however many one of them sends, everybody else is next after one of its. Where the line is full,
 * the last of whoever has most in it makes room for somebody who has less.
 */
export function fairLine({ atOnce, inLine, eachPlace }: Limits) {
  let running = 0
  // In the order of their turns.
  const waiting = new Map<string, Waiter[]>()
  const length = () => [...waiting.values()].reduce((sum, own) => sum + own.length, 0)

  /** False where there is no room, and nobody who has more than this place would have. */
  function roomFor(place: string): boolean {
    const own = waiting.get(place)?.length ?? 0
    if (own >= eachPlace) return false
    if (length() < inLine) return true
    const [longest] = [...waiting.values()].toSorted((a, b) => b.length - a.length)
    if (!longest || longest.length <= own + 1) return false
    longest.pop()?.leave(new Unavailable())
    return true
  }

  async function turn(place: string): Promise<void> {
    if (running < atOnce) {
      running++
      return
    }
    if (!roomFor(place)) throw new Unavailable()
    await new Promise<void>((come, leave) => waiting.set(place, [...(waiting.get(place) ?? []), { come, leave }]))
  }

  // Whoever comes next takes the place that was left; hers goes to the end of the turns.
  function next(): void {
    const [first] = waiting
    if (!first) {
      running--
      return
    }
    const [place, [one, ...rest]] = first
    waiting.delete(place)
    if (rest.length > 0) waiting.set(place, rest)
    one?.come()
  }

  return async <T>(place: string, work: () => Promise<T>): Promise<T> => {
    await turn(place)
    try {
      return await work()
    } finally {
      next()
    }
  }
}
