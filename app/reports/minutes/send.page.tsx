// Where does somebody say to whom the minutes of a meeting go, and get the closed file with its password?
import { fresh } from '../../access/fresh.ts'
import { Handed, RecipientFields } from '../../cases/outgoing/parts.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { shownOnce } from '../../core/form/shown-once.ts'
import type { View } from '../../core/page.tsx'
import { MeetingFormFrame, meetingHref } from '../../meetings/parts.tsx'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { openSendMinutes, SendMinutes, sendMinutes } from './send.server.ts'

const asking: View<Awaited<ReturnType<typeof openSendMinutes.run>>> = {
  title: 'meetings.title',
  body: (page) => {
    const { t, data } = page
    return (
      <MeetingFormFrame t={t} head={data.head} title={t('meetings.minutes.send')}>
        <p class="tv-lead">{t('meetings.minutes.sendLead')}</p>
        {data.approved ? null : (
          <Callout kind="attention">
            <p>{t('meetings.minutes.sendUnapproved', { version: data.version })}</p>
          </Callout>
        )}
        <Form page={page}>
          <RecipientFields page={page} />
          <Field page={page} of={SendMinutes} name="form" value="pdf" inline />
          <Button>{t('meetings.minutes.sendMake')}</Button>
        </Form>
      </MeetingFormFrame>
    )
  },
}

const telling: View<Awaited<ReturnType<typeof sendMinutes.run>>> = {
  title: 'meetings.title',
  body: ({ t, data }) => (
    <Handed
      t={t}
      of={data}
      back={{ href: `${meetingHref(data.head.id)}/minutes`, text: t('meetings.minutes.title') }}
    />
  ),
}

export const sendMinutesPage = fresh(shownOnce(openSendMinutes, sendMinutes, asking, telling))
