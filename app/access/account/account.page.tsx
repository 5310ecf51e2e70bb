// What does a person see and change of her own account?

import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, follow, form, get, type Page, type PageContext, signedIn } from '../../core/page.tsx'
import { clearSessionCookie } from '../../core/session.server.ts'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import { isLocale } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { isOffered } from '../oidc/provider.server.ts'
import { Passkeys } from '../passkey/keys-table.tsx'
import { listPeople } from '../people/people.server.ts'
import { listSettings } from '../settings/settings.server.ts'
import { listSubstitutions } from '../substitution/substitutions.server.ts'
import { ChangeNotice } from '../two-people/change-notice.tsx'
import { RecoveryNotice } from '../two-people/recovery-notice.tsx'
import { type Account, type SessionRow, UpdateAccount } from './account.ts'
import { endAllSessions, endOneSession, openAccount, updateAccount } from './accounts.server.ts'
import { Doors } from './doors.tsx'

export const accountPage = get(openAccount, {
  title: 'access.account.title',
  body: (page) => <AccountBody page={page} />,
})

function AccountBody({ page }: { page: PageContext<Account> }) {
  const { t, data } = page
  const { person } = data
  const edit = [{ href: '/account/edit', text: t('access.account.change') }]
  return (
    <>
      <h1>{t('access.account.title')}</h1>
      <RecoveryNotice page={page} since={data.recoverySince} />
      {data.changes.map((waiting) => (
        <ChangeNotice t={t} waiting={waiting} />
      ))}
      <SummaryCard
        title={t('access.account.own')}
        actions={edit}
        rows={[
          {
            ...{ name: t('access.account.name'), value: person.name, hint: t('access.account.nameHint') },
            actions: [{ href: '/account/name', text: t('access.account.change') }],
          },
          { name: t('access.account.email'), value: person.email, hint: t('access.account.emailHint') },
          { name: t('access.account.phone'), value: person.phone ?? t('access.account.none') },
          {
            name: t('access.account.language'),
            value: isLocale(person.locale) ? t(`access.language.${person.locale}`) : '',
          },
          page.me.roles.includes('supervisor') && {
            name: t('access.account.weekLetter'),
            value: t(person.weekLetter ? 'access.account.weekLetterOn' : 'access.account.weekLetterOff'),
          },
          { name: t('access.account.roles'), value: page.me.roles.map((role) => t(`core.role.${role}`)).join(', ') },
        ]}
      />
      <Keys page={page} />
      <State page={page} />
      <Passkeys page={page} keys={data.passkeys} />
      <h2>{t('access.account.sessions')}</h2>
      <p>{t('access.account.browsers')}</p>
      <Sessions page={page} />
      <Doors t={t} changes={data.doors} />
      <h2>{t('access.account.more')}</h2>
      <ul>
        <li>
          <a href="/account/relations">{t('access.relation.title')}</a>
        </li>
        <li>
          <a href="/account/calendar">{t('access.calendar.title')}</a>
        </li>
        <li>
          <a href="/audit">{t('access.account.log')}</a>
        </li>
        {page.can(listSubstitutions) ? <li>{<a href="/substitution">{t('access.substitution.title')}</a>}</li> : null}
        {page.can(listSettings) ? <li>{<a href="/settings">{t('access.settings.title')}</a>}</li> : null}
        {page.can(listPeople) ? <li>{<a href="/people">{t('access.people.title')}</a>}</li> : null}
        <li>
          <a href="/help">{t('access.help.title')}</a>
        </li>
      </ul>
    </>
  )
}

function Keys({ page }: { page: PageContext<Account> }) {
  const { t, data } = page
  const { credential } = data
  if (!credential && page.me.method === 'demo') return <Callout>{<p>{t('access.account.noKeys')}</p>}</Callout>
  if (!credential) return null
  const { totpConfirmedAt, codesLeft, passwordChangedAt } = credential
  const few = codesLeft <= 3 ? t('access.account.codesFew') : undefined
  return (
    <SummaryCard
      title={t('access.account.keys')}
      rows={[
        {
          name: t('access.account.password'),
          value: t('access.account.passwordSince', { date: formatDate(passwordChangedAt) }),
          actions: [{ href: '/account/password', text: t('access.account.change') }],
        },
        {
          name: t('access.account.factor'),
          value: totpConfirmedAt
            ? t('access.account.factorSince', { date: formatDate(totpConfirmedAt) })
            : t('access.account.none'),
          actions: [{ href: '/account/factor', text: t('access.account.change') }],
        },
        {
          name: t('access.account.codes'),
          value: t('access.account.codesLeft', { count: codesLeft }),
          hint: few,
          actions: [{ href: '/account/codes', text: t('access.account.renew') }],
        },
      ]}
    />
  )
}

/** The identity card, where this installation takes it. */
function State({ page: { t, data } }: { page: PageContext<Account> }) {
  if (!isOffered()) return null
  const { linked } = data
  const stands = linked !== null && linked.againAt === null
  const unlinked = linked ? t('access.identity.again') : t('access.identity.notLinked')
  const value = stands ? t('access.identity.since', { date: formatDate(linked.linkedAt) }) : unlinked
  const hint = linked && !stands ? t('access.identity.againWhy') : undefined
  const actions = [{ href: '/account/identity', text: t(stands ? 'access.account.change' : 'access.identity.link') }]
  return <SummaryCard title={t('access.oidc.card')} rows={[{ name: t('access.oidc.title'), value, hint, actions }]} />
}

function Sessions({ page }: { page: PageContext<Account> }) {
  const { t, data } = page
  return (
    <>
      <Table<SessionRow>
        caption={t('access.account.sessions')}
        captionLook="hidden"
        rows={data.sessions}
        empty={<p>{t('access.account.none')}</p>}
        columns={[
          { name: t('access.account.device'), cell: (row) => row.device || t('access.account.unknownDevice') },
          { name: t('access.account.since'), cell: (row) => formatInstant(row.createdAt) },
          { name: t('access.account.seen'), cell: (row) => formatInstant(row.seenAt) },
          {
            name: t('access.account.end'),
            silent: true,
            cell: (row) =>
              row.mine ? <Tag kind="ok">{t('access.account.thisSession')}</Tag> : <EndOne page={page} row={row} />,
          },
        ]}
      />
      <form method="post" action="/account/sessions/end">
        <Tokens page={page} />
        <Button kind="secondary">{t('access.account.endAll')}</Button>
      </form>
    </>
  )
}

function EndOne({ page, row }: { page: PageContext<Account>; row: SessionRow }) {
  const { t } = page
  return (
    <form method="post" action={`/account/sessions/${row.id}/end`}>
      <Tokens page={page} />
      <Button kind="quiet" about={`${row.device ?? ''} ${formatInstant(row.seenAt)}`}>
        {t('access.account.end')}
      </Button>
    </form>
  )
}

export const endSessionPage = action(endOneSession, () => ({ to: '/account', said: 'access.account.ended' }))

export const endAllPage: Page = {
  operations: action(endAllSessions, () => '/').operations,
  post: async (c) => {
    await endAllSessions.run(signedIn(c), {})
    clearSessionCookie(c, c.get('frame').secure)
    return follow(c, '/sign-in?ended=1')
  },
}

export const editAccountPage = form(
  openAccount,
  updateAccount,
  {
    title: 'access.account.title',
    body: (page) => {
      const { person } = page.data
      return (
        <div class="tv-narrow">
          <BackLink href="/account">{page.t('access.account.title')}</BackLink>
          <h1>{page.t('access.account.edit')}</h1>
          <Form page={page}>
            <Field page={page} of={UpdateAccount} name="phone" value={person.phone} width={20} autocomplete="tel" />
            <Field page={page} of={UpdateAccount} name="locale" value={person.locale} />
            {page.me.roles.includes('supervisor') ? (
              <Field page={page} of={UpdateAccount} name="weekLetter" value={person.weekLetter} />
            ) : null}
            <Button>{page.t('access.account.save')}</Button>
          </Form>
        </div>
      )
    },
  },
  () => ({ to: '/account', said: 'access.account.saved' }),
)
