// Which reports are there, which waits for me, and how is a new one begun?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { parsePeriod, periodLabel } from '../../evaluation/period.ts'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { dueWords } from '../../ui/date.ts'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { ReportStatus } from '../report.ts'
import { createReport, listReports, openNewReport } from '../reports.server.ts'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const reportsPage = get(listReports, { title: 'reports.tab', body: (page) => <List page={page} /> })

export const newReportPage = form(
  openNewReport,
  createReport,
  { title: 'reports.tab', body: (page) => <New page={page} /> },
  ({ id }) => ({ to: `/reports/${id}`, said: 'reports.new.started' }),
)

const looks: Record<ReportStatus, TagKind> = {
  draft: 'neutral',
  submitted: 'wait',
  returned: 'attention',
  accepted: 'ok',
}

function Status({ t, status }: { t: T; status: ReportStatus }) {
  return <Tag kind={looks[status]}>{t(`reports.status.${status}`)}</Tag>
}

function periodName(t: T, key: string): string {
  const period = parsePeriod(key)
  if (!period) return key
  const label = periodLabel(period)
  return t(label.key, label.args)
}

function List({ page }: { page: Answer<typeof listReports> }) {
  const { t, data, me } = page
  const writes = page.can(createReport)
  const mine: ReportStatus[] = [
    ...(writes ? (['draft', 'returned'] as const) : []),
    ...(me.roles.includes('manager') ? (['submitted'] as const) : []),
  ]
  const waiting = data.reports.filter(({ status }) => mine.includes(status))
  const rest = data.reports.filter(({ status }) => !mine.includes(status))
  return (
    <>
      <h1>{t('reports.list.title')}</h1>
      <p class="tv-lead">{t(writes ? 'reports.list.lead' : 'reports.list.leadReader')}</p>
      {writes ? <ButtonLink href="/reports/new">{t('reports.list.begin')}</ButtonLink> : null}
      {waiting.length ? <Reports page={page} rows={waiting} title={t('reports.list.waiting')} due /> : null}
      {rest.length || !waiting.length ? <Reports page={page} rows={rest} title={t('reports.list.all')} /> : null}
    </>
  )
}

type Row = Answer<typeof listReports>['data']['reports'][number]
type Rows = { page: Answer<typeof listReports>; rows: readonly Row[]; title: string; due?: boolean }

function Reports({ page, rows, title, due }: Rows) {
  const { t, data } = page
  const dueText = (row: Row) =>
    due ? `${formatDate(row.dueOn)} · ${dueWords(row.dueOn, data.today, t)}` : formatDate(row.dueOn)
  return (
    <Table
      caption={title}
      columns={[
        {
          name: t('reports.list.period'),
          cell: (row: Row) => <a href={`/reports/${row.id}`}>{periodName(t, row.period)}</a>,
        },
        { name: t('reports.list.due'), cell: dueText },
        { name: t('reports.list.status'), cell: (row: Row) => <Status t={t} status={row.status} /> },
      ]}
      rows={rows}
      empty={t(page.can(createReport) ? 'reports.list.empty' : 'reports.list.emptyReader')}
    />
  )
}

function New({ page }: { page: Answer<typeof openNewReport> }) {
  const { t, data, values, errors } = page
  const options = data.choices.map(({ period, dueOn }) => ({
    value: period.key,
    label: periodName(t, period.key),
    hint: t('reports.new.due', { date: formatDate(dueOn) }),
  }))
  return (
    <div class="tv-narrow">
      <BackLink href="/reports">{t('reports.page.back')}</BackLink>
      <h1>{t('reports.new.title')}</h1>
      <p class="tv-lead">{t('reports.new.lead')}</p>
      <Form page={page}>
        <Radios
          t={t}
          id="period"
          name="period"
          label={t('reports.new.period')}
          hint={t('reports.new.periodHint')}
          error={errors.period}
          options={options}
          value={typeof values.period === 'string' ? values.period : undefined}
          small
        />
        <ButtonGroup>
          <Button>{t('reports.new.start')}</Button>
          <a href="/reports">{t('reports.cancel')}</a>
        </ButtonGroup>
      </Form>
    </div>
  )
}
