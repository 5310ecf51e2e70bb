// What has to be known of one transfer to decide, and how is it decided?
import type { Child } from 'hono/jsx'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { RiskTag } from '../frame.tsx'
import { acceptTransfer, refuseTransfer, revokeTransfer } from './answer.server.ts'
import { becauseOf, StateTag } from './parts.tsx'
import { Refuse, Revoke } from './transfer.ts'
import { openTransfer } from './transfers.server.ts'

type Page = PageContext<Awaited<ReturnType<typeof openTransfer.run>>>

export const transferPage = get(openTransfer, {
  title: 'transfer.list.title',
  body: (page) => {
    const { t, data } = page
    return (
      <div class="tv-narrow">
        <BackLink href="/transfers">{t('transfer.list.title')}</BackLink>
        <h1>{data.transfer.number}</h1>
        <p class="tv-lead">{`${data.transfer.from} → ${data.transfer.to}`}</p>
        <State page={page} />
        <SummaryCard title={t('transfer.facts')} rows={factRows(page)} />
        {data.words ? <SummaryCard title={t('transfer.said')} rows={saidRows(page)} /> : null}
        <Decide page={page} />
      </div>
    )
  },
})

function State({ page: { t, data } }: { page: Page }) {
  const { transfer, answer } = data
  const because = becauseOf(t, transfer)
  const on = transfer.answeredOn ? formatDate(transfer.answeredOn) : ''
  return (
    <>
      <p>
        <StateTag t={t} state={transfer.state} />{' '}
        {transfer.state === 'open'
          ? `${t('transfer.column.due')} ${formatDate(transfer.dueOn)}, ${dueWords(transfer.dueOn, data.today, t)}`
          : t(`transfer.ended.${transfer.state}` as Key, { date: on, network: transfer.to })}
      </p>
      {because ? <p>{[because, answer].filter(Boolean).join(' – ')}</p> : null}
      {transfer.state === 'accepted' && transfer.takes ? (
        <p>
          <a href={`/cases/${transfer.caseId}`}>{t('transfer.openCase')}</a>
        </p>
      ) : null}
    </>
  )
}

function factRows({ t, data: { transfer } }: Page): (SummaryRow | null)[] {
  const yesNo = (is: boolean) => t(is ? 'transfer.yes' : 'transfer.no')
  return [
    { name: t('cases.column.risk'), value: <RiskTag t={t} level={transfer.level} /> },
    transfer.children === null ? null : { name: t('transfer.fact.children'), value: yesNo(transfer.children) },
    { name: t('cases.column.county'), value: transfer.county ?? '–' },
    { name: t('transfer.field.reason'), value: t(`transfer.reason.${transfer.reason}`) },
    { name: t('transfer.field.urgency'), value: t(`transfer.urgency.${transfer.urgent ? 'urgent' : 'usual'}`) },
    { name: t('transfer.fact.actions'), value: String(transfer.actions) },
    { name: t('transfer.fact.support'), value: yesNo(transfer.supported) },
    { name: t('transfer.fact.openedOn'), value: formatDate(transfer.openedOn) },
    transfer.state === 'open' ? { name: t('transfer.fact.lapsesOn'), value: formatDate(transfer.lapsesOn) } : null,
  ]
}

function saidRows({ t, data }: Page): (SummaryRow | null)[] {
  return [
    { name: t('transfer.field.words'), value: data.words ?? '–' },
    { name: t('transfer.field.groundWords'), value: data.ground ?? '–' },
    data.why ? { name: t('transfer.field.why'), value: data.why } : null,
  ]
}

function Decide({ page }: { page: Page }) {
  const { t, data } = page
  const { may, transfer } = data
  const at = `/transfers/${transfer.id}`
  return (
    <>
      {may.accept ? (
        <>
          <Callout title={t('transfer.accept.title')}>
            <p>{t('transfer.accept.lead')}</p>
          </Callout>
          <form method="post" action={`${at}/accept`}>
            <Tokens page={page} />
            <Button>{t('transfer.accept.do')}</Button>
          </form>
        </>
      ) : null}
      <ButtonGroup>
        {may.refuse ? (
          <ButtonLink href={`${at}/refuse`} kind="secondary">
            {t('transfer.refuse.title')}
          </ButtonLink>
        ) : null}
        {may.revoke ? (
          <ButtonLink href={`${at}/revoke`} kind="secondary">
            {t('transfer.revoke.title')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
    </>
  )
}

export const acceptTransferAction = action(acceptTransfer, ({ transfer }) => ({
  to: `/cases/${transfer.caseId}/arrival`,
  said: 'transfer.accept.done',
}))

type Asking = { t: T; id: string; title: Key; lead: Key; children: Child }

function Asked({ t, id, title, lead, children }: Asking) {
  return (
    <div class="tv-narrow">
      <BackLink href={`/transfers/${id}`}>{t('transfer.list.title')}</BackLink>
      <h1>{t(title)}</h1>
      <p class="tv-lead">{t(lead)}</p>
      {children}
    </div>
  )
}

const back = (params: Record<string, string>) => `/transfers/${params.id}`

export const refuseTransferPage = form(
  openTransfer,
  refuseTransfer,
  {
    title: 'transfer.list.title',
    body: (page) => (
      <Asked t={page.t} id={page.data.transfer.id} title="transfer.refuse.title" lead="transfer.refuse.lead">
        <Form page={page}>
          <Field page={page} of={Refuse} name="because" />
          <Field page={page} of={Refuse} name="words" rows={3} />
          <Button>{page.t('transfer.refuse.do')}</Button>
        </Form>
      </Asked>
    ),
  },
  (_done, params) => ({ to: back(params), said: 'transfer.refuse.done' }),
)

export const revokeTransferPage = form(
  openTransfer,
  revokeTransfer,
  {
    title: 'transfer.list.title',
    body: (page) => (
      <Asked t={page.t} id={page.data.transfer.id} title="transfer.revoke.title" lead="transfer.revoke.lead">
        <Form page={page}>
          <Field page={page} of={Revoke} name="because" />
          <Field page={page} of={Revoke} name="words" rows={3} />
          <Button>{page.t('transfer.revoke.do')}</Button>
        </Form>
      </Asked>
    ),
  },
  (_done, params) => ({ to: back(params), said: 'transfer.revoke.done' }),
)
