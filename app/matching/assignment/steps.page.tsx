// How does an assignment change course: taken back, ended, handed over, one place more opened or looked at?
import { fresh } from '../../access/fresh.ts'
import { minutesUntil } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, type PageContext, reply } from '../../core/page.tsx'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, HelpNumbers } from '../../ui/panel.tsx'
import { End, Handover, Withdraw } from './assignment.ts'
import { type Opened, openAssignment } from './assignments.server.ts'
import { endAssignment, handOver, lookAtPlace, openToSupport, withdrawProposal } from './steer.server.ts'

type Props = { page: PageContext<Opened> }

function Back({ page: { t, data } }: Props) {
  const { id, number, code } = data.head
  return (
    <BackLink href={`/assignments/${id}`}>
      {t('matching.assignment.title', { number, volunteer: code ?? '–' })}
    </BackLink>
  )
}

export const withdrawPage = form(
  openAssignment,
  withdrawProposal,
  {
    title: 'matching.list.tab',
    body: (page) => (
      <div class="tv-narrow">
        <Back page={page} />
        <h1>{page.t('matching.withdraw.title')}</h1>
        <p class="tv-lead">{page.t('matching.withdraw.lead')}</p>
        <Form page={page}>
          <Field page={page} of={Withdraw} name="reason" />
          <Field page={page} of={Withdraw} name="note" />
          <Button>{page.t('matching.withdraw.do')}</Button>
        </Form>
      </div>
    ),
  },
  ({ id, need, matches }) => ({
    to: matches ? `/matching/${need}` : `/assignments/${id}`,
    said: 'matching.withdraw.done',
  }),
)

export const endPage = form(
  openAssignment,
  endAssignment,
  {
    title: 'matching.list.tab',
    body: (page) => (
      <div class="tv-narrow">
        <Back page={page} />
        <h1>{page.t('matching.end.title')}</h1>
        <p class="tv-lead">{page.t('matching.end.lead')}</p>
        <Form page={page}>
          <Field page={page} of={End} name="reason" />
          <Field page={page} of={End} name="note" />
          <Button kind="danger">{page.t('matching.end.do')}</Button>
        </Form>
      </div>
    ),
  },
  (_, { id }) => ({ to: `/assignments/${id}`, said: 'matching.end.done' }),
)

export const handOverPage = form(
  openAssignment,
  handOver,
  {
    title: 'matching.list.tab',
    body: (page) => (
      <div class="tv-narrow">
        <Back page={page} />
        <h1>{page.t('matching.handover.title')}</h1>
        <p class="tv-lead">{page.t('matching.handover.lead')}</p>
        <Form page={page}>
          <Field page={page} of={Handover} name="reason" />
          <Field page={page} of={Handover} name="note" />
          <Button>{page.t('matching.handover.do')}</Button>
        </Form>
      </div>
    ),
  },
  ({ need }) => ({ to: `/matching/${need}`, said: 'matching.handover.done' }),
)

export const openPlaceAction = action(openToSupport, (_, { id }) => ({
  to: `/assignments/${id}`,
  said: 'matching.places.done',
}))

const look = reply(lookAtPlace, {
  title: 'matching.list.tab',
  closes: ({ until, id }) => ({ at: until, to: `/assignments/${id}` }),
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <h1>{t(`cases.place.${data.kind}` as Key)}</h1>
      <p class="tv-revealed">{data.value}</p>
      <Callout>
        <p>{t('matching.own.until', { minutes: minutesUntil(data.until) })}</p>
      </Callout>
      <ButtonLink href={`/assignments/${data.id}`}>{t('matching.own.back')}</ButtonLink>
      <HelpNumbers t={t} />
    </div>
  ),
})

/** The value leaves the server only in this answer, which no browser keeps. */
export const lookPage = fresh(look, { back: (path) => path.replace(/\/look\/[^/]+$/, '') })
