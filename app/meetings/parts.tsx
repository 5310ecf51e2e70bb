// How are a meeting and a line of its agenda told on every page?
import type { Child } from 'hono/jsx'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { BackLink } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { Tag, type TagKind } from '../ui/tag.tsx'
import type { ItemKind, Phase } from './meeting.ts'
import type { MeetingHead, MeetingRow } from './meetings.server.ts'

const phaseKinds: Record<Phase, TagKind> = {
  planned: 'neutral',
  closed: 'wait',
  sitting: 'attention',
  held: 'ok',
  cancelled: 'neutral',
}

export function PhaseTag({ t, phase }: { t: T; phase: Phase }) {
  return <Tag kind={phaseKinds[phase]}>{t(`meetings.phase.${phase}`)}</Tag>
}

const itemTags: Record<ItemKind, TagKind> = {
  new: 'neutral',
  transferred: 'attention',
  action: 'attention',
  carried: 'wait',
  twelve: 'neutral',
  added: 'neutral',
}

export function ItemTag({ t, kind }: { t: T; kind: ItemKind }) {
  return <Tag kind={itemTags[kind]}>{t(`meetings.item.${kind}`)}</Tag>
}

/** "08.12.2026, 10.00" */
export const whenWords = (of: Pick<MeetingRow, 'onDate' | 'startsAt'>): string =>
  [formatDate(of.onDate), of.startsAt?.replace(':', '.')].filter(Boolean).join(', ')

/** "Ida-Viru · Näidis-saal · juhatab …" */
export const placeWords = (t: T, of: Pick<MeetingRow, 'network' | 'place' | 'chair' | 'mode'>): string =>
  [
    of.network,
    of.mode === 'closing' ? t('meetings.mode.closing').toLowerCase() : null,
    of.place,
    of.chair ? t('meetings.chairedBy', { name: of.chair }) : null,
  ]
    .filter(Boolean)
    .join(' · ')

/** The last day of the agenda, in words, while it is open. */
export const cutOffWords = (t: T, head: Pick<MeetingHead, 'cutOffOn' | 'today'>): string =>
  t('meetings.cutOff', { date: formatDate(head.cutOffOn), left: dueWords(head.cutOffOn, head.today, t) })

export const meetingHref = (id: string, more = '') => `/meetings/${id}${more ? `/${more}` : ''}`

/** A page of one form within a meeting: the way back and the question. */
export function MeetingFormFrame({
  t,
  head,
  title,
  children,
}: {
  t: T
  head: MeetingHead
  title: string
  children: Child
}) {
  return (
    <div class="tv-narrow">
      <BackLink href={meetingHref(head.id)}>{t('meetings.of', { date: formatDate(head.onDate) })}</BackLink>
      <h1>{title}</h1>
      {children}
    </div>
  )
}
