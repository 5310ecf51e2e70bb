// What stands in the minutes, who has approved them, and how are they corrected?
import { caseHref } from '../../cases/frame.tsx'
import { GoneOut } from '../../cases/outgoing/parts.tsx'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { MeetingFormFrame, meetingHref, placeWords, whenWords } from '../parts.tsx'
import { ActionTag } from '../plan/parts.tsx'
import {
  approveMinutes,
  correctDecision,
  type OpenedMinutes,
  openCorrectDecision,
  openMinutes,
  openWriteMinutes,
  writeMinutes,
} from './minutes.server.ts'
import { CorrectDecision, type Version, WriteMinutes } from './minutes.ts'

type Page = PageContext<Awaited<ReturnType<typeof openMinutes.run>>>

const title = 'meetings.title'
const minutesOf = (id: string | undefined) => `/meetings/${id}/minutes`

export const minutesPage = get(openMinutes, {
  title,
  body: (page) => {
    const { t, data } = page
    const { head, newest } = data
    return (
      <>
        <BackLink href={meetingHref(head.id)}>{t('meetings.of', { date: whenWords(head) })}</BackLink>
        <h1>{t('meetings.minutes.title')}</h1>
        <p class="tv-lead">{placeWords(t, head)}</p>
        {newest ? <Mark page={page} newest={newest} /> : <p>{t('meetings.minutes.none')}</p>}
        <Steps page={page} />
        {data.record.map((line) => (
          <OneCase page={page} line={line} />
        ))}
        {data.versions.length > 1 ? <Versions page={page} /> : null}
        <GoneOut t={t} files={data.outgoing} />
      </>
    )
  },
})

/** "Asutusesiseseks kasutamiseks", until when and why; which version, approved by whom. */
function Mark({ page: { t }, newest }: { page: Page; newest: Version }) {
  return (
    <Summary
      rows={[
        {
          name: t('meetings.minutes.version', { version: newest.version }),
          value: newest.approvedAt ? (
            <Tag kind="ok">
              {t('meetings.minutes.approved', { who: newest.approvedBy ?? '', at: formatInstant(newest.approvedAt) })}
            </Tag>
          ) : (
            <Tag kind="wait">{t('meetings.minutes.waiting')}</Tag>
          ),
        },
        {
          name: t('meetings.minutes.mark'),
          value: t('meetings.minutes.until', { from: formatDate(newest.madeOn), until: formatDate(newest.untilOn) }),
          hint: t(`meetings.minutes.ground.${newest.ground}`),
        },
        newest.version > 1 ? { name: t('meetings.minutes.reason'), value: reasonWords(t, newest) } : null,
      ]}
    />
  )
}

function Steps({ page }: { page: Page }) {
  const { t, data } = page
  const { head, waiting, newest } = data
  if (head.phase !== 'held') return null
  return (
    <ButtonGroup>
      {waiting && data.chairs ? (
        <form method="post" action={`${minutesOf(head.id)}/approve`}>
          <Tokens page={page} />
          <Button>{t('meetings.minutes.approve')}</Button>
        </form>
      ) : null}
      {!waiting && head.leads ? (
        <ButtonLink kind={newest ? 'secondary' : 'primary'} href={`${minutesOf(head.id)}/write`}>
          {t(newest ? 'meetings.minutes.correct' : 'meetings.minutes.write')}
        </ButtonLink>
      ) : null}
      {newest && data.record.length > 0 ? (
        <ButtonLink kind="secondary" href={`${minutesOf(head.id)}/send`}>
          {t('meetings.minutes.send')}
        </ButtonLink>
      ) : null}
    </ButtonGroup>
  )
}

function OneCase({ page, line }: { page: Page; line: OpenedMinutes['record'][number] }) {
  const { t, data } = page
  return (
    <section class="tv-card">
      <h2>
        <a href={caseHref(line.caseId)}>{line.number}</a>
      </h2>
      {data.newest ? <AnnexMarkLine page={page} line={line} /> : null}
      <p>
        <Tag kind={line.outcome ? 'ok' : 'neutral'}>{t(`meetings.outcome.${line.outcome ?? 'none'}`)}</Tag>
      </p>
      {line.words ? <p>{line.words}</p> : null}
      {line.why ? <p class="tv-quiet">{t('meetings.research.because', { reason: line.why })}</p> : null}
      {line.actions.length > 0 ? (
        <ul>
          {line.actions.map((one) => (
            <li>
              {`${formatDate(one.dueOn)} ${t(`core.agency.${one.agency}`)}: ${one.what ?? ''} `}
              <ActionTag t={t} action={one} today={data.head.today} />
            </li>
          ))}
        </ul>
      ) : null}
      {data.waiting && data.head.leads && line.outcome ? (
        <p>
          <a href={`${minutesOf(data.head.id)}/correct/${line.caseId}`}>
            {t('meetings.minutes.mend')}
            <span class="govuk-visually-hidden"> {line.number}</span>
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** Until when this part is for internal use only, and why until then. */
function AnnexMarkLine({ page, line }: { page: Page; line: OpenedMinutes['record'][number] }) {
  const { t, data } = page
  const mark = data.marks.get(line.caseId)
  if (!mark) return null
  return (
    <p class="tv-quiet">
      {t('meetings.annex.until', { until: formatDate(mark.until) })} {t(`meetings.annex.ground.${mark.ground}`)}
      {data.head.leads ? (
        <>
          {' '}
          <a href={`${minutesOf(data.head.id)}/mark/${line.caseId}`}>
            {t('meetings.annex.change')}
            <span class="govuk-visually-hidden"> {line.number}</span>
          </a>
        </>
      ) : null}
    </p>
  )
}

// Every version but the first has one; what is not there any more went with the last case of the meeting.
const reasonWords = (t: T, { version, reason }: Version): string =>
  reason ?? (version > 1 ? t('safekeeping.erased') : '–')

function Versions({ page: { t, data } }: { page: Page }) {
  return (
    <Table<Version>
      caption={t('meetings.minutes.versions')}
      captionLook="s"
      rows={data.versions}
      empty={null}
      columns={[
        { name: t('meetings.minutes.versionNumber'), head: true, cell: (one) => one.version },
        { name: t('meetings.column.who'), cell: (one) => `${one.by}, ${formatDate(one.madeOn)}` },
        {
          name: t('meetings.minutes.approvedBy'),
          cell: (one) => (one.approvedAt ? `${one.approvedBy}, ${formatInstant(one.approvedAt)}` : '–'),
        },
        { name: t('meetings.column.reason'), cell: (one) => reasonWords(t, one) },
      ]}
    />
  )
}

export const writeMinutesPage = form(
  openWriteMinutes,
  writeMinutes,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame
          t={t}
          head={data.head}
          title={t(data.newest ? 'meetings.minutes.correct' : 'meetings.minutes.write')}
        >
          <p class="tv-lead">{t('meetings.minutes.writeLead')}</p>
          <Form page={page}>
            <Field page={page} of={WriteMinutes} name="ground" value={data.newest?.ground ?? 'private_life'} />
            {data.newest && !data.extended ? <Field page={page} of={WriteMinutes} name="extendUntil" /> : null}
            {data.newest ? <Field page={page} of={WriteMinutes} name="reason" rows={2} /> : null}
            <Button>{t('meetings.minutes.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: minutesOf(id), said: 'meetings.minutes.saved' }),
)

export const correctDecisionPage = form(
  openCorrectDecision,
  correctDecision,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.minutes.mendOf', { number: data.line.number })}>
          <Form page={page}>
            <KeptNow
              page={page}
              of={CorrectDecision}
              version={data.line.decision}
              kept={{ words: data.line.words, reason: data.line.why }}
            />
            <Field page={page} of={CorrectDecision} name="words" rows={4} value={data.line.words} />
            <Field page={page} of={CorrectDecision} name="reason" rows={3} value={data.line.why} />
            <Button>{t('meetings.live.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: minutesOf(id), said: 'meetings.live.saved' }),
)

export const approveMinutesAction = action(approveMinutes, ({ head }) => ({
  to: minutesOf(head.id),
  said: 'meetings.minutes.approveSaved',
}))
