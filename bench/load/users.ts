// How does the service feel to people who read before they click on: many at once, each with pauses of their own?
import { Agent, request } from 'node:http'
import { randomFrom } from '../../db/seed/random.ts'
import type { Ask } from './load.ts'
import { percentile } from './numbers.ts'

/** Each of them asks in her own way; `pause` is how many seconds she reads, on the average. */
export type Users = { origin: string; users: readonly (() => Ask)[]; seconds: number; pause: number }
export type Felt = {
  answers: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  statuses: Record<string, number>
}

/** Each user asks, reads for a while (seldom much longer than the average) and asks again. */
export async function simulate({ origin, users, seconds, pause }: Users): Promise<Felt> {
  const times: number[] = []
  const statuses: Record<string, number> = {}
  const end = performance.now() + seconds * 1000
  const random = randomFrom(7)
  const user = async (next: () => Ask) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      const read = -Math.log(1 - random.next()) * pause * 1000
      if (performance.now() + read > end) break
      await new Promise((done) => setTimeout(done, read))
      const began = performance.now()
      const status = await send(origin, next(), agent)
      times.push(performance.now() - began)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    agent.destroy()
  }
  await Promise.all(users.map(user))
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => percentile(sorted, share)
  return { answers: times.length, perSecond: times.length / seconds, p50: at(50), p95: at(95), p99: at(99), statuses }
}

/** The status of one answer, read to its end; `none` where there was none. */
export function send(origin: string, ask: Ask, agent: Agent): Promise<string> {
  return new Promise((done) => {
    const going = request(
      `${origin}${ask.path}`,
      { method: ask.method ?? 'GET', headers: ask.headers, agent },
      (answer) => {
        answer.on('end', () => done(String(answer.statusCode)))
        answer.on('error', () => done('none'))
        answer.resume()
      },
    )
    going.on('error', () => done('none'))
    going.setTimeout(30_000, () => going.destroy(new Error('too late')))
    going.end(ask.body)
  })
}
