// How is it asked why somebody does not belong in a case, and said what stays of them?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { itemWords } from '../identity/reveal.ts'
import { openWithdraw, withdrawPerson } from './withdraw.server.ts'
import { Withdraw } from './withdraw.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openWithdraw)['run']>>>

export const withdrawPersonPage = form(
  openWithdraw,
  withdrawPerson,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.withdraw.title">
          <p class="tv-lead">{itemWords(t, 'identity', data.person)}</p>
          {data.may ? <Asked page={page} /> : <Last page={page} />}
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.withdraw.done' }),
)

function Asked({ page }: { page: Page }) {
  const { t, data } = page
  const { kind } = data.person
  return (
    <>
      <p>{t('cases.withdraw.lead')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {kind === 'adult' ? <li>{t('cases.withdraw.contact')}</li> : null}
        {kind === 'child' ? <li>{t('cases.withdraw.child', { left: data.left })}</li> : null}
        {data.actions > 0 ? (
          <li>
            {t('cases.withdraw.actions', { count: data.actions })}{' '}
            <a href={`/cases/${data.head.id}/plan`}>{t('cases.withdraw.plan')}</a>
          </li>
        ) : null}
        <li>
          {t('cases.withdraw.words')} <a href={`/cases/${data.head.id}/contact`}>{t('cases.withdraw.safe')}</a>
        </li>
      </ul>
      <Form page={page}>
        <KeptNow page={page} of={Withdraw} version={data.person.id} kept={{}} />
        <Field page={page} of={Withdraw} name="why" rows={3} />
        <Button kind="danger">{t('cases.withdraw.link')}</Button>
      </Form>
    </>
  )
}

function Last({ page: { t, data } }: { page: Page }) {
  return (
    <Callout kind="attention" title={t('cases.withdraw.last')}>
      <p>
        {t('cases.withdraw.lastLead')}{' '}
        <a href={`/cases/${data.head.id}/people/${data.person.id}/correct`}>{t('cases.withdraw.correct')}</a>
      </p>
    </Callout>
  )
}
