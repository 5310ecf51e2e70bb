// Whose work is being done on this page, until when, and how does one get back to one's own?
import { Csrf } from '../buttons.tsx'
import type { Shell } from '../layout.tsx'

/** On every page while one stands in for somebody; once more when the term has ended in between. */
export function StandInBanner({ shell, standIn }: { shell: Shell; standIn: NonNullable<Shell['standIn']> }) {
  const { t } = shell
  const { name, until, handover } = standIn
  return (
    <section class="tv-stand-in" aria-label={t('ui.standIn.label')}>
      <div class="tv-page tv-stand-in__row">
        <p>
          {until === null ? (
            t('ui.standIn.over', { name })
          ) : (
            <>
              <strong>{t('ui.standIn.for', { name })}</strong> {t('ui.standIn.until', { until })}{' '}
              <a href={handover}>{t('ui.standIn.handover')}</a>
            </>
          )}
        </p>
        <form method="post" action="/substitution/back">
          <Csrf token={shell.csrf} />
          <button type="submit" class="tv-stand-in__back">
            {t(until === null ? 'ui.standIn.understood' : 'ui.standIn.back')}
          </button>
        </form>
      </div>
    </section>
  )
}
