// Who has an account, and what can the administrator do about it?
import { today } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { fresh } from '../fresh.ts'
import type { AccountState } from '../invitation/invitation.ts'
import type { Confirmation } from '../two-people/confirmation.ts'
import type { FormerName } from '../two-people/names.server.ts'
import { History } from '../two-people/words.tsx'
import { AddPerson, type Holder, inForce } from './account-holder.ts'
import {
  addPerson,
  choicesForPerson,
  disablePerson,
  enablePerson,
  endRole,
  giveRole,
  listPeople,
  openPerson,
} from './people.server.ts'
import { RoleFields } from './role-fields.tsx'

export const peoplePage = get(listPeople, {
  title: 'access.people.title',
  body: ({ t, data, can }) => (
    <>
      <h1>{t('access.people.title')}</h1>
      <p class="tv-lead">
        {t('access.people.lead', { count: data.filter((holder) => holder.status === 'active').length })}
      </p>
      <div class="govuk-button-group">
        {can(addPerson) ? <ButtonLink href="/people/new">{t('access.people.add')}</ButtonLink> : null}
        <a href="/confirmations">{t('access.two.title')}</a>
      </div>
      <Table<Holder>
        caption={t('access.people.title')}
        captionLook="hidden"
        rows={data}
        empty={<p>{t('access.people.empty')}</p>}
        columns={[
          { name: t('access.account.name'), cell: (holder) => <a href={`/people/${holder.id}`}>{holder.name}</a> },
          { name: t('access.people.roles'), cell: (holder) => rolesNow(t, holder) },
          { name: t('access.people.validTo'), cell: lastDay },
          { name: t('access.people.state'), cell: (holder) => <State t={t} holder={holder} /> },
        ]}
      />
    </>
  ),
})

const current = (holder: Holder) => holder.roles.filter((holding) => inForce(holding, today()))

function rolesNow(t: T, holder: Holder): string {
  const held = current(holder).map(({ role, network }) => `${t(`core.role.${role}`)}${network ? ` (${network})` : ''}`)
  return held.join(', ') || t('access.people.noRole')
}

function lastDay(holder: Holder): string {
  const last = current(holder)
    .map((holding) => holding.validTo)
    .toSorted()
    .at(-1)
  return last && last < '2999' ? formatDate(last) : '–'
}

const states: Record<AccountState, TagKind> = {
  ...{ none: 'attention', invited: 'wait', expired: 'attention', ready: 'ok', lost: 'attention' },
}

/** How far somebody is on the way in is told to those who invite; the others see that the account is open. */
function State({ t, holder }: { t: T; holder: Holder }) {
  if (holder.status === 'disabled') return <Tag kind="attention">{t('access.people.disabled')}</Tag>
  if (holder.waits && current(holder).length === 0) return <Tag kind="wait">{t('access.people.waits')}</Tag>
  if (!holder.signIn) return <Tag kind="ok">{t('access.people.active')}</Tag>
  return <Tag kind={states[holder.signIn]}>{t(`access.people.signIn.${holder.signIn}`)}</Tag>
}

export const newPersonPage = fresh(
  form(
    choicesForPerson,
    addPerson,
    {
      title: 'access.people.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/people">{page.t('access.people.title')}</BackLink>
          <h1>{page.t('access.people.add')}</h1>
          <Form page={page}>
            <Field page={page} of={AddPerson} name="name" />
            <Field page={page} of={AddPerson} name="email" />
            <Field page={page} of={AddPerson} name="personalCode" width={20} />
            <RoleFields page={page} networks={page.data.networks} />
            <Button>{page.t('access.people.add')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id, first }) => ({ to: `/people/${id}`, said: first ? 'access.people.addedFirst' : 'access.people.added' }),
  ),
)

type Opened = PageContext<{ holder: Holder; former: FormerName[]; history: Confirmation[] }>

export const personPage = get(openPerson, {
  title: 'access.people.title',
  body: (page) => {
    const { t, data, me } = page
    const { holder } = data
    return (
      <>
        <BackLink href="/people">{t('access.people.title')}</BackLink>
        <h1>{holder.name}</h1>
        <p>
          {holder.email} · <State t={t} holder={holder} />
        </p>
        {data.former.length > 0 ? <p>{formerWords(t, data.former)}</p> : null}
        <Roles page={page} />
        {holder.id === me.id ? <Callout>{<p>{t('access.people.self')}</p>}</Callout> : null}
        {holder.id !== me.id ? <Doings page={page} /> : null}
        <History t={t} rows={data.history} />
      </>
    )
  },
})

const formerWords = (t: T, former: readonly FormerName[]): string =>
  t('access.name.former', {
    names: former
      .map(({ name, heldUntil }) => t('access.name.until', { name, until: formatDate(heldUntil) }))
      .join(', '),
  })

function Roles({ page }: { page: Opened }) {
  const { t, data, can, me } = page
  const mayEnd = can(endRole) && data.holder.id !== me.id
  return (
    <Table
      caption={t('access.people.roles')}
      rows={data.holder.roles}
      empty={<p>{t('access.people.noRole')}</p>}
      columns={[
        { name: t('access.people.role'), cell: (holding) => t(`core.role.${holding.role}`) },
        {
          name: t('access.people.network'),
          cell: (holding) => [holding.network, holding.agency].filter(Boolean).join(', ') || '–',
        },
        { name: t('access.people.validFrom'), cell: (holding) => formatDate(holding.validFrom) },
        {
          name: t('access.people.validTo'),
          cell: (holding) => (holding.validTo < '2999' ? formatDate(holding.validTo) : '–'),
        },
        {
          name: t('access.people.end'),
          silent: true,
          cell: (holding) =>
            holding.validTo < today() ? (
              <Tag>{t('access.people.over')}</Tag>
            ) : mayEnd ? (
              <a href={`/people/${data.holder.id}/roles/${holding.id}/end`}>{t('access.people.end')}</a>
            ) : null,
        },
      ]}
    />
  )
}

function Doings({ page }: { page: Opened }) {
  const { t, data, can } = page
  const { holder } = data
  const own = `/people/${holder.id}`
  if (holder.status === 'disabled') {
    if (!can(enablePerson) || holder.waits) return null
    return <ButtonLink href={`${own}/enable`}>{t('access.people.enable')}</ButtonLink>
  }
  const secondary = (step: string, text: Key) => (
    <ButtonLink kind="secondary" href={`${own}/${step}`}>
      {t(text)}
    </ButtonLink>
  )
  const invited = holder.signIn === 'none' || holder.signIn === 'expired' ? 'send' : 'again'
  const stands = holder.signIn === 'ready' || holder.signIn === 'lost'
  return (
    <div class="govuk-button-group">
      {holder.signIn && !stands && !(holder.waits && current(holder).length === 0) ? (
        <ButtonLink href={`${own}/invite`}>{t(`access.invite.${invited}`)}</ButtonLink>
      ) : null}
      {can(giveRole) ? secondary('roles/new', 'access.people.giveRole') : null}
      {stands ? secondary('recover', 'access.recover.open') : null}
      {holder.signIn ? secondary('name', 'access.name.open') : null}
      {holder.signIn ? secondary('email', 'access.email.open') : null}
      {can(giveRole) ? secondary('identity', 'access.identity.ofPerson') : null}
      {can(disablePerson) ? (
        <ButtonLink kind="danger" href={`${own}/disable`}>
          {t('access.people.disable')}
        </ButtonLink>
      ) : null}
    </div>
  )
}
