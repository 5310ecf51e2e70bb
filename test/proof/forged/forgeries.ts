// In how many ways can another page, or a program, send a form of ours?
import { csrfToken } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { origin } from '../matrix/matrix.ts'

/** A form that would take effect if our own page sent it. */
export type Sent = { path: string; cookie: string; body: string; json?: true; me: Person | null }

export type Forgery = {
  what: string
  headers: Record<string, string>
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** What else is wrong with it; the tokens are right unless it says so */
  change?: (body: URLSearchParams, others: Others) => unknown
  head?: (others: Others) => Record<string, string>
  type?: 'multipart' | 'json' | 'text'
  /** As what it is refused, where not as forbidden. */
  refused?: 415
}
/** Sessions whose tokens are not those of this form: somebody else's, and another one of the same person. */
export type Others = { stranger: Person; again: Person }

const ours = { origin, 'sec-fetch-site': 'same-origin' }
const evil = { origin: 'https://evil.example' }
const token = (value: string) => (body: URLSearchParams) => body.set('_csrf', value)

/** Refused whoever sends it, with or without a session: it does not come from a page of ours. */
export const fromElsewhere: Forgery[] = [
  { what: 'a foreign page', headers: evil },
  { what: 'a page that hides where it is', headers: { origin: 'null' } },
  { what: 'a sub-domain', headers: { origin: 'http://evil.localhost:3000' } },
  { what: 'a name that begins like ours', headers: { origin: `${origin}.evil.example` } },
  { what: 'a name before which ours stands', headers: { origin: 'http://localhost:3000@evil.example' } },
  { what: 'another port of the same name', headers: { origin: 'http://localhost:3001' } },
  { what: 'the same name by another protocol', headers: { origin: 'https://localhost:3000' } },
  { what: 'a request that says nothing', headers: {} },
  { what: 'only a page it came from', headers: { referer: `${origin}/` } },
  { what: 'a browser that knows better', headers: { origin, 'sec-fetch-site': 'cross-site' } },
  { what: 'a browser that calls it a neighbour', headers: { origin, 'sec-fetch-site': 'same-site' } },
  { what: 'nobody’s click', headers: { origin, 'sec-fetch-site': 'none' } },
  { what: 'a foreign page as multipart', headers: evil, type: 'multipart' },
  { what: 'a foreign page as JSON', headers: evil, type: 'json' },
  { what: 'a foreign page as plain text', headers: { origin: 'null', 'sec-fetch-site': 'cross-site' }, type: 'text' },
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((method) => ({
    what: `a foreign page by ${method}`,
    headers: { ...evil, 'x-http-method-override': 'POST' },
    method,
  })),
]

/** Refused where somebody is signed in: it comes from our page, and does not know the token of the session. */
export const withoutToken: Forgery[] = [
  { what: 'our page without a token', headers: ours, change: (body) => body.delete('_csrf') },
  { what: 'our page with an empty token', headers: ours, change: token('') },
  { what: 'our page with any token', headers: ours, change: token(Buffer.alloc(64, 1).toString('base64url')) },
  {
    what: 'our page with another’s token',
    headers: ours,
    change: (body, { stranger }) => body.set('_csrf', csrfToken(stranger)),
  },
  {
    what: 'our page with the token of another session of hers',
    headers: ours,
    change: (body, { again }) => body.set('_csrf', csrfToken(again)),
  },
  {
    what: 'our script with another’s token in the head',
    headers: ours,
    change: (body) => body.delete('_csrf'),
    head: ({ stranger }) => ({ 'x-csrf-token': csrfToken(stranger) }),
  },
  { what: 'our page in a type that forms do not have', headers: ours, type: 'text', refused: 415 },
]

/** Answered like any look, and no more than that: what would be sent stands in the address. */
export const asLooks: Forgery[] = (['GET', 'HEAD'] as const).map((method) => ({
  what: `a foreign page by ${method}`,
  headers: { 'sec-fetch-site': 'cross-site', 'x-http-method-override': 'POST' },
  method,
}))

/** The request that this forgery is of this form. */
export function forged(form: Sent, { headers, method = 'POST', change, head, type }: Forgery, others: Others): Request {
  const body = new URLSearchParams(form.body)
  change?.(body, others)
  const cookie: Record<string, string> = form.cookie ? { cookie: form.cookie } : {}
  if (method === 'GET' || method === 'HEAD')
    return new Request(`${origin}${form.path}?${body}&_method=POST`, { method, headers: { ...headers, ...cookie } })
  const all = { ...headers, ...head?.(others), ...cookie, ...typeOf(type ?? (form.json && 'json')) }
  return new Request(`${origin}${form.path}`, {
    method,
    headers: all,
    body: packed(body, type ?? (form.json && 'json')),
  })
}

/** As our own page sends it. */
export function genuine(form: Sent): Request {
  const headers = { ...ours, ...(form.cookie ? { cookie: form.cookie } : {}), ...typeOf(form.json && 'json') }
  const body = packed(new URLSearchParams(form.body), form.json && 'json')
  return new Request(`${origin}${form.path}`, { method: 'POST', headers, body })
}

function typeOf(type: Forgery['type']): Record<string, string> {
  if (type === 'json') return { 'content-type': 'application/json' }
  return type === 'text' ? { 'content-type': 'text/plain' } : {}
}

function packed(body: URLSearchParams, type: Forgery['type']) {
  if (type === 'json' || type === 'text') return JSON.stringify(valuesOf(body))
  if (type !== 'multipart') return body
  const form = new FormData()
  for (const [name, value] of body) form.append(name, value)
  return form
}

const valuesOf = (body: URLSearchParams) =>
  Object.fromEntries([...new Set(body.keys())].map((name) => [name, one(body.getAll(name))]))
// What a script sends of a box that was ticked is a word of its own.
const one = (all: string[]): unknown => (all.length > 1 ? all : all[0] === 'true' ? true : all[0])
