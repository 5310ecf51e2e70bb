// How does a support person – or for her the coordinator – say what she takes on and what not?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { type Opened, openLimits, openOwnLimits, tellLimits } from './limits.server.ts'
import { TellLimits } from './limits.ts'

type Props = { page: PageContext<Opened>; own: boolean }

const placeOf = ({ id, keeps }: { id: string; keeps: boolean }) => (keeps ? `/volunteers/${id}` : '/my-profile')

export const ownLimitsPage = form(
  openOwnLimits,
  tellLimits,
  { title: 'volunteers.limits.tab', body: (page) => <Ask page={page} own /> },
  (done) => ({ to: placeOf(done), said: 'volunteers.limits.saved' }),
)

export const volunteerLimitsPage = form(
  openLimits,
  tellLimits,
  { title: 'volunteers.tab', body: (page) => <Ask page={page} own={false} /> },
  (done) => ({ to: placeOf(done), said: 'volunteers.limits.saved' }),
)

function Ask({ page, own }: Props) {
  const { t, data } = page
  const { areas, limits } = data
  const known = {
    areaCounties: areas.filter((one) => one.municipality === null).map((one) => one.county),
    areaMunicipalities: areas.flatMap((one) => one.municipality ?? []),
  }
  return (
    <div class="tv-narrow">
      <BackLink href={own ? '/my-profile' : `/volunteers/${data.id}`}>
        {own ? t('volunteers.own.tab') : data.name}
      </BackLink>
      <h1>{t(own ? 'volunteers.limits.own' : 'volunteers.limits.title')}</h1>
      <p class="tv-lead">{t(own ? 'volunteers.limits.lead' : 'volunteers.limits.leadAll')}</p>
      <Form page={page}>
        <input type="hidden" name="id" value={data.id} />
        <Field page={page} of={TellLimits} name="reach" value={limits.reach} />
        <Elsewhere
          page={page}
          of={TellLimits}
          places={data.places}
          known={known}
          summary={t('volunteers.limits.elsewhere')}
        />
        <Field page={page} of={TellLimits} name="hours" value={limits.hours} />
        <Field page={page} of={TellLimits} name="refuses" value={limits.refuses} />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}
