// What is said to somebody who has come back from the state's sign-in, and may go on or has to wait?
import type { Context } from 'hono'
import type { FormPage } from '../../core/form/form.tsx'
import type { Env } from '../../core/page.tsx'
import { ButtonLink } from '../../ui/buttons.tsx'
import { openPage, tooEarly } from '../sign-in/step.server.ts'

/**
 * The way on leads over a page of ours: the browser holds back our session's cookie from a request that another site began, and sends
 * it with the one that this page begins.
 */
export function showWelcome(c: Context<Env>, to: string) {
  c.header('refresh', `0; url=${to}`)
  return openPage(c, 'access.oidc.tab', ({ t }) => (
    <div class="tv-narrow">
      <h1>{t('access.oidc.done')}</h1>
      <p class="tv-lead">{t('access.oidc.onward')}</p>
      <ButtonLink href={to}>{t('access.oidc.next')}</ButtonLink>
    </div>
  ))
}

export function showWait(c: Context<Env>, seconds: number) {
  const { status, errors } = tooEarly(c, seconds)
  const body = ({ t }: FormPage) => (
    <div class="tv-narrow">
      <h1>{t('access.oidc.trouble.wait')}</h1>
      <p class="tv-lead">{errors['']}</p>
    </div>
  )
  return openPage(c, 'access.oidc.tab', body, { status })
}
