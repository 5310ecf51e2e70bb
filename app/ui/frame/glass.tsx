// How is it never forgotten that a case is open to me only because of an emergency?
import type { T } from '../../i18n/i18n.ts'
import { Csrf } from '../buttons.tsx'

/** Stands above every page while it lasts. */
export type GlassOpen = { id: string; number: string; minutes: number }

export function GlassBanner({ t, glass, csrf }: { t: T; glass: GlassOpen; csrf: string }) {
  const { minutes } = glass
  return (
    <section class="tv-glass" aria-label={t('ui.glass.label')}>
      <div class="tv-page tv-glass__row">
        <p>
          <strong>{t('ui.glass.open', { number: glass.number })}</strong> {t('ui.glass.left', { minutes })}{' '}
          <a href={`/break-glass/${glass.id}`}>{t('ui.glass.look')}</a>
        </p>
        <form method="post" action={`/break-glass/${glass.id}/end`}>
          <Csrf token={csrf} />
          <button type="submit" class="tv-glass__end">
            {t('ui.glass.end')}
          </button>
        </form>
      </div>
    </section>
  )
}
