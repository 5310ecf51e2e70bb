// How is one request answered, with everything taken out of the answer that is new in each – and with what it would have kept?
import { setTimeout as pause } from 'node:timers/promises'
import type { Hono } from 'hono'
import type { Env } from '../../../app/core/page.tsx'
import { told } from '../../denied.ts'
import type { Actor } from '../matrix/actors.ts'
import { type Canary, readerOf } from '../matrix/canaries.ts'
import type { Cell } from '../matrix/expectations.ts'
import { type Kept, wouldKeep } from '../matrix/kept.ts'
import { origin } from '../matrix/matrix.ts'

export type Asked = {
  cell: Cell
  path: string
  body?: URLSearchParams | FormData | string
  headers?: Record<string, string>
}
export type Heard = { status: number; text: string; raw: string; kept: Kept }

export type Figures = {
  requests: number
  pairs: number
  routes: Set<string>
  fields: Set<string>
  /** Of each field of a form: whether the rest of it was as it should be. */
  read: Map<string, boolean>
  kinds: Record<string, number>
  leaks: string[]
  broken: string[]
  differ: string[]
}
export const nothingAsked = (): Figures => ({
  ...{ requests: 0, pairs: 0, routes: new Set(), fields: new Set(), read: new Map(), kinds: {} },
  ...{ leaks: [], broken: [], differ: [] },
})

const own = { origin, 'sec-fetch-site': 'same-origin' }
const sessionOf = ({ cookie }: Actor): Record<string, string> => (cookie ? { cookie: `sid=${cookie}` } : {})

export type Desk = {
  app: Hono<Env>
  figures: Figures
  ask: (asked: Asked, values: readonly string[]) => Promise<Heard>
}

/** Where everything is sent from; `values` are what was put in, and are taken out of the answer again. */
export function openDesk(app: Hono<Env>, canaries: Canary[], figures: Figures): Desk {
  const reader = readerOf(canaries)
  const send = async ({ cell, path, body, headers }: Asked): Promise<{ answer: Response; kept: Kept }> => {
    const { method, who } = cell
    const all: Record<string, string> = { ...(method === 'GET' ? {} : own), ...sessionOf(who), ...headers }
    const once = async () => app.request(`${origin}${path}`, { method, headers: all, body })
    return method === 'GET' ? { answer: await once(), kept: [] } : wouldKeep(once)
  }
  const ask = async (asked: Asked, values: readonly string[]): Promise<Heard> => {
    figures.requests++
    const { cell, path } = asked
    let { answer, kept } = await send(asked)
    // On a busy machine some are asked to come again: that says nothing of what is there.
    for (let again = 0; answer.status === 503 && again < 8; again++) {
      await pause(100 * 2 ** again)
      const next = await send(asked)
      answer = next.answer
      kept = next.kept
    }
    const raw = await answer.clone().text()
    const around = `${/<title>.*?<\/title>/s.exec(raw)?.[0]} ${JSON.stringify([...answer.headers])}`
    const name = `${cell.method} ${cell.address} × ${cell.who.name} × ${cell.place.relation}`
    const bare = [303, 403, 404, 410].includes(answer.status)
    // What somebody typed themselves tells them nothing.
    for (const leak of reader(cell, without(raw, values), without(around, values), bare, new Set()))
      figures.leaks.push(`${name}: shows ${leak}`)
    if (answer.status >= 500) figures.broken.push(`${name}: ${answer.status} to ${values.join().slice(0, 60)}`)
    return { status: answer.status, text: plain(await told(answer, path.split('?')[0] ?? ''), values), raw, kept }
  }
  return { app, figures, ask }
}

const anyId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const without = (text: string, values: readonly string[]): string =>
  values
    .flatMap((value) => [value, encodeURIComponent(value), value.replaceAll("'", '&#39;')])
    .reduce((left, value) => left.replaceAll(value, 'VALUE'), text)

/**
 * What was put in is no news in the answer, nor is the address to which the buttons of the languages lead back; where it leads to something that was
 * made just now, that has another name each time.
 */
const plain = (text: string, values: readonly string[]): string =>
  without(text, values)
    .replace(/(name="back" value="ADDRESS)[^"]*/g, '$1')
    .replace(/^location: .*$/m, (line) => line.replaceAll(anyId, 'NEW'))

/** What tells one of two answers from the other; empty where nothing does. */
export function difference(one: Heard, other: Heard): string {
  if (one.status !== other.status) return `${one.status}, not ${other.status}`
  if (one.kept.join() !== other.kept.join()) return `kept ${one.kept.join()}, not ${other.kept.join()}`
  if (one.text === other.text) return ''
  const [lines, others] = [one.text.split(/(?<=>)|\n/), other.text.split(/(?<=>)|\n/)]
  const at = lines.findIndex((line, nth) => line !== others[nth])
  return `«${lines[at]?.slice(0, 120)}», not «${others[at]?.slice(0, 120)}»`
}
