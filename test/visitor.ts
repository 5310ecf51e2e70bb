// How does a program walk through the product as a browser does: with cookies, its origin and the token of its forms?
import type { Hono } from 'hono'
import type { Env } from '../app/core/page.tsx'
import { csrfToken, whoIs } from '../app/core/session.server.ts'

export type Visitor = {
  cookies: Map<string, string>
  get: (path: string) => Promise<Response>
  /** A form, or with `json` what a script asks. */
  post: (path: string, values: Record<string, string>, json?: boolean) => Promise<Response>
}

/** A browser without a face. `cookie` is the session it begins with, `address` where on the network it is. */
export function newVisitor(app: Hono<Env>, origin: string, cookie?: string, address = ''): Visitor {
  const from = { incoming: { socket: { remoteAddress: address } } }
  const cookies = new Map<string, string>(cookie ? [['sid', cookie]] : [])
  const send = async (path: string, how: RequestInit, more: Record<string, string> = {}) => {
    const held = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...more, ...(held ? { cookie: held } : {}) }
    const answer = await app.request(`${origin}${path}`, { ...how, headers }, from)
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return answer
  }
  const token = async () => {
    const me = await whoIs(cookies.get('sid'))
    return me ? csrfToken(me) : ''
  }
  return {
    cookies,
    get: (path) => send(path, {}),
    post: async (path, values, json = false) => {
      const body = { ...values, _csrf: await token() }
      return json
        ? send(path, { method: 'POST', body: JSON.stringify(body) }, { origin, 'content-type': 'application/json' })
        : send(path, { method: 'POST', body: new URLSearchParams(body) }, { origin })
    },
  }
}
