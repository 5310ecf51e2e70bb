// On which days does the network meet, and how does the lead change one of them?
import type { z } from 'zod'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import type { Seat } from '../core-group/seats.server.ts'
import { MeetingFormFrame, meetingHref } from '../parts.tsx'
import { callMeeting, NewMeeting, openPlan, PlanMeetings, planMeetings } from './calendar.server.ts'
import { CancelMeeting, ChangeMeeting, cancelMeeting, changeMeeting, openChange } from './change.server.ts'

type Plan = PageContext<Awaited<ReturnType<(typeof openPlan)['run']>>>

export const planPage = form(
  openPlan,
  planMeetings,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const { rhythm } = data
      return (
        <Frame t={t} title={t('meetings.plan.title')}>
          <p class="tv-lead">{t('meetings.plan.lead', { days: data.agendaCutOffDays })}</p>
          <Form page={page}>
            <Networks page={page} />
            <Where
              page={page}
              of={PlanMeetings}
              mode={rhythm?.mode}
              startsAt={rhythm?.startsAt}
              place={rhythm?.place}
            />
            <Field page={page} of={PlanMeetings} name="week" list value={String(rhythm?.week ?? 2)} />
            <Field page={page} of={PlanMeetings} name="weekday" list value={String(rhythm?.weekday ?? 2)} />
            <Field
              page={page}
              of={PlanMeetings}
              name="everyMonths"
              value={rhythm?.everyMonths ?? data.meetingMonths}
              width={3}
              suffix={t('meetings.field.months')}
            />
            <Field page={page} of={PlanMeetings} name="count" value={6} width={3} />
            <Field page={page} of={PlanMeetings} name="chair" list options={chairs(data.seats)} />
            <Button>{t('meetings.plan.do')}</Button>
          </Form>
        </Frame>
      )
    },
  },
  () => ({ to: '/meetings', said: 'meetings.plan.saved' }),
)

export const callPage = form(
  openPlan,
  callMeeting,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      return (
        <Frame t={t} title={t('meetings.call.do')}>
          <Form page={page}>
            <Networks page={page} />
            <Field page={page} of={NewMeeting} name="onDate" />
            <Where
              page={page}
              of={NewMeeting}
              mode={data.rhythm?.mode}
              startsAt={data.rhythm?.startsAt}
              place={data.rhythm?.place}
            />
            <Field page={page} of={NewMeeting} name="chair" list options={chairs(data.seats)} />
            <Button>{t('meetings.call.save')}</Button>
          </Form>
        </Frame>
      )
    },
  },
  ({ id }) => ({ to: meetingHref(id), said: 'meetings.call.saved' }),
)

function Frame({ t, title, children }: { t: T; title: string; children: unknown }) {
  return (
    <div class="tv-narrow">
      <BackLink href="/meetings">{t('meetings.title')}</BackLink>
      <h1>{title}</h1>
      {children}
    </div>
  )
}

/** Whoever leads one network is not asked which. */
function Networks({ page }: { page: Plan }) {
  const { network, networks } = page.data
  if (networks.length === 1) return <input type="hidden" name="network" value={network.id} />
  const options = networks.map(({ id, name }) => ({ value: id, label: name }))
  return <Field page={page} of={PlanMeetings} name="network" list value={network.id} options={options} />
}

const chairs = (seats: readonly Seat[]) => [
  { value: '', label: '–' },
  ...seats.map(({ personId, name }) => ({ value: personId, label: name })),
]

type WhereProps = {
  page: FormPage
  of: z.ZodObject
  mode?: string | null
  startsAt?: string | null
  place?: string | null
}

function Where({ page, of, mode, startsAt, place }: WhereProps) {
  return (
    <>
      <Field page={page} of={of} name="mode" value={mode ?? 'sitting'} />
      <Field page={page} of={of} name="startsAt" value={startsAt?.replace(':', '.')} width={5} />
      <Field page={page} of={of} name="place" value={place} />
    </>
  )
}

export const changePage = form(
  openChange,
  changeMeeting,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const { head } = data
      return (
        <MeetingFormFrame t={t} head={head} title={t('meetings.change.do')}>
          <Form page={page}>
            <Field page={page} of={ChangeMeeting} name="onDate" value={head.onDate} />
            <Field page={page} of={ChangeMeeting} name="reason" rows={2} />
            <Where page={page} of={ChangeMeeting} mode={head.mode} startsAt={head.startsAt} place={head.place} />
            <Field page={page} of={ChangeMeeting} name="chair" list value={head.chairId} options={chairs(data.seats)} />
            <Button>{t('meetings.change.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  ({ head }) => ({ to: meetingHref(head.id), said: 'meetings.change.saved' }),
)

export const cancelPage = form(
  openChange,
  cancelMeeting,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.cancel.title')}>
          <p class="tv-lead">{t('meetings.cancel.lead')}</p>
          <Form page={page}>
            <Field page={page} of={CancelMeeting} name="reason" rows={3} />
            <Button kind="danger">{t('meetings.cancel.do')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  ({ head }) => ({ to: meetingHref(head.id), said: 'meetings.cancel.saved' }),
)
