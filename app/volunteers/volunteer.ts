// What is a volunteer's standing, what do the papers prove, and may this person be assigned today?
import { addDays, addMonths } from '../core/calendar/working-days.ts'
import type { Settings } from '../core/setting.ts'
import { formatDate } from '../i18n/format.ts'
import type { Args, Key } from '../i18n/i18n.ts'
import { daysBetween } from '../ui/date.ts'

/** The stages before the first case, in their order. */
export const stages = ['candidate', 'interview', 'background', 'training', 'contract'] as const
export type Stage = (typeof stages)[number]

export const statuses = [...stages, 'active', 'paused', 'ended'] as const
export type Status = (typeof statuses)[number]

/**
 * Where a volunteer may go from each status. A check is not needed of everybody, and a contract may be signed on the way, so the stages of
 * the check and of the contract may be passed over. Who has left comes back through a new interview.
 */
export const transitions: Readonly<Record<Status, readonly Status[]>> = {
  candidate: ['interview', 'ended'],
  interview: ['background', 'training', 'ended'],
  background: ['training', 'ended'],
  training: ['contract', 'active', 'ended'],
  contract: ['active', 'ended'],
  active: ['paused', 'ended'],
  paused: ['active', 'ended'],
  ended: ['interview'],
}

/** The same by the last line: a pause may go on, and whoever is back from one says so, or pauses again. */
export const nextOf = (written: Status): readonly Status[] =>
  written === 'paused' ? ['active', 'paused', 'ended'] : transitions[written]

export const isStage = (status: Status): status is Stage => (stages as readonly Status[]).includes(status)

/** Why somebody does not go on, or has left. `withdrew` and `silent` are theirs, the others are ours to say. */
export const noReasons = ['withdrew', 'silent', 'unsuited', 'background', 'time', 'place', 'other'] as const
export type NoReason = (typeof noReasons)[number]

export const evidenceKinds = ['training', 'contract', 'pledge', 'background'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** ISO 639-1, in the order they are offered. */
export const languages = ['et', 'ru', 'en', 'uk', 'fi', 'lv', 'lt', 'de', 'sv', 'fr', 'pl', 'es'] as const

/** A paper of one kind; a superseded one proves nothing. Dates are `YYYY-MM-DD`, both ends included; no end = no end known. */
export type Evidence = {
  kind: EvidenceKind
  validFrom: string
  validTo: string | null
  passed: boolean
  superseded?: boolean
}

/** One line of the history; `untilOn` of a pause is the day the volunteer is back. */
export type StatusLine = { status: Status; fromOn: string; untilOn: string | null; recordedAt: Date }

type Months = Pick<Settings, 'backgroundMonths' | 'trainingMonths'>
type Rules = Months & Pick<Settings, 'evidenceWarnDays'>

/** `soon` still holds, but ends within the warning time; `notYet` begins later; `failed` = the last answer was no. */
export type EvidenceState = {
  kind: EvidenceKind
  state: 'valid' | 'soon' | 'lapsed' | 'failed' | 'notYet' | 'missing'
  from: string | null
  until: string | null
}

/** Whether somebody meets children: by what was agreed with her, and by the supports that she runs or is asked for today. */
export type Meets = { childContact: boolean | null; families?: boolean }

type Gap = 'missing' | 'lapsed' | 'failed' | 'notYet'
export type MissingCode = `${EvidenceKind}.${Gap}` | 'notActive' | 'paused'
export type CautionCode = 'childContactUnknown' | 'withoutChildren'

/** The sentence is `volunteers.missing.<code>`; dates in `args` are ready to be read. */
export type Missing = { code: MissingCode; args: Args }

export type Readiness = {
  mayBeAssigned: boolean
  /** The last day on which everything needed still holds; null where no end is known, or where nothing holds. */
  until: string | null
  missing: Missing[]
  /** What does not stand in the way, but narrows: `volunteers.caution.<code>`. */
  cautions: CautionCode[]
}

/**
 * A background check is good for some months (R15) and a training where the rule says so (0: for good), the last day included; neither longer
 * than it says itself. The other papers end on the day that stands in them.
 */
export function validUntil({ kind, validFrom, validTo }: Evidence, settings: Months): string | null {
  const months = { background: settings.backgroundMonths, training: settings.trainingMonths, contract: 0, pledge: 0 }[
    kind
  ]
  if (months === 0) return validTo
  const due = addMonths(validFrom, months)
  return validTo !== null && validTo < due ? validTo : due
}

/** What the papers of each kind prove on a day. */
export function evidenceState(
  evidence: readonly Evidence[],
  today: string,
  settings: Rules,
): Record<EvidenceKind, EvidenceState> {
  const states = evidenceKinds.map((kind) => [kind, stateOf(kind, evidence, today, settings)] as const)
  return Object.fromEntries(states) as Record<EvidenceKind, EvidenceState>
}

type Span = { from: string; until: string | null; passed: boolean }

function stateOf(kind: EvidenceKind, all: readonly Evidence[], today: string, settings: Rules): EvidenceState {
  const spans: Span[] = all
    .filter((one) => one.kind === kind && !one.superseded)
    .map((one) => ({ from: one.validFrom, until: validUntil(one, settings), passed: one.passed }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const begun = spans.filter((span) => span.from <= today)
  const last = begun.at(-1)
  if (!last) {
    const next = spans.find((span) => span.passed)
    return next ? { kind, state: 'notYet', ...next } : { kind, state: 'missing', from: null, until: null }
  }
  // The last answer counts: a "no" takes away what an earlier "yes" gave.
  if (!last.passed) return { kind, state: 'failed', from: last.from, until: null }
  const standing = spans.filter((span) => span.passed && !noAfter(begun, span))
  const held = longest(standing.filter((span) => span.from <= today))
  if (held.until !== null && held.until < today) return { kind, state: 'lapsed', ...held }
  const until = prolonged(held.until, standing)
  const soon = until !== null && daysBetween(today, until) <= settings.evidenceWarnDays
  return { kind, state: soon ? 'soon' : 'valid', from: held.from, until }
}

const noAfter = (spans: Span[], span: Span) => spans.some((other) => !other.passed && other.from > span.from)

function longest(spans: Span[]): Span {
  return spans.reduce((best, span) =>
    best.until === null || (span.until !== null && span.until < best.until) ? best : span,
  )
}

// A new contract that begins the day after the old one ends carries on without a gap.
function prolonged(until: string | null, standing: Span[]): string | null {
  return standing.reduce<string | null>((end, span) => {
    if (end === null || span.from > addDays(end, 1)) return end
    return span.until === null || span.until > end ? span.until : end
  }, until)
}

/** The line of the history that is in force on a day; nobody knows more of a volunteer without one than "candidate". */
export function statusOn(
  history: readonly StatusLine[],
  day: string,
): Pick<StatusLine, 'status' | 'fromOn' | 'untilOn'> {
  const begun = inOrder(history).filter((line) => line.fromOn <= day)
  const line = begun.at(-1) ?? { status: 'candidate', fromOn: day, untilOn: null }
  // Who said when they would be back is back on that day.
  if (line.status === 'paused' && line.untilOn !== null && line.untilOn <= day)
    return { status: 'active', fromOn: line.untilOn, untilOn: null }
  return line
}

/** `over`: the day of return has come, and nobody wrote how it is now · `open`: for too long nobody knows when it ends. */
export type Pause = 'over' | 'open'

/** Whether a pause waits for a word with whoever is on it. */
export function pauseOf(history: readonly StatusLine[], today: string, days: number): Pause | null {
  const line = inOrder(history).findLast(({ fromOn }) => fromOn <= today)
  if (line?.status !== 'paused') return null
  if (line.untilOn !== null) return line.untilOn <= today ? 'over' : null
  return addDays(line.fromOn, days) <= today ? 'open' : null
}

/** The history from the first line to the last. */
export function inOrder<L extends StatusLine>(history: readonly L[]): L[] {
  const order = (line: StatusLine) => `${line.fromOn} ${line.recordedAt.toISOString()}`
  return history.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
}

/**
 * May this volunteer be assigned on a day (R14, as far as it is about the volunteer alone), until when, and what is
 * missing – everything, not only the first.
 */
export function readiness(
  volunteer: Meets,
  evidence: readonly Evidence[],
  history: readonly StatusLine[],
  settings: Rules,
  today: string,
): Readiness {
  const missing: Missing[] = []
  const now = statusOn(history, today)
  if (now.status === 'paused')
    missing.push({ code: 'paused', args: { until: now.untilOn ? formatDate(now.untilOn) : 'none' } })
  else if (now.status !== 'active') missing.push({ code: 'notActive', args: { status: now.status } })
  const states = evidenceState(evidence, today, settings)
  const needed = neededKinds(volunteer)
  for (const kind of needed) missing.push(...gapOf(states[kind]))
  const ends = needed.map((kind) => states[kind].until).filter((until) => until !== null)
  return {
    mayBeAssigned: missing.length === 0,
    until: missing.length === 0 ? (ends.sort()[0] ?? null) : null,
    missing,
    cautions: cautions(volunteer, states.background),
  }
}

/** Without a background check only those work who do not meet children (R14), whatever was agreed with them once. */
export function neededKinds({ childContact, families }: Meets): EvidenceKind[] {
  return evidenceKinds.filter((kind) => kind !== 'background' || childContact === true || families === true)
}

function gapOf({ kind, state, from, until }: EvidenceState): Missing[] {
  if (state === 'valid' || state === 'soon') return []
  return [
    { code: `${kind}.${state}`, args: { from: from ? formatDate(from) : '', until: until ? formatDate(until) : '' } },
  ]
}

function cautions(volunteer: Meets, background: EvidenceState): CautionCode[] {
  if (volunteer.childContact === true) return []
  const checked = background.state === 'valid' || background.state === 'soon'
  return [
    ...(volunteer.childContact === null ? (['childContactUnknown'] as const) : []),
    // Where what she does asks for the check, that it is not there is told as missing.
    ...(checked || volunteer.families ? [] : (['withoutChildren'] as const)),
  ]
}

/** Cases in hand and asked for, and how many are allowed. */
export type Load = { active: number; proposed: number; lastUsed: string | null }

export function hasRoom(load: Load, max: number): boolean {
  return load.active + load.proposed < max
}

/** Since when an active volunteer has had no case (R20); null for whoever has one, was asked, or is not active. */
export function unusedSince(load: Load, history: readonly StatusLine[], today: string): string | null {
  const now = statusOn(history, today)
  if (now.status !== 'active' || load.active + load.proposed > 0) return null
  return load.lastUsed !== null && load.lastUsed > now.fromOn ? load.lastUsed : now.fromOn
}

/** True where a volunteer has waited long enough to be thought of: the setting `unusedMonths`. */
export function isForgotten(since: string | null, settings: Pick<Settings, 'unusedMonths'>, today: string): boolean {
  return since !== null && addMonths(since, settings.unusedMonths) <= today
}

/** The message of something that is missing. */
export const missingKey = (code: MissingCode): Key => `volunteers.missing.${code}`
