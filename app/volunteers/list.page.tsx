// Which volunteers are there – as a coordinator looks for them, on a desk and on a phone?
import { get, type PageContext } from '../core/page.tsx'
import { Saved } from '../core/saved/saved.tsx'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { shortCounty, shortName } from '../partners/county.ts'
import { ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { Checkbox, type Option, Select } from '../ui/choices.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Filter, Filtered, type Selected } from '../ui/record/filter.tsx'
import { type Column, Pagination, Table } from '../ui/table.tsx'
import { Glance, languageNames, statusName } from './glance.tsx'
import { addVolunteer } from './keeping.server.ts'
import { languages, statuses } from './volunteer.ts'
import { type Found, type Listed, listVolunteers, perPage, type Wanted } from './volunteers.server.ts'

type Page = PageContext<Found>

export const volunteersPage = get(listVolunteers, {
  title: 'volunteers.tab',
  body: (page) => <Volunteers page={page} />,
})

function Volunteers({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <h1>{t('volunteers.list.title')}</h1>
      <p class="tv-lead">{t('volunteers.list.lead')}</p>
      {page.can(addVolunteer) ? (
        <ButtonGroup>
          <ButtonLink href="/volunteers/new">{t('volunteers.add.action')}</ButtonLink>
          <ButtonLink kind="secondary" href="/recruitment">
            {t('volunteers.list.recruitment')}
          </ButtonLink>
          <ButtonLink kind="secondary" href="/messages">
            {t('volunteers.message.tab')}
          </ButtonLink>
          <ButtonLink kind="secondary" href="/materials">
            {t('materials.title')}
          </ButtonLink>
          <ButtonLink kind="secondary" href="/papers">
            {t('volunteers.list.papers')}
          </ButtonLink>
          <ButtonLink href="/supervision/coverage" kind="secondary">
            {t('supervision.coverage.tab')}
          </ButtonLink>
          <ButtonLink href="/away" kind="secondary">
            {t('volunteers.list.away')}
          </ButtonLink>
          <ButtonLink href="/devices" kind="secondary">
            {t('field.devices.title')}
          </ButtonLink>
        </ButtonGroup>
      ) : null}
      <Saved t={t} list="volunteers" saved={data.saved} query={new URLSearchParams(chosen(data.wanted)).toString()} />
      <Filtered filter={<Filters t={t} data={data} />}>
        <p aria-live="polite">
          <strong>{t('volunteers.list.found', { count: data.total })}</strong>
        </p>
        <Table
          caption={t('volunteers.list.title')}
          captionLook="hidden"
          columns={columns(t, data)}
          rows={data.rows}
          empty={<Nobody t={t} wanted={data.wanted} />}
        />
        <Pagination
          t={t}
          page={data.wanted.page}
          perPage={perPage}
          total={data.total}
          href={(number) => addressOf({ ...data.wanted, page: number })}
        />
      </Filtered>
    </>
  )
}

function Nobody({ t, wanted }: { t: T; wanted: Wanted }) {
  const filtered = chosen(wanted).length > 0
  return (
    <>
      <p>{t(filtered ? 'volunteers.list.nobodyFound' : 'volunteers.list.nobody')}</p>
      {filtered ? <a href="/volunteers">{t('ui.filter.clear')}</a> : null}
    </>
  )
}

function columns(t: T, { counties }: Found): Column<Listed>[] {
  return [
    { name: t('volunteers.list.name'), head: true, cell: (row) => <Name row={row} /> },
    { name: t('volunteers.list.where'), cell: (row) => <Where t={t} row={row} counties={counties} /> },
    { name: t('volunteers.list.today'), cell: ({ standing }) => <Glance t={t} standing={standing} /> },
    {
      name: t('volunteers.list.load'),
      number: true,
      cell: ({ standing: { load, max } }) => `${load.active + load.proposed} / ${max}`,
    },
    { name: t('volunteers.list.lastUsed'), cell: (row) => lastUsed(t, row) },
  ]
}

function Name({ row }: { row: Listed }) {
  return (
    <>
      <a href={`/volunteers/${row.id}`}>{row.name}</a>
      <div class="tv-quiet tv-nowrap">{row.code}</div>
    </>
  )
}

function Where({ t, row, counties }: { t: T; row: Listed; counties: Found['counties'] }) {
  const also = row.also.filter((code) => code !== row.countyCode).map((code) => shortCounty(counties, code))
  return (
    <>
      {[shortCounty(counties, row.countyCode), ...also].join(', ')}
      <div class="tv-quiet">{languageNames(t, row.languages)}</div>
      {row.remoteOnly ? <div class="tv-quiet">{t('volunteers.remote.yes')}</div> : null}
    </>
  )
}

function lastUsed(t: T, { standing: { load } }: Listed): string {
  if (load.active > 0) return t('volunteers.list.usedNow')
  return load.lastUsed ? formatDate(load.lastUsed) : t('volunteers.list.neverUsed')
}

function Filters({ t, data }: { t: T; data: Found }) {
  const { wanted } = data
  const select = (name: keyof Wanted & string, label: string, options: Option[]) => (
    <Select
      t={t}
      id={name}
      name={name}
      label={label}
      options={[
        { value: '', label: t(name === 'status' ? 'volunteers.filter.notEnded' : 'volunteers.filter.any') },
        ...options,
      ]}
      value={String(wanted[name] ?? '')}
    />
  )
  return (
    <Filter t={t} action="/volunteers" selected={selectedOf(t, data)} clear="/volunteers">
      <TextInput
        t={t}
        id="q"
        name="q"
        type="search"
        label={t('volunteers.filter.q')}
        hint={t('volunteers.filter.qHint')}
        value={wanted.q}
        maxLength={100}
      />
      {selects(t, data).map(({ name, label, options }) => select(name, label, options))}
      <Checkbox t={t} id="lapsing" name="lapsing" label={lapsingLabel(t, data)} checked={wanted.lapsing === 'yes'} />
      <Checkbox t={t} id="unused" name="unused" label={unusedLabel(t, data)} checked={wanted.unused === 'yes'} />
      <Checkbox t={t} id="pause" name="pause" label={pauseLabel(t, data)} checked={wanted.pause === 'yes'} />
    </Filter>
  )
}

const lapsingLabel = (t: T, { warnDays }: Found) => t('volunteers.filter.lapsing', { days: warnDays })
const unusedLabel = (t: T, { unusedMonths }: Found) => t('volunteers.filter.unused', { months: unusedMonths })
const pauseLabel = (t: T, { pauseStepDays }: Found) => t('volunteers.filter.pause', { days: pauseStepDays })
const ticks = new Map<string, typeof pauseLabel>([
  ['lapsing', lapsingLabel],
  ['unused', unusedLabel],
  ['pause', pauseLabel],
])

type Choice = {
  name: 'ready' | 'county' | 'language' | 'status' | 'children' | 'supervisor'
  label: string
  options: Option[]
}

function selects(t: T, { counties, supervisors }: Found): Choice[] {
  const list = <V extends string>(values: readonly V[], word: (value: V) => string): Option[] =>
    values.map((value) => ({ value, label: word(value) }))
  return [
    {
      name: 'ready',
      label: t('volunteers.filter.ready'),
      options: list(['yes', 'no'] as const, (one) => t(`volunteers.ready.${one}`)),
    },
    {
      name: 'county',
      label: t('volunteers.filter.county'),
      options: counties.map(({ code, name }) => ({ value: code, label: shortName(name) })),
    },
    {
      name: 'language',
      label: t('volunteers.filter.language'),
      options: list(languages, (one) => t(`volunteers.language.${one}`)),
    },
    {
      name: 'status',
      label: t('volunteers.filter.status'),
      options: [...list(statuses, (one) => statusName(t, one)), { value: 'all', label: t('volunteers.filter.all') }],
    },
    {
      name: 'children',
      label: t('volunteers.filter.children'),
      options: list(['yes', 'no', 'undecided'] as const, (one) => t(`volunteers.children.${one}`)),
    },
    {
      name: 'supervisor',
      label: t('volunteers.field.supervisor'),
      options: [
        ...supervisors.map(({ id, name }) => ({ value: id, label: name })),
        { value: 'none', label: t('volunteers.filter.noSupervisor') },
      ],
    },
  ]
}

/** What is filtered by, as name and value. */
function chosen(wanted: Wanted): [keyof Wanted & string, string][] {
  const { page: _, ...filters } = wanted
  return Object.entries(filters).flatMap(([name, value]) =>
    value ? [[name as keyof Wanted & string, String(value)]] : [],
  )
}

function addressOf(wanted: Wanted): string {
  const query = new URLSearchParams(chosen(wanted))
  if (wanted.page > 1) query.set('page', String(wanted.page))
  return query.size > 0 ? `/volunteers?${query}` : '/volunteers'
}

function selectedOf(t: T, data: Found): Selected[] {
  const offered = selects(t, data)
  return chosen(data.wanted).map(([name, value]) => {
    const select = offered.find((one) => one.name === name)
    const word = select?.options.find((option) => option.value === value)?.label ?? value
    const tick = ticks.get(name)
    const text = tick ? tick(t, data) : select ? `${select.label}: ${word}` : `„${value}“`
    return { text, href: addressOf({ ...data.wanted, [name]: undefined, page: 1 }) }
  })
}
