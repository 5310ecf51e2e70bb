// Which attempts are refused to everybody, and are made of one that is allowed? Each is spoiled in one thing and is otherwise as good as the other.
import { plusDays } from '../../../../db/seed/random.ts'
import type { Facts } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { anHourAgo, now, type Values } from './statements.ts'

/** Of several ways each says what is otherwise. */
type Otherwise = Partial<Values>
type Spoils = (row: Values, today: string) => Otherwise[]

const setAside: Spoils = () => [{ superseded_at: now }]
const counted: Spoils = () => [{ figures: '{}' }]
const tooLong: Spoils = () => [{ at: anHourAgo }]
/** Of a half-year that is not over yet nothing is published. */
const published: Spoils = (_, today) => [{ to_on: today }]

/**
 * Nothing begins as over, answered, counted or set aside, nor with what is missing that belongs to it, nor in a time that is not its own. What a table
 * asks for beside it is there, so that it is not refused for the want of that.
 */
const begins: Record<string, Spoils> = {
  agency_seat: setAside,
  agenda_item: ({ added_by = null }) => [
    { outcome: 'planned', heard_by: added_by, heard_at: now },
    { added_by: null, kind: 'new' },
  ],
  assignment: (_, today) => [{ start_on: today }, { end_on: today }],
  capacity_half: published,
  case_action: ({ recorded_by = null }, today) => [
    { state: 'done', ended_at: now, ended_by: recorded_by, outcome_sealed: '\\x01' },
    { due_on: plusDays(today, -1) },
  ],
  case_decision: setAside,
  case_follow_up: () => [{ state: null }, { incidents: null }, { risk: null }],
  case_incident: (_, today) => [{ on_date: plusDays(today, 1) }, { kind: null }, { police: null }],
  contact_plan: ({ recorded_by = null }) => [{ withdrawn_at: now, withdrawn_by: recorded_by }],
  erasure: () => [{ label: 'x' }],
  meeting: () => [
    { closed_at: now },
    { phase: 'cancelled' },
    { invited_at: anHourAgo },
    { phase: 'held', closed_at: now, begun_at: now, ended_at: now },
  ],
  meeting_attendance: setAside,
  minutes: ({ recorded_by = null }, today) => [
    { approved_at: now, approved_by: recorded_by },
    { made_on: plusDays(today, -1) },
  ],
  month_report: counted,
  month_report_event: ({ kind = null }) => (kind === 'submitted' ? [] : [{ figures: '{}' }]),
  outing: ({ case_id = null }) => (case_id === null ? [{ reach_sealed: '\\x01' }] : []),
  period_report: () => [{ figures: '{}' }, { known_at: now }, { status: 'accepted' }],
  period_report_event: ({ kind = null }) =>
    kind === 'submitted' ? [] : [{ figures: '{}' }, { own_text: 'x' }, { kind: 'submitted' }],
  reach_half: published,
  research: setAside,
  reveal: tooLong,
  risk_answer: setAside,
  safe_contact: setAside,
  sample_look: () => [{ answers: null }],
  // A key is of the kind of what it closes; the key of a workbook comes before the workbook.
  sealed_key: ({ kind = null }) =>
    ['case', 'person', 'report', 'session', 'checkin', 'expense'].flatMap((other) =>
      other === kind || kind === 'import' ? [] : [{ kind: other }],
    ),
  victim_view: setAside,
  visit: setAside,
}

export const begun = (table: string, row: Values, today: string): Values[] =>
  (begins[table]?.(row, today) ?? []).map((more) => ({ ...row, ...(more as Values) }))

type By = { me: string; rights: { facts: Facts } }

/** What belongs to a change, and what does not come with it. */
const changes: Record<string, (set: Values, by: By) => Otherwise[]> = {
  expense: ({ withdrawn_at }) => (withdrawn_at ? [{ reason_sealed: '\\x01' }] : []),
  safe_contact: () => [{ superseded_at: null }],
  // Nobody ends and confirms at once.
  substitution: ({ ended_by, confirmed_by }) =>
    ended_by ? [{ confirmed_at: now, confirmed_by: ended_by }] : [{ ended_at: now, ended_by: confirmed_by ?? null }],
  supervision_session: (_, { rights }) => [{ held_on: plusDays(rights.facts.today, 1) }],
  watch_finding: () => [{ words_sealed: null }],
  // Whoever writes it does not say that it was seen.
  wellbeing_checkin: ({ answers_sealed }, { me }) => (answers_sealed ? [{ seen_at: now, seen_by: me }] : []),
}

export const changed = (table: string, set: Values, by: By): Values[] =>
  (changes[table]?.(set, by) ?? []).map((more) => ({ ...set, ...(more as Values) }))

/** What is noted as having happened is noted at its moment – but for these, of which the database keeps the moment that it is told. */
const asTold = new Set([
  ...[
    'application',
    'assessment',
    'break_glass',
    'case_brief',
    'case_person',
    'case_task',
    'case_whereabouts',
    'concern',
  ],
  ...[
    'import_batch',
    'mail_outbox',
    'recruiting_target',
    'reference_request',
    'safe_contact',
    'visit',
    'volunteer_evidence',
  ],
  'wall',
])

export function atAnotherMoment(table: string, set: Values): Values[] {
  if (asTold.has(table)) return []
  const earlier = Object.entries(set).map(([column, value]) => [column, value === now ? anHourAgo : value])
  return Object.values(set).includes(now) ? [Object.fromEntries(earlier)] : []
}

/** … and once: rows as like this one as there are, of which it was noted before. */
export function doneBefore(facts: Facts, table: string, row: Row, set: Values): Row[] {
  const noted = Object.keys(set).filter((column) => set[column] === now)
  const done = facts.rows(table).filter((one) => noted.some((column) => one[column] !== null))
  const alike = (one: Row) => Object.keys(row).filter((column) => ofWhom.test(column) && one[column] === row[column])
  return done.toSorted((a, b) => alike(b).length - alike(a).length).slice(0, 2)
}
const ofWhom = /_id$|_by$|^(?:kind|part|agency|state)$/
