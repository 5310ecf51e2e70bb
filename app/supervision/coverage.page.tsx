// Who has had no talk in time, who has nobody, and who steps in for whom? Never what was spoken of.
import { fresh } from '../access/fresh.ts'
import { Field, Form } from '../core/form/form.tsx'
import { form, get, type PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { FigureRow, FigureTile } from '../ui/figure.tsx'
import { Callout } from '../ui/panel.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Tag, type TagKind } from '../ui/tag.tsx'
import { type Covered, nameDeputy, openCoverage, openDeputies, withoutCovision } from './coverage.server.ts'
import { CovisionWords } from './covision/words.tsx'
import { NameDeputy, type State } from './supervision.ts'
import { whereCovision } from './wellbeing/wellbeing.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openCoverage)['run']>>>
type DeputyPage = PageContext<Awaited<ReturnType<(typeof openDeputies)['run']>>>

export const coveragePage = get(openCoverage, {
  title: 'supervision.coverage.tab',
  body: (page) => <Coverage page={page} />,
})

function Coverage({ page }: { page: Page }) {
  const { t, data } = page
  const count = (wanted: State[]) => data.people.filter(({ state }) => wanted.includes(state)).length
  const figures = [
    ['fine', count(['fine', 'soon'])],
    ['late', count(['moved', 'overdue'])],
    ['unguided', count(['unguided'])],
    ['forgotten', count(['forgotten'])],
    ...(data.kinds.includes('covision') ? ([['together', withoutCovision(data.people)]] as const) : []),
  ] as const
  return (
    <>
      <h1>{t('supervision.coverage.tab')}</h1>
      <p class="tv-lead">
        {t('supervision.coverage.lead', { weeks: data.supervisionWeeks, days: data.supervisionGraceDays })}
      </p>
      <p>
        {t('supervision.order', {
          kinds: data.kinds.map((kind) => t(`supervision.kind.${kind}`).toLowerCase()).join(', '),
        })}{' '}
        {data.kinds.includes('covision') ? t('supervision.order.covision', { weeks: data.covisionWeeks }) : null}{' '}
        <a href="/settings">{t('supervision.order.change')}</a>
      </p>
      <FigureRow>
        {figures.map(([id, value]) => (
          <FigureTile
            t={t}
            id={`coverage-${id}`}
            value={String(value)}
            label={t(`supervision.coverage.${id}`)}
            definition={t(`supervision.coverage.${id}Meaning`)}
          />
        ))}
      </FigureRow>
      <ButtonGroup>
        <ButtonLink href="/supervision/deputies" kind="secondary">
          {t('supervision.deputy.name')}
        </ButtonLink>
        <ButtonLink href="/supervision/away" kind="secondary">
          {t('supervision.away.tab')}
        </ButtonLink>
        <ButtonLink href="/samples" kind="secondary">
          {t('supervision.sample.tab')}
        </ButtonLink>
      </ButtonGroup>
      <Carrying page={page} />
      <Guides page={page} />
      <Table
        caption={t('supervision.coverage.people')}
        columns={columns(page)}
        rows={data.people}
        empty={<p>{t('supervision.coverage.nobody')}</p>}
      />
      <p class="tv-quiet">{t('supervision.coverage.unseen')}</p>
    </>
  )
}

/** Where many carry much, in thirds and of groups alone: a covision is worth offering there. Of nobody is anything told. */
function Carrying({ page: { t, data } }: { page: Page }) {
  const counties = whereCovision(data.loads)
  return (
    <>
      {counties.length > 0 ? (
        <Callout title={t('supervision.coverage.covision')}>
          <p>{t('supervision.coverage.covisionWhere', { counties: counties.join(', ') })}</p>
        </Callout>
      ) : null}
      <Table
        caption={t('supervision.load.counties')}
        columns={[
          {
            name: t('volunteers.field.county'),
            head: true,
            cell: ({ county }) => county ?? t('supervision.load.country'),
          },
          { name: t('supervision.load.people'), number: true, cell: ({ people }) => people },
          { name: t('supervision.load.share'), cell: ({ share }) => t(`supervision.load.share.${share}`) },
        ]}
        rows={data.loads}
        empty={<p>{t('supervision.load.none', { least: data.smallCount })}</p>}
      />
      <p class="tv-quiet">
        {t('supervision.load.protected', { least: data.smallCount })} {t('supervision.load.how')}
      </p>
    </>
  )
}

function Guides({ page: { t, data } }: { page: Page }) {
  const away = new Map(
    data.absences.filter(({ fromOn }) => fromOn <= data.today).map((one) => [one.supervisorId, one.toOn]),
  )
  const columns: Column<(typeof data.deputies)[number]>[] = [
    { name: t('support.supervisor'), head: true, cell: ({ name }) => name },
    {
      name: t('supervision.deputy.deputy'),
      cell: ({ deputy, deputyId }) => (
        <>
          {deputy ?? <Tag kind="attention">{t('supervision.deputy.none')}</Tag>}{' '}
          {deputyId && away.has(deputyId) ? <Tag kind="attention">{t('supervision.deputy.away')}</Tag> : null}
        </>
      ),
    },
    {
      name: t('supervision.away.tab'),
      cell: ({ id }) => {
        const until = away.get(id)
        return until ? t('supervision.away.until', { date: formatDate(until) }) : '–'
      },
    },
    {
      name: t('supervision.coverage.unread', { days: data.unreadTellDays }),
      number: true,
      cell: ({ id }) => data.unread.find(({ supervisorId }) => supervisorId === id)?.entries ?? 0,
    },
  ]
  return (
    <Table
      caption={t('supervision.coverage.guides')}
      columns={columns}
      rows={data.deputies}
      empty={<p>{t('volunteers.supervisor.none')}</p>}
    />
  )
}

const tags: Record<State, TagKind> = {
  unguided: 'danger',
  moved: 'attention',
  overdue: 'attention',
  soon: 'wait',
  forgotten: 'neutral',
  fine: 'ok',
}

function columns({ t, data }: Page): Column<Covered>[] {
  const day = (date: string | null) => (date ? formatDate(date) : '–')
  return [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ id, name, code }) => (
        <>
          <a href={`/volunteers/${id}`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>
        </>
      ),
    },
    { name: t('support.supervisor'), cell: ({ supervisor }) => supervisor ?? '–' },
    {
      name: t('supervision.coverage.state'),
      cell: ({ state }) => <Tag kind={tags[state]}>{t(`supervision.state.${state}`)}</Tag>,
    },
    { name: t('supervision.coverage.last'), cell: ({ standing }) => day(standing.lastOn) },
    { name: t('supervision.coverage.due'), cell: ({ standing }) => day(standing.dueOn) },
    { name: t('supervision.coverage.next'), cell: ({ standing }) => day(standing.nextOn) },
    {
      name: t('supervision.kind.covision'),
      cell: ({ standing }) => <CovisionWords t={t} standing={standing} today={data.today} />,
    },
  ]
}

export const deputyPage = fresh(
  form(openDeputies, nameDeputy, { title: 'supervision.deputy.name', body: (page) => <Deputy page={page} /> }, () => ({
    to: '/supervision/coverage',
    said: 'supervision.deputy.saved',
  })),
)

function Deputy({ page }: { page: DeputyPage }) {
  const { t, data } = page
  const options = data.deputies.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision/coverage">{t('supervision.coverage.tab')}</BackLink>
      <h1>{t('supervision.deputy.name')}</h1>
      <p class="tv-lead">{t('supervision.deputy.lead')}</p>
      <Form page={page}>
        <Field page={page} of={NameDeputy} name="supervisor" options={options} list />
        <Field page={page} of={NameDeputy} name="deputy" options={options} list />
        <Button>{t('supervision.deputy.save')}</Button>
      </Form>
    </div>
  )
}
