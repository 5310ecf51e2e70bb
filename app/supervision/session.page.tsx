// How is one talk looked at, written down with who came and what it was about, or called off?
import { Field, Form, Tokens } from '../core/form/form.tsx'
import { action, form, type PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { BackLink, Button } from '../ui/buttons.tsx'
import { Callout } from '../ui/panel.tsx'
import { Summary } from '../ui/summary.tsx'
import { callOffSession, holdSession, openSession } from './sessions.server.ts'
import { HoldSession } from './supervision.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openSession)['run']>>>

export const sessionPage = form(
  openSession,
  holdSession,
  { title: 'supervision.session.tab', body: (page) => <One page={page} /> },
  ({ next }) => ({
    to: '/supervision/sessions',
    said: next ? 'supervision.session.heldAndNext' : 'supervision.session.heldSaved',
  }),
)

export const callOffAction = action(callOffSession, () => ({
  to: '/supervision/sessions',
  said: 'supervision.session.calledOff',
}))

function One({ page }: { page: Page }) {
  const { t, data, me } = page
  const { session, people } = data
  const open = session.heldOn === null && !session.calledOff
  const date = formatDate(session.plannedOn)
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision/sessions">{t('supervision.session.tab')}</BackLink>
      <h1>
        {t(`supervision.kind.${session.kind}`)} {formatDate(session.heldOn ?? session.plannedOn)}
      </h1>
      {session.calledOff ? <Callout>{t('supervision.session.isOff')}</Callout> : null}
      <Summary
        rows={[
          { name: t('supervision.session.who'), value: people.map(({ name }) => name).join(', ') },
          open && {
            name: t('supervision.session.day'),
            value: session.plannedAt ? t('supervision.session.at', { date, time: session.plannedAt }) : date,
          },
          session.shared && { name: t('supervision.kind'), value: t('supervision.covision.shared') },
          session.heldOn !== null && {
            name: t('supervision.session.came'),
            value: people
              .filter(({ attended }) => attended)
              .map(({ name }) => name)
              .join(', '),
          },
          {
            name: t('supervision.session.leader'),
            value: session.leaderId === me.id ? t('supervision.me') : session.leader,
          },
        ]}
      />
      <Found page={page} />
      {open && session.shared && session.plannedOn >= data.today ? (
        <p>
          <a href={`/supervision/sessions/${session.id}/join`}>{t('supervision.covision.join')}</a>
        </p>
      ) : null}
      {open && session.mine ? <Hold page={page} /> : null}
      {session.heldOn ? <Spoken page={page} /> : null}
    </div>
  )
}

/** What a round of reviews found and somebody wanted to speak of. */
function Found({ page: { t, data, locale } }: { page: Page }) {
  if (data.found.length === 0) return null
  return (
    <Callout title={t('supervision.sample.toSpeakOf')}>
      <ul class="govuk-list govuk-list--bullet">
        {data.found.map(({ id, roundId, name, number, onDate, findings }) => (
          <li>
            <a href={`/supervision/samples/${roundId}/looks/${id}`}>{`${name}, ${formatDate(onDate)}, ${number}`}</a>:{' '}
            {findings.map(({ question, note }) => [question[locale], note].filter(Boolean).join(' ')).join(' ')}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

function Spoken({ page: { t, data } }: { page: Page }) {
  const { note } = data
  if (!note) return <p class="tv-quiet">{t('supervision.session.notForYou')}</p>
  return (
    <>
      <h2>{t('supervision.session.topics')}</h2>
      <ul>
        {note.topics.map((topic) => (
          <li>{t(`supervision.topic.${topic}`)}</li>
        ))}
      </ul>
      <h2>{t('supervision.session.words')}</h2>
      <p>{note.closed ? t('supervision.session.closed') : (note.words ?? t('supervision.session.noWords'))}</p>
      <p class="tv-quiet">{[formatDate(note.writtenAt), note.by].filter(Boolean).join(', ')}</p>
    </>
  )
}

function Hold({ page }: { page: Page }) {
  const { t, data, path } = page
  const { session, people, today } = data
  const options = people.map(({ id, name }) => ({ value: id, label: name }))
  const [day] = [session.plannedOn, today].toSorted()
  return (
    <>
      <h2>{t('supervision.session.write')}</h2>
      <p>{t('supervision.session.sealed')}</p>
      <Form page={page} draft={path}>
        <Field page={page} of={HoldSession} name="heldOn" value={day} />
        <Field page={page} of={HoldSession} name="came" options={options} value={people.map(({ id }) => id)} />
        <Field page={page} of={HoldSession} name="topics" value={data.found.length > 0 ? ['papers'] : []} />
        <Field page={page} of={HoldSession} name="words" rows={5} />
        <Field page={page} of={HoldSession} name="nextOn" />
        <Button>{t('supervision.session.saveHeld')}</Button>
      </Form>
      <form method="post" action={`/supervision/sessions/${session.id}/call-off`}>
        <Tokens page={page} />
        <Button kind="quiet">{t('supervision.session.callOff')}</Button>
      </form>
    </>
  )
}
