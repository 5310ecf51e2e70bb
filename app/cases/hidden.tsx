// How do the people and places of a case stand on its page, so that the value itself has not left the server?
import type { PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { SummaryCard } from '../ui/summary.tsx'
import type { openCase } from './case-file.server.ts'
import { revealValue } from './identity/reveal.server.ts'
import { type Compartment, itemWords } from './identity/reveal.ts'

type Overview = Awaited<ReturnType<(typeof openCase)['run']>>
type Props = { page: PageContext<Overview> }

/** Every identity and every place as a word and a way to ask. */
export function Hidden({ page }: Props) {
  const { t, data } = page
  const { id, own, writes } = data.head
  const places = data.places.map((one) => {
    const name = itemWords(t, 'whereabouts', one)
    const hint = t('cases.place.recorded', { date: formatDate(one.recordedAt) })
    return { name, value: <Asking page={page} what="whereabouts" item={one.id} about={name} />, hint }
  })
  const people = data.people.map((one, index) => personRow(page, one, index))
  const add = { perpetrator: 'perpetrators/new', child: 'children/new', adult: 'adults/new' } as const
  const more = writes
    ? (['perpetrator', 'child', 'adult'] as const).map((kind) => ({
        href: `/cases/${id}/${add[kind]}`,
        text: t(`cases.${kind}.add`),
        about: '',
      }))
    : undefined
  const keep = writes ? [{ href: `/cases/${id}/whereabouts`, text: t('cases.place.keep') }] : undefined
  return (
    <>
      {people.length ? <SummaryCard title={t('cases.card.people')} rows={people} actions={more} /> : null}
      {places.length || own ? <SummaryCard title={t('cases.card.places')} rows={places} actions={keep} /> : null}
    </>
  )
}

function personRow(page: Props['page'], one: Overview['people'][number], index: number) {
  const { t, data } = page
  const { id, writes } = data.head
  const nth = one.nth ?? numberOf(data.people, index)
  const name = itemWords(t, 'identity', { kind: one.kind, nth })
  const at = `/cases/${id}/people/${one.id}`
  const correct = { href: `${at}/correct`, text: t('cases.correct.link'), about: name }
  const withdraw = { href: `${at}/withdraw`, text: t('cases.adult.withdraw'), about: name }
  const value = <Asking page={page} what="identity" item={one.id} about={name} />
  return { name, value, actions: writes ? [correct, ...(one.kind === 'adult' ? [withdraw] : [])] : undefined }
}

/** Children have numbers, and those who used violence where there are several: those of the plan's lines. */
function numberOf(people: Overview['people'], index: number): number | null {
  const of = people[index]
  const same = people.filter(({ kind }) => kind === of?.kind)
  return of?.kind === 'child' || same.length > 1 ? same.findIndex(({ id }) => id === of?.id) + 1 : null
}

function Asking({ page, what, item, about }: Props & { what: Compartment; item: string; about: string }) {
  const { t, data, can } = page
  return (
    <>
      <span class="tv-reveal__dots" aria-hidden="true">
        ••••••
      </span>{' '}
      <span class="govuk-visually-hidden">{t('ui.reveal.hidden')}</span>
      {can(revealValue) ? (
        <a href={`/cases/${data.head.id}/reveal/${what}/${item}`}>
          {t('ui.reveal.action')}
          <span class="govuk-visually-hidden">: {about}</span>
        </a>
      ) : null}
    </>
  )
}
