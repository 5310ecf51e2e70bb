// How does the coordinator take the small steps: a supervisor, an account, a tie, a look at the personal code?
import { fresh } from '../access/fresh.ts'
import { Field, Form } from '../core/form/form.tsx'
import { form, type Page, type PageContext, reply } from '../core/page.tsx'
import { shortCounty } from '../partners/county.ts'
import { BackLink, Button, ButtonGroup } from '../ui/buttons.tsx'
import { Callout } from '../ui/panel.tsx'
import { Summary } from '../ui/summary.tsx'
import { addTie, makeAccount, revealCode, setSupervisor } from './keeping.server.ts'
import { type Opened, openOwnProfile, openVolunteer } from './profile/profile.server.ts'
import { AddTie, MakeAccount, purposes, SetSupervisor } from './volunteer-input.ts'

type Props = { page: PageContext<Opened> }

function Back({ page: { data } }: Props) {
  return <BackLink href={`/volunteers/${data.id}`}>{data.name}</BackLink>
}

export const volunteerSupervisorPage = fresh(
  form(
    openVolunteer,
    setSupervisor,
    { title: 'volunteers.tab', body: (page) => <Supervisor page={page} /> },
    (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.supervisor.done' }),
  ),
)

function Supervisor({ page }: Props) {
  const { t, data } = page
  const options = data.supervisors.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('volunteers.supervisor.title')}</h1>
      <p class="tv-lead">{t('volunteers.supervisor.lead')}</p>
      {options.length === 0 ? (
        <p>{t('volunteers.supervisor.none')}</p>
      ) : (
        <Form page={page}>
          <Field page={page} of={SetSupervisor} name="supervisor" options={options} value={data.supervisorId} />
          <Button>{t('volunteers.supervisor.set')}</Button>
        </Form>
      )}
    </div>
  )
}

export const volunteerAccountPage = form(
  openVolunteer,
  makeAccount,
  { title: 'volunteers.tab', body: (page) => <Account page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.account.done' }),
)

function Account({ page }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('volunteers.account.title')}</h1>
      <p class="tv-lead">{t('volunteers.account.lead')}</p>
      <Form page={page}>
        <Field page={page} of={MakeAccount} name="email" value={data.email} />
        <Field page={page} of={MakeAccount} name="locale" value="et" inline />
        <Button>{t('volunteers.account.make')}</Button>
      </Form>
    </div>
  )
}

export const volunteerTiePage = form(
  openVolunteer,
  addTie,
  {
    title: 'volunteers.tab',
    body: (page) => (
      <div class="tv-narrow">
        <Back page={page} />
        <h1>{page.t('volunteers.tie.add')}</h1>
        <p class="tv-lead">{page.t('volunteers.tie.lead')}</p>
        <TieForm page={page} />
      </div>
    ),
  },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.tie.done' }),
)

export const ownTiePage = form(
  openOwnProfile,
  addTie,
  {
    title: 'volunteers.own.tab',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/my-profile">{page.t('volunteers.own.tab')}</BackLink>
        <h1>{page.t('volunteers.tie.own')}</h1>
        <p class="tv-lead">{page.t('volunteers.tie.ownLead')}</p>
        <TieForm page={page} />
      </div>
    ),
  },
  () => ({ to: '/my-profile', said: 'volunteers.tie.done' }),
)

function TieForm({ page }: Props) {
  const { t, data } = page
  const { counties, municipalities } = data.places
  const options = municipalities.map(({ code, name, county }) => ({
    value: code,
    label: `${name} (${shortCounty(counties, county)})`,
  }))
  return (
    <Form page={page}>
      <input type="hidden" name="id" value={data.id} />
      <Field page={page} of={AddTie} name="municipality" list options={options} />
      <Field page={page} of={AddTie} name="reason" />
      <Button>{t('volunteers.save')}</Button>
    </Form>
  )
}

// Shown to those alone who may look at it.
const askForCode = form(
  openVolunteer,
  revealCode,
  { title: 'volunteers.tab', body: (page) => <AskForCode page={page} /> },
  ({ id }) => `/volunteers/${id}`,
)

function AskForCode({ page }: Props) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <Back page={page} />
      <h1>{t('volunteers.code.title')}</h1>
      <p class="tv-lead">{t('volunteers.code.lead')}</p>
      <Form page={page}>
        <ButtonGroup>
          {purposes.map((purpose) => (
            <Button kind="secondary" name="purpose" value={purpose}>
              {t(`volunteers.code.purpose.${purpose}`)}
            </Button>
          ))}
        </ButtonGroup>
      </Form>
    </div>
  )
}

const shownCode = reply(revealCode, {
  title: 'volunteers.tab',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <BackLink href={`/volunteers/${data.id}`}>{data.name}</BackLink>
      <h1>{t('volunteers.code.title')}</h1>
      <Summary
        rows={[
          { name: t('volunteers.field.name'), value: `${data.name} (${data.code})` },
          { name: t('volunteers.field.personalCode'), value: <span class="tv-revealed">{data.personalCode}</span> },
        ]}
      />
      <Callout>
        <p>{t('volunteers.code.logged')}</p>
      </Callout>
    </div>
  ),
})

/** The purpose is asked first, each a button of its own; the code leaves the server only in the answer. */
export const volunteerCodePage: Page = fresh({
  get: askForCode.get,
  post: shownCode.post,
  operations: askForCode.operations,
})
