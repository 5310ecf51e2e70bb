// What is said when somebody came back from the state's sign-in and is not in: what went wrong, and what to do now?
import { z } from 'zod'
import type { Page } from '../../core/page.tsx'
import { ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { safePath } from '../access.ts'
import { openPage } from '../sign-in/step.server.ts'
import { purposes, type Trip } from './trip.server.ts'
import { troubles } from './trouble.ts'

const Asked = z.object({ why: z.enum(troubles).catch('refused'), for: z.enum(purposes).catch('sign-in') })

/** A calm page with the ways on; the person is where she was, and nothing has happened. */
export const oidcTroublePage: Page = {
  operations: [],
  get: async (c) => {
    const asked = Asked.parse(c.req.query())
    const { again, back } = waysOf(asked.for, safePath(c.req.query('to')))
    return openPage(c, 'access.oidc.tab', ({ t }) => (
      <div class="tv-narrow">
        <h1>{t(`access.oidc.trouble.${asked.why}`)}</h1>
        <p class="tv-lead">{t(`access.oidc.what.${asked.why}`)}</p>
        <ButtonGroup>
          {asked.why === 'unknown' || asked.why === 'again' ? null : (
            <ButtonLink href={again}>{t('access.oidc.again')}</ButtonLink>
          )}
          <ButtonLink kind="secondary" href={back}>
            {t(asked.for === 'link' ? 'access.account.title' : 'access.oidc.others')}
          </ButtonLink>
        </ButtonGroup>
        {asked.for === 'sign-in' ? (
          <p>
            <a href="/help">{t('access.signIn.help')}</a>
          </p>
        ) : null}
      </div>
    ))
  },
}

function waysOf(purpose: Trip['purpose'], path: string): { again: string; back: string } {
  const to = path === '/' ? '' : `?to=${encodeURIComponent(path)}`
  if (purpose === 'link') return { again: '/account/identity', back: '/account' }
  if (purpose === 'prove') return { again: `/account/prove/oidc${to}`, back: `/account/prove${to}` }
  if (purpose === 'first') return { again: '/sign-in/oidc/first', back: '/sign-in/ways' }
  return { again: `/sign-in/oidc${to}`, back: `/sign-in${to}` }
}
