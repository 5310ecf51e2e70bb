// How do visits look in a list, and how are their sums said?
import type { Child } from 'hono/jsx'
import { formatDate, formatHours, formatMoney, formatMonth } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Figures } from '../report/month-report.ts'
import { sumOf } from '../report/month-report.ts'
import type { Visit } from './visits-read.server.ts'

/** Minutes as a person says them: "45 min", "1 h 30 min". */
export function durationWords(t: T, minutes: number): string {
  if (minutes < 60) return t('support.visit.quick', { minutes })
  return t('support.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim()
}

/** "3 kontakti · 4,5 tundi · 12,50 €". */
export function figureWords(t: T, { contacts, minutes, expenseCents }: Figures): string {
  const parts = [t('support.contacts', { count: contacts }), t('support.hours', { hours: formatHours(minutes) })]
  return [...parts, ...(expenseCents > 0 ? [formatMoney(expenseCents)] : [])].join(' · ')
}

/** The day of a visit; what came in with a workbook stands for its whole month. */
export function dayOf(t: T, locale: Locale, { onDate, wholeMonth }: Pick<Visit, 'onDate' | 'wholeMonth'>): string {
  return wholeMonth ? t('support.wholeMonth', { month: formatMonth(onDate, locale) }) : formatDate(onDate)
}

type Props = { t: T; locale: Locale; visits: readonly Visit[]; caption: string; empty: Child; link?: boolean }

/** Visits without a word of what was noted. */
export function VisitTable({ t, locale, visits, caption, empty, link }: Props) {
  const columns: Column<Visit>[] = [
    {
      name: t('support.visit.day'),
      head: true,
      cell: (visit) => {
        const day = dayOf(t, locale, visit)
        return link ? <a href={`/support/visits/${visit.id}`}>{day}</a> : day
      },
    },
    { name: t('support.caseNumber'), nowrap: true, cell: (visit) => visit.number },
    { name: t('support.visit.way'), cell: (visit) => t(`support.way.${visit.way}`) },
    { name: t('support.visit.minutes'), number: true, cell: (visit) => durationWords(t, visit.minutes) },
    { name: t('support.visit.expense'), number: true, cell: (visit) => expenseWords(visit) },
    { name: t('support.visit.flag'), cell: (visit) => <Flags t={t} visit={visit} /> },
  ]
  const { minutes, expenseCents } = sumOf(visits)
  const foot = [t('support.total'), '', '', durationWords(t, minutes), formatMoney(expenseCents), '']
  return <Table caption={caption} captionLook="hidden" columns={columns} rows={visits} empty={empty} foot={foot} />
}

function expenseWords({ expenseCents, expenseNote }: Visit): Child {
  if (expenseCents === 0) return '–'
  return (
    <>
      {formatMoney(expenseCents)}
      {expenseNote ? <div class="tv-quiet">{expenseNote}</div> : null}
    </>
  )
}

export function Danger({ t }: { t: T }) {
  return <Tag kind="danger">{t('support.visit.flagged')}</Tag>
}

function Flags({ t, visit }: { t: T; visit: Visit }) {
  if (!visit.danger && visit.outside.length === 0) return <>–</>
  return (
    <>
      {visit.danger ? <Danger t={t} /> : null} <OutsideWords t={t} visit={visit} />
    </>
  )
}

/** That it went against what she asked for, and against what of it. */
export function OutsideWords({ t, visit }: { t: T; visit: Pick<Visit, 'outside'> }) {
  const against = visit.outside.map((one) => t(one === 'channel' ? 'support.outside.channel' : 'support.outside.day'))
  return against.length > 0 ? <Tag kind="attention">{against.join(', ')}</Tag> : null
}
