// What is told to somebody who has come back by two people: which of her old ways in are over?
import type { T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import { type Ended, endings } from './invitation.ts'

/** Nothing where nothing ended; otherwise each by name, with how many there were. */
export function EndedWays({ t, ended = {} }: { t: T; ended?: Ended }) {
  const gone = endings.flatMap((name) => (ended[name] ? [{ name, count: ended[name] }] : []))
  if (gone.length === 0) return null
  return (
    <Callout title={t('access.recovered.title')}>
      <p>{t('access.recovered.text')}</p>
      <ul>
        {gone.map(({ name, count }) => (
          <li>{t(`access.recovered.${name}`, { count })}</li>
        ))}
      </ul>
      <p>{t('access.recovered.next')}</p>
    </Callout>
  )
}
