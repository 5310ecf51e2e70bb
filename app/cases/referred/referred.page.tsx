// How does a network see who brought a case from outside, and how does its lead answer?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, isoDate } from '../../i18n/format.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { answerReferral, openAnswerReferral, openReferred, readReferral } from './referred.server.ts'
import { AnswerReferral } from './referred.ts'

type Referred = Awaited<ReturnType<(typeof openReferred)['run']>>

export const referredPage = get(openReferred, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    const { head, of, by } = data
    return (
      <CaseFormFrame t={t} head={head} title="cases.referred.title">
        <p class="tv-lead">{t('cases.referred.lead')}</p>
        <SummaryCard
          title={t('cases.referred.who')}
          rows={[
            { name: t('access.account.name'), value: by.name },
            { name: t('access.people.agency'), value: of.agency },
            { name: t('access.account.email'), value: <a href={`mailto:${by.email}`}>{by.email}</a> },
            by.phone ? { name: t('access.account.phone'), value: <a href={`tel:${by.phone}`}>{by.phone}</a> } : null,
            { name: t('cases.referred.sentOn'), value: formatDate(isoDate(of.sentAt)) },
            { name: t('cases.referred.told'), value: t(`cases.referred.state.${of.state}`) },
          ]}
        />
        {leadsHere(page) ? (
          <ButtonLink
            href={`/cases/${head.id}/referred/answer`}
            kind={of.state === 'received' ? 'primary' : 'secondary'}
          >
            {t(of.state === 'received' ? 'cases.referred.answer' : 'cases.referred.answerAgain')}
          </ButtonLink>
        ) : null}
        <Added page={page} />
      </CaseFormFrame>
    )
  },
})

const leadsHere = ({ data, me }: PageContext<Referred>) => data.head.own && me.roles.includes('lead')

function Added({ page }: { page: PageContext<Referred> }) {
  const { t, data } = page
  if (data.added.length === 0) return null
  const unread = data.added.some(({ readAt }) => readAt === null)
  return (
    <section>
      <h2>{t('cases.referred.added')}</h2>
      {data.added.map(({ words, writtenAt, readAt }) => (
        <Callout kind={readAt ? 'note' : 'attention'} title={formatInstant(writtenAt)}>
          <p class="tv-words">{words}</p>
        </Callout>
      ))}
      {unread && leadsHere(page) ? (
        <form method="post" action={`/cases/${data.head.id}/referred/read`}>
          <Tokens page={page} />
          <Button>{t('cases.referred.read')}</Button>
        </form>
      ) : null}
    </section>
  )
}

export const answerReferralPage = form(
  openAnswerReferral,
  answerReferral,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} title="cases.referred.answer">
        <p>{page.t('cases.referred.answerLead')}</p>
        <Form page={page}>
          <Field page={page} of={AnswerReferral} name="how" />
          <Button>{page.t('cases.referred.send')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_result, params) => ({ to: `/cases/${params.id}/referred`, said: 'cases.referred.answered' }),
)

export const readReferralAction = action(readReferral, (_result, params) => `/cases/${params.id}/referred`)
