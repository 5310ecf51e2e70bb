// How do the people and places of a case stand on its page, so that the value itself has not left the server?
import type { PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { SummaryCard } from '../ui/summary.tsx'
import type { openCase } from './case-file.server.ts'
import { revealValue } from './identity/reveal.server.ts'
import { type Compartment, itemWords } from './identity/reveal.ts'
import { mayGo } from './withdraw/withdraw.ts'

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
  const people = data.people.map((one) => personRow(page, one))
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

function personRow(page: Props['page'], one: Overview['people'][number]) {
  const { t, data } = page
  const { id, writes } = data.head
  const name = itemWords(t, 'identity', one)
  const at = `/cases/${id}/people/${one.id}`
  const correct = { href: `${at}/correct`, text: t('cases.correct.link'), about: name }
  const withdraw = { href: `${at}/withdraw`, text: t('cases.withdraw.link'), about: name }
  const value = <Asking page={page} what="identity" item={one.id} about={name} />
  return { name, value, actions: writes ? [correct, ...(mayGo(one, data.people) ? [withdraw] : [])] : undefined }
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
