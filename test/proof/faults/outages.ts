// What do people see while the database is away, and is anything called saved that was not?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { Client } from 'pg'
import { createApp } from '../../../app/app.tsx'
import { logTo } from '../../../app/core/log.server.ts'
import type { Env } from '../../../app/core/page.tsx'
import { openForProcess } from '../../../app/core/seal.server.ts'
import { csrfToken } from '../../../app/core/session.server.ts'
import { type Cast, openCast } from '../../cast.ts'
import { givenSupport } from '../../support.ts'
import { openServer } from './own-server.ts'

export type OutageFigures = {
  cycles: number
  requests: number
  /** Answers while it was away; each must be a 503 with the help there is. */
  away: number
  /** Answers that were neither done nor an honest 503 with help. */
  wrong: string[]
  saved: number
  /** The most attempts that it took until the program worked again, once the server was back; told by attempts, for a clock tells of the machine. */
  mostAttempts: number
  /** The longest that it took so, and the longest that anybody waited for an answer, in milliseconds: for the full scale, on a machine of its own. */
  slowestRecovery: number
  slowestAnswer: number
  engine: string
  /** Said to be saved and not there, or there more than once. */
  falselySaved: number
}

export const origin = 'http://localhost:3000'
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Forms and pages are asked for without pause while the server goes and comes; every second time it is killed. */
export async function proveOutages(cycles: number): Promise<OutageFigures> {
  const server = await openServer()
  const cast = await openCast(server.database)
  const { assignment } = await givenSupport(cast, '2026-05-01')
  await cast.admin.end()
  logTo(() => undefined)
  const app = createApp({ origin, secure: false, demo: true })
  const figures: OutageFigures = {
    ...{ cycles, requests: 0, away: 0, wrong: [], saved: 0, falselySaved: 0, engine: server.engine },
    ...{ mostAttempts: 0, slowestRecovery: 0, slowestAnswer: 0 },
  }
  const forms = new Map<string, boolean>()
  let over = false
  const busy = Promise.all([ask(), ask(), send(), send()])
  for (let cycle = 0; cycle < cycles; cycle++) {
    const saved = savedOf(forms)
    await answered(() => new Response(null, { status: savedOf(forms) > saved ? 200 : 503 }), 200)
    await (cycle % 2 ? server.kill() : server.stop())
    await pause(60)
    await server.start()
    // It must be well again by itself, without anybody starting the program anew.
    const begun = performance.now()
    const attempts = await answered(() => app.request(`${origin}/health`), 200)
    figures.mostAttempts = Math.max(figures.mostAttempts, attempts)
    figures.slowestRecovery = Math.max(figures.slowestRecovery, since(begun))
  }
  over = true
  await busy
  await count(server.database.adminUrl, forms, figures)
  await cast.close()
  return figures

  async function ask(): Promise<void> {
    while (!over) await judge(() => page(app, cast, '/support/visits'), [200], figures)
  }

  // A form whose fate is not known is sent again, as it is, until its fate is known.
  async function send(): Promise<void> {
    while (!over) {
      const once = randomUUID()
      forms.set(once, false)
      for (let status = 0; status !== 303 && !(over && status === 503); ) {
        status = await judge(() => logOne(app, cast, assignment, once), [303], figures)
        if (status === 303) forms.set(once, true)
      }
    }
  }
}

const savedOf = (forms: Map<string, boolean>) => [...forms.values()].filter(Boolean).length

export const page = async (app: Hono<Env>, cast: Cast, path: string) =>
  app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies.lou}` } })

export async function logOne(app: Hono<Env>, cast: Cast, assignment: string, once: string): Promise<Response> {
  const typed = { assignment, day: '2026-10-01', way: 'phone', minutes: '15', note: once }
  return app.request(`${origin}/support/visits/new`, {
    method: 'POST',
    headers: { cookie: `sid=${cast.cookies.lou}`, origin },
    body: new URLSearchParams({ ...typed, _once: once, _csrf: csrfToken(cast.lou) }),
  })
}

async function judge(ask: () => Promise<Response>, fine: number[], figures: OutageFigures): Promise<number> {
  const begun = performance.now()
  const answer = await ask()
  const text = await answer.text()
  figures.requests++
  figures.slowestAnswer = Math.max(figures.slowestAnswer, since(begun))
  if (fine.includes(answer.status)) return answer.status
  if (isHonest(answer, text)) figures.away++
  else figures.wrong.push(`${answer.status} ${text.slice(0, 200)}`)
  return answer.status
}

/** It says that it is closed, when to come again, and where there is help. */
export const isHonest = (answer: Response, text: string): boolean =>
  answer.status === 503 && answer.headers.get('retry-after') === '30' && /112/.test(text)

export const since = (begun: number): number => Math.round(performance.now() - begun)

/** At which attempt it was so. */
async function answered(ask: () => Response | Promise<Response>, status: number): Promise<number> {
  for (let tries = 1; tries <= 400; tries++) {
    if ((await ask()).status === status) return tries
    await pause(25)
  }
  throw new Error('the program did not find the database again')
}

// Each form left its key with the visit that it made; what was acknowledged is there once, and nothing is there twice.
async function count(adminUrl: string, forms: Map<string, boolean>, figures: OutageFigures): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  const { rows } = await client.query<{ key: string; person: string; sealed: Buffer }>(
    `select key, person_id as person, result_sealed as sealed from once where name = 'support.visit.log'`,
  )
  const { rows: all } = await client.query<{ id: string }>('select id from visit')
  await client.end()
  const visits = new Set(all.map(({ id }) => id))
  const visitOf = (row: (typeof rows)[number]) =>
    (JSON.parse(openForProcess(`once/${row.person}/${row.key}`, row.sealed)) as { id: string }).id
  const made = new Map(rows.map((row) => [row.key, visits.has(visitOf(row)) ? 1 : 0]))
  for (const [key, saved] of forms) {
    if (saved) figures.saved++
    if (saved && made.get(key) !== 1) figures.falselySaved++
  }
  figures.falselySaved += Math.abs(all.length - rows.length)
}
