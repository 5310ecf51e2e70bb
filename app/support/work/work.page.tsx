// How has the work gone, month by month or year by year, as a chart that one looks at and a table that one reads?
import { get, type PageContext } from '../../core/page.tsx'
import { formatHours, formatMoney, formatMonth, formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { MonthChart, type MonthPoint } from '../../ui/chart/months.tsx'
import { FigureRow, FigureTile } from '../../ui/figure.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { openWork, openYears } from './work.server.ts'
import type { NetworkOfWork, SpanOfWork, Work } from './work.ts'

export const workPage = get(openWork, { title: 'support.work.tab', body: (page) => <WorkDone page={page} /> })
export const yearsPage = get(openYears, { title: 'support.work.tab', body: (page) => <WorkDone page={page} /> })

function WorkDone({ page }: { page: PageContext<Work> }) {
  const { t, data } = page
  const latest = data.spans.at(-1)
  return (
    <>
      <h1>{t('support.work.title')}</h1>
      <p class="tv-lead">{t(data.networks.length > 1 ? 'support.work.leadAll' : 'support.work.lead')}</p>
      <Tabs
        label={t('support.work.title')}
        tabs={[
          { href: '/support/work', text: t('support.work.months'), current: data.by === 'month' },
          { href: '/support/work/years', text: t('support.work.years'), current: data.by === 'year' },
        ]}
      />
      {latest ? <Latest page={page} span={latest} /> : null}
      <MonthChart
        id="work-hours"
        kind="columns"
        title={t('support.work.hours')}
        description={t(`support.work.hoursBy.${data.by}`)}
        measure={t('support.work.hours')}
        points={data.spans.map((span) => pointOf(page, span))}
        words={{ month: t(`support.work.${data.by}`), table: t('support.work.table'), empty: t('support.work.empty') }}
      />
      <SpansTable page={page} />
      {data.networks.length > 1 ? <Networks page={page} /> : null}
    </>
  )
}

const nameOf = ({ locale, data }: PageContext<Work>, { from }: SpanOfWork): string =>
  data.by === 'month' ? formatMonth(from, locale) : from.slice(0, 4)

function Latest({ page, span }: { page: PageContext<Work>; span: SpanOfWork }) {
  const { t } = page
  const figures = [
    ['contacts', formatNumber(span.contacts, 0)],
    ['hours', formatHours(span.minutes)],
    ['expenses', formatMoney(span.expenseCents)],
  ] as const
  return (
    <>
      <h2>{t('support.work.soFar', { span: nameOf(page, span) })}</h2>
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

function pointOf(page: PageContext<Work>, span: SpanOfWork): MonthPoint {
  const name = nameOf(page, span)
  const short = page.data.by === 'month' ? name.slice(0, 3) : name
  return { short, name, value: span.minutes / 60, text: formatHours(span.minutes) }
}

type Sums = Pick<SpanOfWork, 'contacts' | 'minutes' | 'expenseCents'>

const sums = (t: T): Column<Sums>[] => [
  { name: t('support.work.contacts'), number: true, cell: (row) => formatNumber(row.contacts, 0) },
  { name: t('support.work.hours'), number: true, cell: (row) => formatHours(row.minutes) },
  { name: t('support.work.expenses'), number: true, cell: (row) => formatMoney(row.expenseCents) },
]

function SpansTable({ page }: { page: PageContext<Work> }) {
  const { t, data } = page
  const columns: Column<SpanOfWork>[] = [
    { name: t(`support.work.${data.by}`), cell: (row) => nameOf(page, row) },
    ...sums(t),
  ]
  return (
    <Table
      caption={t(`support.work.byTime.${data.by}`)}
      columns={columns}
      rows={data.spans.toReversed()}
      empty={t('support.work.empty')}
      phone="scroll"
    />
  )
}

function Networks({ page: { t, data } }: { page: PageContext<Work> }) {
  const columns: Column<NetworkOfWork>[] = [{ name: t('support.work.network'), cell: (row) => row.name }, ...sums(t)]
  return (
    <Table
      caption={t(`support.work.byNetwork.${data.by}`)}
      columns={columns}
      rows={data.networks}
      empty={t('support.work.empty')}
      phone="scroll"
    />
  )
}
