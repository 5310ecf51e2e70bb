// How is a list of events shown, here and on the pages of cases?
import { formatInstant } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { Table } from '../ui/table.tsx'
import { Tag } from '../ui/tag.tsx'
import { type AuditEvent, sentenceOf } from './audit.ts'

/** Events as a table of sentences; also for the pages of cases ("Kes on vaadanud"). */
export function Events({ t, events, caption }: { t: T; events: readonly AuditEvent[]; caption: string }) {
  return (
    <Table<AuditEvent>
      caption={caption}
      captionLook="hidden"
      rows={events}
      empty={<p>{t('audit.empty')}</p>}
      columns={[
        { name: t('audit.at'), cell: (event) => <span class="tv-nowrap">{formatInstant(event.at)}</span> },
        { name: t('audit.happened'), cell: (event) => <Sentence t={t} event={event} /> },
      ]}
    />
  )
}

function Sentence({ t, event }: { t: T; event: AuditEvent }) {
  return (
    <>
      {sentenceOf(t, event)}
      {event.hits !== null && event.hits > 1 ? (
        <span class="tv-quiet"> · {t('audit.hits', { count: event.hits })}</span>
      ) : null}
      {event.result === 'refused' ? (
        <>
          {' '}
          <Tag kind="attention">{t('audit.refused')}</Tag>
        </>
      ) : null}
    </>
  )
}
