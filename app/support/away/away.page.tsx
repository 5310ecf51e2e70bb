// How does a support person – or for her the coordinator – say that she is away?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { endAway, type Opened, openAway, openOwnAway, tellAway } from './away.server.ts'
import { TellAway } from './away.ts'

type Props = { page: PageContext<Opened>; own: boolean }

const placeOf = ({ id, keeps }: { id: string; keeps: boolean }) => (keeps ? `/volunteers/${id}/away` : '/my-away')

export const ownAwayPage = form(
  openOwnAway,
  tellAway,
  { title: 'support.away.tab', body: (page) => <Days page={page} own /> },
  (done) => ({ to: placeOf(done), said: 'support.away.saved' }),
)

export const volunteerAwayPage = form(
  openAway,
  tellAway,
  { title: 'volunteers.tab', body: (page) => <Days page={page} own={false} /> },
  (done) => ({ to: placeOf(done), said: 'support.away.saved' }),
)

export const endAwayAction = action(endAway, (done) => ({ to: placeOf(done), said: 'support.away.ended' }))

function Days({ page, own }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={own ? '/my-profile' : `/volunteers/${data.id}`}>
        {own ? t('volunteers.own.tab') : data.name}
      </BackLink>
      <h1>{t(own ? 'support.away.own' : 'support.away.title')}</h1>
      <p class="tv-lead">{t(own ? 'support.away.lead' : 'support.away.leadAll')}</p>
      <p>{data.guide ? t('support.away.cover', { name: data.guide }) : t('support.away.noCover')}</p>
      <Known page={page} own={own} />
      <h2>{t('support.away.add')}</h2>
      <Form page={page}>
        <input type="hidden" name="id" value={data.id} />
        <Field page={page} of={TellAway} name="fromOn" value={data.today} />
        <Field page={page} of={TellAway} name="toOn" />
        <Button>{t('support.away.save')}</Button>
      </Form>
      <p class="tv-quiet">{t('support.away.pause')}</p>
    </div>
  )
}

function Known({ page, own }: Props) {
  const { t, data } = page
  if (data.aways.length === 0) return <p>{t('support.away.none')}</p>
  return (
    <section>
      <h2>{t('support.away.known')}</h2>
      <ul class="govuk-list">
        {data.aways.map(({ id, fromOn, toOn }) => {
          const days = t('support.away.days', { from: formatDate(fromOn), to: formatDate(toOn) })
          return (
            <li>
              <form method="post" action={`/away/${id}/end`}>
                <Tokens page={page} />
                {days}{' '}
                <Button kind="quiet" about={days}>
                  {t(
                    fromOn > data.today ? 'support.away.notGoing' : own ? 'support.away.backOwn' : 'support.away.back',
                  )}
                </Button>
              </form>
            </li>
          )
        })}
      </ul>
      {data.renew.length > 0 ? (
        <Callout kind="attention" title={t(own ? 'support.away.renewOwn' : 'support.away.renew')}>
          <ul>
            {data.renew.map(({ kind, until }) => (
              <li>{t('support.away.lapses', { paper: t(`volunteers.evidence.${kind}`), until: formatDate(until) })}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </section>
  )
}
