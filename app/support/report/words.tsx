// How is a report told: its state, its figures per case, its worries and its history?
import { formatDate, formatHours, formatInstant, formatMoney } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import { Timeline } from '../../ui/record/timeline.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { Concern } from '../concern/concerns.server.ts'
import type { CaseLine, Figures, ReportStatus } from './month-report.ts'
import type { eventsOf } from './own-reports.server.ts'

const kinds: Record<ReportStatus, TagKind> = {
  draft: 'neutral',
  submitted: 'wait',
  returned: 'attention',
  approved: 'ok',
}

export function Status({ t, status }: { t: T; status: ReportStatus }) {
  return <Tag kind={kinds[status]}>{t(`support.status.${status}`)}</Tag>
}

type LinesProps = { t: T; lines: readonly CaseLine[]; total: Figures; rows?: (line: CaseLine) => string }

/** A line per case with the sums below; `rows` opens what stands behind a line. */
export function CaseLines({ t, lines, total, rows }: LinesProps) {
  const columns: Column<CaseLine>[] = [
    {
      name: t('support.caseNumber'),
      head: true,
      nowrap: true,
      cell: (line) => (rows ? <a href={rows(line)}>{line.number}</a> : line.number),
    },
    { name: t('support.report.contacts'), number: true, cell: (line) => line.contacts },
    { name: t('support.report.hours'), number: true, cell: (line) => formatHours(line.minutes) },
    { name: t('support.visit.expense'), number: true, cell: (line) => formatMoney(line.expenseCents) },
    { name: t('support.visit.flag'), number: true, cell: (line) => line.dangers },
  ]
  const dangers = lines.reduce((sum, line) => sum + line.dangers, 0)
  const sums = [total.contacts, formatHours(total.minutes), formatMoney(total.expenseCents), dangers]
  return (
    <Table
      caption={t('support.report.figures')}
      captionLook="hidden"
      columns={columns}
      rows={lines}
      empty={<p>{t('support.report.noVisits')}</p>}
      foot={[t('support.total'), ...sums]}
    />
  )
}

type WorryProps = { t: T; worries: readonly Concern[]; link?: boolean }

export function Worries({ t, worries, link }: WorryProps) {
  if (worries.length === 0) return <p>{t('support.report.noWorries')}</p>
  return (
    <ul>
      {worries.map((concern) => {
        const words = `${formatDate(concern.raisedAt)}, ${concern.number}: ${t(`support.concern.is.${concern.state}`)}`
        return <li>{link ? <a href={`/concerns/${concern.id}`}>{words}</a> : words}</li>
      })}
    </ul>
  )
}

type Event = Awaited<ReturnType<typeof eventsOf>>[number]

type HistoryProps = { t: T; locale: Locale; events: readonly Event[]; writer?: string }

/** The whole way of a report, the newest first; what was remarked stays. `writer`: where the asker may not see the person. */
export function History({ t, locale, events, writer }: HistoryProps) {
  const items = events.map((event) => ({
    at: event.recordedAt,
    title: t(`support.event.${event.kind}`),
    ...who(event.by ?? (event.kind === 'submitted' ? writer : undefined)),
    ...(event.remark ? { children: <p>{event.remark}</p> } : {}),
  }))
  return <Timeline items={items} locale={locale} level={3} />
}

const who = (name: string | undefined) => (name ? { who: name } : {})

/** The last word that came back with a report, where there is one. */
export function lastRemark(events: readonly Event[]): { text: string; by: string; at: string } | null {
  const last = events.findLast((event) => event.kind !== 'submitted')
  return last?.remark ? { text: last.remark, by: last.by ?? '', at: formatInstant(last.recordedAt) } : null
}
