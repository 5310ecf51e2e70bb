// Who is close to me, so that I am kept away from their cases?
import type { z } from 'zod'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { DeclareCase, DeclarePerson, type Relation } from './relation.ts'
import { declareCase, declarePerson, listRelations, openRelation, removeRelation } from './relations.server.ts'

const home = '/account/relations'

export const relationsPage = get(listRelations, {
  title: 'access.account.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <BackLink href="/account">{t('access.account.title')}</BackLink>
        <h1>{t('access.relation.title')}</h1>
        <p class="tv-lead">{t('access.relation.lead')}</p>
        <Told page={page} />
        <ButtonGroup>
          <ButtonLink href={`${home}/new`}>{t('access.relation.addPerson')}</ButtonLink>
          <ButtonLink href={`${home}/case`} kind="secondary">
            {t('access.relation.addCase')}
          </ButtonLink>
        </ButtonGroup>
        {data.length ? <p>{t('access.relation.kept')}</p> : null}
      </>
    )
  },
})

function Told({ page }: { page: PageContext<Relation[]> }) {
  const { t, data } = page
  return (
    <Table<Relation>
      caption={t('access.relation.told')}
      captionLook="hidden"
      rows={data}
      empty={<p>{t('access.relation.none')}</p>}
      columns={[
        { name: t('access.relation.who'), cell: (one) => <Who page={page} one={one} /> },
        { name: t('access.relation.kind'), cell: (one) => t(`access.relation.kind.${one.kind}`) },
        { name: t('access.relation.since'), cell: (one) => formatDate(isoDate(one.declaredAt)) },
        {
          name: t('access.relation.remove'),
          silent: true,
          cell: (one) => (
            <a href={`${home}/${one.id}/remove`}>
              {t('access.relation.remove')}
              <span class="govuk-visually-hidden">: {one.label}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

function Who({ page: { t }, one }: { page: PageContext<unknown>; one: Relation }) {
  return (
    <>
      {one.number ? `${one.label} (${one.number})` : one.label}
      {one.unwatched.length ? (
        <div class="govuk-hint">{t('access.relation.unwatched', { networks: one.unwatched.join(', ') })}</div>
      ) : null}
    </>
  )
}

export const declarePersonPage = form(
  listRelations,
  declarePerson,
  {
    title: 'access.account.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href={home}>{page.t('access.relation.title')}</BackLink>
        <h1>{page.t('access.relation.addPerson')}</h1>
        <Form page={page}>
          <Field page={page} of={DeclarePerson} name="personalCode" width={20} autocomplete="off" />
          <Rest page={page} of={DeclarePerson} />
          <Button>{page.t('access.relation.tell')}</Button>
        </Form>
      </div>
    ),
  },
  () => ({ to: home, said: 'access.relation.done' }),
)

export const declareCasePage = form(
  listRelations,
  declareCase,
  {
    title: 'access.account.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href={home}>{page.t('access.relation.title')}</BackLink>
        <h1>{page.t('access.relation.addCase')}</h1>
        <Form page={page}>
          <Field page={page} of={DeclareCase} name="number" width={20} autocomplete="off" />
          <Rest page={page} of={DeclareCase} />
          <Button>{page.t('access.relation.tell')}</Button>
        </Form>
      </div>
    ),
  },
  () => ({ to: home, said: 'access.relation.done' }),
)

type RestProps = { page: PageContext<unknown>; of: z.ZodObject<Pick<typeof DeclareCase.shape, 'kind' | 'label'>> }

function Rest({ page, of }: RestProps) {
  return (
    <>
      <Field page={page} of={of} name="kind" />
      <Field page={page} of={of} name="label" width={20} autocomplete="off" />
    </>
  )
}

export const removeRelationPage = form(
  openRelation,
  removeRelation,
  {
    title: 'access.account.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href={home}>{page.t('access.relation.title')}</BackLink>
        <h1>{page.t('access.relation.removeTitle', { label: page.data.label })}</h1>
        <p>{page.t('access.relation.removeLead')}</p>
        <Form page={page}>
          <Button kind="danger">{page.t('access.relation.remove')}</Button>
        </Form>
      </div>
    ),
  },
  () => ({ to: home, said: 'access.relation.removed' }),
)
