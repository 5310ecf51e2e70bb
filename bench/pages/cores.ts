// How many cores does a country need?
import { type Row, told } from '../rows.ts'

// Processors are planned half full (performance.md §10).
const full = 0.5
// Who works at the same time, each with a page every ten seconds (§8): 200 in Estonia; of 290 British conferences half of those who sit in them.
const countries = [
  { name: 'Estonia', perSecond: 20 },
  { name: 'the United Kingdom', perSecond: 400 },
] as const

/** Cores by the processor time of one list, in milliseconds, app and PostgreSQL together. */
export const coresFor = (milliseconds: number): Row[] =>
  countries.map(({ name, perSecond }) =>
    told(`cores for ${name}`, (perSecond * milliseconds) / 1000 / full, {
      unit: 'cores',
      note: `${perSecond} requests/s × ${milliseconds.toPrecision(3)} ms of app and PostgreSQL for a list as a browser asks for it / ${full}`,
    }),
  )
