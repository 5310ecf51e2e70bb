// Who has seen or changed this case, when, and why?
import { actorWords, whyWords } from '../../audit/audit.ts'
import { allOperations } from '../../core/operation.server.ts'
import { get, type PageContext } from '../../core/page.tsx'
import { formatTime } from '../../i18n/format.ts'
import { isKey, type T } from '../../i18n/i18n.ts'
import { Select } from '../../ui/choices.tsx'
import { DateInput } from '../../ui/fields.tsx'
import { Filter, Filtered, type Selected } from '../../ui/record/filter.tsx'
import { Timeline } from '../../ui/record/timeline.tsx'
import { Tag } from '../../ui/tag.tsx'
import { CaseFrame, caseHref } from '../frame.tsx'
import { purposes } from '../identity/reveal.ts'
import { GoneOut } from '../outgoing/parts.tsx'
import { openViews } from './views.server.ts'
import { type PersonDay, partOf, personDays, type Told, type ViewsFilter } from './views.ts'

type Page = PageContext<Awaited<ReturnType<typeof openViews.run>>>

export const viewsPage = get(openViews, {
  title: 'cases.title.case',
  body: (page) => (
    <CaseFrame page={page} head={page.data.head} tab="views">
      <Filtered filter={<Choose page={page} />}>
        <p class="tv-lead">{page.t('cases.views.lead')}</p>
        {page.data.filter.before ? null : (
          <p>
            <a href={caseHref(page.data.head.id, 'sharing')}>{page.t('cases.sharing.eyes')}</a>
          </p>
        )}
        {page.data.filter.before ? null : <GoneOut t={page.t} files={page.data.outgoing} />}
        <Days page={page} />
      </Filtered>
    </CaseFrame>
  ),
})

function Days({ page: { t, data, locale } }: { page: Page }) {
  const changes = new Set(
    allOperations()
      .filter((operation) => operation.access === 'write')
      .map((operation) => operation.name),
  )
  const days = personDays(data.events, changes)
  const last = data.events.at(-1)
  const { person, day, before } = data.filter
  if (days.length === 0) return <p>{t(person || day || before ? 'cases.views.noneFit' : 'cases.views.none')}</p>
  return (
    <>
      <Timeline
        locale={locale}
        items={days.map((one) => ({
          at: one.day,
          title: actorWords(t, one),
          who: bylineOf(t, one),
          children: <Lines t={t} of={one} />,
        }))}
      />
      {data.more && last ? (
        <p>
          <a href={address({ ...data.filter, before: last.seq })} rel="next">
            {t('cases.views.older')}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** `10.05–10.40 · Ohvriabitöötaja, võrgustiku juht`. */
function bylineOf(t: T, { actor, actorRoles, from, to }: PersonDay): string {
  const [first, last] = [formatTime(from), formatTime(to)]
  const role = actor ? actorRoles.map((held) => `core.role.${held}`).find(isKey) : undefined
  const words = [first === last ? first : `${first}–${last}`, role ? t(role) : null]
  return words.filter((word) => word !== null).join(' · ')
}

function Lines({ t, of }: { t: T; of: PersonDay }) {
  const sides = ({ parts }: Told) => parts.map((part) => t(`cases.views.part.${part}`)).join(', ')
  const line = (kind: 'looked' | 'changed' | 'denied') =>
    of[kind].count > 0 ? t(`cases.views.${kind}`, { count: of[kind].count, parts: sides(of[kind]) }) : null
  return (
    <ul class="govuk-list">
      {line('looked') ? <li>{line('looked')}</li> : null}
      {of.opened.map((one) => (
        <li>
          {openedWords(t, one)}
          {one.purposeKept ? <> {purposeWords(t, one)}</> : null}
        </li>
      ))}
      {line('changed') ? <li>{line('changed')}</li> : null}
      {line('denied') ? (
        <li>
          {line('denied')} <Tag kind="attention">{t('audit.refused')}</Tag>
        </li>
      ) : null}
    </ul>
  )
}

type Opened = PersonDay['opened'][number]

const isFound = ({ action }: Opened): boolean => partOf(action) === 'found'

function openedWords(t: T, one: Opened): string {
  const time = formatTime(one.at)
  if (one.objectKind === 'glass') return t('cases.views.emergency', { time })
  if (!isFound(one)) return t('cases.views.opened', { time, what: hiddenWords(t, one) })
  return t(one.action === 'case.found.code' ? 'cases.views.found.code' : 'cases.views.found.name', { time })
}

function hiddenWords(t: T, { objectKind, itemKind }: Opened): string {
  const person = objectKind === 'case-identity'
  const key = `cases.${person ? 'person' : 'place'}.${itemKind}`
  const known = itemKind !== null && isKey(key) ? t(key).toLowerCase() : null
  return known ?? t(person ? 'cases.views.someIdentity' : 'cases.views.somePlace')
}

// Written as the chosen purpose, the typed reason, or both; whoever may not know it reads that there is one.
function purposeWords(t: T, one: Opened): string {
  const { purpose } = one
  if (purpose === null) return t('cases.views.purposeKept')
  if (isFound(one)) return t('cases.views.purpose', { purpose: whyWords(t, purpose) })
  const chosen = purposes.find((each) => purpose === each || purpose.startsWith(`${each}: `))
  const typed = chosen ? purpose.slice(chosen.length + 2) : purpose
  const words = [chosen ? t(`cases.purpose.${chosen}`) : '', typed].filter((word) => word !== '')
  return t('cases.views.purpose', { purpose: words.join(' – ') })
}

function address({ id, ...filter }: Partial<ViewsFilter> & Pick<ViewsFilter, 'id'>): string {
  const named = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
  return `${caseHref(id, 'views')}${named.length > 0 ? `?${new URLSearchParams(named)}` : ''}`
}

function Choose({ page: { t, data } }: { page: Page }) {
  const { filter, people } = data
  const named = people.map((one) => ({
    value: one.id,
    label: actorWords(t, { actor: one.name, actorId: one.id, actorRoles: one.roles, behalf: null }),
  }))
  const without = (name: 'person' | 'day') => address({ ...filter, [name]: undefined, before: undefined })
  const selected: Selected[] = [
    ...named
      .filter(({ value }) => value === filter.person)
      .map(({ label }) => ({ text: label, href: without('person') })),
    ...(filter.day ? [{ text: filter.day, href: without('day') }] : []),
  ]
  const clear = caseHref(filter.id, 'views')
  return (
    <Filter t={t} action={clear} selected={selected} clear={clear}>
      <Select t={t} id="person" name="person" label={t('audit.person')} value={filter.person ?? ''} options={named} />
      <DateInput t={t} id="day" name="day" label={t('audit.day')} value={filter.day ?? ''} />
    </Filter>
  )
}
