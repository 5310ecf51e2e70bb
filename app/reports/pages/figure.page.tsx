// Which rows stand behind a figure, and what would the figures be today?
import { get, type PageContext } from '../../core/page.tsx'
import type { Definition } from '../../evaluation/indicators/definitions.ts'
import { everywhere } from '../../evaluation/indicators/figures.ts'
import { indicatorOf } from '../../evaluation/indicators/indicator.ts'
import { periodLabel } from '../../evaluation/period.ts'
import { formatDate, formatHours, formatInstant, formatMoney, formatNumber } from '../../i18n/format.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { compareReport, type FigureRow, openFigure } from '../rows.server.ts'
import { figureText } from '../told.ts'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const figurePage = get(openFigure, { title: 'reports.figure.tab', body: (page) => <Rows page={page} /> })
export const comparePage = get(compareReport, { title: 'reports.compare.tab', body: (page) => <Compare page={page} /> })

function Rows({ page }: { page: Answer<typeof openFigure> }) {
  const { t, data, locale } = page
  const name = t(`evaluation.indicator.${data.figure}.name`)
  const label = periodLabel(data.period)
  const place =
    data.place === everywhere
      ? t('evaluation.map.all')
      : (data.counties.find(({ code }) => code === data.place)?.name ?? '')
  return (
    <>
      <BackLink href={`/reports/${data.id}`}>{t('reports.figure.back')}</BackLink>
      <h1>{t('reports.figure.title', { name, value: figureText(data.figure, data.value, t) })}</h1>
      <p class="tv-lead">
        {t(label.key, label.args)} · {place} · {t('reports.figure.count', { count: data.rows.length })}
      </p>
      <p>{data.definition?.meaning[locale] ?? t(`evaluation.indicator.${data.figure}.definition`)}</p>
      <p class="tv-quiet">{t('reports.figure.sources', { tables: indicatorOf(data.figure).sources.join(', ') })}</p>
      <Table
        caption={t('reports.figure.rows')}
        captionLook="hidden"
        columns={columnsOf(page)}
        rows={data.rows}
        empty={t('reports.figure.empty')}
      />
    </>
  )
}

function columnsOf({ t, data }: Answer<typeof openFigure>): Column<FigureRow>[] {
  const countyName = (code: string | null) => data.counties.find((county) => county.code === code)?.name ?? ''
  const has = (name: keyof FigureRow) => data.rows.some((row) => row[name] !== null && row[name] !== undefined)
  const columns: (Column<FigureRow> | false)[] = [
    { name: t('reports.figure.what'), cell: (row) => (row.href ? <a href={row.href}>{row.name}</a> : row.name) },
    has('county') && { name: t('reports.figure.county'), cell: (row) => countyName(row.county) },
    has('date') && { name: t('reports.figure.date'), cell: (row) => (row.date ? formatDate(row.date) : '') },
    has('contacts') && {
      name: t('reports.figure.contacts'),
      number: true,
      cell: (row) => formatNumber(row.contacts ?? 0),
    },
    has('minutes') && { name: t('reports.figure.hours'), number: true, cell: (row) => formatHours(row.minutes ?? 0) },
    has('expenseCents') && {
      name: t('reports.figure.expense'),
      number: true,
      cell: (row) => formatMoney(row.expenseCents ?? 0),
    },
  ]
  return columns.filter((column) => column !== false)
}

const worded = ({ meaning, version }: Definition, locale: Locale) => ({ definition: meaning[locale], version })

type Compared = Answer<typeof compareReport>['data']['figures'][number]

function Compare({ page }: { page: Answer<typeof compareReport> }) {
  const { t, data, locale } = page
  const change = ({ figure, before, now }: Compared) => {
    if (before === now) return t('reports.compare.no')
    if (before === null || now === null) return figureText(figure, now, t)
    return `${now > before ? '+' : '−'}${figureText(figure, Math.abs(now - before), t)}`
  }
  return (
    <>
      <BackLink href={`/reports/${data.id}`}>{t('reports.figure.back')}</BackLink>
      <h1>{t('reports.compare.title')}</h1>
      <p class="tv-lead">{t('reports.compare.lead')}</p>
      <p class="tv-quiet">{t('reports.known', { at: formatInstant(data.knownAt) })}</p>
      <Callout kind={data.same ? 'note' : 'danger'}>
        <p>{t(data.same ? 'reports.compare.same' : 'reports.compare.differs')}</p>
      </Callout>
      {data.redefined.length > 0 ? (
        <>
          <h2>{t('reports.redefined')}</h2>
          {data.redefined.map(({ figure, before }) => (
            <SummaryCard
              title={t(`evaluation.indicator.${figure}.name`)}
              level={3}
              rows={[
                { name: t('reports.compare.then'), value: t('reports.definition', worded(before, locale)) },
                {
                  name: t('reports.compare.now'),
                  value: t('reports.definition', {
                    definition: t(`evaluation.indicator.${figure}.definition`),
                    version: indicatorOf(figure).version,
                  }),
                },
              ]}
            />
          ))}
        </>
      ) : null}
      <Table
        caption={t('reports.compare.title')}
        captionLook="hidden"
        columns={[
          {
            name: t('reports.compare.figure'),
            cell: ({ figure }: Compared) => t(`evaluation.indicator.${figure}.name`),
          },
          {
            name: t('reports.compare.then'),
            number: true,
            cell: (row: Compared) => figureText(row.figure, row.before, t),
          },
          { name: t('reports.compare.now'), number: true, cell: (row: Compared) => figureText(row.figure, row.now, t) },
          { name: t('reports.compare.change'), number: true, cell: change },
        ]}
        rows={data.figures}
        empty={t('evaluation.map.noValue')}
        phone="scroll"
      />
    </>
  )
}
