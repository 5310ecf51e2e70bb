// Does this browser keep something sealed that may not have been sent yet, so that leaving must not wipe it?
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../page.tsx'

const name = 'field'

export const keepsHere = (c: Context): boolean => getCookie(c, name) === '1'

/** Remembered out of reach of any script; longer than a device may stay silent. */
export function markKept(c: Context<Env>, keeps: boolean): void {
  const secure = c.get('frame').secure
  if (!keeps) deleteCookie(c, name, { path: '/', secure })
  else setCookie(c, name, '1', { path: '/', httpOnly: true, secure, sameSite: 'Strict', maxAge: 90 * 86_400 })
}
