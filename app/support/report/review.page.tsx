// How does a supervisor read a month's report and answer it?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatMonth } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Danger, dayOf, durationWords, figureWords, VisitTable } from '../visit/words.tsx'
import { JudgeReport } from './month-report.ts'
import { judgeReport, openReview, openReviewRows } from './review.server.ts'
import { CaseLines, History, Status, Worries } from './words.tsx'

type ReviewPage = PageContext<Awaited<ReturnType<(typeof openReview)['run']>>>
type RowsPage = PageContext<Awaited<ReturnType<(typeof openReviewRows)['run']>>>
type Row = RowsPage['data']['visits'][number]

export const reviewPage = form(
  openReview,
  judgeReport,
  { title: 'support.title.reports', body: (page) => <Review page={page} /> },
  ({ verdict }) => ({
    to: '/supervision',
    said: verdict === 'approved' ? 'support.review.approved' : 'support.review.returned',
  }),
)

function Review({ page }: { page: ReviewPage }) {
  const { t, locale, data } = page
  const { report, volunteer } = data
  const rows = (line: { caseId: string }) => `/supervision/reports/${report.id}/cases/${line.caseId}`
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>
        {volunteer.name}: {formatMonth(data.month, locale)}
      </h1>
      <p>
        <Status t={t} status={report.status} />
      </p>
      <p class="tv-lead">{figureWords(t, data.total)}</p>
      {data.changed && data.handedIn ? (
        <Callout kind="attention">{t('support.review.changed', { was: figureWords(t, data.handedIn) })}</Callout>
      ) : null}
      <h2>{t('support.review.words')}</h2>
      <p class="tv-narrow">{report.summary ?? t('support.report.noSummary')}</p>
      <p>
        {t('support.review.need')}: <strong>{t(`support.need.${report.supervisionNeed}`)}</strong>
      </p>
      <h2>{t('support.report.figures')}</h2>
      <p>{t('support.review.openRows')}</p>
      <CaseLines t={t} lines={data.lines} total={data.total} rows={rows} />
      <details>
        <summary>{t('support.report.rows')}</summary>
        <VisitTable
          {...{ t, locale, visits: data.visits, caption: t('support.report.rows'), link: true }}
          empty={<p>{t('support.report.noVisits')}</p>}
        />
      </details>
      <h2>{t('support.report.worries')}</h2>
      <Worries t={t} worries={data.worries} link />
      <Judge page={page} />
      {data.events.length > 0 ? <h2>{t('support.report.history')}</h2> : null}
      <History t={t} locale={locale} events={data.events} writer={volunteer.name} />
    </>
  )
}

function Judge({ page }: { page: ReviewPage }) {
  const { t, data } = page
  if (data.report.status === 'submitted')
    return (
      <section class="tv-narrow">
        <h2>{t('support.review.title')}</h2>
        <Form page={page} draft={page.path}>
          <Field page={page} of={JudgeReport} name="verdict" />
          <Field page={page} of={JudgeReport} name="remark" rows={3} />
          <Button>{t('support.review.save')}</Button>
        </Form>
      </section>
    )
  if (data.report.status !== 'approved') return <p>{t('support.review.nothing')}</p>
  return (
    <details>
      <summary>{t('support.review.reopen')}</summary>
      <section class="tv-narrow">
        <p>{t('support.review.reopenLead')}</p>
        <Form page={page}>
          <input type="hidden" name="verdict" value="returned" />
          <Field page={page} of={JudgeReport} name="remark" rows={3} />
          <Button kind="secondary">{t('support.verdict.returned')}</Button>
        </Form>
      </section>
    </details>
  )
}

export const reviewRowsPage = get(openReviewRows, {
  title: 'support.title.reports',
  body: (page) => <Rows page={page} />,
})

function Rows({ page }: { page: RowsPage }) {
  const { t, locale, data } = page
  const columns: Column<Row>[] = [
    { name: t('support.visit.day'), head: true, cell: (visit) => dayOf(t, locale, visit) },
    { name: t('support.visit.way'), cell: (visit) => t(`support.way.${visit.way}`) },
    { name: t('support.visit.minutes'), number: true, cell: (visit) => durationWords(t, visit.minutes) },
    {
      name: t('support.visit.note'),
      cell: (visit) => (
        <>
          {visit.danger ? <Danger t={t} /> : null} {noteOf(page, visit)}
        </>
      ),
    },
  ]
  return (
    <>
      <BackLink href={`/supervision/reports/${data.report.id}`}>{t('support.report.one')}</BackLink>
      <h1>
        {data.number}, {formatMonth(data.month, locale)}
      </h1>
      <p class="tv-lead">{t('support.review.rowsLead', { name: data.volunteer.name })}</p>
      <Table
        caption={t('support.report.rows')}
        captionLook="hidden"
        columns={columns}
        rows={data.visits}
        empty={<p>{t('support.report.noVisits')}</p>}
      />
    </>
  )
}

function noteOf({ t }: RowsPage, visit: Row): string {
  return visit.closed ? t('support.visit.noteClosed') : (visit.note ?? t('support.visit.noNote'))
}
