// How do the pages, the guards and the few addresses that are no page make one web application?
import { Hono } from 'hono'
import { keysFirst } from './access/passkey/passkey.ts'
import { openRoutes } from './access-routes.ts'
import { crowdAnswers, crowdResponse } from './core/answer/crowd.server.tsx'
import { databaseAnswers } from './core/db.server.ts'
import { saveDraft } from './core/drafts.server.ts'
import { guard } from './core/guard.server.tsx'
import type { Env, Frame } from './core/page.tsx'
import { signedIn } from './core/page.tsx'
import { navOf } from './nav.ts'
import { routes } from './routes.ts'
import { assetFile, encodingFor } from './ui/assets.server.ts'

// What somebody may ask for who has not signed in: by its whole address, or by what stands before a link's token.
const openAddresses = new Set(['/health', '/robots.txt', '/favicon.ico', ...openRoutes.map(([address]) => address)])
const openBeginnings = ['/assets/', ...openRoutes.flatMap(([address]) => /^.+?\/(?=:)/.exec(address) ?? [])]
const open = (path: string) => openAddresses.has(path) || openBeginnings.some((beginning) => path.startsWith(beginning))

/** The whole application behind one fetch handler; the process and the tests start it alike. */
export function createApp(given: Omit<Frame, 'nav'>): Hono<Env> {
  const app = new Hono<Env>()
  guard(app, { ...given, nav: navOf }, { open, first: keysFirst })
  app.get('/health', async (c) => ((await databaseAnswers()) ? c.text('ok') : c.text('database away', 503)))
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'))
  app.get('/assets/:name', async (c) => {
    const file = await assetFile(c.req.param('name'), encodingFor(c.req.header('accept-encoding')))
    if (!file) return c.notFound()
    if (file.encoding) c.header('content-encoding', file.encoding)
    return c.body(file.body, 200, {
      'content-type': file.type,
      'cache-control': file.cacheControl,
      vary: 'accept-encoding',
    })
  })
  app.post('/drafts', async (c) => c.json(await saveDraft.run(signedIn(c), c.get('values'))))
  for (const [address, page] of [...openRoutes, ...routes]) {
    if (page.get) app.get(address, page.get)
    if (page.post) app.post(address, page.post)
  }
  const inside = app.fetch
  const crowded = crowdAnswers(given)
  app.fetch = (request, ...more) => crowdResponse(crowded, request) ?? inside(request, ...more)
  return app
}
