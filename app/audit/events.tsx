// How is a list of events shown, here and on the pages of cases?
import { formatDate, formatTime, isoDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { Table } from '../ui/table.tsx'
import { Tag } from '../ui/tag.tsx'
import { type AuditEvent, helperWords, keyWords, type Run, runsOf, sentenceOf, whyWords } from './audit.ts'

/** Events as sentences under their day; what somebody did several times on end is one line. */
export function Events({ t, events, caption }: { t: T; events: readonly AuditEvent[]; caption: string }) {
  const days = [...Map.groupBy(events, (event) => isoDate(event.at))]
  if (days.length === 0) return <p>{t('audit.empty')}</p>
  return (
    <>
      {days.map(([day, inDay]) => (
        <Table<Run>
          caption={days.length === 1 ? `${caption}: ${formatDate(day)}` : formatDate(day)}
          rows={runsOf(inDay)}
          empty={null}
          columns={[
            { name: t('audit.at'), cell: (run) => <span class="tv-nowrap">{timesOf(run)}</span> },
            { name: t('audit.happened'), cell: (run) => <Sentence t={t} run={run} /> },
          ]}
        />
      ))}
    </>
  )
}

function timesOf({ from, to }: Run): string {
  const [first, last] = [formatTime(from), formatTime(to)]
  return first === last ? first : `${first}–${last}`
}

function Sentence({ t, run: { event, count } }: { t: T; run: Run }) {
  return (
    <>
      {sentenceOf(t, event)}
      {event.helpers?.length ? (
        <span class="tv-quiet"> · {t('audit.helpers', { names: helperWords(t, event) })}</span>
      ) : null}
      {keyWords(t, event) ? <span class="tv-quiet"> · {t('audit.why', { why: keyWords(t, event) })}</span> : null}
      {event.why ? <span class="tv-quiet"> · {t('audit.why', { why: whyWords(t, event.why) })}</span> : null}
      {count > 1 ? <span class="tv-quiet"> · {t('audit.times', { count })}</span> : null}
      {count === 1 && event.hits !== null && event.hits > 1 ? (
        <span class="tv-quiet"> · {t('audit.hits', { count: event.hits })}</span>
      ) : null}
      {event.result === 'done' ? null : (
        <>
          {' '}
          <Tag kind="attention">{t('audit.refused')}</Tag>
        </>
      )}
    </>
  )
}
