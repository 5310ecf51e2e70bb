// What do people see while the line to the database is slow, or nothing comes back on it any more?
import { randomUUID } from 'node:crypto'
import { createApp } from '../../../app/app.tsx'
import { connect, disconnect } from '../../../app/core/db.server.ts'
import { logTo } from '../../../app/core/log.server.ts'
import type { Cast } from '../../cast.ts'
import { givenSupport } from '../../support.ts'
import { openLine } from './line.ts'
import { isHonest, logOne, origin, page, since } from './outages.ts'

export type SlowFigures = {
  requests: number
  /** Answers that were neither what was asked for nor an honest 503 – on a line that is only slow: not what was asked for. */
  wrong: string[]
  saved: number
  visits: number
  /** In milliseconds: the longest wait on a slow line, on a silent one, and until all was well after it. */
  slowest: number
  silent: number
  recovery: number
}

/** Pages and forms on lines ever slower; then some to which nothing is said any more, and once more when it speaks again. `patience` is what the program waits for on a silent line. */
export async function proveSlow(cast: Cast, delays: readonly number[], patience?: number): Promise<SlowFigures> {
  const { assignment } = await givenSupport(cast, '2026-05-01')
  logTo(() => undefined)
  const app = createApp({ origin, secure: false, demo: true })
  const { readUrl, writeUrl, doorUrl } = cast.urls
  const lines = await Promise.all([openLine(readUrl), openLine(writeUrl), openLine(doorUrl)])
  const [read, write, door] = lines
  await disconnect()
  const silence = patience === undefined ? undefined : { connecting: patience, answering: patience }
  connect({ readUrl: read.url, writeUrl: write.url, doorUrl: door.url }, 4, silence)
  const figures: SlowFigures = {
    ...{ requests: 0, wrong: [], saved: 0, visits: 0 },
    slowest: 0,
    silent: 0,
    recovery: 0,
  }
  const forms = Array.from({ length: 3 }, () => randomUUID())
  const both = async (key: string) => {
    const asked = [() => page(app, cast, '/support/visits'), () => logOne(app, cast, assignment, key)]
    return Promise.all(
      asked.map(async (ask) => {
        const begun = performance.now()
        const answer = await ask()
        const honest = isHonest(answer, await answer.text())
        figures.requests++
        return { status: answer.status, honest, took: since(begun) }
      }),
    )
  }
  const fine = ([seen, sent]: { status: number }[]) => seen?.status === 200 && sent?.status === 303
  for (const delay of delays) {
    for (const line of lines) line.delay = delay
    const key = randomUUID()
    const answers = await both(key)
    if (fine(answers)) figures.saved++
    else figures.wrong.push(`${delay} ms: ${JSON.stringify(answers)}`)
    figures.slowest = Math.max(figures.slowest, ...answers.map(({ took }) => took))
  }
  for (const line of lines) Object.assign(line, { delay: 0, silent: true })
  for (const answers of await Promise.all(forms.map(both))) {
    if (!answers.every(({ honest }) => honest)) figures.wrong.push(`silent: ${JSON.stringify(answers)}`)
    figures.silent = Math.max(figures.silent, ...answers.map(({ took }) => took))
  }
  for (const line of lines) line.silent = false
  const begun = performance.now()
  // What nobody knew of is sent again, as it is.
  for (const key of forms) {
    for (let tries = 1; !fine(await both(key)); tries++)
      if (tries === 20) throw new Error('the program did not find the database again')
    figures.saved++
  }
  figures.recovery = since(begun)
  await disconnect()
  connect(cast.urls, 4)
  const { rows } = await cast.admin.query<{ n: number }>('select count(*)::int as n from visit')
  await Promise.all(lines.map((line) => line.close()))
  return { ...figures, visits: rows[0]?.n ?? 0 }
}
