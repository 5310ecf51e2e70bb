// What is told to those whom there is no room for, at next to no cost, so that those who are in are served?
import type { IncomingMessage, RequestListener } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { isLocale, type Locale, locales, translator } from '../../i18n/i18n.ts'
import { encodingFor } from '../../ui/assets.server.ts'
import { ErrorPage } from '../../ui/frame/error-page.tsx'
import { wayOut } from '../../ui/frame/header.tsx'
import { Layout, type Shell } from '../../ui/layout.tsx'
import { isCrowded } from '../db.server.ts'
import { log } from '../log.server.ts'
import { permissionsPolicy } from './features.ts'

type Frame = { secure: boolean; demo: boolean }
type Asked = { method: string; path: string; header: (name: string) => string | undefined }
type Told = { status: 200 | 503; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> | null }

const seconds = 30
// Twice what a form may hold; whoever sends more is cut off.
const mostTaken = 24 * 1024 * 1024

// A balancer that heard no here would send the crowd of one process to the others, and then to none.
const alive: Told = {
  status: 200,
  headers: { 'content-type': 'text/plain; charset=UTF-8', 'cache-control': 'no-store' },
  body: new TextEncoder().encode('crowded'),
}

/** Answers whoever finds no room, from bytes made once; `null` where there is room, or where none is needed. */
export function crowdAnswers(frame: Frame): (asked: Asked) => Told | null {
  let made: ReturnType<typeof bytesOf> | undefined
  return (asked) => {
    if (!isCrowded() || needsNoRoom(asked)) return null
    if (asked.path === '/health') return alive
    // The first of a crowd waits the few milliseconds that it takes.
    made ??= bytesOf(frame)
    countShed()
    return answerOf(asked, made)
  }
}

/** Puts the answer before the whole application. What is still being sent is taken in and thrown away, so that the answer is read. */
export function beforeAll(answer: (asked: Asked) => Told | null, listener: RequestListener): RequestListener {
  return (request, response) => {
    const told = answer(askedBy(request))
    if (!told) return listener(request, response)
    response.writeHead(told.status, told.headers)
    response.end(request.method === 'HEAD' ? undefined : told.body)
    let taken = 0
    request.on('data', (part: Buffer) => {
      taken += part.length
      if (taken > mostTaken) request.socket.destroySoon()
    })
  }
}

/** The same for whoever hands over a `Request`. */
export function crowdResponse(answer: (asked: Asked) => Told | null, request: Request): Response | null {
  const told = answer({
    method: request.method,
    path: new URL(request.url).pathname,
    header: (name) => request.headers.get(name) ?? undefined,
  })
  return told && new Response(request.method === 'HEAD' ? null : told.body, told)
}

function askedBy({ method = 'GET', url = '/', headers }: IncomingMessage): Asked {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { method, path: url.split('?', 1)[0] ?? '/', header }
}

// A style sheet is the same for everybody, and whoever must get away is never held up.
const needsNoRoom = ({ method, path }: Asked) =>
  (method === 'GET' && path.startsWith('/assets/')) || (path === wayOut && method === 'GET')

type Bytes = Uint8Array<ArrayBuffer>
type Packed = Record<'plain' | 'br' | 'gzip', Bytes>

function bytesOf(frame: Frame) {
  const base = headersOf(frame)
  const text = new TextEncoder()
  const of = <V,>(make: (locale: Locale) => V) =>
    Object.fromEntries(locales.map((one) => [one, make(one)])) as Record<Locale, V>
  return {
    base,
    page: of((locale): Packed => {
      const plain = text.encode(pageIn(locale, frame))
      return { plain, br: new Uint8Array(brotliCompressSync(plain)), gzip: new Uint8Array(gzipSync(plain)) }
    }),
    json: of((locale) => {
      const said = translator(locale)
      return text.encode(JSON.stringify({ error: said('ui.problem.crowded.text'), retryAfter: seconds }))
    }),
  }
}

// No script and no form: nothing in it belongs to one person or one moment.
function pageIn(locale: Locale, { demo }: Frame): string {
  const t = translator(locale)
  const shell: Shell = {
    ...{ locale, t, title: t('core.error.title'), nonce: '', csrf: '', path: '/', person: null, nav: [], demo },
    ...{ standIn: null, flash: null, volunteer: false, languages: [], scripts: null },
  }
  const page = (
    <Layout shell={shell}>
      <ErrorPage t={t} status="crowded" />
    </Layout>
  )
  return `<!doctype html>${page.toString()}`
}

/** Those of every other answer (a test compares them), and when to come again. */
function headersOf({ secure }: Frame): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'same-origin',
    'retry-after': String(seconds),
    ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    vary: 'accept, accept-encoding, accept-language, cookie, sec-fetch-dest',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-robots-tag': 'noindex, noarchive',
    'x-xss-protection': '0',
  }
}

function answerOf({ header }: Asked, made: ReturnType<typeof bytesOf>): Told {
  const { base, page, json } = made
  const locale = localeFor(header('cookie'), header('accept-language'))
  const told = (body: Bytes | null, more: Record<string, string>): Told => ({
    status: 503,
    headers: { ...base, ...more, 'content-length': String(body?.length ?? 0) },
    body,
  })
  const kind = kindFor(header('accept') ?? '', header('sec-fetch-dest'))
  if (kind === 'none') return told(null, {})
  if (kind === 'json') return told(json[locale], { 'content-type': 'application/json' })
  // Nothing in it is anybody's, so its length tells a stranger nothing.
  const encoding = encodingFor(header('accept-encoding'))
  const type = { 'content-type': 'text/html; charset=UTF-8', 'content-language': locale }
  return told(page[locale][encoding ?? 'plain'], encoding ? { ...type, 'content-encoding': encoding } : type)
}

// A browser says that it opens a page; a script that asks for nothing readable gets nothing to read.
function kindFor(accept: string, dest: string | undefined): 'page' | 'json' | 'none' {
  if (accept.includes('text/html')) return 'page'
  if (accept.includes('application/json')) return 'json'
  return dest === undefined || dest === 'document' ? 'page' : 'none'
}

// Whose language it is the session would tell, and that is not asked; so what this browser has chosen, or else what it prefers.
function localeFor(cookie = '', accepted = ''): Locale {
  const chosen = /(?:^|;\s*)lang=(\w+)/.exec(cookie)?.[1]
  if (isLocale(chosen)) return chosen
  const named = accepted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase())
  return named.find(isLocale) ?? 'et'
}

let shed = 0

// A line for each would cost more than the answer.
function countShed(): void {
  if (shed++ > 0) return
  setTimeout(() => {
    log('shed', { count: shed })
    shed = 0
  }, 1000).unref()
}
