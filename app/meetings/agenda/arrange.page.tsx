// Why is a case put on the agenda, or left off?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { inviteToMeeting } from '../calendar/change.server.ts'
import { isLate } from '../meeting.ts'
import { MeetingFormFrame, meetingHref } from '../parts.tsx'
import {
  AddItem,
  addItem,
  closeAgenda,
  keepItem,
  liftFlag,
  openAddItem,
  openRemoveItem,
  RemoveItem,
  raiseItem,
  removeItem,
} from './arrange.server.ts'

type Done = { head: { id: string } }

export const addItemPage = form(
  openAddItem,
  addItem,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const options = data.cases.map(({ id, number }) => ({ value: id, label: number }))
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.add.do')}>
          {isLate(data.head, data.head.today) ? (
            <Callout kind="attention">
              <p>{t('meetings.add.late')}</p>
            </Callout>
          ) : null}
          <Form page={page}>
            <Field page={page} of={AddItem} name="case" list options={[{ value: '', label: '–' }, ...options]} />
            <Field page={page} of={AddItem} name="reason" rows={3} />
            <Button>{t('meetings.add.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  ({ head }: Done) => ({ to: meetingHref(head.id), said: 'meetings.add.saved' }),
)

export const removeItemPage = form(
  openRemoveItem,
  removeItem,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.remove.title', { number: data.line.number })}>
          <p class="tv-lead">{t('meetings.remove.lead')}</p>
          <Form page={page}>
            <Field page={page} of={RemoveItem} name="reason" rows={3} />
            <Button>{t('meetings.remove.do')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  ({ head }: Done) => ({ to: meetingHref(head.id), said: 'meetings.remove.saved' }),
)

export const keepItemAction = action(keepItem, ({ head }) => ({
  to: meetingHref(head.id),
  said: 'meetings.keep.saved',
}))
export const raiseItemAction = action(raiseItem, ({ head }) => meetingHref(head.id))
export const liftFlagAction = action(liftFlag, ({ head }) => ({
  to: meetingHref(head.id),
  said: 'meetings.lift.saved',
}))
export const closeAgendaAction = action(closeAgenda, ({ head }) => ({
  to: meetingHref(head.id),
  said: 'meetings.close.saved',
}))
export const inviteAction = action(inviteToMeeting, ({ head }) => ({
  to: meetingHref(head.id),
  said: 'meetings.invite.saved',
}))
