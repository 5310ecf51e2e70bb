// How high is the risk, and which of the separate grounds says so?

export const levels = ['standard', 'medium', 'high'] as const
export type Level = (typeof levels)[number]

/** Above these a count or a number of call-outs says "high" by itself; they belong to the version of the questionnaire. */
export type Thresholds = { highFrom: number; mediumFrom: number; escalationFrom: number }

/** The four criteria, each kept for itself; the fourth has two doors: a critical answer, or a case that has come back. */
export type Criteria = {
  yesCount: number
  judgedHigh: boolean
  /** How often the police were called within twelve months; `null` = not known. */
  callouts: number | null
  criticalYes: number
  repeat: boolean
}

export const grounds = ['count', 'judgement', 'escalation', 'critical', 'repeat'] as const
export type Ground = (typeof grounds)[number]

export type Grounds = {
  byCount: boolean
  byJudgement: boolean
  byEscalation: boolean
  byCritical: boolean
  byRepeat: boolean
}
export type Risk = Grounds & { level: Level }

/** One ground is enough for "high"; the count alone may only tell medium from standard, and never lowers a judged high risk. */
export function riskOf(criteria: Criteria, thresholds: Thresholds): Risk {
  const found: Grounds = {
    byCount: criteria.yesCount >= thresholds.highFrom,
    byJudgement: criteria.judgedHigh,
    byEscalation: criteria.callouts !== null && criteria.callouts >= thresholds.escalationFrom,
    byCritical: criteria.criticalYes > 0,
    byRepeat: criteria.repeat,
  }
  const high = Object.values(found).some(Boolean)
  return { ...found, level: high ? 'high' : criteria.yesCount >= thresholds.mediumFrom ? 'medium' : 'standard' }
}

/** The grounds of a stored assessment, in the order in which they are told. */
export function groundsOf(risk: Grounds): Ground[] {
  const told: [Ground, boolean][] = [
    ['count', risk.byCount],
    ['judgement', risk.byJudgement],
    ['escalation', risk.byEscalation],
    ['critical', risk.byCritical],
    ['repeat', risk.byRepeat],
  ]
  return told.filter(([, holds]) => holds).map(([ground]) => ground)
}

export type Trend = 'rising' | 'falling' | 'steady'

/** From the assessment before to the latest one: first the level, then the count. */
export function trendOf(
  latest: { level: Level; yesCount: number },
  before: { level: Level; yesCount: number } | undefined,
): Trend | null {
  if (!before) return null
  const step = levels.indexOf(latest.level) - levels.indexOf(before.level) || latest.yesCount - before.yesCount
  return step > 0 ? 'rising' : step < 0 ? 'falling' : 'steady'
}
