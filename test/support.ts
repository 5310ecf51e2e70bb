// Which running support does a test arrange: a case with its key, a need, and Lou at work in it?
import { randomUUID } from 'node:crypto'
import { type Changes, referCase } from './cases.ts'
import type { Cast } from './cast.ts'

export type Support = { caseId: string; number: string; assignment: string }

/** Lou (or `volunteer`) supports a fresh case of Ida-Viru since `startOn`, until `endOn` where it has ended. */
export async function givenSupport(
  cast: Cast,
  startOn: string,
  more: { volunteer?: string; endOn?: string; changes?: Changes } = {},
): Promise<Support> {
  const caseId = await referCase(cast.lea, more.changes)
  const { rows } = await cast.admin.query<{ number: string }>('select number from case_file where id = $1', [caseId])
  const number = rows[0]?.number ?? ''
  const [need, assignment, ida] = [randomUUID(), randomUUID(), cast.networks.ida]
  await cast.admin.query(
    `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, status, created_by)
     values ($1, $2, $3, $4, '0045', 'et', $5, 8, 'covered', $6)`,
    [ida, caseId, need, number, startOn, cast.kim.id],
  )
  const { volunteer = cast.volunteer, endOn = null } = more
  await cast.admin.query(
    `insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, supervisor_id, chosen_by_solver, load_before, status, start_on, end_on, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, true, 0, $8, $9, $10, $11)`,
    [
      ida,
      caseId,
      assignment,
      need,
      number,
      volunteer,
      cast.sirje.id,
      endOn ? 'ended' : 'active',
      startOn,
      endOn,
      cast.kim.id,
    ],
  )
  return { caseId, number, assignment }
}

/** What is typed of a usual visit. */
export const usualVisit = { way: 'meeting', minutes: '60', note: 'Käisime koos perearsti juures.' }
