// What does a page see of its own loading?
import { atMost, type Row } from '../rows.ts'

/** In milliseconds, and how far what was there has moved. */
export type Seen = { lcp: number; cls: number; blocked: number }

// Runs in the page before anything of ours does. An input is told of from 16 ms on; the first one always.
export const observe = `
  window.benchSeen = { lcp: 0, cls: 0, blocked: 0 };
  const watch = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { benchSeen.lcp = entry.startTime });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) benchSeen.cls += entry.value });
  watch('longtask', (entry) => { benchSeen.blocked += Math.max(0, entry.duration - 50) });
  watch('event', (entry) => { if (entry.interactionId) benchTell(entry.duration) }, { durationThreshold: 16 });
  watch('first-input', (entry) => benchTell(entry.duration));
`

/** A page on which nothing large was ever painted has shown nothing, and nothing can have moved on it. */
export function figuresOf(title: string, { lcp, cls, blocked }: Seen): Row[] {
  const painted = (value: number) => (lcp > 0 ? value : Number.NaN)
  return [
    atMost(`${title}: LCP, Slow 4G and 4× CPU`, painted(lcp / 1000), 1.2, { unit: 's' }),
    atMost(`${title}: CLS`, painted(cls), 0.02, { unit: '', steady: 'exactly' }),
    atMost(`${title}: TBT, Slow 4G and 4× CPU`, painted(blocked), 100, {
      ...{ unit: 'ms', note: 'tasks longer than 50 ms, by what they are longer, until 2.5 s after the page is there' },
    }),
  ]
}
