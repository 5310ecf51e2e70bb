// Where do people on the way drop out, how long does each stage take, and how many come in a week?
import { addDays, mondayOf } from '../../core/calendar/working-days.ts'
import { stages } from '../../volunteers/volunteer.ts'
import type { Place } from '../recruitment.ts'

/** One person's time in one stage: how it ended, and after how many days; still there where `how` is null. */
export type Passage = { place: Place; how: 'on' | 'no' | null; days: number | null }

export type StageFigures = {
  place: Place
  came: number
  on: number
  no: number
  here: number
  /** The middle one of those who have left the stage; null where nobody has. */
  days: number | null
}

export const places: readonly Place[] = ['new', ...stages]

/** Every stage, from what happened to each person in it. */
export function stageFigures(passages: readonly Passage[]): StageFigures[] {
  return places.map((place) => {
    const all = passages.filter((one) => one.place === place)
    const count = (how: Passage['how']) => all.filter((one) => one.how === how).length
    const left = all.flatMap(({ how, days }) => (how !== null && days !== null ? [days] : []))
    return { place, came: all.length, on: count('on'), no: count('no'), here: count(null), days: median(left) }
  })
}

export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** How many came in each of the last `weeks` weeks, the present one last. */
export function byWeek(arrived: readonly string[], today: string, weeks: number): { monday: string; count: number }[] {
  const last = mondayOf(today)
  return Array.from({ length: weeks }, (_, nth) => {
    const monday = addDays(last, -7 * (weeks - 1 - nth))
    return { monday, count: arrived.filter((day) => mondayOf(day) === monday).length }
  })
}
