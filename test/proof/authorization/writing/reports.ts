// May somebody begin, write, hand in and answer a report of a period? `report.*`: the coordinator writes, the project manager answers.
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, pick, pickSeen, update } from './draw.ts'

const coordinates = ({ rights }: Given) => has(rights, 'coordinator')

const report: Draw = (given) => {
  const days = { period: '2027-01', from_on: '2027-01-01', to_on: '2027-01-31', due_on: '2027-02-15' }
  return insert('period_report', { ...days, created_by: given.signed }, coordinates(given) && given.honest)
}
const writePeriod: Draw = (given) => {
  const row = pickSeen(given, 'period_report')
  const writable = row?.status === 'draft' || row?.status === 'returned'
  return row && update(given, 'period_report', row, { own_text: 'x' }, coordinates(given) && writable)
}
/** The project manager answers in person, and never what they began or handed in themselves. */
const answerPeriod: Draw = (given) => {
  const of = pickSeen(given, 'period_report', ({ status }) => status === 'submitted' || given.random.chance(0.3))
  if (!of) return null
  const kind = given.random.pick(['accepted', 'returned'])
  const events = given.rights.facts.rows('period_report_event').filter((row) => row.report_id === of.id)
  const wrote =
    of.created_by === given.me || events.some((row) => row.kind === 'submitted' && row.recorded_by === given.me)
  const allowed = has(given.rights, 'manager') && given.rights.inPerson && of.status === 'submitted' && !wrote
  const row = { report_id: of.id ?? '', kind, remark: 'x', recorded_by: given.signed }
  return insert('period_report_event', row, allowed && given.honest)
}

const submitPeriod: Draw = (given) => {
  const of = pickSeen(given, 'period_report')
  if (!of) return null
  const writable = of.status === 'draft' || of.status === 'returned'
  const row = { report_id: of.id ?? '', kind: 'submitted', figures: '{}', recorded_by: given.signed }
  return insert('period_report_event', row, coordinates(given) && writable && given.honest)
}
/** The exact figures are kept by whoever has just handed them in. */
const snapshot: Draw = (given) => {
  const kept = new Set(given.rights.facts.rows('period_report_snapshot').map((row) => row.event_id))
  const free = (row: Row) => !kept.has(row.id ?? null)
  const own = (row: Row) => free(row) && row.recorded_by === given.me && row.kind === 'submitted'
  const of = pick(given, 'period_report_event', own) ?? pickSeen(given, 'period_report_event', free)
  if (!of) return null
  const allowed = coordinates(given) && of.kind === 'submitted' && of.recorded_by === given.me
  return insert(
    'period_report_snapshot',
    { event_id: of.id ?? '', report_id: of.report_id ?? '', figures: '{}' },
    allowed,
  )
}

/** What is published of whom the help reaches is made by the process. */
const reach: Draw = (given) => {
  const year = given.random.whole(1950, 1990)
  const row = { from_on: `${year}-01-01`, to_on: `${year}-06-30`, threshold: 5, figures: '{}' }
  return insert('reach_half', row, has(given.rights, 'system'))
}

/** … and of how many cases there were in which county, once of a half-year of which the country was told. */
const capacity: Draw = (given) => {
  const told = new Set(given.rights.facts.rows('capacity_half').map((row) => row.from_on ?? null))
  const of = pick(given, 'reach_half', (row) => !told.has(row.from_on ?? null))
  if (!of) return null
  const row = { from_on: of.from_on ?? '', to_on: of.to_on ?? '', threshold: 5, figures: '{}' }
  return insert('capacity_half', row, has(given.rights, 'system'))
}

/** The coordinator says in her own name by what it is measured. */
const measured: Draw = (given) => {
  const row = { what: 'women', county_code: '0045', hundredths: 100, valid_from: '2026-01-01', source: 'x' }
  return insert('capacity_fact', { ...row, set_by: given.signed }, coordinates(given) && given.honest)
}

export const reportDraws: Draw[] = [
  ...[report, writePeriod, submitPeriod, answerPeriod, snapshot, reach],
  ...[capacity, measured],
]
