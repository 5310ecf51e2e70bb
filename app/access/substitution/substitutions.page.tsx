// Who stands in for me, for whom do I stand in, and how is that set up?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { fresh } from '../fresh.ts'
import { State, termWords } from './parts.tsx'
import { AskSubstitution, GiveSubstitution, lentRoles, type Substitution, stateOf } from './substitution.ts'
import { askSubstitution, giveSubstitution, listSubstitutions } from './substitutions.server.ts'

type Listed = PageContext<Awaited<ReturnType<typeof listSubstitutions.run>>>

export const substitutionsPage = get(listSubstitutions, {
  title: 'access.substitution.title',
  body: (page) => {
    const { t, data, me } = page
    const party = lentRoles.some((role) => me.roles.includes(role))
    return (
      <>
        <BackLink href="/account">{t('access.account.title')}</BackLink>
        <h1>{t('access.substitution.title')}</h1>
        {party ? <p class="tv-lead">{t('access.substitution.lead')}</p> : null}
        {party ? <SetUp page={page} /> : null}
        {me.roles.includes('admin') ? <Asked page={page} /> : null}
        {party ? (
          <Table<Substitution>
            caption={t('access.substitution.mine')}
            rows={data.mine}
            empty={<p>{t('access.substitution.none')}</p>}
            columns={[
              { name: t('access.substitution.term'), head: true, cell: (one) => <TermLink t={t} one={one} /> },
              { name: t('access.substitution.away'), cell: (one) => one.giver },
              { name: t('access.substitution.who'), cell: (one) => one.taker },
              { name: t('access.substitution.state'), cell: (one) => <State t={t} one={one} today={data.today} /> },
              { name: t('access.substitution.do'), silent: true, cell: (one) => <Doings page={page} one={one} /> },
            ]}
          />
        ) : null}
      </>
    )
  },
})

function SetUp({ page }: { page: Listed }) {
  const { t, me, can, data } = page
  if (me.standsInFor) return <Callout>{<p>{t('core.error.inPerson', { name: me.standsInFor.name })}</p>}</Callout>
  if (!can(giveSubstitution)) return null
  if (data.others.length === 0) return <Callout>{<p>{t('access.substitution.nobody')}</p>}</Callout>
  return (
    <ButtonGroup>
      <ButtonLink href="/substitution/new">{t('access.substitution.give')}</ButtonLink>
      <ButtonLink href="/substitution/ask" kind="secondary">
        {t('access.substitution.ask')}
      </ButtonLink>
    </ButtonGroup>
  )
}

function Doings({ page, one }: { page: Listed; one: Substitution }) {
  const { t, me, data } = page
  const state = stateOf(one, data.today)
  if (state === 'over') return null
  return (
    <ButtonGroup>
      {state === 'running' && one.takerId === me.id && !me.standsInFor ? (
        <form method="post" action={`/substitution/${one.id}/begin`}>
          <Tokens page={page} />
          <Button>{t('access.substitution.begin')}</Button>
        </form>
      ) : null}
      <a href={`/substitution/${one.id}/end`}>{t('access.substitution.end')}</a>
    </ButtonGroup>
  )
}

const TermLink = ({ t, one }: { t: T; one: Substitution }) => (
  <a href={`/substitution/${one.id}`} class="tv-nowrap">
    {termWords(t, one)}
  </a>
)

// What waits for a third person: neither the one who is away nor the one who would stand in.
function Asked({ page }: { page: Listed }) {
  const { t, data, me } = page
  return (
    <Table<Substitution>
      caption={t('access.substitution.asked')}
      rows={data.asked}
      empty={<p>{t('access.substitution.asked.none')}</p>}
      columns={[
        { name: t('access.substitution.term'), head: true, cell: (one) => termWords(t, one) },
        { name: t('access.substitution.away'), cell: (one) => one.giver },
        { name: t('access.substitution.who'), cell: (one) => one.taker },
        {
          name: t('access.substitution.answerIt'),
          silent: true,
          cell: (one) =>
            one.giverId === me.id || one.takerId === me.id ? (
              t('access.substitution.asked.own')
            ) : (
              <a href={`/substitution/${one.id}/confirm`}>{t('access.substitution.answerIt')}</a>
            ),
        },
      ]}
    />
  )
}

const options = (page: Listed) => page.data.others.map(({ id, name }) => ({ value: id, label: name }))
const only = (page: Listed) => (page.data.others.length === 1 ? page.data.others[0]?.id : undefined)

export const giveSubstitutionPage = fresh(
  form(
    listSubstitutions,
    giveSubstitution,
    {
      title: 'access.substitution.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/substitution">{page.t('access.substitution.title')}</BackLink>
          <h1>{page.t('access.substitution.give')}</h1>
          <p>{page.t('access.substitution.giveText')}</p>
          <Form page={page}>
            <Field page={page} of={GiveSubstitution} name="takerId" options={options(page)} value={only(page)} />
            {lentRoles.every((role) => page.me.roles.includes(role)) ? (
              <Field page={page} of={GiveSubstitution} name="role" />
            ) : null}
            <Field page={page} of={GiveSubstitution} name="validFrom" />
            <Field page={page} of={GiveSubstitution} name="validTo" />
            <Button>{page.t('access.substitution.giveGo')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/substitution/${id}`, said: 'access.substitution.given' }),
  ),
)

export const askSubstitutionPage = fresh(
  form(
    listSubstitutions,
    askSubstitution,
    {
      title: 'access.substitution.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/substitution">{page.t('access.substitution.title')}</BackLink>
          <h1>{page.t('access.substitution.ask')}</h1>
          <p>{page.t('access.substitution.askText')}</p>
          <Form page={page}>
            <Field page={page} of={AskSubstitution} name="giverId" options={options(page)} value={only(page)} />
            <Field page={page} of={AskSubstitution} name="validFrom" value={page.data.today} />
            <Field page={page} of={AskSubstitution} name="validTo" />
            <Button>{page.t('access.substitution.askGo')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/substitution/${id}`, said: 'access.substitution.askedFor' }),
  ),
)
