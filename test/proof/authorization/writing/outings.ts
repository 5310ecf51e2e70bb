// May somebody be waited for, and may a drill be begun? With a contact that she planned herself; a drill by whoever guides her, or the coordinator.
import { mayRead } from '../rules/reading.ts'
import { guidesRow, has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, insert, pick, pickSeen } from './draw.ts'

const times = { begins_at: '2026-12-24 10:00+02', until_at: '2026-12-24 11:00+02' }

const waitFor: Draw = (given) => {
  const { rights } = given
  const taken = new Set(rights.facts.rows('outing').map((row) => row.plan_id))
  const free = (row: Row) => row.assignment_id !== null && !taken.has(row.id ?? null)
  const own = (row: Row) => row.recorded_by === rights.me
  // … or what somebody else planned for a support of hers.
  const forHer = (row: Row) => {
    const support = rights.facts.one('assignment', row.assignment_id)
    return rights.volunteer !== null && support?.volunteer_id === rights.volunteer && !own(row)
  }
  const near = given.random.pick([own, own, own, forHer, null])
  const plan =
    (near && pick(given, 'contact_plan', (row) => free(row) && near(row))) ?? pick(given, 'contact_plan', free)
  const support = rights.facts.one('assignment', plan?.assignment_id)
  if (!plan || !support) return null
  // Not in another's name, nor under another support of the same case.
  const others = (row: Row) => row.case_id === plan.case_id && row.id !== support.id
  const other = given.random.chance(0.3) ? pick(given, 'assignment', others) : null
  const [under, who] = given.random.pick(
    [
      [other, support],
      [support, other],
    ].map(([a, b]) => [a ?? support, b ?? support] as const),
  )
  const of = {
    network_id: plan.network_id ?? '',
    case_id: plan.case_id ?? '',
    assignment_id: under.id ?? '',
    plan_id: plan.id ?? '',
  }
  const row = { ...of, number: 'x', volunteer_id: who.volunteer_id ?? '', ...times, recorded_by: given.signed }
  const meant = under === support && who.volunteer_id === support.volunteer_id
  const helps = rights.volunteer !== null && support.volunteer_id === rights.volunteer
  const hers = helps && own(plan) && meant
  const stands = plan.withdrawn_at === null && mayRead(rights, 'contact_plan', plan, 'tugivork_write')
  return insert('outing', row, hers && stands && given.honest)
}

const drill: Draw = (given) => {
  const { rights } = given
  const own = given.random.chance(0.2) ? pick(given, 'volunteer', ({ id }) => id === rights.volunteer) : null
  const of = own ?? pickSeen(given, 'volunteer')
  if (!of) return null
  const may = guidesRow(rights, { volunteer_id: of.id ?? null }) || has(rights, 'coordinator')
  const row = { volunteer_id: of.id ?? '', ...times, recorded_by: given.signed }
  return insert('outing', row, may && of.id !== rights.volunteer && given.honest)
}

export const outingDraws: Draw[] = [waitFor, waitFor, drill]
