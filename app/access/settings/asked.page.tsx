// Is this value to become looser, who asks, and do I say yes?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { fresh } from '../fresh.ts'
import { byWords } from '../two-people/words.tsx'
import { type Asked, RefuseAsked } from './asked.ts'
import { AskedTag } from './asked-table.tsx'
import { confirmSetting, openAsked, refuseSetting, withdrawSetting } from './set.server.ts'
import { changeWords, settingWords } from './setting-words.ts'

type Props = { page: PageContext<Asked> }

const page = form(
  openAsked,
  confirmSetting,
  { title: 'access.settings.askedTitle', body: (page) => <Decision page={page} /> },
  ({ name }) => ({ to: `/settings/${name}`, said: 'access.settings.confirmed' }),
)
/** One may look at any time; what one decides wants a fresh proof. */
export const askedSettingPage = { operations: page.operations, get: page.get, post: fresh(page).post }

function Decision({ page }: Props) {
  const { t, data, me } = page
  const waits = data.state === 'waiting'
  return (
    <div class="tv-narrow">
      <BackLink href={`/settings/${data.name}`}>{settingWords(t, data.name).title}</BackLink>
      <h1>{waits && data.mine ? t('access.settings.askedFor') : settingWords(t, data.name).title}</h1>
      <Facts t={t} data={data} />
      {waits && data.mine ? (
        <>
          <p>{t('access.settings.check')}</p>
          <Form page={page}>
            <ButtonGroup>
              <Button>{t('access.two.confirm')}</Button>
              <ButtonLink kind="secondary" href={`/settings/asked/${data.id}/refuse`}>
                {t('access.two.refuse')}
              </ButtonLink>
            </ButtonGroup>
          </Form>
        </>
      ) : null}
      {waits && data.askedBy === me.id ? (
        <form method="post" action={`/settings/asked/${data.id}/withdraw`}>
          <Tokens page={page} />
          <Button kind="secondary">{t('access.two.withdraw')}</Button>
        </form>
      ) : null}
    </div>
  )
}

function Facts({ t, data }: { t: T; data: Asked }) {
  return (
    <Summary
      rows={[
        { name: t('access.settings.name'), value: settingWords(t, data.name).title },
        { name: t('access.two.what'), value: <strong>{changeWords(t, data)}</strong> },
        { name: t('access.settings.since'), value: formatDate(data.validFrom) },
        { name: t('access.settings.ground'), value: data.note },
        { name: t('access.two.asked'), value: byWords(t, data.asker, data.askedAt, data.askerThen) },
        {
          name: t('access.people.state'),
          value: <AskedTag t={t} one={data} />,
          hint: data.decidedAt
            ? byWords(t, data.decider, data.decidedAt, data.deciderThen)
            : t('access.two.untilHint', { date: formatDate(data.expiresAt) }),
        },
        data.state === 'waiting' && {
          name: t('access.settings.whoConfirms'),
          value: data.deciders.join(', ') || t('access.settings.nobodyConfirms'),
        },
        data.decisionReason !== null && { name: t('access.two.refuseReason'), value: data.decisionReason },
      ]}
    />
  )
}

export const refuseSettingPage = fresh(
  form(
    openAsked,
    refuseSetting,
    { title: 'access.settings.askedTitle', body: (page) => <Refusal page={page} /> },
    () => ({
      to: '/confirmations',
      said: 'access.two.refused',
    }),
  ),
)

function Refusal({ page }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/settings/asked/${data.id}`}>{settingWords(t, data.name).title}</BackLink>
      <h1>{t('access.two.refuseTitle')}</h1>
      <p>{t('access.two.refuseText')}</p>
      <Form page={page}>
        <Field page={page} of={RefuseAsked} name="reason" />
        <Button>{t('access.two.refuse')}</Button>
      </Form>
    </div>
  )
}

export const withdrawSettingAction = action(withdrawSetting, () => ({
  to: '/confirmations',
  said: 'access.two.withdrawn',
}))
