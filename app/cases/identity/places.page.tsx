// How are the places of a case kept up, and what is the support person told?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Select } from '../../ui/choices.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { addPlace, dropPlace, openBrief, openPlaces, saveBrief } from './places.server.ts'
import { itemWords } from './reveal.ts'
import { Brief, Place, placeKinds } from './safety.ts'

type Places = Awaited<ReturnType<(typeof openPlaces)['run']>>
type PlacesPage = { page: PageContext<Places> }

export const placesPage = form(
  openPlaces,
  addPlace,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.place.title">
          <p class="tv-lead">{t('cases.place.lead')}</p>
          {data.places.length ? <Now page={page} /> : null}
          <h2>{t('cases.place.add')}</h2>
          <Form page={page}>
            <Field page={page} of={Place} name="kind" list options={kindsFor(page)} />
            {data.adults.length > 1 ? <Whose page={page} /> : null}
            <Field page={page} of={Place} name="value" rows={3} />
            {data.places.length ? <Replaces page={page} /> : null}
            <Button>{t('cases.place.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}`, said: 'cases.place.saved' }),
)

/** How an adult in danger can be reached is asked where there is one. */
const kindsFor = ({ t, data }: PageContext<Places>) =>
  placeKinds
    .filter((kind) => kind !== 'adult_contact' || data.adults.length > 0)
    .map((value) => ({ value, label: t(`cases.place.${value}`) }))

function Whose({ page }: PlacesPage) {
  const { t, data } = page
  const options = data.adults.map((nth) => ({
    value: String(nth),
    label: itemWords(t, 'identity', { kind: 'adult', nth }),
  }))
  return (
    <Select
      t={t}
      id="adult"
      name="adult"
      label={t('cases.place.adult')}
      hint={t('cases.place.adultHint')}
      error={page.errors.adult}
      optional
      options={options}
      value={String(page.values.adult ?? '')}
    />
  )
}

const lineWords = ({ t }: PageContext<Places>, place: Places['places'][number]) =>
  `${itemWords(t, 'whereabouts', place)}, ${t('cases.place.recorded', { date: formatDate(place.recordedAt) })}`

function Now({ page }: PlacesPage) {
  const { t, data } = page
  return (
    <section>
      <h2>{t('cases.place.now')}</h2>
      {data.places.map((place) => (
        <p class="tv-card tv-card--quiet">
          {lineWords(page, place)}{' '}
          <a href={`/cases/${data.head.id}/whereabouts/${place.id}/drop`}>
            {t('cases.place.drop')}
            <span class="govuk-visually-hidden">: {lineWords(page, place)}</span>
          </a>
        </p>
      ))}
    </section>
  )
}

function Replaces({ page }: PlacesPage) {
  const { t, data } = page
  const options = data.places.map((place) => ({ value: place.id, label: lineWords(page, place) }))
  return (
    <Select
      t={t}
      id="replaces"
      name="replaces"
      label={t('cases.place.replaces')}
      error={page.errors.replaces}
      optional
      options={options}
      value={String(page.values.replaces ?? '')}
    />
  )
}

export const dropPlacePage = form(
  openPlaces,
  dropPlace,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.place.dropTitle">
          <p>{t('cases.place.dropLead')}</p>
          <Form page={page}>
            <Button kind="danger">{t('cases.place.drop')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}/whereabouts`, said: 'cases.place.dropped' }),
)

export const briefPage = form(
  openBrief,
  saveBrief,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.brief.title">
          <p class="tv-lead">{t('cases.brief.lead')}</p>
          <Form page={page} draft={page.path}>
            <KeptNow page={page} of={Brief} version={data.version} kept={data.brief} />
            <Field page={page} of={Brief} name="givenName" value={data.brief.givenName} width={20} />
            <Field page={page} of={Brief} name="safetyNote" value={data.brief.safetyNote} />
            <Field page={page} of={Brief} name="agreedTasks" value={data.brief.agreedTasks} />
            <Button>{t('cases.brief.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}`, said: 'cases.brief.saved' }),
)
