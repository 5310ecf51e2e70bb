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

export type Costed = Measured & { appCpu: number; dbCpu: number }

/** The same with the processor time a request costs in the server and in the database, in milliseconds. */
export async function loadCosted(what: Load, pids: { app: number; db: number }): Promise<Costed> {
  const before = { app: cpuOfTree(pids.app), db: cpuOfTree(pids.db) }
  const measured = await load(what)
  const each = (now: number, then: number) => (now - then) / Math.max(1, measured.answers)
  return { ...measured, appCpu: each(cpuOfTree(pids.app), before.app), dbCpu: each(cpuOfTree(pids.db), before.db) }
}
