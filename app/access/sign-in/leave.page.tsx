// How does one leave: by signing out, in a hurry, or into another language?
import { setCookie } from 'hono/cookie'
import type { Page } from '../../core/page.tsx'
import { clearSessionCookie } from '../../core/session.server.ts'
import { isLocale } from '../../i18n/i18n.ts'
import { safePath } from '../access.ts'
import { setLanguage } from '../account/accounts.server.ts'
import { endSession } from '../door.server.ts'

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
    c.header('clear-site-data', '"cache", "storage"')
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
    if (ours) {
      clearSessionCookie(c, c.get('frame').secure)
      c.header('clear-site-data', '"cache", "cookies", "storage"')
    }
    return c.redirect(elsewhere, 303)
  },
}

export const languagePage: Page = {
  operations: [],
  get: async (c) => c.redirect('/', 303),
  post: async (c) => {
    const { locale, back } = c.get('values')
    const me = c.get('me')
    if (typeof locale === 'string' && isLocale(locale)) {
      const secure = c.get('frame').secure
      setCookie(c, 'lang', locale, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: 365 * 86_400 })
      if (me && me.locale !== locale) await setLanguage.run(me, { locale })
    }
    return c.redirect(backTo(back), 303)
  },
}

// The pages of the door are places to come back to as well.
function backTo(back: unknown): string {
  return typeof back === 'string' && /^\/(sign-in|demo)([/?][\w/?=&%-]*)?$/.test(back) ? back : safePath(back)
}
