// How does what a page says become a whole document: frame, flash, body?
import type { Context } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { isKey, locales, type T, translator } from '../../i18n/i18n.ts'
import { Layout, type Shell } from '../../ui/layout.tsx'
import { minutesUntil } from '../clock.server.ts'
import type { Env } from '../page.tsx'
import { csrfToken } from '../session.server.ts'
import { mainRole, type Person, standInOf } from '../user.ts'
import { packed } from './packed.server.ts'

const glassOf = ({ glass }: Person) => glass && { ...glass, minutes: minutesUntil(glass.until) }

/** The whole document: frame, flash, body. Also for pages without a person (sign-in, errors). */
export function send(
  c: Context<Env>,
  page: Pick<Shell, 'title' | 'scripts' | 'form'> & { me: Person | null; body: Child; csrf?: string; status?: number },
): Response | Promise<Response> {
  const { me } = page
  const locale = c.get('locale')
  const t = translator(locale)
  const frame = c.get('frame')
  const role = me ? mainRole(me) : undefined
  const shell: Shell = {
    locale,
    t,
    title: page.title,
    nonce: c.get('nonce'),
    csrf: page.csrf ?? (me ? csrfToken(me) : ''),
    path: pathOf(c),
    person: me ? { name: me.name, role: role ? t(`core.role.${role}`) : '' } : null,
    nav: me ? frame.nav(me, t, c.req.path) : [],
    standIn: me && standInOf(me),
    ...{ demo: frame.demo, flash: takeFlash(c, t), glass: me && glassOf(me) },
    volunteer: role === 'volunteer',
    languages: locales,
    ...{ scripts: page.scripts, form: page.form },
  }
  const html = `<!doctype html>${(<Layout shell={shell}>{page.body}</Layout>).toString()}`
  return packed(c, html, (page.status ?? 200) as 200)
}

// With its filters, so that a change of language leads back to the same view.
function pathOf(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url)
  return `${pathname}${search}`
}

function takeFlash(c: Context<Env>, t: T): Shell['flash'] {
  const said = getCookie(c, 'said')
  if (!said) return null
  deleteCookie(c, 'said', { path: '/' })
  return isKey(said) ? { kind: 'success', text: t(said) } : null
}
