// What is the least that can stand behind the guards? For tests of what every request passes, whatever page it is for.
import { Hono } from 'hono'
import { guard } from '../app/core/guard.server.tsx'
import type { Env } from '../app/core/page.tsx'
import { csrfToken } from '../app/core/session.server.ts'
import type { Cast, CastName } from './cast.ts'

export const origin = 'http://localhost:3000'

/** Made anew for each request: what the guards decide when they are put up is tried as well. `/open…` and `/exit` are for everybody. */
export function bareSite(put: (app: Hono<Env>) => void, secure = false): Hono<Env> {
  const app = new Hono<Env>()
  const open = (path: string) => path.startsWith('/open') || path === '/exit'
  const first = (_me: unknown, path: string) => (path === '/second' ? '/first' : null)
  guard(app, { origin, secure, demo: false, nav: () => [] }, { open, first })
  put(app)
  return app
}

/** A page that only tells what the guards have found out. */
export const tells = (app: Hono<Env>, ...paths: string[]): void => {
  for (const path of paths)
    app.all(path, (c) =>
      c.json({ me: c.get('me')?.id ?? null, locale: c.get('locale'), values: c.get('values'), nonce: c.get('nonce') }),
    )
}

export type Sent = { method?: string; headers?: Record<string, string>; body?: BodyInit; secure?: boolean }

/** The headers by which a form of this person's own page is known. */
export const ownPage = (cast: Cast, who: CastName) => ({ origin, 'x-csrf-token': csrfToken(cast[who]) })

export const cookieOf = (cookie: string | null, secure = false): Record<string, string> =>
  cookie ? { cookie: `${secure ? '__Host-sid' : 'sid'}=${cookie}` } : {}
