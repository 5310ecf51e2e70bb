// Who is at the meeting, and who has promised silence?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { MeetingFormFrame, meetingHref, whenWords } from '../parts.tsx'
import {
  Apologies,
  addObserver,
  markPresent,
  Observer,
  openApologies,
  openAttendance,
  openObserver,
  openPledge,
  Pledge,
  pledgeSilence,
  recordApologies,
} from './attendance.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openAttendance)['run']>>>
type Seat = Page['data']['seats'][number]

const title = 'meetings.title'
const listOf = (id: string | undefined) => `/meetings/${id}/attendance`

export const attendancePage = get(openAttendance, {
  title,
  body: (page) => {
    const { t, data } = page
    const { head } = data
    return (
      <>
        <BackLink href={meetingHref(head.id)}>{t('meetings.of', { date: whenWords(head) })}</BackLink>
        <h1>{t('meetings.attendance.title')}</h1>
        <Seats page={page} />
        <Table
          caption={t('meetings.attendance.observers')}
          captionLook="s"
          rows={data.observers}
          empty={<p>{t('meetings.attendance.noObservers')}</p>}
          columns={[
            { name: t('meetings.group.person'), head: true, cell: (one) => one.name },
            { name: t('meetings.group.agency'), cell: (one) => t(`core.agency.${one.agency}`) },
          ]}
        />
        {mayKeep(page) ? (
          <p>
            <ButtonLink kind="secondary" href={`${listOf(head.id)}/observer`}>
              {t('meetings.attendance.addObserver')}
            </ButtonLink>
          </p>
        ) : null}
        <p>
          <a href={meetingHref(head.id, 'pledge')}>{t('meetings.pledge.title')}</a>
        </p>
      </>
    )
  },
})

const mayKeep = ({ data: { head } }: Page) => head.leads && (head.phase === 'closed' || head.phase === 'sitting')

function Seats({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <Table<Seat>
      caption={t('meetings.group.title')}
      captionLook="hidden"
      rows={data.seats}
      empty={<p>{t('meetings.group.empty')}</p>}
      columns={[
        { name: t('meetings.group.person'), head: true, cell: (seat) => seat.name },
        { name: t('meetings.group.agency'), cell: (seat) => t(`core.agency.${seat.agency}`) },
        { name: t('meetings.attendance.there'), cell: (seat) => <There page={page} seat={seat} /> },
        {
          name: t('meetings.attendance.pledged'),
          cell: (seat) => (
            <Tag kind={seat.pledged ? 'ok' : 'wait'}>
              {t(seat.pledged ? 'meetings.pledge.yes' : 'meetings.pledge.no')}
            </Tag>
          ),
        },
        {
          name: t('meetings.column.arrange'),
          silent: true,
          cell: (seat) => (mayKeep(page) ? <Keep page={page} seat={seat} /> : ''),
        },
      ]}
    />
  )
}

function There({ page: { t }, seat }: { page: Page; seat: Seat }) {
  const { presence } = seat
  if (!presence) return <>{t('meetings.attendance.not')}</>
  const sent = presence.sentOn ? t('meetings.attendance.sentOnDay', { date: formatDate(presence.sentOn) }) : null
  return (
    <>
      {t(`meetings.attendance.kind.${presence.kind}`)}
      {sent ? <div class="tv-quiet">{sent}</div> : null}
      {presence.sent ? <div>{presence.sent}</div> : null}
    </>
  )
}

function Keep({ page, seat }: { page: Page; seat: Seat }) {
  const { t, data } = page
  return (
    <div class="tv-row-actions">
      {seat.presence?.kind === 'present' ? null : (
        <form method="post" action={`${listOf(data.head.id)}/${seat.personId}/present`}>
          <Tokens page={page} />
          <Button kind="quiet" about={seat.name}>
            {t('meetings.attendance.markPresent')}
          </Button>
        </form>
      )}
      <a href={`${listOf(data.head.id)}/${seat.personId}/apologies`}>
        {t('meetings.attendance.apologies')}
        <span class="govuk-visually-hidden"> {seat.name}</span>
      </a>
    </div>
  )
}

export const presentAction = action(markPresent, (_done, { id }) => listOf(id))

export const apologiesPage = form(
  openApologies,
  recordApologies,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.attendance.apologiesOf', { name: data.seat.name })}>
          <Form page={page}>
            <Field page={page} of={Apologies} name="sent" rows={4} />
            <Field page={page} of={Apologies} name="sentOn" />
            <Button>{t('meetings.attendance.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: listOf(id), said: 'meetings.attendance.saved' }),
)

export const observerPage = form(
  openObserver,
  addObserver,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.attendance.addObserver')}>
          <Form page={page}>
            <Field page={page} of={Observer} name="name" />
            <Field page={page} of={Observer} name="agency" list value="other" />
            <Field page={page} of={Observer} name="signed" />
            <Button>{t('meetings.attendance.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: listOf(id), said: 'meetings.attendance.saved' }),
)

export const pledgePage = form(
  openPledge,
  pledgeSilence,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.pledge.title')}>
          <p class="tv-lead">{t('meetings.pledge.lead')}</p>
          {data.pledged ? (
            <p>
              <Tag kind="ok">{t('meetings.pledge.yes')}</Tag>
            </p>
          ) : (
            <Form page={page}>
              <Field page={page} of={Pledge} name="silent" />
              <Button>{t('meetings.pledge.do')}</Button>
            </Form>
          )}
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: meetingHref(id ?? ''), said: 'meetings.pledge.saved' }),
)
