// How does one see at a glance whether a volunteer may be assigned today, until when, and what is missing?
import type { Child } from 'hono/jsx'
import { formatDate } from '../i18n/format.ts'
import { isKey, type T } from '../i18n/i18n.ts'
import { Tag, type TagKind } from '../ui/tag.tsx'
import type { Standing } from './standing.server.ts'
import { missingKey, type Status } from './volunteer.ts'

type Look = { kind: TagKind; word: string; sentence: string }

export const statusKinds: Record<Status, TagKind> = {
  ...{
    candidate: 'neutral',
    interview: 'neutral',
    background: 'neutral',
    training: 'neutral',
    contract: 'neutral',
    active: 'danger',
    paused: 'wait',
    ended: 'neutral',
  },
}

/** The word of the tag and the sentence beside it. */
export function lookOf(t: T, standing: Standing): Look {
  const { readiness, now, load, max } = standing
  if (!readiness.mayBeAssigned) {
    const word = now.status === 'active' ? t('volunteers.glance.no') : statusName(t, now.status)
    // The tag has said which status it is.
    const missing = readiness.missing.filter(({ code }) => code !== 'notActive')
    const sentence = now.status === 'ended' ? '' : missingText(t, { readiness: { ...readiness, missing } })
    return { kind: statusKinds[now.status], word, sentence }
  }
  const until = readiness.until ? t('volunteers.glance.until', { until: formatDate(readiness.until) }) : ''
  if (!standing.hasRoom)
    return {
      kind: 'wait',
      word: t('volunteers.glance.full', { taken: load.active + load.proposed, max }),
      sentence: until,
    }
  const soon = standing.needed.some((paper) => standing.papers[paper].state === 'soon')
  return { kind: soon ? 'attention' : 'ok', word: t('volunteers.glance.yes'), sentence: until }
}

/** Everything that is missing, in one line. */
export function missingText(t: T, { readiness }: Pick<Standing, 'readiness'>): string {
  return readiness.missing.map(({ code, args }) => t(missingKey(code), args)).join('\u00a0· ')
}

/** The tag with its sentence, as it stands in a row of a list. */
export function Glance({ t, standing }: { t: T; standing: Standing }) {
  const { kind, word, sentence } = lookOf(t, standing)
  return (
    <>
      <Tag kind={kind}>{word}</Tag>
      {sentence ? <div class="tv-quiet">{sentence}</div> : null}
    </>
  )
}

/** "Võib täna määrata kuni 14.03.2027" or "Ei saa määrata: …", in one sentence. */
export function glanceSentence(t: T, standing: Standing): string {
  const { mayBeAssigned, until } = standing.readiness
  if (!mayBeAssigned) return t('volunteers.glance.cannot', { what: missingText(t, standing) })
  const args = { until: until ? formatDate(until) : '' }
  if (standing.hasRoom) return t(until ? 'volunteers.glance.canUntil' : 'volunteers.glance.can', args)
  return t(until ? 'volunteers.glance.canFullUntil' : 'volunteers.glance.canFull', args)
}

/** The same, said to the volunteer. */
export function ownSentence(t: T, standing: Standing): string {
  const { mayBeAssigned, until } = standing.readiness
  if (!mayBeAssigned) return t('volunteers.own.missing', { what: missingText(t, standing) })
  return until ? t('volunteers.own.okUntil', { until: formatDate(until) }) : t('volunteers.own.ok')
}

export function statusName(t: T, status: Status): string {
  return t(`volunteers.status.${status}`)
}

export function languageNames(t: T, codes: readonly string[]): string {
  return codes.map((code) => words(t, `volunteers.language.${code}`, code)).join(', ')
}

function words(t: T, key: string, otherwise: string): string {
  return isKey(key) ? t(key) : otherwise
}

/** Yes, no, or nobody knows. */
export function answer(t: T, known: boolean | null): string {
  return t(known === null ? 'volunteers.answer.unknown' : known ? 'volunteers.answer.yes' : 'volunteers.answer.no')
}

/** "+3725550100" → a number that a phone dials and an eye reads. */
export function PhoneLink({ number }: { number: string }): Child {
  const shown = number.startsWith('+372') ? `+372 ${number.slice(4, 8)} ${number.slice(8)}`.trim() : number
  return (
    <a class="tv-nowrap" href={`tel:${number}`}>
      {shown}
    </a>
  )
}
