// Which assignments are there: asked, going on, over?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { shortName } from '../../partners/county.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { type Column, Pagination, Table } from '../../ui/table.tsx'
import { assignmentStates } from './assignment.ts'
import { type AssignmentFilter, type Listed, listAssignments, perPage } from './assignments.server.ts'
import { StateTag } from './glance.tsx'

type Row = Listed['rows'][number]
type Props = { page: PageContext<Listed> }

export const assignmentsPage = get(listAssignments, {
  title: 'matching.list.tab',
  body: (page) =>
    page.me.roles.includes('volunteer') && page.data.rows.every((row) => row.personId === page.me.id) ? (
      <Own page={page} />
    ) : (
      <Everybody page={page} />
    ),
})

/** A volunteer's own: what waits for an answer first, then what goes on. */
function Own({ page: { t, data } }: Props) {
  return (
    <div class="tv-narrow">
      <h1>{t('matching.list.own')}</h1>
      {data.rows.length === 0 ? (
        <div class="tv-empty">
          <p>{t('matching.list.ownEmpty')}</p>
        </div>
      ) : null}
      {data.rows.map((row) => (
        <section class="tv-card">
          <h2>{row.status === 'proposed' ? t('matching.proposal.title') : row.number}</h2>
          <p>
            <StateTag t={t} status={row.status} />
          </p>
          <p>{ownText(t, row)}</p>
          {row.status === 'proposed' ? (
            <ButtonLink href={`/proposals/${row.id}`} about={ownText(t, row)}>
              {t('matching.list.answer')}
            </ButtonLink>
          ) : (
            <ButtonLink href={`/assignments/${row.id}`} kind="secondary" about={row.number}>
              {t('matching.list.open')}
            </ButtonLink>
          )}
        </section>
      ))}
    </div>
  )
}

function ownText(t: T, row: Row): string {
  const language = row.language ? t(`cases.language.${row.language}` as Key) : ''
  const county = shortName(row.county ?? '')
  const when =
    row.status === 'proposed'
      ? t('matching.list.askedOn', { date: formatDate(row.askedOn) })
      : t('matching.list.since', { date: formatDate(row.startOn ?? row.askedOn) })
  return [county, language, when].filter(Boolean).join(' · ')
}

function Everybody({ page }: Props) {
  const { t, data } = page
  const { filter } = data
  const tabs = [undefined, ...assignmentStates].map((status) => ({
    href: addressOf({ ...filter, status, late: undefined, page: 1 }),
    text: t(status ? `matching.state.${status}` : 'matching.list.all'),
    current: filter.status === status && !filter.late,
  }))
  const late = {
    href: addressOf({ late: 'yes', page: 1 }),
    text: t('matching.state.late'),
    current: filter.late === 'yes',
  }
  return (
    <>
      <h1>{t('matching.list.title')}</h1>
      <Tabs label={t('matching.list.title')} tabs={[...tabs, late]} />
      <p aria-live="polite">
        <strong>{t('matching.list.found', { count: data.total })}</strong>
      </p>
      <Table
        caption={t('matching.list.title')}
        captionLook="hidden"
        columns={columns(t)}
        rows={data.rows}
        empty={<p>{t('matching.list.empty')}</p>}
      />
      <Pagination
        t={t}
        page={filter.page}
        perPage={perPage}
        total={data.total}
        href={(page) => addressOf({ ...filter, page })}
      />
    </>
  )
}

function addressOf({ status, late, page }: AssignmentFilter): string {
  const query = new URLSearchParams()
  if (status) query.set('status', status)
  if (late) query.set('late', late)
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `/assignments?${query}` : '/assignments'
}

function columns(t: T): Column<Row>[] {
  return [
    { name: t('matching.list.case'), head: true, cell: (row) => <a href={`/assignments/${row.id}`}>{row.number}</a> },
    { name: t('matching.column.volunteer'), nowrap: true, cell: (row) => row.code ?? '–' },
    { name: t('matching.list.state'), cell: (row) => <StateTag t={t} status={row.status} late={row.late} /> },
    { name: t('matching.list.asked'), cell: (row) => formatDate(row.askedOn) },
    { name: t('matching.list.from'), cell: (row) => (row.startOn ? formatDate(row.startOn) : '–') },
    { name: t('matching.list.until'), cell: (row) => (row.endOn ? formatDate(row.endOn) : '–') },
    { name: t('matching.proposal.supervisor'), cell: (row) => row.supervisor ?? '–' },
  ]
}
