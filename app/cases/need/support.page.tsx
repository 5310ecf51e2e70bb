// Who helps in this case, and how did it come to that?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { isKey, type Key, type T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { hourNames, taskNames } from '../../volunteers/limits/words.ts'
import type { NeedState } from '../case.ts'
import { CaseFrame, NeedTag } from '../frame.tsx'
import { openSupport } from './support.server.ts'

type Support = Awaited<ReturnType<(typeof openSupport)['run']>>
type NeedLine = Support['needs'][number]

export const supportPage = get(openSupport, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    const { head, needs, assignments } = data
    const mayOffer = head.writes && !needs.some((need) => ['open', 'proposed', 'covered'].includes(need.status))
    return (
      <CaseFrame page={page} head={head} tab="support">
        {needs.length ? null : <Unoffered page={page} />}
        {mayOffer ? (
          <ButtonLink href={`/cases/${head.id}/need`}>
            {t(needs.length ? 'cases.support.offerAgain' : 'cases.do.offer')}
          </ButtonLink>
        ) : null}
        {needs.map((need) => (
          <NeedCard page={page} need={need} />
        ))}
        {needs.length ? <Helpers page={page} assignments={assignments} /> : null}
        <Links page={page} />
      </CaseFrame>
    )
  },
})

/** Nobody has been offered to her, and why, where that was said. */
function Unoffered({ page: { t, data } }: { page: PageContext<Support> }) {
  const { head, notOffered } = data
  const why = t(notOffered ? 'cases.need.whyNotChange' : 'cases.need.notOffered')
  return (
    <>
      <p>{t('cases.support.noNeed')}</p>
      {notOffered ? (
        <p class="tv-words">{t('cases.need.because', { date: formatDate(notOffered.at), why: notOffered.why })}</p>
      ) : null}
      {head.writes ? (
        <p>
          <a href={`/cases/${head.id}/not-offered`}>{why}</a>
        </p>
      ) : null}
    </>
  )
}

/** A stored reason is a word of the list, perhaps with a note after it. */
export function reasonWords(t: T, prefix: 'cases.need.declined' | 'cases.need.closed', stored: string): string {
  const [code = '', ...note] = stored.split(': ')
  const key = `${prefix}.${code}`
  return isKey(key) ? [t(key), ...note].join(': ') : stored
}

function NeedCard({ page, need }: { page: PageContext<Support>; need: NeedLine }) {
  const { t, data } = page
  const close = { href: `/cases/${data.head.id}/need/${need.id}/close`, text: t('cases.need.close') }
  const declined = need.status === 'declined'
  const rows: (SummaryRow | null)[] = [
    { name: t('cases.column.need'), value: <NeedTag t={t} state={need.status as NeedState} /> },
    ...(declined ? [] : wishRows(t, need)),
    need.note ? { name: t('cases.need.note'), value: need.note } : null,
    { name: t('cases.support.history'), value: <Events t={t} need={need} /> },
  ]
  return (
    <SummaryCard
      title={t('cases.support.need', { number: need.number })}
      rows={rows}
      actions={data.head.writes && need.status === 'open' ? [close] : undefined}
    />
  )
}

function wishRows(t: T, need: NeedLine): SummaryRow[] {
  const sex = t(`cases.need.sex.${need.wantedSex}` as Key)
  return [
    { name: t('cases.field.language'), value: t(`cases.language.${need.language}` as Key) },
    {
      name: t('cases.need.wantedSex'),
      value: need.avoidLocal ? `${sex}; ${t('cases.need.avoidLocal').toLowerCase()}` : sex,
    },
    ...need.hours.slice(0, 1).map(() => ({ name: t('cases.need.hours'), value: hourNames(t, need.hours) })),
    ...need.tasks.slice(0, 1).map(() => ({ name: t('cases.need.tasks'), value: taskNames(t, need.tasks) })),
    {
      name: t('cases.support.from'),
      value: t('cases.support.length', { from: formatDate(need.fromOn), months: need.months }),
    },
  ]
}

function Events({ t, need }: { t: T; need: NeedLine }) {
  return (
    <ul>
      {need.events.map((event) => {
        const prefix = event.kind === 'declined' ? 'cases.need.declined' : 'cases.need.closed'
        const why = event.reason ? ` – ${reasonWords(t, prefix, event.reason)}` : ''
        return <li>{`${formatDate(event.onDate)} ${t(`cases.event.${event.kind}` as Key)}${why}`}</li>
      })}
    </ul>
  )
}

/** Whether whoever helps may know somebody of the case: for the lead; what is compared, for everybody who keeps the case. */
function Links({ page: { t, data } }: { page: PageContext<Support> }) {
  const { head, leads, links } = data
  if (!head.own) return null
  const open = links.filter(({ state }) => state === 'open').length
  return (
    <section>
      <h2>{t('cases.link.title')}</h2>
      <p>{t(open > 0 ? 'cases.link.waiting' : 'cases.link.short', { count: open })}</p>
      <p>
        {leads ? (
          <>
            <a href={`/cases/${head.id}/links`}>{t('cases.link.look')}</a>
            <br />
          </>
        ) : null}
        <a href={`/cases/${head.id}/known`}>{t('cases.link.factsOpen')}</a>
      </p>
    </section>
  )
}

function Helpers({ page, assignments }: { page: PageContext<Support>; assignments: Support['assignments'] }) {
  const { t, me } = page
  // Members and the auditor see who helps; the assignment itself is for those who steer it.
  const linked = me.roles.includes('lead') || me.roles.includes('coordinator')
  return (
    <Table
      caption={t('cases.support.helpers')}
      rows={assignments}
      empty={<p>{t('cases.support.noHelper')}</p>}
      columns={[
        {
          name: t('cases.column.helper'),
          cell: (one) => (linked ? <a href={`/assignments/${one.id}`}>{one.code}</a> : one.code),
        },
        { name: t('cases.support.supervisor'), cell: (one) => one.supervisor ?? '–' },
        {
          name: t('cases.support.state'),
          cell: (one) => (
            <Tag kind={one.status === 'active' ? 'ok' : one.status === 'proposed' ? 'wait' : 'neutral'}>
              {t(`cases.assignment.${one.status}` as Key)}
            </Tag>
          ),
        },
        { name: t('cases.support.from'), cell: (one) => (one.startOn ? formatDate(one.startOn) : '–') },
        { name: t('cases.support.until'), cell: (one) => (one.endOn ? formatDate(one.endOn) : '–') },
      ]}
    />
  )
}
