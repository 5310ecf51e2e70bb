// What exactly am I asked to confirm, by whom, for whom – and do I?
import { now } from '../../core/clock.server.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { fresh } from '../fresh.ts'
import { Begin, type Confirmation, isSeen, opensAnew, Refuse, stateOf } from './confirmation.ts'
import { confirm, openConfirmation, refuse, withdraw } from './confirmations.server.ts'
import { byWords, roleWords, StateTag, spanWords, whatWords, wholeName } from './words.tsx'

type Props = { page: PageContext<Confirmation> }

const page = form(
  openConfirmation,
  confirm,
  { title: 'access.two.title', body: (page) => <Decision page={page} /> },
  ({ kind, personId }) =>
    opensAnew(kind)
      ? { to: `/people/${personId}/invite`, said: 'access.two.confirmedRecover' }
      : { to: '/confirmations', said: 'access.two.confirmed' },
)
export const confirmationPage = { operations: page.operations, get: page.get, post: fresh(page).post }

function Decision({ page }: Props) {
  const { t, data, me } = page
  const waiting = stateOf(data, now()) === 'waiting'
  return (
    <div class="tv-narrow">
      <BackLink href="/confirmations">{t('access.two.title')}</BackLink>
      <h1>{t(`access.two.ask.${data.kind}`, { name: data.name ?? '' })}</h1>
      <Facts page={page} />
      {waiting && data.mine ? <Decide page={page} /> : null}
      {waiting && !data.mine && data.proposedBy === me.id ? <Mine page={page} /> : null}
      {data.stoppedAt && data.kind === 'recover' ? (
        <Callout>
          <p>{t('access.two.stoppedText')}</p>
        </Callout>
      ) : null}
      {data.decision === 'confirmed' && opensAnew(data.kind) && !data.stoppedAt ? <Recovered page={page} /> : null}
    </div>
  )
}

function Facts({ page: { t, data } }: Props) {
  return (
    <Summary
      rows={[
        {
          name: t('access.account.name'),
          value: wholeName(t, data),
          hint: data.email ?? undefined,
          actions: data.volunteerId
            ? [{ href: `/volunteers/${data.volunteerId}`, text: t('access.two.volunteer') }]
            : [],
        },
        { name: t('access.two.what'), value: data.kind === 'role' ? roleWords(t, data) : whatWords(t, data) },
        data.kind === 'role' && { name: t('access.two.term'), value: spanWords(t, data) },
        data.newEmail !== null && { name: t('access.email.new'), value: data.newEmail },
        data.newName !== null && { name: t('access.name.new'), value: data.newName },
        data.code !== null && {
          name: t('access.two.register'),
          value: `${data.code} · ${data.contract ? t('access.two.contract') : t('access.two.noContract')}`,
        },
        data.way !== null && { name: t('access.two.seenBy'), value: t(`access.two.way.${data.way}`) },
        data.reason !== null && { name: t('access.two.reason'), value: data.reason },
        { name: t('access.two.asked'), value: byWords(t, data.proposer, data.proposedAt, data.proposerThen) },
        {
          name: t('access.people.state'),
          value: <StateTag t={t} one={data} />,
          hint: data.decidedAt
            ? decided({ page: { t, data } as Props['page'] })
            : t('access.two.untilHint', { date: formatDate(data.expiresAt) }),
        },
        data.decisionReason !== null && { name: t('access.two.refuseReason'), value: data.decisionReason },
      ]}
    />
  )
}

function decided({ page: { t, data } }: Props): string {
  if (data.decision === 'first') return t('access.two.firstText')
  const seen = data.decisionWay ? ` · ${t(`access.two.way.${data.decisionWay}`)}` : ''
  return `${byWords(t, data.decider, data.decidedAt ?? data.proposedAt, data.deciderThen)}${seen}`
}

function Decide({ page }: Props) {
  const { t, data } = page
  return (
    <>
      <p>{t(`access.two.check.${data.kind}`)}</p>
      {data.role === 'member' ? <p>{t('access.two.memberSees')}</p> : null}
      <Form page={page}>
        {isSeen(data.kind) ? <Field page={page} of={Begin} name="way" /> : null}
        <ButtonGroup>
          <Button>{t('access.two.confirm')}</Button>
          <ButtonLink kind="secondary" href={`/confirmations/${data.id}/refuse`}>
            {t('access.two.refuse')}
          </ButtonLink>
        </ButtonGroup>
      </Form>
    </>
  )
}

/** Whoever asked waits, and may take it back. */
function Mine({ page }: Props) {
  const { t, data } = page
  return (
    <>
      <Callout>
        <p>{t('access.two.waits')}</p>
      </Callout>
      <form method="post" action={`/confirmations/${data.id}/withdraw`}>
        <Tokens page={page} />
        <Button kind="secondary">{t('access.two.withdraw')}</Button>
      </form>
    </>
  )
}

function Recovered({ page: { t, data, me } }: Props) {
  if (me.id !== data.proposedBy && me.id !== data.decidedBy) return null
  return <ButtonLink href={`/people/${data.personId}/invite`}>{t('access.invite.sendRecovery')}</ButtonLink>
}

export const refusePage = fresh(
  form(openConfirmation, refuse, { title: 'access.two.title', body: (page) => <Refusal page={page} /> }, () => ({
    to: '/confirmations',
    said: 'access.two.refused',
  })),
)

function Refusal({ page }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/confirmations/${data.id}`}>{data.name}</BackLink>
      <h1>{t('access.two.refuseTitle')}</h1>
      <p>{t('access.two.refuseText')}</p>
      <Form page={page}>
        <Field page={page} of={Refuse} name="reason" />
        <Button>{t('access.two.refuse')}</Button>
      </Form>
    </div>
  )
}

export const withdrawAction = action(withdraw, () => ({ to: '/confirmations', said: 'access.two.withdrawn' }))
