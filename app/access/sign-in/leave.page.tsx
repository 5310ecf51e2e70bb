// How does one leave: by signing out, in a hurry, or into another language?
import type { Context } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { keepsHere } from '../../core/answer/kept-here.ts'
import type { Env, Page } from '../../core/page.tsx'
import { clearSessionCookie } from '../../core/session.server.ts'
import { safePath } from '../access.ts'
import { setLanguage } from '../account/accounts.server.ts'
import { dropBrowser } from '../browser.server.ts'
import { endSession } from '../door.server.ts'
import { speaks } from './language.ts'

/** Somewhere that everybody looks at. */
const elsewhere = 'https://www.ilmateenistus.ee/'

export const signOutPage: Page = {
  operations: [],
  // A reload of the page after the session has ended must not look like an error.
  get: async (c) => c.redirect('/', 303),
  post: async (c) => {
    const me = c.get('me')
    if (me) await endSession(me, 'sign-out')
    clearSessionCookie(c, c.get('frame').secure)
    c.header('clear-site-data', keepsHere(c) ? '"cache"' : '"cache", "storage"')
    return c.redirect('/sign-in?out=1', 303)
  },
}

/**
 * A link, so that it works from every page, with scripts off and in a hurry. It changes something although it is a GET; so it does that
 * only where the browser says that the click was ours (or the address was typed). From elsewhere it only leads on – and from
 * elsewhere the session's cookie, which is Strict, would not have come along.
 */
export const exitPage: Page = {
  operations: [],
  get: async (c) => {
    const site = c.req.header('sec-fetch-site') ?? 'none'
    const ours = (site === 'same-origin' || site === 'none') && !c.req.header('sec-purpose')
    const me = c.get('me')
    if (ours && me) await endSession(me, 'exit')
    if (ours) forget(c)
    return c.redirect(elsewhere, 303)
  },
}

// What was written without network is sealed, and is nowhere else: it stays, and so does the word that it is there (decision 39).
function forget(c: Context<Env>): void {
  clearSessionCookie(c, c.get('frame').secure)
  const keeps = keepsHere(c)
  c.header('clear-site-data', keeps ? '"cache"' : '"cache", "cookies", "storage"')
  // The word that something is kept must stay as well, so the others go one by one – and always, for not every browser clears what it is told to.
  for (const name of ['lang', 'said']) deleteCookie(c, name, { path: '/', secure: c.get('frame').secure })
  dropBrowser(c)
}

export const languagePage: Page = {
  operations: [],
  get: async (c) => c.redirect('/', 303),
  post: async (c) => {
    const me = c.get('me')
    if (speaks(c) && me && me.locale !== c.get('locale')) await setLanguage.run(me, { locale: c.get('locale') })
    return c.redirect(backTo(c.get('values').back), 303)
  },
}

// The pages of the door are places to come back to as well.
function backTo(back: unknown): string {
  return typeof back === 'string' && /^\/(sign-in|demo)([/?][\w/?=&%-]*)?$/.test(back) ? back : safePath(back)
}
