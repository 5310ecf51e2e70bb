// What is shown and sent while a second factor is made: the picture, the letters, the recovery codes?
import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { Env } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { openFactor } from '../factor.server.ts'

// A form sent with a mistake keeps its secret, for the authenticator has it already.
export function secretOf(c: Context<Env>, who: string): string | null {
  const sent = c.get('values').secret
  try {
    return typeof sent === 'string' ? openFactor(who, Buffer.from(sent, 'base64url')) : null
  } catch {
    return null
  }
}

/** The picture to scan and the letters to type instead. */
export function FactorSteps({ t, shown }: { t: T; shown: { picture: string; letters: string } }) {
  return (
    <ol>
      <li>{t('access.setUp.app')}</li>
      <li>
        {t('access.setUp.scan')}
        <div role="img" aria-label={t('access.setUp.picture')}>
          {raw(shown.picture)}
        </div>
        <details>
          <summary>{t('access.setUp.letters')}</summary>
          <p class="tv-number">
            <strong>{shown.letters}</strong>
          </p>
        </details>
      </li>
      <li>{t('access.setUp.type')}</li>
    </ol>
  )
}

/** The recovery codes, the only time they are seen. */
export function CodesOnce({ t, codes, next }: { t: T; codes: readonly string[]; next: string }) {
  return (
    <div class="tv-narrow">
      <Confirmation title={t('access.codes.title')}>
        <p>{t('access.codes.what')}</p>
      </Confirmation>
      <ol class="tv-number">
        {codes.map((code) => (
          <li>
            <strong>{code}</strong>
          </li>
        ))}
      </ol>
      <Callout kind="attention" title={t('access.codes.once')}>
        <p>{t('access.codes.where')}</p>
      </Callout>
      <ButtonLink href={next}>{t('access.codes.next')}</ButtonLink>
    </div>
  )
}
