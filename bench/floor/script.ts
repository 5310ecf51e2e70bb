// Which statements does a page stand on? Those its operation really sends, written down while it runs once.
import pg from 'pg'
import type { Access } from '../../app/core/db.server.ts'

/** What a request brings: who asks, about which case, under which assignment, with which key of the form. */
export type Words = Partial<
  Record<'me' | 'claim' | 'case' | 'network' | 'assignment' | 'volunteer' | 'number' | 'once', string>
>

/** A value of a statement: a word of the request, something new each time, a sealed text, or the same for everybody. */
export type Value = { word: keyof Words } | { fresh: number } | { sealed: number } | { as: unknown }
export type Step = { text: string; values: Value[] }
export type Script = { access: Access; steps: Step[] }

type Sent = { text: string; values?: unknown[] }
const isSent = (given: unknown): given is Sent =>
  typeof given === 'object' && given !== null && 'text' in given && typeof given.text === 'string'

/** Runs `work` and tells what it sent within its transactions; begin, claim and commit travel as plain text and are left out. */
async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    if (isSent(given[0])) sent.push(given[0])
    return Reflect.apply(query, this, given) as never
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return sent
}

/** The script of an operation. `known` says which values of this one run are words of a request. */
export async function scriptOf(access: Access, known: Words, work: () => Promise<unknown>): Promise<Script> {
  const fresh = new Map<string, number>()
  const numberOf = (id: string) => fresh.get(id) ?? fresh.set(id, fresh.size).size - 1
  const sent = await sentBy(work)
  return { access, steps: sent.map(({ text, values = [] }) => ({ text, values: values.map(meaning) })) }

  function meaning(value: unknown): Value {
    const word = Object.entries(known).find(([, one]) => one === value)?.[0]
    if (word) return { word: word as keyof Words }
    // A note is sealed under the case's key for the row made last.
    if (Buffer.isBuffer(value)) return { sealed: fresh.size - 1 }
    if (typeof value === 'string' && isId(value)) return { fresh: numberOf(value) }
    return { as: value }
  }
}

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
