// How is it said that an entry was read?
import { formatDate, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'

type Props = { t: T; reading: { by: string | null; readAt: Date; reply: string | null; closed: boolean } }

/** "Sissekanne on loetud – Sirje Näidis-Saar, 12.11.2026", and what was said of it. */
export function Reading({ t, reading: { by, readAt, reply, closed } }: Props) {
  const words = { name: by ?? t('home.word.somebody'), date: formatDate(isoDate(readAt)) }
  return (
    <Callout title={t('support.entry.isRead', words)}>
      {reply ? <p class="tv-words">„{reply}“</p> : null}
      {closed ? <p>{t('support.visit.noteClosed')}</p> : null}
    </Callout>
  )
}
