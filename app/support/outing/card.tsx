// What does she see of a meeting from which she is expected back, and what can she press with one thumb?
import type { PageContext } from '../../core/page.tsx'
import { formatTime } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button, Csrf } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { isDrill, type Outing } from './outing.ts'

/** Said of every drill, wherever it is shown. */
export function DrillMark({ t }: { t: T }) {
  return (
    <Callout kind="attention" title={t('support.drill.mark')}>
      <p>{t('support.drill.markText')}</p>
    </Callout>
  )
}

/** "Algab kell 14.00, läbi kell 15.30" */
export const spanWords = (t: T, { beginsAt, untilAt }: Pick<Outing, 'beginsAt' | 'untilAt'>): string =>
  t('support.outing.span', { from: formatTime(beginsAt), until: formatTime(untilAt) })

type Props = { page: PageContext<unknown>; of: Outing; longer: number }

/**
 * Where it stands, and everything there is to press; nothing has to be typed. Without the key by which a form counts once: whoever goes back in the
 * browser and presses something else has said something else.
 */
export function OwnOuting({ page, of, longer }: Props) {
  const { t } = page
  const drill = isDrill(of)
  return (
    <>
      {drill ? <DrillMark t={t} /> : <p>{ownWords(t, of)}</p>}
      {of.rung > 0 && !drill ? (
        <Callout kind="danger">
          <p>{t(of.rung === 1 ? 'support.outing.reminded' : 'support.outing.searched')}</p>
        </Callout>
      ) : null}
      <form method="post" action={`/outings/${of.id}/press`} class="tv-presses">
        <Csrf token={page.tokens.csrf} />
        {drill || of.inAt ? null : (
          <Button kind="secondary" name="what" value="in">
            {t('support.outing.press.in')}
          </Button>
        )}
        <Button name="what" value="out">
          {t(drill ? 'support.drill.here' : 'support.outing.press.out')}
        </Button>
        {drill ? null : (
          <>
            <Button kind="secondary" name="what" value="longer">
              {t('support.outing.press.longer', { minutes: longer })}
            </Button>
            <Button kind="quiet" name="what" value="otherwise">
              {t('support.outing.press.otherwise')}
            </Button>
          </>
        )}
      </form>
    </>
  )
}

function ownWords(t: T, of: Outing): string {
  const there = of.inAt ? t('support.outing.there', { time: formatTime(of.inAt) }) : ''
  return `${of.number}, ${spanWords(t, of)}. ${there}`.trim()
}
