// How has the work gone, as a chart that one looks at and a table that one reads?
import { get, type PageContext } from '../../core/page.tsx'
import { formatHours, formatMoney, formatMonth, formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { MonthChart, type MonthPoint } from '../../ui/chart/months.tsx'
import { FigureRow, FigureTile } from '../../ui/figure.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { openWork } from './work.server.ts'
import type { MonthOfWork, NetworkOfWork, Work } from './work.ts'

export const workPage = get(openWork, { title: 'support.work.tab', body: (page) => <WorkDone page={page} /> })

function WorkDone({ page }: { page: PageContext<Work> }) {
  const { t, data } = page
  const latest = data.months.at(-1)
  return (
    <>
      <h1>{t('support.work.title')}</h1>
      <p class="tv-lead">{t(data.networks.length > 1 ? 'support.work.leadAll' : 'support.work.lead')}</p>
      {latest ? <ThisMonth page={page} month={latest} /> : null}
      <MonthChart
        id="work-hours"
        kind="columns"
        title={t('support.work.hours')}
        description={t('support.work.hoursDescription')}
        measure={t('support.work.hours')}
        points={data.months.map((month) => pointOf(page, month))}
        words={{ month: t('support.work.month'), table: t('support.work.table'), empty: t('support.work.empty') }}
      />
      <MonthsTable page={page} />
      {data.networks.length > 1 ? <Networks t={t} networks={data.networks} /> : null}
    </>
  )
}

function ThisMonth({ page: { t, locale }, month }: { page: PageContext<Work>; month: MonthOfWork }) {
  const figures = [
    ['contacts', formatNumber(month.contacts, 0)],
    ['hours', formatHours(month.minutes)],
    ['expenses', formatMoney(month.expenseCents)],
  ] as const
  return (
    <>
      <h2>{formatMonth(month.month, locale)}</h2>
      <FigureRow>
        {figures.map(([id, value]) => (
          <FigureTile
            t={t}
            id={id}
            value={value}
            label={t(`support.work.${id}`)}
            definition={t(`support.work.${id}Meaning`)}
          />
        ))}
      </FigureRow>
    </>
  )
}

function pointOf({ locale }: PageContext<Work>, { month, minutes }: MonthOfWork): MonthPoint {
  const name = formatMonth(month, locale)
  return { short: name.slice(0, 3), name, value: minutes / 60, text: formatHours(minutes) }
}

type Sums = Pick<MonthOfWork, 'contacts' | 'minutes' | 'expenseCents'>

const sums = (t: T): Column<Sums>[] => [
  { name: t('support.work.contacts'), number: true, cell: (row) => formatNumber(row.contacts, 0) },
  { name: t('support.work.hours'), number: true, cell: (row) => formatHours(row.minutes) },
  { name: t('support.work.expenses'), number: true, cell: (row) => formatMoney(row.expenseCents) },
]

function MonthsTable({ page: { t, locale, data } }: { page: PageContext<Work> }) {
  const columns: Column<MonthOfWork>[] = [
    { name: t('support.work.month'), cell: (row) => formatMonth(row.month, locale) },
    ...sums(t),
  ]
  const rows = data.months.toReversed()
  return (
    <Table
      caption={t('support.work.byMonth')}
      columns={columns}
      rows={rows}
      empty={t('support.work.empty')}
      phone="scroll"
    />
  )
}

function Networks({ t, networks }: { t: T; networks: readonly NetworkOfWork[] }) {
  const columns: Column<NetworkOfWork>[] = [{ name: t('support.work.network'), cell: (row) => row.name }, ...sums(t)]
  return (
    <Table
      caption={t('support.work.byNetwork')}
      columns={columns}
      rows={networks}
      empty={t('support.work.empty')}
      phone="scroll"
    />
  )
}
