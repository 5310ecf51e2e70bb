// What is a figure of this month made of, row by row?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatHours, formatMonth } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortName } from '../../partners/county.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { daysBetween } from '../../ui/date.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { monthWords } from './coordinator.tsx'
import { type MonthAnswer, type MonthRow, openMonthFigure } from './month.server.ts'
import type { MonthFigureId } from './month.ts'

export const monthFigurePage = get(openMonthFigure, {
  title: 'home.month',
  body: ({ t, data, locale }: PageContext<MonthAnswer>) => (
    <>
      <BackLink href="/">{t('home.tab')}</BackLink>
      <h1>{data.value === null ? t('home.month.waitNone') : monthWords(t, { id: data.figure, value: data.value })}</h1>
      <p class="tv-lead">
        {formatMonth(data.period.key, locale)}. {t(`home.month.meaning.${data.figure}`)}
      </p>
      <Table
        caption={t('home.month.rows')}
        columns={columns(t, data.figure)}
        rows={data.rows}
        empty={<p>{t('home.month.empty')}</p>}
      />
    </>
  ),
})

type Cells = Column<MonthRow>[]
const date = (day: string | null) => (day ? formatDate(day) : '–')

function columns(t: T, figure: MonthFigureId): Cells {
  const first = (name: string): Cells => [{ name, head: true, cell: (row) => <a href={row.href}>{row.name}</a> }]
  const where: Cells = [{ name: t('home.row.county'), cell: (row) => shortName(row.county) }]
  const who: Cells = [{ name: t('home.row.volunteer'), nowrap: true, cell: (row) => row.person ?? '–' }]
  if (figure === 'volunteersActive')
    return [...first(t('home.row.volunteer')), { name: t('home.row.name'), cell: (row) => row.person ?? '–' }, ...where]
  if (figure === 'hours')
    return [
      ...first(t('home.row.case')),
      { name: t('home.row.date'), cell: (row) => date(row.onDate) },
      ...who,
      ...where,
      { name: t('home.row.hours'), number: true, cell: (row) => formatHours(row.minutes ?? 0) },
    ]
  return [
    ...first(t('home.row.need')),
    ...where,
    ...who,
    { name: t('home.row.agreed'), cell: (row) => date(row.onDate) },
    { name: t('home.row.began'), cell: (row) => date(row.until) },
    { name: t('home.row.days'), number: true, cell: daysOf },
  ]
}

const daysOf = ({ onDate, until }: MonthRow) => (onDate && until ? String(daysBetween(onDate, until)) : '–')
