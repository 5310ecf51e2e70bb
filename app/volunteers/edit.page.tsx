// How is a volunteer added, and how is what we know of one mended?
import { Field, Form, type FormPage } from '../core/form/form.tsx'
import { KeptNow } from '../core/form/kept-now.tsx'
import { form, type PageContext } from '../core/page.tsx'
import type { T } from '../i18n/i18n.ts'
import { shortCounty } from '../partners/county.ts'
import type { Places } from '../partners/places.server.ts'
import { BackLink, Button } from '../ui/buttons.tsx'
import type { Option } from '../ui/choices.tsx'
import { Callout } from '../ui/panel.tsx'
import { addVolunteer, editVolunteer } from './keeping.server.ts'
import { Elsewhere, Ticks } from './limits/elsewhere.tsx'
import { type Opened, openNewVolunteer, openVolunteer } from './profile/profile.server.ts'
import { languages } from './volunteer.ts'
import { AddVolunteer } from './volunteer-input.ts'

export const newVolunteerPage = form(
  openNewVolunteer,
  addVolunteer,
  {
    title: 'volunteers.tab',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/volunteers">{page.t('volunteers.list.title')}</BackLink>
        <h1>{page.t('volunteers.add.title')}</h1>
        <p class="tv-lead">{page.t('volunteers.add.lead')}</p>
        <Form page={page}>
          <ProfileFields page={page} places={page.data.places} known={{}} />
          <Button>{page.t('volunteers.add.action')}</Button>
        </Form>
      </div>
    ),
  },
  ({ id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.add.done' }),
)

export const editVolunteerPage = form(
  openVolunteer,
  editVolunteer,
  { title: 'volunteers.tab', body: (page) => <Edit page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.edit.done' }),
)

type Known = Partial<Record<keyof typeof AddVolunteer.shape, string | number | readonly string[] | null>>

function Edit({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  const known = knownOf(data)
  return (
    <div class="tv-narrow">
      <BackLink href={`/volunteers/${data.id}`}>{data.name}</BackLink>
      <h1>{t('volunteers.edit.title')}</h1>
      <Form page={page}>
        <KeptNow page={page} of={AddVolunteer} name="version" version={data.version} kept={comparedOf(data)} />
        <ProfileFields page={page} places={data.places} known={known} account={data.personId} />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}

function knownOf(data: Opened): Known {
  const { name, email, phone, birthYear, sex, occupation, availability, maxCases, notes } = data
  const codes = (whole: boolean) => data.areas.filter((area) => (area.municipality === null) === whole)
  return {
    ...{ name, email, phone, birthYear, sex, occupation, availability, maxCases, notes },
    ...{ county: data.countyCode, municipality: data.municipalityCode, childrenReason: data.childContactReason },
    areaCounties: codes(true).map((area) => area.county),
    areaMunicipalities: codes(false).flatMap((area) => area.municipality ?? []),
    firstLanguage: data.languages[0] ?? null,
    languages: data.languages.slice(1),
    remote: data.remoteOnly ? 'yes' : 'no',
    car: data.hasCar === null ? 'unknown' : data.hasCar ? 'yes' : 'no',
    children: data.childContact === null ? 'undecided' : data.childContact ? 'yes' : 'no',
  }
}

const comparedOf = (data: Opened) => {
  const { name, email, phone, birthYear, occupation, availability, maxCases, notes } = data
  const compared = { phone, birthYear, occupation, availability, maxCases, notes }
  return data.personId === null ? { name, ...compared, email } : compared
}

type FieldsProps = { page: FormPage; places: Places; known: Known; account?: string | null }

function ProfileFields({ page, places, known, account = null }: FieldsProps) {
  const { t } = page
  const field = (name: keyof typeof AddVolunteer.shape, more: Partial<Parameters<typeof Field>[0]> = {}) => (
    <Field page={page} of={AddVolunteer} value={known[name] ?? null} {...more} name={name} />
  )
  const counties = places.counties.map(({ code }) => ({ value: code, label: shortCounty(places.counties, code) }))
  return (
    <>
      {account === null ? (
        field('name')
      ) : (
        <Callout>
          <p>{t('volunteers.edit.account', { name: String(known.name ?? ''), email: String(known.email ?? '') })}</p>
          <p>
            <a href={`/people/${account}/name`}>{t('access.name.open')}</a>
            {' · '}
            <a href={`/people/${account}/email`}>{t('access.email.open')}</a>
          </p>
        </Callout>
      )}
      {field('phone', { width: 20 })}
      {account === null ? field('email') : null}
      {field('personalCode', { width: 20 })}
      {field('birthYear')}
      {field('sex', { inline: true })}
      {field('occupation')}
      <h2>{t('volunteers.edit.where')}</h2>
      {field('county', { list: true, options: counties })}
      {field('municipality', { list: true, options: municipalityOptions(places) })}
      <Elsewhere page={page} of={AddVolunteer} places={places} known={known} summary={t('volunteers.edit.elsewhere')} />
      <h2>{t('volunteers.edit.how')}</h2>
      {field('firstLanguage', { list: true })}
      <Ticks page={page} of={AddVolunteer} known={known} name="languages" options={languageOptions(t)} />
      {field('availability', { rows: 3 })}
      {field('maxCases')}
      {field('remote', { value: known.remote ?? 'no', inline: true })}
      {field('car', { inline: true })}
      <h2>{t('volunteers.edit.children')}</h2>
      {field('children', { value: known.children ?? 'undecided' })}
      {field('childrenReason')}
      {field('notes', { rows: 4 })}
    </>
  )
}

function municipalityOptions({ counties, municipalities }: Places): Option[] {
  return municipalities.map(({ code, name, county }) => ({
    value: code,
    label: `${name} (${shortCounty(counties, county)})`,
  }))
}

const languageOptions = (t: T): Option[] =>
  languages.map((value) => ({ value, label: t(`volunteers.language.${value}`) }))
