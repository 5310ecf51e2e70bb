// How is it asked who else is in danger, and why somebody no longer belongs here?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { WithdrawAdult } from './adult.ts'
import { addAdult, openAddAdult, openWithdrawAdult, withdrawAdult } from './adults.server.ts'
import { AdultFields } from './fields.tsx'

export const addAdultPage = form(
  openAddAdult,
  addAdult,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} title="cases.adult.add">
        <p class="tv-lead">{page.t('cases.adult.lead')}</p>
        <Form page={page} draft={page.path}>
          <AdultFields page={page} />
          <Button>{page.t('cases.adult.save')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.adult.saved' }),
)

export const withdrawAdultPage = form(
  openWithdrawAdult,
  withdrawAdult,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.adult.withdrawTitle">
          <p class="tv-lead">{`${t('cases.person.adult')} ${data.nth}`}</p>
          <p>{t('cases.adult.withdrawLead')}</p>
          <Form page={page}>
            <Field page={page} of={WithdrawAdult} name="why" rows={3} />
            <Button kind="danger">{t('cases.adult.withdraw')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.adult.withdrawn' }),
)
