// Which time of the day did somebody mean by what they typed, and how is one written?

/** `9`, `9.30`, `9:30` or `09.30` → `09:30`; null where it is no time of the day. */
export function readClock(text: string): string | null {
  const [, hour, minute = '00'] = /^([01]?\d|2[0-3])(?:[.:]([0-5]\d))?$/.exec(text) ?? []
  return hour === undefined ? null : `${hour.padStart(2, '0')}:${minute}`
}

/** `09:30` → 570, the minute of the day. */
export function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

/** 570 → `9.30` */
export const clockWords = (minute: number): string =>
  `${Math.floor(minute / 60)}.${String(minute % 60).padStart(2, '0')}`
