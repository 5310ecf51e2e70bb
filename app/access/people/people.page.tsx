// Who has an account, and what can the administrator do about it?
import { today } from '../../core/clock.server.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext, reply } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { fresh } from '../fresh.ts'
import { AddPerson, type Holder, inForce } from './account-holder.ts'
import {
  addPerson,
  choicesForPerson,
  disablePerson,
  enablePerson,
  endRole,
  issuePassword,
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
      {can(addPerson) ? <ButtonLink href="/people/new">{t('access.people.add')}</ButtonLink> : null}
      <Table<Holder>
        caption={t('access.people.title')}
        captionLook="hidden"
        rows={data}
        empty={<p>{t('access.people.empty')}</p>}
        columns={[
          { name: t('access.account.name'), cell: (holder) => <a href={`/people/${holder.id}`}>{holder.name}</a> },
          { name: t('access.people.roles'), cell: (holder) => rolesNow(t, holder) },
          { name: t('access.people.validTo'), cell: lastDay },
          { name: t('access.people.state'), cell: (holder) => <State t={t} holder={holder} told={can(addPerson)} /> },
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

const states: Record<Holder['signIn'], TagKind> = { none: 'neutral', once: 'wait', setup: 'wait', ready: 'ok' }

/** How one signs in is the administrator's business alone. */
function State({ t, holder, told }: { t: T; holder: Holder; told: boolean }) {
  if (holder.status === 'disabled') return <Tag kind="attention">{t('access.people.disabled')}</Tag>
  if (!told) return <Tag kind="ok">{t('access.people.active')}</Tag>
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
            <RoleFields page={page} networks={page.data.networks} />
            <Button>{page.t('access.people.add')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/people/${id}`, said: 'access.people.added' }),
  ),
)

type Opened = PageContext<{ holder: Holder }>

export const personPage = get(openPerson, {
  title: 'access.people.title',
  body: (page) => {
    const { t, data, can, me } = page
    const { holder } = data
    return (
      <>
        <BackLink href="/people">{t('access.people.title')}</BackLink>
        <h1>{holder.name}</h1>
        <p>
          {holder.email} · <State t={t} holder={holder} told={can(addPerson)} />
        </p>
        <Roles page={page} />
        {holder.id === me.id ? <Callout>{<p>{t('access.people.self')}</p>}</Callout> : null}
        {can(addPerson) && holder.id !== me.id ? <Doings page={page} /> : null}
      </>
    )
  },
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
  const { t, data } = page
  const own = `/people/${data.holder.id}`
  if (data.holder.status === 'disabled') {
    return (
      <form method="post" action={`${own}/enable`}>
        <Tokens page={page} />
        <Button kind="secondary">{t('access.people.enable')}</Button>
      </form>
    )
  }
  return (
    <div class="govuk-button-group">
      <ButtonLink href={`${own}/roles/new`}>{t('access.people.giveRole')}</ButtonLink>
      <ButtonLink kind="secondary" href={`${own}/password`}>
        {t('access.people.issue')}
      </ButtonLink>
      <ButtonLink kind="danger" href={`${own}/disable`}>
        {t('access.people.disable')}
      </ButtonLink>
    </div>
  )
}

export const enablePage = fresh(
  action(enablePerson, (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.enabled' })),
)

export const disablePage = fresh(
  form(
    openPerson,
    disablePerson,
    { title: 'access.people.title', body: (page) => <Sure page={page} words="disable" /> },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.disabledNow' }),
  ),
)

export const endRolePage = fresh(
  form(
    openPerson,
    endRole,
    { title: 'access.people.title', body: (page) => <Sure page={page} words="end" /> },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.ended' }),
  ),
)

/** What will happen, and whether it can be taken back; nothing happens before the button. */
function Sure({ page, words }: { page: Opened; words: 'disable' | 'end' | 'issue' }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/people/${data.holder.id}`}>{data.holder.name}</BackLink>
      <h1>{t(`access.people.${words}Title`, { name: data.holder.name })}</h1>
      <p>{t(`access.people.${words}Text`)}</p>
      <Form page={page}>
        <Button kind={words === 'issue' ? 'primary' : 'danger'}>{t(`access.people.${words}`)}</Button>
      </Form>
    </div>
  )
}

const ask = get(openPerson, { title: 'access.people.title', body: (page) => <Sure page={page} words="issue" /> })
const tell = reply(issuePassword, {
  title: 'access.people.title',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <Confirmation title={t('access.people.issued')}>
        <p>{t('access.people.issuedText', { name: data.name, email: data.email })}</p>
      </Confirmation>
      <p class="tv-number">
        <strong>{data.password}</strong>
      </p>
      <Callout kind="attention" title={t('access.people.issuedOnce')}>
        <p>{t('access.people.issuedHow')}</p>
      </Callout>
      <ButtonLink href={`/people/${data.id}`}>{t('access.people.issuedNext')}</ButtonLink>
    </div>
  ),
})
export const issuePage = fresh({ operations: [...ask.operations, ...tell.operations], get: ask.get, post: tell.post })
