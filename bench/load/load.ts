// How many requests a second does a server answer, how soon, and at what cost?
import autocannon from 'autocannon'
import { cpuOfTree } from './cpu.ts'
import { percentile } from './numbers.ts'

/** One request to be sent; made anew each time, so that no two need be alike. */
export type Ask = { method?: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string }
export type Load = { origin: string; connections: number; seconds: number; next: () => Ask; expect: number }
export type Measured = {
  perSecond: number
  p50: number
  p95: number
  p99: number
  answers: number
  /** Answers of another status than expected, by status; and requests without any answer. */
  wrong: Record<string, number>
  failed: number
}

/** Sends requests in a closed loop for so many seconds. */
export async function load({ origin, connections, seconds, next, expect }: Load): Promise<Measured> {
  const times: number[] = []
  const wrong: Record<string, number> = {}
  let failed = 0
  const began = performance.now()
  await new Promise<void>((done, fail) => {
    const requests = [
      { setupRequest: (request: autocannon.Request) => ({ ...request, method: 'GET' as const, ...next() }) },
    ]
    const options = { url: origin, connections, duration: seconds, timeout: 30, requests }
    const run = autocannon(options, (error) => (error ? fail(error) : done()))
    run.on('response', (_client, status, _bytes, time) => {
      times.push(time)
      if (status !== expect) wrong[status] = (wrong[status] ?? 0) + 1
    })
    run.on('reqError', () => failed++)
  })
  const lasted = (performance.now() - began) / 1000
  const sorted = Float64Array.from(times).sort()
  return {
    perSecond: times.length / lasted,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    answers: times.length,
    wrong,
    failed,
  }
}

/** How many answers were not the expected one, and how many requests had none at all. */
export const badOf = (...all: readonly Measured[]): number =>
  all.reduce((sum, one) => sum + one.failed + Object.values(one.wrong).reduce((count, more) => count + more, 0), 0)

/** A figure stands on right answers alone: with a single wrong one behind it, or with none at all, it is no figure. */
export const sound = (value: number, ...behind: readonly Measured[]): number =>
  badOf(...behind) === 0 && behind.every(({ answers }) => answers > 0) ? value : Number.NaN

/** What was wrong, in words for a note: nothing where nothing was. */
export function badWords(named: Readonly<Record<string, Measured | readonly Measured[]>>): string {
  const words = Object.entries(named).flatMap(([name, one]) => {
    const all = [one].flat() as Measured[]
    const statuses = all.flatMap(({ wrong }) => Object.entries(wrong)).map(([status, count]) => `${count} × ${status}`)
    const silent = all.reduce((sum, { failed }) => sum + failed, 0)
    const none = all.some(({ answers }) => answers === 0) ? ['no answer at all'] : []
    const said = [...statuses, ...(silent ? [`${silent} without an answer`] : []), ...none]
    return said.length ? [`${name}: ${said.join(', ')}`] : []
  })
  return words.join('; ')
}

export type Costed = Measured & { appCpu: number; dbCpu: number }

/** The same with the processor time a request costs in the server and in the database, in milliseconds. */
export async function loadCosted(what: Load, pids: { app: number; db: number }): Promise<Costed> {
  const before = { app: cpuOfTree(pids.app), db: cpuOfTree(pids.db) }
  const measured = await load(what)
  const each = (now: number, then: number) => (now - then) / Math.max(1, measured.answers)
  return { ...measured, appCpu: each(cpuOfTree(pids.app), before.app), dbCpu: each(cpuOfTree(pids.db), before.db) }
}
