// May this volunteer support this victim, and if not, for which reasons – every one of them?
import type { Settings as AllSettings } from '../core/setting.ts'
import { formatDate } from '../i18n/format.ts'
import type { Args } from '../i18n/i18n.ts'
import type { CircleKind } from '../volunteers/circle/circle.ts'
import type { Hour, Refusable, Task } from '../volunteers/limits/limits.ts'
import type { Status } from '../volunteers/volunteer.ts'
import { maxCases, type Penalties, penalties, type Tiles } from './goals.ts'
import { type EndCode, endingReasons, type ForecastCode, forecasts, needsCheck } from './lasting/lasting.ts'
import { goesThere, limits, partlyThere } from './limits/limits.ts'

/** An open need for a support person. Dates are `YYYY-MM-DD`, places EHAK codes, languages ISO 639-1. Volunteers by id. */
export type Need = {
  id: string
  county: string
  municipality: string | null
  language: string
  wantedSex: 'F' | 'M' | 'any'
  childCount: number
  /** Nobody from the same municipality: a small place where people know each other. */
  avoidLocal: boolean
  from: string
  until: string
  /** The victim was offered a support person and agreed. */
  agreed: boolean
  /** When the victim can be met; nothing = any hour. */
  hours?: readonly Hour[]
  /** What is to be done beside listening. */
  tasks?: readonly Task[]
  conflicts: readonly string[]
  declinedBy: readonly string[]
  supportedBefore: readonly string[]
  /** With whom something of the case may be alike that nobody has spoken of: by which kind, and how strongly. */
  links?: readonly { volunteer: string; kind: CircleKind; strong: boolean }[]
}

/** A volunteer as matching knows her: papers in force (superseded ones left out), ties and load. */
export type Candidate = {
  id: string
  status: Status
  /** The day she is back; null = not known. */
  pausedUntil: string | null
  /** Days on which she is away, both ends included. */
  away?: readonly { from: string; to: string }[]
  /** Has passed, been signed; `…Until`: the last day, where it has one. */
  trained: boolean
  trainedUntil?: string | null
  contract: { from: string; to: string | null } | null
  pledged: boolean
  pledgedUntil?: string | null
  /** The last check and its answer: `passed` = nothing stands in the way; `until` where it says itself how long it holds. */
  background: { on: string; passed: boolean; until?: string | null } | null
  /** By what was agreed with her, or by another support of hers. */
  childContact: boolean
  /** The first one is the one she speaks best. */
  languages: readonly string[]
  sex: 'F' | 'M' | null
  county: string
  municipality: string | null
  /** Beside her own county: whole counties (municipality null) or single municipalities. */
  areas: readonly { county: string; municipality: string | null }[]
  remoteOnly: boolean
  /** Goes no further than her own municipality and those among `areas`, in her own county too. */
  near?: boolean
  /** When she can be reached; nothing = she has not said. */
  hours?: readonly Hour[]
  /** Tasks she does not take, and what follows from them. */
  refuses?: readonly Refusable[]
  /** Municipalities where she declared to know people. */
  knownIn: readonly string[]
  /** Cases she has or has been asked to take. */
  active: number
  maxCases: number | null
  /** False where she has not told yet whom she lives and works with, so that nothing can be compared. */
  circleTold?: boolean
  /** Since when she has had no case. */
  waitingSince: string | null
}

/** The dated settings that matching reads, and the map of counties. */
export type Settings = Pick<AllSettings, 'maxActiveCases' | 'backgroundMonths' | 'lapseForecast'> & { tiles: Tiles }

export type ReasonCode =
  | 'victimNotAgreed'
  | 'notActive'
  | 'paused'
  | 'away'
  | 'trainingIncomplete'
  | 'contractMissing'
  | 'contractNotYet'
  | 'contractExpired'
  | 'contractEndsEarly'
  | 'pledgeMissing'
  | 'backgroundMissing'
  | 'backgroundNegative'
  | EndCode
  | 'conflict'
  | 'linkOpen'
  | 'declined'
  | 'acquaintance'
  | 'local'
  | 'languageMissing'
  | 'sexUnwanted'
  | 'areaNotServed'
  | 'tooFar'
  | 'hoursApart'
  | 'taskRefused'
  | 'childrenRefused'
  | 'full'
export type WarningCode =
  | 'awayLater'
  | 'linkWeak'
  | 'circleUntold'
  | ForecastCode
  | 'localUnknown'
  | 'areaUnknown'
  | 'hoursUnknown'
  | 'telephoneOnly'

/** The message is `matching.reason.<code>`; dates in `args` are ready to be read. Hard reasons can never be overridden. */
export type Reason = { code: ReasonCode; hard: true; args: Args }
export type Warning = { code: WarningCode; hard: false; args: Args }

export type Verdict = {
  eligible: boolean
  reasons: Reason[]
  warnings: Warning[]
  /** Per goal, were this her next case; see goals.ts. */
  goals: Penalties
  load: { before: number; after: number; max: number }
}

export type Say = (code: ReasonCode, args?: Args) => void

/** Weighs one volunteer for one need on one day. Pure: the same facts give the same verdict. What is merely worse is a goal. */
export function judge(need: Need, volunteer: Candidate, settings: Settings, today: string): Verdict {
  const reasons = reasonsAgainst(need, volunteer, settings, today)
  const load = { before: volunteer.active, after: volunteer.active + 1, max: maxCases(volunteer, settings) }
  const goals = penalties(need, volunteer, settings, today)
  return { eligible: reasons.length === 0, reasons, warnings: warnings(need, volunteer, settings, today), goals, load }
}

/** Every hard reason, not only the first (R14, R15, R21); none means that the volunteer may be assigned. */
export function reasonsAgainst(need: Need, volunteer: Candidate, settings: Settings, today: string): Reason[] {
  const reasons: Reason[] = []
  const say: Say = (code, args = {}) => reasons.push({ code, hard: true, args })
  const start = startOf(need, today)
  if (!need.agreed) say('victimNotAgreed')
  standing(volunteer, start, say)
  contract(need, volunteer, today, say)
  if (!volunteer.pledged) say('pledgeMissing')
  if (needsCheck(need, volunteer)) background(volunteer, say)
  for (const { code, args } of endingReasons(need, volunteer, settings, { today, start })) say(code, args)
  closeness(need, volunteer, say)
  if (!volunteer.languages.includes(need.language)) say('languageMissing', { language: need.language })
  if (need.wantedSex !== 'any' && volunteer.sex !== need.wantedSex) say('sexUnwanted', { sex: need.wantedSex })
  if (!goesThere(need, volunteer)) {
    if (volunteer.county === need.county) say('tooFar')
    else say('areaNotServed', { county: need.county })
  }
  limits(need, volunteer, say)
  const max = maxCases(volunteer, settings)
  if (volunteer.active >= max) say('full', { active: volunteer.active, max })
  return reasons
}

/** The day support can begin: as wished, but not before today. */
export function startOf(need: Need, today: string): string {
  if (need.from > today) return need.from
  return today
}

function standing(volunteer: Candidate, start: string, say: Say): void {
  const { status, pausedUntil } = volunteer
  if (status === 'paused') {
    if (pausedUntil === null || pausedUntil > start) say('paused', { until: dateOrNone(pausedUntil) })
  } else if (status !== 'active') say('notActive', { status })
  const away = volunteer.away?.find(({ from, to }) => from <= start && start <= to)
  if (away) say('away', { until: formatDate(away.to) })
  if (!volunteer.trained) say('trainingIncomplete')
}

/** In force today (R14) and as long as the support is expected to last: nobody should lose her support person half-way. */
function contract(need: Need, { contract }: Candidate, today: string, say: Say): void {
  if (!contract) say('contractMissing')
  else if (contract.from > today) say('contractNotYet', { from: formatDate(contract.from) })
  const until = contract?.to
  if (!until) return
  if (until < today) say('contractExpired', { until: formatDate(until) })
  else if (until < need.until) say('contractEndsEarly', { until: formatDate(until), end: formatDate(need.until) })
}

/** That there is one and what it says; how long it holds is told with the other papers. */
function background({ background: last }: Candidate, say: Say): void {
  if (!last?.passed) say(last ? 'backgroundNegative' : 'backgroundMissing')
}

const linkOf = (need: Need, volunteer: Candidate) => need.links?.find((link) => link.volunteer === volunteer.id)

/** Who knows the people or the place, and who has already said no. */
function closeness(need: Need, volunteer: Candidate, say: Say): void {
  if (need.conflicts.includes(volunteer.id)) say('conflict')
  const link = linkOf(need, volunteer)
  if (link?.strong) say('linkOpen', { kind: link.kind })
  if (need.declinedBy.includes(volunteer.id)) say('declined')
  if (need.municipality === null) return
  if (volunteer.knownIn.includes(need.municipality)) say('acquaintance')
  if (need.avoidLocal && volunteer.municipality === need.municipality) say('local')
}

function warnings(need: Need, volunteer: Candidate, settings: Settings, today: string): Warning[] {
  const found: Warning[] = []
  const link = linkOf(need, volunteer)
  if (link && !link.strong) found.push({ code: 'linkWeak', hard: false, args: { kind: link.kind } })
  const start = startOf(need, today)
  for (const { from, to } of volunteer.away ?? [])
    if (from > start && from <= need.until)
      found.push({ code: 'awayLater', hard: false, args: { from: formatDate(from), until: formatDate(to) } })
  if (volunteer.circleTold === false) found.push({ code: 'circleUntold', hard: false, args: {} })
  found.push(...forecasts(need, volunteer, settings, { today, start }))
  const placeUnknown = need.municipality === null || volunteer.municipality === null
  if (need.avoidLocal && placeUnknown && need.county === volunteer.county)
    found.push({ code: 'localUnknown', hard: false, args: {} })
  if (partlyThere(need, volunteer)) found.push({ code: 'areaUnknown', hard: false, args: {} })
  if (need.hours?.length && !volunteer.hours?.length) found.push({ code: 'hoursUnknown', hard: false, args: {} })
  if (volunteer.remoteOnly) found.push({ code: 'telephoneOnly', hard: false, args: {} })
  return found
}

function dateOrNone(date: string | null): string {
  return date === null ? 'none' : formatDate(date)
}
