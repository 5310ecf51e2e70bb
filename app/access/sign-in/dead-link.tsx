// What stands where a link of a letter opens nothing any more, and where does one go on from there?
import type { T } from '../../i18n/i18n.ts'

type Props = { t: T; text: string; to: { href: string; said: string } }

export function DeadLink({ t, text, to }: Props) {
  return (
    <div class="tv-narrow">
      <h1>{t('access.invited.dead')}</h1>
      <p>{text}</p>
      <p>
        <a href={to.href}>{to.said}</a>
      </p>
    </div>
  )
}
