// How does the coordinator write and submit a report, and how does the manager answer?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { periodLabel } from '../../evaluation/period.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { ReportText, ReturnReport } from '../report.ts'
import { type OpenReport, openReport, writeReport } from '../reports.server.ts'
import { acceptReport, returnReport, submitReport } from '../submit.server.ts'

type Answer = PageContext<OpenReport>

export const reportTextPage = form(
  openReport,
  writeReport,
  { title: 'reports.tab', body: (page) => <Text page={page} /> },
  ({ id }) => ({ to: `/reports/${id}`, said: 'reports.text.saved' }),
)

export const submitReportPage = form(
  openReport,
  submitReport,
  { title: 'reports.tab', body: (page) => <Submit page={page} /> },
  ({ id }) => ({ to: `/reports/${id}`, said: 'reports.submit.done' }),
)

export const returnReportPage = form(
  openReport,
  returnReport,
  { title: 'reports.tab', body: (page) => <Return page={page} /> },
  ({ id }) => ({ to: `/reports/${id}`, said: 'reports.return.done' }),
)

export const acceptReportPage = form(
  openReport,
  acceptReport,
  { title: 'reports.tab', body: (page) => <Accept page={page} /> },
  ({ id }) => ({ to: `/reports/${id}`, said: 'reports.accept.done' }),
)

function name(t: T, report: OpenReport): string {
  const label = periodLabel(report.period)
  return t('reports.page.title', { period: t(label.key, label.args) })
}

function Back({ page }: { page: Answer }) {
  return <BackLink href={`/reports/${page.data.id}`}>{name(page.t, page.data)}</BackLink>
}

function Cancel({ page }: { page: Answer }) {
  return <a href={`/reports/${page.data.id}`}>{page.t('reports.cancel')}</a>
}

function Text({ page }: { page: Answer }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('reports.text.title')}</h1>
      <Form page={page} draft={page.path}>
        <Field page={page} of={ReportText} name="ownText" value={data.ownText} rows={12} />
        <ButtonGroup>
          <Button>{t('reports.text.save')}</Button>
          <Cancel page={page} />
        </ButtonGroup>
      </Form>
    </div>
  )
}

function Submit({ page }: { page: Answer }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('reports.submit.title')}</h1>
      <p class="tv-lead">{t('reports.submit.lead')}</p>
      <Callout>
        <p>{t('reports.submit.hidden', { threshold: data.threshold })}</p>
      </Callout>
      {data.missing.length ? (
        <ul>
          {data.missing.map(({ code, count }) => (
            <li>{t(`reports.missing.${code}`, { count })}</li>
          ))}
        </ul>
      ) : null}
      <Form page={page}>
        <ButtonGroup>
          <Button>{t('reports.submit.do')}</Button>
          <Cancel page={page} />
        </ButtonGroup>
      </Form>
    </div>
  )
}

function Return({ page }: { page: Answer }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('reports.return.title')}</h1>
      <p class="tv-lead">{t('reports.return.lead')}</p>
      <Form page={page} draft={page.path}>
        <Field page={page} of={ReturnReport} name="remark" />
        <ButtonGroup>
          <Button>{t('reports.return.do')}</Button>
          <Cancel page={page} />
        </ButtonGroup>
      </Form>
    </div>
  )
}

function Accept({ page }: { page: Answer }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('reports.accept.title')}</h1>
      <p class="tv-lead">{t('reports.accept.lead')}</p>
      <Form page={page}>
        <ButtonGroup>
          <Button>{t('reports.accept.do')}</Button>
          <Cancel page={page} />
        </ButtonGroup>
      </Form>
    </div>
  )
}
