// In which language does this browser want to be spoken to?
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Env } from '../../core/page.tsx'
import { isLocale } from '../../i18n/i18n.ts'

/** True where a button of a language was pressed: from here on the page speaks it, and nothing else has been sent. */
export function speaks(c: Context<Env>): boolean {
  const { locale } = c.get('values')
  if (typeof locale !== 'string' || !isLocale(locale)) return false
  const secure = c.get('frame').secure
  setCookie(c, 'lang', locale, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: 365 * 86_400 })
  c.set('locale', locale)
  return true
}
