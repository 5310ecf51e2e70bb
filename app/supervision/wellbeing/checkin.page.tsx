// How does a support person say how she is, and how does whoever guides her hear it?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, HelpNumbers } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type Checkin, listCheckins, openCheckin, seeCheckin, writeCheckin } from './checkins.server.ts'
import { WriteCheckin } from './wellbeing.ts'

type OwnPage = PageContext<Awaited<ReturnType<(typeof openCheckin)['run']>>>
type ListPage = PageContext<Awaited<ReturnType<(typeof listCheckins)['run']>>>

export const ownCheckinPage = form(
  openCheckin,
  writeCheckin,
  { title: 'supervision.checkin.own', body: (page) => <Own page={page} /> },
  () => ({ to: '/', said: 'supervision.checkin.saved' }),
)

function Own({ page }: { page: OwnPage }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/">{t('ui.back')}</BackLink>
      <h1>{t('supervision.checkin.own')}</h1>
      {data.supervisor ? (
        <>
          <p class="tv-lead">{t('supervision.checkin.lead', { name: data.supervisor })}</p>
          <Form page={page}>
            <Field page={page} of={WriteCheckin} name="level" />
            <Field page={page} of={WriteCheckin} name="carries" />
            <Field page={page} of={WriteCheckin} name="talk" />
            <Field page={page} of={WriteCheckin} name="words" rows={3} />
            <Button>{t('supervision.checkin.save')}</Button>
          </Form>
        </>
      ) : (
        <p>{t('supervision.error.nobody')}</p>
      )}
      <HelpNumbers t={t} />
    </div>
  )
}

export const checkinsPage = get(listCheckins, {
  title: 'supervision.checkin.tab',
  body: (page) => <Checkins page={page} />,
})

export const seeCheckinAction = action(seeCheckin, () => ({
  to: '/supervision/checkins',
  said: 'supervision.checkin.seen',
}))

function Checkins({ page }: { page: ListPage }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('supervision.checkin.tab')}</h1>
      <p class="tv-lead">{t('supervision.checkin.listLead')}</p>
      {data.checkins.length === 0 ? <p>{t('supervision.checkin.none')}</p> : null}
      {data.checkins.map((one) => (
        <One page={page} one={one} />
      ))}
    </div>
  )
}

function One({ page, one }: { page: ListPage; one: Checkin }) {
  const { t } = page
  const { answers } = one
  return (
    <section>
      <h2>
        {one.name}, {formatDate(isoDate(one.writtenAt))}{' '}
        {one.seenAt ? null : <Tag kind="wait">{t('supervision.checkin.new')}</Tag>}
      </h2>
      {answers ? (
        <Summary
          rows={[
            { name: t('supervision.checkin.level'), value: t(`supervision.level.${answers.level}`) },
            { name: t('supervision.checkin.carries'), value: t(`supervision.carries.${answers.carries}`) },
            { name: t('supervision.checkin.talk'), value: t(`supervision.talk.${answers.talk}`) },
            answers.words !== undefined && { name: t('supervision.checkin.words'), value: answers.words },
          ]}
        />
      ) : (
        <Callout>{t('supervision.session.closed')}</Callout>
      )}
      {one.seenAt ? null : (
        <form method="post" action={`/supervision/checkins/${one.id}/seen`}>
          <Tokens page={page} />
          <Button kind="secondary" about={one.name}>
            {t('supervision.checkin.see')}
          </Button>
        </form>
      )}
      <p>
        <ButtonLink kind="quiet" href={`/supervision/sessions/new?volunteer=${one.volunteerId}`} about={one.name}>
          {t('supervision.session.plan')}
        </ButtonLink>
      </p>
    </section>
  )
}
