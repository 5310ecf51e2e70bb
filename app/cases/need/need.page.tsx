// How does the network record that a support person was offered, and that nobody has to be looked for any more?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { DraftStatus } from '../../ui/record/draft.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { CloseNeed, Following, Offer } from './need.ts'
import { closeNeed, offerSupport, openNeed, openOffer } from './needs.server.ts'

type OfferPage = { page: PageContext<Awaited<ReturnType<(typeof openOffer)['run']>>> }

export const needPage = form(
  openOffer,
  offerSupport,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      const answer = page.values.answer
      return (
        <CaseFormFrame t={t} head={data.head} tab="support" title="cases.need.title">
          <p class="tv-lead">{t('cases.need.lead')}</p>
          <Form page={page} draft={page.path}>
            <Field page={page} of={Offer} name="offeredOn" value={data.head.today} />
            <Radios
              t={t}
              id="answer"
              name="answer"
              label={t('cases.need.answer')}
              error={page.errors.answer}
              value={typeof answer === 'string' ? answer : undefined}
              options={[
                { value: 'accepted', label: t('cases.need.answer.accepted'), reveal: <Wishes page={page} /> },
                { value: 'declined', label: t('cases.need.answer.declined'), reveal: <Declined page={page} /> },
              ]}
            />
            <Button>{t('cases.need.save')}</Button>
            <DraftStatus t={t} />
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (result, params) => ({
    to: `/cases/${params.id}/support`,
    said: result.accepted ? 'cases.need.opened' : 'cases.need.declinedSaved',
  }),
)

function Wishes({ page }: OfferPage) {
  return (
    <>
      <Field page={page} of={Following} name="language" value={page.data.language} list />
      <Field page={page} of={Following} name="wantedSex" value="any" />
      <Field page={page} of={Following} name="fromOn" value={page.data.head.today} />
      <Field page={page} of={Following} name="months" value={page.data.months} width={3} />
      <Field page={page} of={Offer} name="hours" />
      <Field page={page} of={Offer} name="tasks" />
      <Field page={page} of={Offer} name="avoidLocal" />
      <Field page={page} of={Offer} name="note" rows={3} />
    </>
  )
}

function Declined({ page }: OfferPage) {
  return (
    <>
      <Field page={page} of={Following} name="declineReason" />
      <Field page={page} of={Offer} name="declineNote" />
    </>
  )
}

export const closeNeedPage = form(
  openNeed,
  closeNeed,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="support" title="cases.need.closeTitle">
          <p>{t('cases.need.closeLead', { number: data.need.number })}</p>
          <Form page={page}>
            <Field page={page} of={CloseNeed} name="reason" />
            <Field page={page} of={CloseNeed} name="note" />
            <Button kind="danger">{t('cases.need.close')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}/support`, said: 'cases.need.closedSaved' }),
)
