// How do two people see what is to be erased, what will be left, and that it cannot be undone?
import { fresh } from '../../access/fresh.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { askDueErasures } from './due.server.ts'
import { AskErasure, DecideErasure, type Due, type Request, type Standing } from './erasure.ts'
import {
  askErasure,
  confirmErasure,
  listErasures,
  openErasure,
  openErasureForm,
  refuseErasure,
} from './erasures.server.ts'

const kinds: Record<Standing, TagKind> = { waits: 'wait', done: 'ok', refused: 'neutral' }

function StandingTag({ t, standing }: { t: T; standing: Standing }) {
  return <Tag kind={kinds[standing]}>{t(`safekeeping.erasure.standing.${standing}`)}</Tag>
}

export const erasuresPage = get(listErasures, {
  title: 'safekeeping.erasure.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <h1>{t('safekeeping.erasure.title')}</h1>
        <p class="tv-lead">{t('safekeeping.erasure.lead')}</p>
        <ButtonLink href="/erasures/new">{t('safekeeping.erasure.ask')}</ButtonLink>
        {data.due.length > 0 ? <DueList page={page} /> : null}
        <h2>{t('safekeeping.erasure.requests')}</h2>
        <Table<Request>
          caption={t('safekeeping.erasure.title')}
          captionLook="hidden"
          rows={data.requests}
          empty={<p>{t('safekeeping.erasure.empty')}</p>}
          columns={[
            {
              name: t('safekeeping.erasure.what'),
              cell: (request) => <a href={`/erasures/${request.id}`}>{whatOf(t, request)}</a>,
            },
            { name: t('safekeeping.erasure.ground'), cell: ({ ground }) => t(`safekeeping.erasure.ground.${ground}`) },
            {
              name: t('safekeeping.erasure.askedAt'),
              cell: ({ askedAt }) => <span class="tv-nowrap">{formatInstant(askedAt)}</span>,
            },
            {
              name: t('safekeeping.erasure.standing'),
              cell: ({ standing }) => <StandingTag t={t} standing={standing} />,
            },
          ]}
        />
      </>
    )
  },
})

export const newErasurePage = fresh(
  form(
    openErasureForm,
    askErasure,
    {
      title: 'safekeeping.erasure.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/erasures">{page.t('safekeeping.erasure.title')}</BackLink>
          <h1>{page.t('safekeeping.erasure.ask')}</h1>
          <p class="tv-lead">{page.t('safekeeping.erasure.askLead')}</p>
          <Form page={page}>
            <Field page={page} of={AskErasure} name="number" value={page.data.number} />
            <Field page={page} of={AskErasure} name="ground" />
            <Field page={page} of={AskErasure} name="reason" />
            <Button>{page.t('safekeeping.erasure.send')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/erasures/${id}`, said: 'safekeeping.erasure.sent' }),
  ),
)

/** `TI-012: sõnad ja sõnumid`; a case and a record are told by their number alone. */
const whatOf = (t: T, { kind, label }: Pick<Request, 'kind' | 'label'>) =>
  kind === 'talks' || kind === 'papers' ? `${label}: ${t(`safekeeping.due.${kind}`)}` : label

type Listed = PageContext<Awaited<ReturnType<(typeof listErasures)['run']>>>

/** Whose time is over by the rule: asked for all at once, decided about one by one. */
function DueList({ page }: { page: Listed }) {
  const { t, data } = page
  return (
    <section>
      <h2>{t('safekeeping.due.title')}</h2>
      <p>{t('safekeeping.due.lead')}</p>
      <Table<Due>
        caption={t('safekeeping.due.title')}
        captionLook="hidden"
        rows={data.due}
        empty={null}
        columns={[
          {
            name: t('safekeeping.due.whose'),
            head: true,
            cell: ({ ownerId, label }) =>
              page.me.roles.includes('coordinator') ? <a href={`/volunteers/${ownerId}`}>{label}</a> : label,
          },
          { name: t('safekeeping.erasure.what'), cell: ({ kind }) => t(`safekeeping.due.${kind}`) },
          { name: t('safekeeping.due.since'), cell: ({ since }) => formatDate(since) },
        ]}
      />
      {page.can(askDueErasures) ? (
        <form method="post" action="/erasures/due">
          <Tokens page={page} />
          <Button kind="secondary">{t('safekeeping.due.ask', { count: data.due.length })}</Button>
        </form>
      ) : null}
    </section>
  )
}

export const askDuePage = fresh(action(askDueErasures, () => ({ to: '/erasures', said: 'safekeeping.due.asked' })))

type Opened = PageContext<Awaited<ReturnType<(typeof openErasure)['run']>>>

export const erasurePage = fresh(
  form(
    openErasure,
    confirmErasure,
    { title: 'safekeeping.erasure.title', body: (page) => <Erasure page={page} /> },
    (_, { id }) => ({ to: `/erasures/${id}`, said: 'safekeeping.erasure.erased' }),
  ),
)

export const refuseErasurePage = fresh(
  action(refuseErasure, (_, { id }) => ({ to: `/erasures/${id}`, said: 'safekeeping.erasure.declined' })),
)

function Erasure({ page }: { page: Opened }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/erasures">{t('safekeeping.erasure.title')}</BackLink>
      <h1>{whatOf(t, data)}</h1>
      <p>
        <StandingTag t={t} standing={data.standing} />
      </p>
      <Summary
        rows={[
          { name: t('safekeeping.erasure.ground'), value: t(`safekeeping.erasure.ground.${data.ground}`) },
          { name: t('safekeeping.erasure.reason'), value: data.why ?? t('safekeeping.erased') },
          {
            name: t('safekeeping.erasure.askedAt'),
            value: said(t, data.askedAt, data.askedBy, data.askedAs === 'auditor'),
          },
          data.decidedAt
            ? {
                name: t('safekeeping.erasure.decidedAt'),
                value: said(t, data.decidedAt, data.decidedBy, data.askedAs !== 'auditor'),
              }
            : null,
        ]}
      />
      <h2>{t('safekeeping.erasure.goes')}</h2>
      <p>{t(`safekeeping.erasure.goes.${data.kind}`)}</p>
      <h2>{t('safekeeping.erasure.stays')}</h2>
      <p>{t(`safekeeping.erasure.stays.${data.kind}`)}</p>
      {data.decidable ? <Decision page={page} /> : null}
      {data.standing === 'waits' && !data.decidable ? (
        <Callout>
          <p>{t('safekeeping.erasure.waits')}</p>
        </Callout>
      ) : null}
    </div>
  )
}

// Whose name is not for these eyes is told by the role.
const said = (t: T, at: Date, who: string | null, auditor: boolean) =>
  `${formatInstant(at)}, ${who ?? t(auditor ? 'core.role.auditor' : 'safekeeping.erasure.keeper')}`

function Decision({ page }: { page: Opened }) {
  const { t, data } = page
  return (
    <>
      <Callout kind="attention" title={t('safekeeping.erasure.final')}>
        <p>{t('safekeeping.erasure.finalText')}</p>
      </Callout>
      <Form page={page}>
        <Field page={page} of={DecideErasure} name="sure" />
        <Button kind="danger">{t('safekeeping.erasure.confirm')}</Button>
      </Form>
      <form method="post" action={`/erasures/${data.id}/refuse`}>
        <Tokens page={page} />
        <Button kind="secondary">{t('safekeeping.erasure.refuse')}</Button>
      </form>
    </>
  )
}
