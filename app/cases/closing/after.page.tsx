// How is it written down how she is some months later, and how does a closed case begin anew?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { SafeRules } from '../contact/guard-form.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { openClosing, reopenCase } from './closing.server.ts'
import { FollowUp, Reopen } from './closing.ts'
import { openFollowUp, saveFollowUp } from './follow-up.server.ts'

export const followUpPage = form(
  openFollowUp,
  saveFollowUp,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.follow.title">
          <p class="tv-lead">{t('cases.follow.lead')}</p>
          <SafeRules t={t} rules={data.rules} />
          <p>
            <a href={`/cases/${data.head.id}/contact/plan`}>{t('cases.guard.plan')}</a>
          </p>
          <Form page={page} draft={page.path}>
            <Field page={page} of={FollowUp} name="on" value={data.head.today} />
            <Field page={page} of={FollowUp} name="state" />
            <Field page={page} of={FollowUp} name="incidents" />
            <Field page={page} of={FollowUp} name="risk" />
            <Field page={page} of={FollowUp} name="note" rows={4} />
            <Button>{t('cases.follow.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (result, params) =>
    result.reopen
      ? { to: `/cases/${params.id}/reopen`, said: 'cases.follow.savedReopen' }
      : { to: `/cases/${params.id}/closing`, said: 'cases.follow.saved' },
)

export const reopenPage = form(
  openClosing,
  reopenCase,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.closing.reopenTitle">
          <p class="tv-lead">{t('cases.closing.reopenLead')}</p>
          <Form page={page}>
            <Field page={page} of={Reopen} name="why" rows={4} />
            <Button>{t('cases.closing.reopen')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}`, said: 'cases.closing.reopenedSaved' }),
)
