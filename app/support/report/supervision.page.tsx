// Whom does a supervisor guide, whose report waits, and whose report is late for the coordinator?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatMonth } from '../../i18n/format.ts'
import { BackLink, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { spanWords } from '../outing/card.tsx'
import { OutsideWords } from '../visit/words.tsx'
import { listSupervisees, openSupervisee, type Supervisee } from './supervision.server.ts'
import { Status } from './words.tsx'

type ListPage = PageContext<Awaited<ReturnType<(typeof listSupervisees)['run']>>>
type OnePage = PageContext<Awaited<ReturnType<(typeof openSupervisee)['run']>>>
type Waiting = { id: string; month: string; name: string; dueOn: string }

export const supervisionPage = get(listSupervisees, {
  title: 'support.supervision.title',
  body: (page) => <Supervision page={page} />,
})

function Supervision({ page }: { page: ListPage }) {
  const { t, locale, data, me } = page
  const waiting = data.people.flatMap(({ name, waiting }) => waiting.map((report) => ({ ...report, name })))
  const columns: Column<Waiting>[] = [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ id, name }) => <a href={`/supervision/reports/${id}`}>{name}</a>,
    },
    { name: t('support.report.month'), cell: ({ month }) => formatMonth(month, locale) },
    { name: t('support.report.due'), cell: ({ dueOn }) => formatDate(dueOn) },
  ]
  return (
    <>
      <h1>{t('support.supervision.title')}</h1>
      <ButtonGroup>
        <ButtonLink href="/supervision/sessions">{t('supervision.session.tab')}</ButtonLink>
        <ButtonLink href="/supervision/entries" kind="secondary">
          {t('support.entry.tab')}
        </ButtonLink>
        <ButtonLink href="/supervision/samples" kind="secondary">
          {t('supervision.sample.tab')}
        </ButtonLink>
        <ButtonLink href="/supervision/checkins" kind="secondary">
          {t('supervision.checkin.tab')}
        </ButtonLink>
        <ButtonLink href="/supervision/load" kind="secondary">
          {t('support.supervision.load')}
        </ButtonLink>
        <ButtonLink href="/supervision/away" kind="secondary">
          {t('supervision.away.tab')}
        </ButtonLink>
        <ButtonLink href="/materials" kind="secondary">
          {t('materials.title')}
        </ButtonLink>
        {data.people.some(({ supervisorId }) => supervisorId !== me.id) ? (
          <ButtonLink href="/supervision/duty" kind="secondary">
            {t('supervision.duty.tab')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
      <h2>{t('support.supervision.waiting')}</h2>
      <Table
        caption={t('support.supervision.waiting')}
        captionLook="hidden"
        columns={columns}
        rows={waiting}
        empty={<p>{t('support.supervision.noWaiting')}</p>}
      />
      <h2>{t('support.supervision.people')}</h2>
      <Table
        caption={t('support.supervision.people')}
        captionLook="hidden"
        columns={peopleColumns(page)}
        rows={data.people}
        empty={<p>{t('support.supervision.nobody')}</p>}
      />
      {data.people.some((person) => person.active > 0) ? (
        <ButtonLink href="/support/visits/new" kind="secondary">
          {t('support.supervision.log')}
        </ButtonLink>
      ) : null}
    </>
  )
}

function peopleColumns({ t, me }: ListPage): Column<Supervisee>[] {
  return [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ id, name, code, supervisorId }) => (
        <>
          <a href={`/supervision/volunteers/${id}`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>{' '}
          {supervisorId === me.id ? null : <Tag kind="wait">{t('supervision.duty.standIn')}</Tag>}
        </>
      ),
    },
    { name: t('support.supervision.active'), number: true, cell: ({ active }) => active },
    { name: t('support.supervision.last'), cell: ({ last }) => (last ? formatDate(last) : '–') },
    {
      name: t('support.supervision.attention'),
      cell: (person) => <Attention t={t} person={person} />,
    },
  ]
}

function Attention({ t, person }: Pick<ListPage, 't'> & { person: Supervisee }) {
  const { concerns, late, outside, quiet } = person
  if (concerns === 0 && late.length === 0 && outside === 0 && !quiet)
    return <Tag kind="ok">{t('support.supervision.fine')}</Tag>
  return (
    <>
      {concerns > 0 ? (
        <div>
          <a href="/concerns">
            <Tag kind="danger">{t('support.supervision.concerns', { count: concerns })}</Tag>
          </a>
        </div>
      ) : null}
      {late.length > 0 ? <Tag kind="attention">{t('support.supervision.late', { count: late.length })}</Tag> : null}
      {outside > 0 ? (
        <div>
          <a href={`/supervision/volunteers/${person.id}`}>
            <Tag kind="attention">{t('support.outside.count', { count: outside })}</Tag>
          </a>
        </div>
      ) : null}
      {quiet ? <Tag kind="attention">{t('support.rhythm.quiet')}</Tag> : null}
    </>
  )
}

export const superviseePage = get(openSupervisee, {
  title: 'support.supervision.title',
  body: (page) => <OneSupervisee page={page} />,
})

function OneSupervisee({ page }: { page: OnePage }) {
  const { t, locale, data } = page
  const columns: Column<(typeof data.reports)[number]>[] = [
    {
      name: t('support.report.month'),
      head: true,
      cell: ({ id, month }) => <a href={`/supervision/reports/${id}`}>{formatMonth(month, locale)}</a>,
    },
    { name: t('support.report.status'), cell: ({ status }) => <Status t={t} status={status} /> },
    { name: t('support.report.due'), cell: ({ dueOn }) => formatDate(dueOn) },
  ]
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{data.person.name}</h1>
      <p class="tv-quiet">{[data.person.code, data.person.phone].filter(Boolean).join(' · ')}</p>
      <OutNow page={page} />
      <h2>{t('support.rhythm.supports')}</h2>
      <Table
        caption={t('support.rhythm.supports')}
        captionLook="hidden"
        columns={supportColumns(page)}
        rows={data.supports}
        empty={<p>{t('support.rhythm.none')}</p>}
      />
      <h2>{t('support.title.reports')}</h2>
      <Table
        caption={t('support.title.reports')}
        captionLook="hidden"
        columns={columns}
        rows={data.reports}
        empty={<p>{t('support.supervision.noReports')}</p>}
      />
      {data.outside.length > 0 ? <Outside page={page} /> : null}
    </>
  )
}

/** From where she is expected back today. */
function OutNow({ page: { t, data } }: { page: OnePage }) {
  if (data.outings.length === 0) return null
  return (
    <Callout title={t('support.outing.out')}>
      {data.outings.map((of) => (
        <p>
          <a href={`/outings/${of.id}`}>
            {of.number}, {spanWords(t, of)}
          </a>
        </p>
      ))}
    </Callout>
  )
}

/** What to talk about: contacts that went against what she asked for. */
function Outside({ page: { t, data } }: { page: OnePage }) {
  const columns: Column<(typeof data.outside)[number]>[] = [
    {
      name: t('support.visit.day'),
      head: true,
      cell: ({ id, onDate }) => <a href={`/support/visits/${id}`}>{formatDate(onDate)}</a>,
    },
    { name: t('support.caseNumber'), nowrap: true, cell: ({ number }) => number },
    { name: t('support.visit.way'), cell: ({ way }) => t(`support.way.${way}`) },
    { name: t('support.outside.name'), cell: (visit) => <OutsideWords t={t} visit={visit} /> },
  ]
  return (
    <>
      <h2>{t('support.outside.title')}</h2>
      <p>{t('support.outside.lead')}</p>
      <Table
        caption={t('support.outside.title')}
        captionLook="hidden"
        columns={columns}
        rows={data.outside}
        empty={null}
      />
    </>
  )
}

function supportColumns({ t, data }: OnePage): Column<OnePage['data']['supports'][number]>[] {
  return [
    {
      name: t('support.caseNumber'),
      head: true,
      cell: ({ id, number }) => <a href={`/assignments/${id}`}>{number}</a>,
    },
    { name: t('support.supervision.last'), cell: ({ last }) => (last ? formatDate(last) : '–') },
    {
      name: t('support.rhythm.agreed'),
      cell: ({ id, agreed, quiet, number }) => (
        <>
          {t(agreed === null ? 'support.rhythm.usual' : 'support.rhythm.every', { days: agreed ?? data.quietDays })}{' '}
          <a href={`/supervision/rhythm/${id}`}>
            {t('support.rhythm.change')}
            <span class="govuk-visually-hidden"> {number}</span>
          </a>{' '}
          {quiet > 0 ? <Tag kind="attention">{t('support.rhythm.late', { days: quiet })}</Tag> : null}
        </>
      ),
    },
  ]
}
