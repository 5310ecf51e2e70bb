// Which stored facts do the figures rest on, as they were known at one instant?
import type { Settings } from '../../core/setting.ts'
import type { AbleRules } from '../../matching/lasting/able.ts'
import type { Evidence, StatusLine } from '../../volunteers/volunteer.ts'

/** `children`: whether the case has any. */
export type Help = { volunteerId: string; from: string; until: string | null; children: boolean }

/** A need in the order in which its history happened: by date, then by the instant of recording. */
export type NeedFact = {
  id: string
  county: string
  events: readonly { kind: string; onDate: string }[]
  /** Times in which a support person had said yes and the support had not ended; `until` null while it lasts. */
  help: readonly Help[]
}

export type VisitFact = {
  id: string
  caseId: string
  county: string
  volunteerId: string
  onDate: string
  contacts: number
  minutes: number
  expenseCents: number
}

export type VolunteerFact = {
  id: string
  county: string
  childContact: boolean | null
  maxCases: number | null
  /** When she was asked to help and had not answered yet. */
  asked: readonly Omit<Help, 'volunteerId'>[]
  /** Days on which she is away, both ends included. */
  away: readonly { from: string; to: string }[]
  evidence: readonly Evidence[]
  history: readonly StatusLine[]
}

/** A support person's report of a month; `submittedOn` is the date (Tallinn) of the first submission. */
export type ReportFact = { id: string; county: string; month: string; dueOn: string; submittedOn: string | null }

export type ConcernFact = { id: string; county: string; raisedOn: string; hoursToAnswer: number | null }

/** Everything the figures of a period are computed from. Counties are EHAK codes, dates `2026-11-23` in Tallinn. */
export type Facts = {
  counties: readonly string[]
  /** The date (Tallinn) of the instant from which the facts are seen. */
  knownOn: string
  settings: Pick<Settings, 'backgroundMonths' | 'trainingMonths' | 'evidenceWarnDays' | keyof AbleRules>
  needs: readonly NeedFact[]
  visits: readonly VisitFact[]
  volunteers: readonly VolunteerFact[]
  reports: readonly ReportFact[]
  concerns: readonly ConcernFact[]
}
