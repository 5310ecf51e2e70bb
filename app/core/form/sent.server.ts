// What did a form of ours, or a script of ours, send?
import type { Context } from 'hono'
import type { Env, Values } from '../page.tsx'

const kinds = [
  ['json', /^application\/json *(;|$)/],
  ['pairs', /^application\/x-www-form-urlencoded *(;|$)/],
  ['parts', /^multipart\/form-data *(;|$)/],
] as const

const typeOf = (c: Context<Env>) => c.req.header('content-type') ?? ''
const kindOf = (type: string) => kinds.find(([, sign]) => sign.test(type))?.[0] ?? null

/** Is it of a kind that is read? Where nothing was sent there is nothing to read; what is in any other kind must not pass for that. */
export function isReadable(c: Context<Env>): boolean {
  const type = typeOf(c)
  if (kindOf(type)) return true
  const length = c.req.header('content-length')
  return length === '0' || (type === '' && length === undefined && c.req.header('transfer-encoding') === undefined)
}

/** By its kind, and by no other. */
export async function valuesOf(c: Context<Env>): Promise<Values> {
  const kind = kindOf(typeOf(c))
  if (kind === 'json') {
    const body: unknown = await c.req.json().catch(() => null)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Values) : {}
  }
  if (kind === 'pairs') return pairsOf(await c.req.text().catch(() => ''))
  return kind === 'parts' ? c.req.parseBody({ all: true }).catch(() => ({})) : {}
}

// A name that comes more than once is a list.
function pairsOf(text: string): Values {
  const byName = Map.groupBy(new URLSearchParams(text), ([name]) => name)
  return Object.fromEntries(
    [...byName].map(([name, all]) => [name, all.length > 1 ? all.map(([, value]) => value) : all[0]?.[1]]),
  )
}
