// How does a support person look over a month, add a few words and hand it in?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatMonth } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { figureWords, VisitTable } from '../visit/words.tsx'
import { WriteReport } from './month-report.ts'
import { listOwnReports, openOwnReport, writeReport } from './own-reports.server.ts'
import { CaseLines, History, lastRemark, Status, Worries } from './words.tsx'

type ListPage = PageContext<Awaited<ReturnType<(typeof listOwnReports)['run']>>>
type OnePage = PageContext<Awaited<ReturnType<(typeof openOwnReport)['run']>>>
type Line = ListPage['data']['reports'][number]

export const ownReportsPage = get(listOwnReports, {
  title: 'support.title.reports',
  body: (page) => <Reports page={page} />,
})

function Reports({ page }: { page: ListPage }) {
  const { t, locale, data } = page
  const columns: Column<Line>[] = [
    {
      name: t('support.report.month'),
      head: true,
      cell: ({ month }) => <a href={`/support/reports/${month}`}>{formatMonth(month, locale)}</a>,
    },
    { name: t('support.report.status'), cell: ({ status }) => <Status t={t} status={status} /> },
    {
      name: t('support.report.due'),
      cell: ({ dueOn, status }) =>
        status === 'draft' || status === 'returned'
          ? `${formatDate(dueOn)}, ${dueWords(dueOn, data.today, t)}`
          : formatDate(dueOn),
    },
  ]
  return (
    <>
      <h1>{t('support.report.list')}</h1>
      <p class="tv-lead">{t('support.report.listLead')}</p>
      <Table
        caption={t('support.report.list')}
        captionLook="hidden"
        columns={columns}
        rows={data.reports}
        empty={<p>{t('support.report.none')}</p>}
      />
    </>
  )
}

export const ownReportPage = form(
  openOwnReport,
  writeReport,
  { title: 'support.title.reports', body: (page) => <OwnReport page={page} /> },
  ({ submitted }, { month }) =>
    submitted
      ? { to: '/support/reports', said: 'support.report.submitted' }
      : { to: `/support/reports/${month}`, said: 'support.report.saved' },
)

function OwnReport({ page }: { page: OnePage }) {
  const { t, locale, data } = page
  const name = formatMonth(data.month, locale)
  return (
    <>
      <BackLink href="/support/reports">{t('support.report.list')}</BackLink>
      <h1>
        {t('support.report.one')}: {name}
      </h1>
      <p>
        <Status t={t} status={data.status} />
      </p>
      <p class="tv-lead">
        {figureWords(t, data.total)}
        {data.editable ? ` · ${formatDate(data.dueOn)}, ${dueWords(data.dueOn, data.today, t)}` : ''}
      </p>
      <Word page={page} />
      <h2>{t('support.report.figures')}</h2>
      <p>{t('support.report.figuresLead')}</p>
      <CaseLines t={t} lines={data.lines} total={data.total} />
      <details>
        <summary>{t('support.report.rows')}</summary>
        <VisitTable
          {...{ t, locale, visits: data.visits, caption: t('support.report.rows'), link: true }}
          empty={<p>{t('support.report.noVisits')}</p>}
        />
      </details>
      <h2>{t('support.report.worries')}</h2>
      <Worries t={t} worries={data.worries} />
      {data.editable ? <Write page={page} /> : <Written page={page} />}
      {data.events.length > 0 ? <h2>{t('support.report.history')}</h2> : null}
      <History t={t} locale={locale} events={data.events} />
    </>
  )
}

function Word({ page: { t, data } }: { page: OnePage }) {
  const word = lastRemark(data.events)
  if (!word) return null
  return (
    <Callout kind={data.status === 'returned' ? 'attention' : 'note'} title={t('support.report.word')}>
      <p>{word.text}</p>
      <p class="tv-quiet">
        {word.by}, {word.at}
      </p>
    </Callout>
  )
}

function Write({ page }: { page: OnePage }) {
  const { t, data } = page
  const { summary, supervisionNeed } = data.report ?? { summary: '', supervisionNeed: 'no' }
  return (
    <section class="tv-narrow">
      <h2>{t('support.report.words')}</h2>
      <Form page={page} draft={page.path}>
        <Field page={page} of={WriteReport} name="summary" value={summary} />
        <Field page={page} of={WriteReport} name="supervisionNeed" value={supervisionNeed} />
        {data.ready ? null : <p>{t('support.report.notYet', { date: formatDate(data.dueOn) })}</p>}
        <ButtonGroup>
          {data.ready ? (
            <Button name="step" value="submit">
              {t('support.report.submit')}
            </Button>
          ) : null}
          <Button name="step" value="save" kind="secondary">
            {t('support.report.save')}
          </Button>
        </ButtonGroup>
      </Form>
    </section>
  )
}

function Written({ page: { t, data } }: { page: OnePage }) {
  if (!data.report) return null
  return (
    <section class="tv-narrow">
      <h2>{t('support.report.words')}</h2>
      <p>{data.report.summary ?? t('support.report.noSummary')}</p>
      <p>
        {t('support.review.need')}: {t(`support.need.${data.report.supervisionNeed}`)}
      </p>
    </section>
  )
}
