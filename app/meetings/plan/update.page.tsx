// How and when is she told what was decided?
import { PlanQuestions, SafeRules } from '../../cases/contact/guard-form.tsx'
import { CaseFormFrame } from '../../cases/frame.tsx'
import { Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Planned } from './parts.tsx'
import { openPlanUpdate, planUpdate } from './update.server.ts'

const contactTitle = 'meetings.update.contact'

export const planUpdatePage = form(
  openPlanUpdate,
  planUpdate,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title={contactTitle}>
          <Summary
            rows={[
              { name: t('meetings.plan.what'), value: data.action.what ?? '–' },
              { name: t('meetings.plan.dueOn'), value: formatDate(data.action.dueOn) },
              data.plans.length > 0 && { name: t('cases.guard.planned'), value: <Planned t={t} plans={data.plans} /> },
            ]}
          />
          <SafeRules t={t} rules={data.safe.rules} />
          <Form page={page}>
            <PlanQuestions page={page} />
            <Button>{t('cases.guard.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  ({ against }, { id }) => ({
    to: `/cases/${id}/plan`,
    said: against ? 'cases.guard.savedAgainst' : 'cases.guard.saved',
  }),
)
