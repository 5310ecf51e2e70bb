// How do the minutes of a meeting become a document: case numbers, agencies and days, and no name of anybody it is about?
import { formatDate } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import type { OpenedMinutes } from '../../meetings/minutes/minutes.server.ts'
import { placeWords, whenWords } from '../../meetings/parts.tsx'
import type { Block, ReportDocument } from '../document/document.ts'

type Newest = NonNullable<OpenedMinutes['newest']>

/** The newest version, with its mark of access. */
export function writtenMinutes(opened: OpenedMinutes, newest: Newest, t: T, locale: Locale): ReportDocument {
  const state = newest.approvedAt
    ? t('meetings.minutes.approved', { who: newest.approvedBy ?? '', at: formatDate(newest.approvedAt) })
    : t('meetings.minutes.waiting')
  return {
    locale,
    title: t('meetings.minutes.documentTitle', { date: whenWords(opened.head) }),
    subtitle: placeWords(t, opened.head),
    author: t('core.role.lead'),
    madeOn: newest.madeOn,
    accessMark: {
      holder: t('reports.mark.holder'),
      markedOn: newest.madeOn,
      until: newest.untilOn,
      basis: t(`meetings.minutes.ground.${newest.ground}`),
    },
    blocks: [
      { kind: 'paragraph', content: [`${t('meetings.minutes.version', { version: newest.version })}: ${state}`] },
      ...(newest.reason ? [said(`${t('meetings.minutes.reason')} ${newest.reason}`)] : []),
      { kind: 'heading', level: 1, text: t('meetings.attendance.title') },
      attendance(opened, t),
      { kind: 'heading', level: 1, text: t('meetings.agenda') },
      ...opened.record.flatMap((line, nth) => caseBlocks(opened, line, nth + 1, t)),
    ],
    definitions: [],
  }
}

const said = (text: string): Block => ({ kind: 'paragraph', content: [text] })

function attendance({ there }: OpenedMinutes, t: T): Block {
  if (there.length === 0) return said(t('meetings.minutes.nobody'))
  return {
    kind: 'table',
    caption: t('meetings.attendance.title'),
    columns: [t('meetings.group.agency'), t('meetings.group.person'), t('meetings.attendance.there')].map((name) => ({
      name,
    })),
    rows: there.map(({ agency, name, kind, sentOn }) => {
      const sent = sentOn ? `, ${t('meetings.attendance.sentOnDay', { date: formatDate(sentOn) })}` : ''
      return [t(`core.agency.${agency}`), name, `${t(`meetings.attendance.kind.${kind}`)}${sent}`]
    }),
  }
}

/** An annex, with its own mark of access: each can be given out, or kept back, without the others. */
function caseBlocks({ marks }: OpenedMinutes, line: OpenedMinutes['record'][number], nth: number, t: T): Block[] {
  const mark = marks.get(line.caseId)
  const actions = line.actions.map((one) => [
    `${formatDate(one.dueOn)} ${t(`core.agency.${one.agency}`)}, ${one.owner}: ${one.what ?? '–'} ${one.result ? t('meetings.plan.resultIs', { result: one.result }) : ''}`.trim(),
  ])
  return [
    { kind: 'heading', level: 2, text: t('meetings.annex.heading', { nth, number: line.number }) },
    ...(mark
      ? [
          said(
            `${t('meetings.annex.until', { until: formatDate(mark.until) })} ${t(`meetings.annex.ground.${mark.ground}`)}.`,
          ),
        ]
      : []),
    said(t(`meetings.outcome.${line.outcome ?? 'none'}`)),
    ...(line.words ? [said(line.words)] : []),
    ...(line.why ? [said(t('meetings.research.because', { reason: line.why }))] : []),
    ...(actions.length > 0 ? [{ kind: 'list', items: actions } as Block] : []),
  ]
}
