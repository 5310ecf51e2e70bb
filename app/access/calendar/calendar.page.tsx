// How does somebody get the days from here into the calendar that they look at anyway?

import { NotFound } from '../../core/errors.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, get, type Page, type PageContext, reply } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { fresh } from '../fresh.ts'
import { CalendarWords, calendarBehind, endCalendar, makeCalendar, openCalendar } from './calendars.server.ts'

type Opened = Awaited<ReturnType<(typeof openCalendar)['run']>>

const title = 'access.calendar.title'
const ask = get(openCalendar, { title, body: (page) => <Ask page={page} /> })

function Ask({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/account">{t('access.account.title')}</BackLink>
      <h1>{t(title)}</h1>
      <p class="tv-lead">{t('access.calendar.lead')}</p>
      {data.feed ? (
        <Callout title={t('access.calendar.there', { at: formatInstant(data.feed.createdAt) })}>
          <p>
            {data.feed.readAt
              ? t('access.calendar.read', { at: formatInstant(data.feed.readAt) })
              : t('access.calendar.unread')}
          </p>
        </Callout>
      ) : null}
      <Form page={page}>
        <Field page={page} of={CalendarWords} name="kinds" value={data.feed?.saysKind} />
        <Button>{t(data.feed ? 'access.calendar.again' : 'access.calendar.make')}</Button>
      </Form>
      {data.feed ? (
        <form method="post" action="/account/calendar/end">
          <Tokens page={page} />
          <Button kind="secondary">{t('access.calendar.end')}</Button>
        </form>
      ) : null}
    </div>
  )
}

const tell = reply(makeCalendar, {
  title,
  body: ({ t, data, origin }) => (
    <div class="tv-narrow">
      <Confirmation title={t('access.calendar.made')}>
        <p>{t('access.calendar.how')}</p>
      </Confirmation>
      <p class="tv-words">
        <strong>{`${origin}${data.path}`}</strong>
      </p>
      <Callout kind="attention" title={t('access.calendar.once')}>
        <p>{t('access.calendar.onceText')}</p>
      </Callout>
      <p>
        <a href="/account">{t('access.account.title')}</a>
      </p>
    </div>
  ),
})

export const ownCalendarPage: Page = fresh({
  operations: [...ask.operations, ...tell.operations],
  get: ask.get,
  post: tell.post,
})

export const endCalendarAction = action(endCalendar, () => ({
  to: '/account/calendar',
  said: 'access.calendar.ended',
}))

/** What the calendar program reads: whoever has the link needs nothing else, so it says nothing but days and hours. */
export const calendarFeedPage: Page = {
  operations: [],
  get: async (c) => {
    const text = await calendarBehind(c.req.param('token') ?? '')
    if (text === null) throw new NotFound()
    return c.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8' })
  },
}
