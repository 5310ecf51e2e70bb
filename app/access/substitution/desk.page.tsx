// How does one go to somebody else's desk, and back to one's own?
import type { Context } from 'hono'
import { type Env, follow, named, type Page, signedIn } from '../../core/page.tsx'
import { newSecret, setSessionCookie } from '../../core/session.server.ts'
import { fresh } from '../fresh.ts'
import { beginStandingIn, stopStandingIn } from './substitutions.server.ts'

/** Runs `move` with the hash of a new session and gives the browser its cookie. */
async function toDesk(c: Context<Env>, move: (claimHash: Buffer) => Promise<unknown>) {
  const { cookie, claimHash } = newSecret(signedIn(c).id)
  await move(claimHash)
  setSessionCookie(c, cookie, c.get('frame').secure)
}

export const beginPage: Page = fresh({
  operations: [beginStandingIn] as unknown as Page['operations'],
  post: async (c) => {
    const { id } = c.req.param()
    const begin = (claimHash: Buffer) => beginStandingIn.run(signedIn(c), { id, claimHash })
    await toDesk(c, (claimHash) => begin(claimHash).catch(named({ id: id ?? '' })))
    return follow(c, { to: `/substitution/${id}`, said: 'access.substitution.begun' })
  },
})

export const backPage: Page = {
  operations: [stopStandingIn] as unknown as Page['operations'],
  post: async (c) => {
    const me = signedIn(c)
    if (!me.standsInFor && me.stoodInFor === null) return follow(c, '/')
    await toDesk(c, (claimHash) => stopStandingIn.run(me, { claimHash }))
    return follow(c, { to: '/', said: 'access.substitution.backAtOwn' })
  },
}
