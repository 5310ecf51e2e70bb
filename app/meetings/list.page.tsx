// When does my network meet next, and what came of the last meetings?
import { get, type PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { type Column, Table } from '../ui/table.tsx'
import { planMeetings } from './calendar/calendar.server.ts'
import { openCoreGroup } from './core-group/seats.server.ts'
import { listMeetings, type MeetingRow } from './meetings.server.ts'
import { meetingHref, PhaseTag, whenWords } from './parts.tsx'

type List = PageContext<Awaited<ReturnType<(typeof listMeetings)['run']>>>

export const meetingsPage = get(listMeetings, {
  title: 'meetings.title',
  body: (page) => {
    const { t, data, can } = page
    return (
      <>
        <h1>{t('meetings.title')}</h1>
        <p class="tv-lead">{t('meetings.lead')}</p>
        {can(planMeetings) ? (
          <ButtonGroup>
            <ButtonLink href="/meetings/plan">{t('meetings.plan.do')}</ButtonLink>
            <ButtonLink href="/meetings/new" kind="secondary">
              {t('meetings.call.do')}
            </ButtonLink>
          </ButtonGroup>
        ) : null}
        <Table
          caption={t('meetings.ahead')}
          rows={data.ahead}
          columns={columns(page, true)}
          empty={<p>{t(can(planMeetings) ? 'meetings.none.lead' : 'meetings.none')}</p>}
        />
        <Table
          caption={t('meetings.past')}
          rows={data.past}
          columns={columns(page, false)}
          empty={<p>{t('meetings.none.past')}</p>}
        />
        {can(openCoreGroup) ? (
          <p>
            <a href="/meetings/core-group">{t('meetings.group.title')}</a>
          </p>
        ) : null}
      </>
    )
  },
})

function columns({ t, data }: List, ahead: boolean): Column<MeetingRow>[] {
  const all: (Column<MeetingRow> | false)[] = [
    {
      name: t('meetings.field.onDate'),
      head: true,
      cell: (row) => (
        <a class="tv-nowrap" href={meetingHref(row.id)}>
          {whenWords(row)}
          {data.many ? <span class="govuk-visually-hidden"> {row.network}</span> : null}
        </a>
      ),
    },
    data.many && { name: t('meetings.field.network'), cell: (row) => row.network },
    { name: t('meetings.field.mode'), cell: (row) => t(`meetings.mode.${row.mode}`) },
    { name: t('meetings.column.phase'), cell: (row) => <PhaseTag t={t} phase={row.phase} /> },
    { name: t('meetings.column.items'), number: true, cell: (row) => row.items },
    ahead && {
      name: t('meetings.column.cutOff'),
      cell: (row) =>
        row.phase === 'planned' ? `${formatDate(row.cutOffOn)}, ${dueWords(row.cutOffOn, data.today, t)}` : '–',
    },
  ]
  return all.filter((column) => column !== false)
}
