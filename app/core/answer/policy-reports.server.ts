// What did a browser refuse to load or do on a page of ours, because the page may not?
import type { Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { log } from '../log.server.ts'
import type { Env } from '../page.tsx'

/** Where browsers tell it; nobody has to be signed in, and nothing is told back. */
export const reportsTo = '/policy-report'

const mostBytes = 16 * 1024
const mostAMinute = 30

// What a browser sends beside (the address of the page, what it wanted to load, a piece of it) is not even read.
const Told = z.object({ 'csp-report': z.object({ 'document-uri': z.string(), 'effective-directive': z.string() }) })
const One = z.object({
  type: z.literal('csp-violation'),
  body: z.object({ documentURL: z.string(), effectiveDirective: z.string() }),
})

type Report = { page: string; directive: string }

function readReports(sent: unknown): Report[] {
  const told = Told.safeParse(sent)
  if (told.success) {
    const { 'document-uri': page, 'effective-directive': directive } = told.data['csp-report']
    return [{ page, directive }]
  }
  const all = Array.isArray(sent) ? sent.slice(0, mostAMinute) : []
  return all.flatMap((each) => {
    const one = One.safeParse(each)
    return one.success ? [{ page: one.data.body.documentURL, directive: one.data.body.effectiveDirective }] : []
  })
}

const directives = new Set(
  `base-uri child-src connect-src default-src font-src form-action frame-ancestors frame-src img-src manifest-src media-src object-src
  require-trusted-types-for script-src script-src-attr script-src-elem style-src style-src-attr style-src-elem trusted-types worker-src`.split(
    /\s+/,
  ),
)

/**
 * Writes into the program's log which rule it was and the pattern of our page, never an address. Anybody can send one: so many a minute are
 * written, and no answer says which.
 */
export function policyReports(app: Hono<Env>): MiddlewareHandler<Env> {
  let left = mostAMinute
  let since = performance.now()
  const isLeft = () => {
    if (performance.now() - since > 60_000) [left, since] = [mostAMinute, performance.now()]
    return left-- > 0
  }
  const take: MiddlewareHandler<Env> = async (c) => {
    const sent: unknown = await c.req.json().catch(() => null)
    for (const { page, directive } of readReports(sent)) {
      const url = URL.parse(page)
      if (url?.origin !== c.get('frame').origin || !isLeft()) continue
      log('policy', { directive: directives.has(directive) ? directive : 'other', route: patternOf(app, url.pathname) })
    }
    return c.body(null, 204)
  }
  const small = bodyLimit({ maxSize: mostBytes, onError: (c) => c.body(null, 204) })
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const foreign = (c.req.header('sec-fetch-site') ?? 'same-origin') !== 'same-origin'
    const kind = /^application\/(csp-report|reports\+json) *(;|$)/.test(c.req.header('content-type') ?? '')
    if (foreign || !kind) return c.body(null, 204)
    return small(c, async () => {
      c.res = (await take(c, next)) as Response
    })
  }
}

/** `/cases/:id` of `/cases/4711`; a page that there is not has none. */
function patternOf(app: Hono<Env>, path: string): string {
  const found = app.router.match('GET', path)[0].map(([[, route]]) => route.path)
  return found.findLast((pattern) => !pattern.includes('*')) ?? 'none'
}
