// Which figures do reports speak in, what does each mean, and on which rows does it rest?

/** Kinds of rows that can stand behind a figure. */
export type RowKind = 'need' | 'volunteer' | 'case' | 'visit' | 'report' | 'concern'

/** `share` is between 0 and 1; `days`, `months` and `hours` are decimal numbers; `money` is in whole cents. */
export type Unit = 'count' | 'share' | 'days' | 'months' | 'hours' | 'money'

type Rule = {
  /** Raised whenever the meaning changes, so that an old report says by which definition it was counted. */
  version: number
  unit: Unit
  /** The count whose rows stand behind it. */
  rows: string
  of: RowKind
  /** Tables that hold the rows. */
  sources: readonly string[]
  /** Counts of people or things that must all be shown before this may be (rule R34). */
  shownWith: readonly string[]
}

const count = (id: string, of: RowKind, sources: readonly string[]): Rule & { unit: 'count' } => ({
  version: 1,
  unit: 'count',
  rows: id,
  of,
  sources,
  shownWith: [id],
})

const needTables = ['need', 'need_event']
const helpTables = ['need', 'need_event', 'assignment', 'assignment_event']
const ableTables = [
  'volunteer',
  'volunteer_status',
  'volunteer_evidence',
  'volunteer_away',
  'assignment_event',
  'case_file',
]

const rules = {
  needsOffered: count('needsOffered', 'need', needTables),
  needsAgreed: count('needsAgreed', 'need', needTables),
  needsDeclined: count('needsDeclined', 'need', needTables),
  needsUndecided: count('needsUndecided', 'need', needTables),
  needsStanding: count('needsStanding', 'need', helpTables),
  needsCovered: count('needsCovered', 'need', helpTables),
  needsUncovered: count('needsUncovered', 'need', helpTables),
  coverage: {
    ...count('needsCovered', 'need', helpTables),
    unit: 'share',
    shownWith: ['needsStanding', 'needsCovered'],
  },
  needsStarted: count('needsStarted', 'need', helpTables),
  waitMedian: { ...count('needsStarted', 'need', helpTables), unit: 'days' },
  waitMean: { ...count('needsStarted', 'need', helpTables), unit: 'days' },
  needsRunning: count('needsRunning', 'need', helpTables),
  runningMonths: { ...count('needsRunning', 'need', helpTables), unit: 'months' },
  needsEnded: count('needsEnded', 'need', helpTables),
  endedMonths: { ...count('needsEnded', 'need', helpTables), unit: 'months' },
  volunteersActive: count('volunteersActive', 'volunteer', ['visit', 'assignment_event']),
  volunteersReady: { ...count('volunteersReady', 'volunteer', ableTables), version: 2 },
  casesVisited: count('casesVisited', 'case', ['visit']),
  contacts: { ...count('contacts', 'visit', ['visit']), shownWith: ['casesVisited', 'contacts'] },
  hours: { ...count('contacts', 'visit', ['visit']), unit: 'hours', shownWith: ['casesVisited', 'contacts'] },
  expenses: { ...count('contacts', 'visit', ['visit']), unit: 'money', shownWith: ['casesVisited', 'contacts'] },
  reportsDue: count('reportsDue', 'report', ['month_report']),
  reportsOnTime: count('reportsOnTime', 'report', ['month_report', 'month_report_event']),
  reportsLate: count('reportsLate', 'report', ['month_report', 'month_report_event']),
  reportsMissing: count('reportsMissing', 'report', ['month_report', 'month_report_event']),
  reportsPending: count('reportsPending', 'report', ['month_report', 'month_report_event']),
  concernsRaised: count('concernsRaised', 'concern', ['concern']),
  concernsAnswered: count('concernsAnswered', 'concern', ['concern']),
  concernsOpen: count('concernsOpen', 'concern', ['concern']),
  answerHours: { ...count('concernsAnswered', 'concern', ['concern']), unit: 'hours' },
} as const satisfies Record<string, Rule>

export type FigureId = keyof typeof rules
/** Figures that are a number of rows (contacts: the sum of what the rows say), by which others are shown or hidden. */
export type CountId = { [Id in FigureId]: (typeof rules)[Id] extends { unit: 'count' } ? Id : never }[FigureId] &
  FigureId

export type Indicator = Omit<Rule, 'rows' | 'shownWith'> & {
  id: FigureId
  rows: CountId
  shownWith: readonly CountId[]
}

/** Every indicator, in the order of the annex. */
export const indicators: readonly Indicator[] = Object.entries(rules).map(
  ([id, rule]) => ({ id, ...rule }) as unknown as Indicator,
)

export const figureIds = indicators.map(({ id }) => id)

export const countIds = indicators.filter(({ unit }) => unit === 'count').map(({ id }) => id as CountId)

/** The indicator of this id. */
export function indicatorOf(id: FigureId): Indicator {
  return indicators.find((each) => each.id === id) as Indicator
}

/** True where a text from an address names a figure. */
export function isFigureId(text: string): text is FigureId {
  return text in rules
}
