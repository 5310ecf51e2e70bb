// What is told to somebody who makes new ways in: which of her old ones are over, and from when do the new ones open the door?
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
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

/** A role may begin on a later day: the ways in stand, the door opens then. */
export const NotYet = ({ t }: { t: T }) => (
  <div class="tv-narrow">
    <Confirmation title={t('access.invited.ready')}>
      <p>{t('access.invited.readyText')}</p>
    </Confirmation>
    <ButtonLink href="/sign-in">{t('access.signIn.title')}</ButtonLink>
  </div>
)
