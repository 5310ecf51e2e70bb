// Which cases are there, how does each stand and what is to be done next – without a name?

import { today } from '../core/clock.server.ts'
import { get, type PageContext } from '../core/page.tsx'
import { Saved } from '../core/saved/saved.tsx'
import type { SavedFilter } from '../core/saved/saved-filters.server.ts'
import type { Person } from '../core/user.ts'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { shortName } from '../partners/county.ts'
import { ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { Select } from '../ui/choices.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Callout } from '../ui/panel.tsx'
import { Filter, Filtered, type Selected } from '../ui/record/filter.tsx'
import { type Column, Pagination, Table } from '../ui/table.tsx'
import { type CaseFilter, type CaseRow, dueStates, mostCounted, movedStates, needStates, perPage } from './case.ts'
import { listCases } from './cases.server.ts'
import { askWhom } from './find/find.server.ts'
import { caseHref, mayKnowRisk, NeedTag, RiskTag, stepWords } from './frame.tsx'
import { startReferral } from './referral/referral.server.ts'
import { levels } from './risk/risk.ts'
import { nextStep } from './tasks.ts'
import { listTransfers } from './transfer/transfers.server.ts'

type List = {
  filter: CaseFilter
  rows: readonly CaseRow[]
  total: number
  counties: readonly { code: string; name: string }[]
  waiting: readonly { caseId: string; number: string }[]
  saved: readonly SavedFilter[]
}

export const casesPage = get(listCases, {
  title: 'cases.title.list',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <h1>{t('cases.list.title')}</h1>
        <p class="tv-lead">{t(leadOf(page.me))}</p>
        {data.waiting.length ? <Waiting t={t} waiting={data.waiting} /> : null}
        <ButtonGroup>
          {page.can(startReferral) ? <ButtonLink href="/cases/new">{t('cases.list.new')}</ButtonLink> : null}
          {page.can(askWhom) ? (
            <ButtonLink href="/cases/find" kind="secondary">
              {t('cases.find.open')}
            </ButtonLink>
          ) : null}
        </ButtonGroup>
        <Saved t={t} list="cases" saved={data.saved} query={queryOf({ ...data.filter, page: 1 })} />
        <Filtered filter={<Filters page={page} />}>
          <Table
            caption={counted(t, data.total)}
            captionLook="s"
            columns={columnsOf(t, mayKnowRisk(page.me))}
            rows={data.rows}
            empty={<p>{t(emptyOf(page.me, chosen(t, data).length > 0, page.can(startReferral)))}</p>}
          />
          <Pagination
            t={t}
            page={data.filter.page}
            perPage={perPage}
            total={Math.min(data.total, mostCounted)}
            href={(number) => address({ ...data.filter, page: number })}
          />
        </Filtered>
        {page.can(listTransfers) ? (
          <p>
            <a href="/transfers">{t('transfer.list.title')}</a>
          </p>
        ) : null}
        {page.me.networks.length ? null : (
          <p>
            <a href="/meetings">{t('meetings.title')}</a>
          </p>
        )}
      </>
    )
  },
})

const counted = (t: T, total: number) =>
  total > mostCounted
    ? t('cases.list.countMore', { count: String(mostCounted) })
    : t('cases.list.count', { count: total })

/** Drafts that a colleague has prepared for me. */
function Waiting({ t, waiting }: { t: T; waiting: List['waiting'] }) {
  return (
    <Callout kind="attention" title={t('cases.list.waiting', { count: waiting.length })}>
      <ul>
        {waiting.map((one) => (
          <li>
            <a href={`/cases/${one.caseId}/assess`}>{one.number}</a>
          </li>
        ))}
      </ul>
    </Callout>
  )
}

function columnsOf(t: T, risk: boolean): Column<CaseRow>[] {
  const now = today()
  const columns: (Column<CaseRow> | false)[] = [
    { name: t('cases.column.number'), cell: (row) => <NumberLink t={t} row={row} /> },
    risk && { name: t('cases.column.risk'), cell: (row) => <RiskTag t={t} level={row.level} /> },
    { name: t('cases.column.need'), cell: (row) => <Need t={t} row={row} /> },
    { name: t('cases.column.helper'), cell: (row) => row.helper ?? '–' },
    risk && { name: t('cases.column.next'), cell: (row) => stepWords(t, stepOf(row, now), now) },
  ]
  return columns.filter((column) => column !== false)
}

/** Whether somebody helps is told of cases that are open; of a closed one it stands on its own page. */
const Need = ({ t, row }: { t: T; row: CaseRow }) =>
  row.status === 'closed' ? <>–</> : <NeedTag t={t} state={row.needStatus ?? 'none'} />

// Where and since when stands under the number: beside the filter there is no width for seven columns, and what to do next is the last.
const NumberLink = ({ t, row }: { t: T; row: CaseRow }) => (
  <>
    <a class="tv-nowrap" href={caseHref(row.id)}>
      {row.number}
    </a>
    <div class="tv-quiet tv-nowrap">
      {t('cases.list.where', { county: shortName(row.county), date: formatDate(row.referredOn) })}
    </div>
    {row.leaving ? <div class="tv-quiet">{t('transfer.leaving')}</div> : null}
  </>
)

function stepOf({ status, legalBasis: basis, level, draftFor, needStatus, tasks }: CaseRow, now: string) {
  return nextStep({ status, basis, level, draft: draftFor !== null, need: needStatus, tasks }, now)
}

function Filters({ page }: { page: PageContext<List> }) {
  const { t, data } = page
  const { filter, counties } = data
  const field = (name: 'county' | 'risk' | 'need' | 'due' | 'moved' | 'status') => ({
    t,
    id: name,
    name,
    label: t(`cases.filter.${name}`),
  })
  const any = { value: '', label: t('cases.filter.any') }
  const risks = [...levels, 'none' as const].map((value) => ({ value, label: t(`cases.risk.${value}`) }))
  const needs = needStates.map((value) => ({ value, label: t(`cases.need.state.${value}`) }))
  const dues = dueStates.map((value) => ({ value, label: t(`cases.filter.due.${value}`) }))
  const moves = movedStates.map((value) => ({ value, label: t(`cases.filter.moved.${value}`) }))
  const statuses = (['open', 'closed', 'all'] as const).map((value) => ({ value, label: t(`cases.status.${value}`) }))
  return (
    <Filter t={t} action="/cases" selected={chosen(t, data)} clear="/cases">
      <TextInput t={t} id="number" name="number" label={t('cases.filter.number')} value={filter.number} width={10} />
      <Select
        {...field('county')}
        value={filter.county}
        options={[any, ...counties.map(({ code, name }) => ({ value: code, label: name }))]}
      />
      {mayKnowRisk(page.me) ? <Select {...field('risk')} value={filter.risk} options={[any, ...risks]} /> : null}
      <Select {...field('need')} value={filter.need} options={[any, ...needs]} />
      <Select {...field('due')} value={filter.due} options={[any, ...dues]} />
      <Select {...field('moved')} value={filter.moved} options={[any, ...moves]} />
      <Select {...field('status')} value={filter.status} options={statuses} />
    </Filter>
  )
}

/** What has been chosen, each with the address of the same list without it. */
function chosen(t: T, { filter, counties }: List): Selected[] {
  const without = (name: keyof CaseFilter) =>
    address({ ...filter, page: 1, [name]: name === 'status' ? 'open' : undefined })
  const county = counties.find(({ code }) => code === filter.county)?.name
  const told: (Selected | false | undefined)[] = [
    filter.number !== undefined && { text: filter.number, href: without('number') },
    county !== undefined && { text: county, href: without('county') },
    filter.risk && { text: t(`cases.risk.${filter.risk}`), href: without('risk') },
    filter.need && { text: t(`cases.need.state.${filter.need}`), href: without('need') },
    filter.due && { text: t(`cases.filter.due.${filter.due}`), href: without('due') },
    filter.moved && { text: t(`cases.filter.moved.${filter.moved}`), href: without('moved') },
    filter.status !== 'open' && { text: t(`cases.status.${filter.status}`), href: without('status') },
  ]
  return told.filter((one): one is Selected => Boolean(one))
}

function address(filter: CaseFilter): string {
  const query = queryOf(filter)
  return query ? `/cases?${query}` : '/cases'
}

function queryOf(filter: CaseFilter): string {
  const given = Object.entries(filter).filter(([name, value]) => {
    if (value === undefined) return false
    return !(name === 'page' && value === 1) && !(name === 'status' && value === 'open')
  })
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}

// A member of the core group has those to which she was invited.
const isInvited = (me: Person) => me.roles.includes('member') && !me.roles.includes('lead')

const leadOf = (me: Person) =>
  isInvited(me) ? 'cases.list.invitedLead' : me.networks.length ? 'cases.list.ownLead' : 'cases.list.nationalLead'

function emptyOf(me: Person, filtered: boolean, mayRefer: boolean) {
  if (filtered) return 'cases.list.nothingFound'
  if (isInvited(me)) return 'cases.list.emptyInvited'
  return mayRefer ? 'cases.list.emptyOwn' : 'cases.list.empty'
}
