// What is on the agenda of this meeting, and what is the next thing to do about it?
import { caseHref, mayKnowRisk, RiskTag } from '../../cases/frame.tsx'
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { cutOffWords, ItemTag, meetingHref, PhaseTag, placeWords, whenWords } from '../parts.tsx'
import { ViewTag } from '../view/told.tsx'
import { type OpenedMeeting, openMeeting, type RemovedLine, type ShownLine } from './agenda.server.ts'
import { Act, Next } from './steps.tsx'

type Page = PageContext<OpenedMeeting>

export const meetingPage = get(openMeeting, {
  title: 'meetings.title',
  body: (page) => {
    const { t, data } = page
    const { head } = data
    return (
      <>
        <BackLink href="/meetings">{t('meetings.title')}</BackLink>
        <h1>{t('meetings.of', { date: whenWords(head) })}</h1>
        <p class="tv-lead">{placeWords(t, head)}</p>
        <p>
          <PhaseTag t={t} phase={head.phase} /> {head.phase === 'planned' ? cutOffWords(t, head) : null}
        </p>
        {head.mode === 'closing' && head.phase !== 'held' && head.phase !== 'cancelled' ? (
          <p>{t('meetings.closing.lead', { date: formatDate(head.onDate) })}</p>
        ) : null}
        <Gaps page={page} />
        <Unasked page={page} />
        <Next page={page} />
        <Agenda page={page} />
        <Removed page={page} />
        <Dates page={page} />
      </>
    )
  },
})

/** The core group is not whole: known before the meeting, not at it. */
function Gaps({ page: { t, data } }: { page: Page }) {
  const { head, gaps } = data
  if (gaps.length === 0 || head.phase === 'held' || head.phase === 'cancelled') return null
  return (
    <Callout kind="attention" title={t('meetings.gap.title')}>
      <p>
        {t('meetings.gap.text', {
          agencies: gaps.map((agency) => t(`core.agency.${agency}`).toLowerCase()).join(', '),
        })}
      </p>
      {head.leads ? (
        <p>
          <a href={`/meetings/core-group?network=${head.networkId}`}>{t('meetings.group.title')}</a>
        </p>
      ) : null}
    </Callout>
  )
}

/** Before the core group speaks of her, somebody asks what she wants herself. */
function Unasked({ page: { t, data } }: { page: Page }) {
  const { head } = data
  const missing = [...data.lines, ...data.coming].filter((line) => line.view === 'missing' && !line.outcome)
  if (missing.length === 0 || head.phase === 'held' || head.phase === 'cancelled') return null
  // What was added late is asked before the meeting; everything else before the agenda closes.
  const due = missing.some(({ late }) => !late) ? head.cutOffOn : head.onDate
  return (
    <Callout kind="attention" title={t('meetings.view.missing')}>
      <p>{t('meetings.view.missingMany', { count: missing.length, date: formatDate(due) })}</p>
    </Callout>
  )
}

function Agenda({ page }: { page: Page }) {
  const { t, data } = page
  const { head, lines, coming } = data
  const open = head.phase === 'planned'
  return (
    <>
      {lines.length > 0 || !open || coming.length === 0 ? (
        <Table
          caption={t('meetings.agenda')}
          rows={lines}
          columns={lineColumns(page)}
          empty={<p>{t(open ? 'meetings.agenda.emptyOpen' : 'meetings.agenda.empty')}</p>}
        />
      ) : null}
      {open && coming.length > 0 ? (
        <>
          <Table caption={t('meetings.agenda.coming')} rows={coming} columns={lineColumns(page)} empty={null} />
          <p class="tv-quiet">{t('meetings.agenda.comingLead', { date: formatDate(head.cutOffOn) })}</p>
        </>
      ) : null}
      {open && head.own && !head.leads && coming.length === 0 ? (
        <p class="tv-quiet">{t('meetings.agenda.comesLater', { date: formatDate(head.cutOffOn) })}</p>
      ) : null}
    </>
  )
}

function lineColumns(page: Page): Column<ShownLine>[] {
  const { t, data } = page
  const risk = mayKnowRisk(page.me)
  const arranges = data.head.leads && ['planned', 'closed', 'sitting'].includes(data.head.phase)
  const columns: (Column<ShownLine> | false)[] = [
    { name: t('meetings.column.case'), head: true, cell: (line) => <CaseLink line={line} /> },
    {
      name: t('meetings.column.why'),
      cell: (line) => (
        <>
          <ItemTag t={t} kind={line.kind} /> {line.late ? <Tag kind="attention">{t('meetings.item.late')}</Tag> : null}
          {line.reason ? <div class="tv-quiet">{line.reason}</div> : null}
        </>
      ),
    },
    risk && { name: t('meetings.column.risk'), cell: (line) => <RiskTag t={t} level={line.level} /> },
    { name: t('meetings.view.title'), cell: (line) => <ViewCell page={page} line={line} /> },
    { name: t('meetings.column.last'), cell: (line) => (line.lastOn ? formatDate(line.lastOn) : '–') },
    data.head.phase === 'held' && {
      name: t('meetings.column.outcome'),
      cell: (line) => t(line.outcome ? `meetings.outcome.${line.outcome}` : 'meetings.outcome.none'),
    },
    arranges && {
      name: t('meetings.column.arrange'),
      silent: true,
      cell: (line) => <Arrange page={page} line={line} />,
    },
  ]
  return columns.filter((column) => column !== false)
}

const CaseLink = ({ line }: { line: Pick<ShownLine, 'caseId' | 'number'> }) => (
  <a class="tv-nowrap" href={caseHref(line.caseId)}>
    {line.number}
  </a>
)

/** Whether she was asked, and for whoever asks her the way to write it down. */
function ViewCell({ page: { t, data }, line }: { page: Page; line: ShownLine }) {
  const { phase, id } = data.head
  if (!line.view) return <>–</>
  const open = phase === 'planned' || phase === 'closed' || phase === 'sitting'
  return (
    <>
      <ViewTag t={t} state={line.view} />{' '}
      {data.asks && open ? (
        <a class="tv-nowrap" href={meetingHref(id, `view/${line.caseId}`)}>
          {t(line.view === 'missing' ? 'meetings.view.do' : 'meetings.view.change')}
          <span class="govuk-visually-hidden"> {line.number}</span>
        </a>
      ) : null}
    </>
  )
}

function Arrange({ page, line }: { page: Page; line: ShownLine }) {
  const { t, data } = page
  const to = (step: string) => meetingHref(data.head.id, `agenda/${line.caseId}/${step}`)
  const first = data.lines[0]?.caseId === line.caseId
  return (
    <div class="tv-row-actions">
      {line.id && !first ? (
        <Act page={page} kind="quiet" to={to('raise')} about={line.number}>
          {t('meetings.raise.do')}
        </Act>
      ) : null}
      {line.id ? null : (
        <Act page={page} kind="quiet" to={to('keep')} about={line.number}>
          {t('meetings.keep.do')}
        </Act>
      )}
      {!line.id && line.kind === 'twelve' ? (
        <Act page={page} kind="quiet" to={to('lift')} about={line.number}>
          {t('meetings.lift.do')}
        </Act>
      ) : null}
      {line.outcome ? null : (
        <a href={to('remove')}>
          {t('meetings.remove.do')}
          <span class="govuk-visually-hidden"> {line.number}</span>
        </a>
      )}
    </div>
  )
}

function Removed({ page: { t, data } }: { page: Page }) {
  if (data.removed.length === 0) return null
  return (
    <Table<RemovedLine>
      caption={t('meetings.removed')}
      captionLook="s"
      rows={data.removed}
      empty={null}
      columns={[
        { name: t('meetings.column.case'), cell: (line) => <CaseLink line={line} /> },
        { name: t('meetings.column.who'), cell: (line) => `${line.who}, ${formatInstant(line.at)}` },
        { name: t('meetings.column.reason'), cell: (line) => line.words ?? '–' },
      ]}
    />
  )
}

/** What became of the date, where anything did. */
function Dates({ page: { t, data } }: { page: Page }) {
  if (data.events.length === 0) return null
  return (
    <section>
      <h2>{t('meetings.events')}</h2>
      <ul class="govuk-list">
        {data.events.map((event) => (
          <li>
            {t(`meetings.event.${event.kind}`, {
              was: formatDate(event.wasOn),
              who: event.who,
              at: formatDate(event.at),
            })}
            {event.words ? `: ${event.words}` : ''}
          </li>
        ))}
      </ul>
    </section>
  )
}
