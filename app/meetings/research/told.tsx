// How is what agencies have told of a case shown, and to whom not yet?
import type { Agency } from '../../core/setting.ts'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Told } from './research.ts'

/** "politsei, lastekaitse" */
export const named = (t: T, list: readonly Agency[]): string =>
  list.map((agency) => t(`core.agency.${agency}`).toLowerCase()).join(', ')

/** What others have told, after the promise; before it, the way to it. */
export function Others({ t, told, pledge }: { t: T; told: readonly Told[]; pledge: string | null }) {
  if (pledge) {
    return (
      <Callout>
        <p>{t('meetings.pledge.first')}</p>
        <p>
          <a href={pledge}>{t('meetings.pledge.title')}</a>
        </p>
      </Callout>
    )
  }
  if (told.length === 0) return <p>{t('meetings.research.none')}</p>
  return (
    <>
      {told.map((one) => (
        <OneTold t={t} told={one} />
      ))}
    </>
  )
}

export function OneTold({ t, told }: { t: T; told: Told }) {
  return (
    <section class="tv-card">
      <h3>{t(`core.agency.${told.agency}`)}</h3>
      {told.words ? (
        <p>{told.words}</p>
      ) : (
        <p>
          <Tag>{t('meetings.research.known.nothing')}</Tag>
        </p>
      )}
      {told.relevance ? <p class="tv-quiet">{t('meetings.research.because', { reason: told.relevance })}</p> : null}
      <p class="tv-quiet">
        {`${told.by}, ${formatDate(told.at)}`}
        {told.toldTo.length ? ` · ${t('meetings.research.told', { agencies: named(t, told.toldTo) })}` : ''}
      </p>
    </section>
  )
}
