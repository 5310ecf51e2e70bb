// How does a test get a month with some work in it, as if people had entered it?
import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'

/** So many needs of Ida-Viru offered on the day, all agreed, supported by Lou from the next day, with one visit each. */
export async function monthOfWork(cast: Cast, day: string, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const [caseId, need, assignment] = [randomUUID(), randomUUID(), randomUUID()]
    const number = `M-${day.slice(0, 4)}-${String(100 + at)}`
    const base = [cast.networks.ida, caseId]
    await cast.admin.query(
      `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_by)
       values ($1, $2, $3, '0045', 'et', 'police', $4, 'imported', $5)`,
      [...base, number, day, cast.lea.id],
    )
    await cast.admin.query(
      `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, created_by)
       values ($1, $2, $3, $4, '0045', 'et', $5, 6, $6)`,
      [...base, need, number, day, cast.lea.id],
    )
    await cast.admin.query(
      `insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by, recorded_at)
       select $1, $2, $3, kind, $4::date, $5, $4::timestamptz + n * interval '1 hour' from unnest(array['offered', 'opened']) with ordinality as k (kind, n)`,
      [...base, need, day, cast.lea.id],
    )
    await cast.admin.query(
      `insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
       values ($1, $2, $3, $4, $5, $6, true, 0, $7)`,
      [...base, assignment, need, number, cast.volunteer, cast.kim.id],
    )
    for (const [kind, hour] of [
      ['proposed', 5],
      ['accepted', 30],
    ] as const) {
      await cast.admin.query(
        `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, recorded_by, recorded_at)
         values ($1, $2, $3, $4::text, $5::date + 1, true, $6, $5::timestamptz + $7 * interval '1 hour')`,
        [...base, assignment, kind, day, cast.kim.id, hour],
      )
    }
    await cast.admin.query(
      `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, minutes, expense_cents, recorded_by)
       values ($1, $2, $3, $4, $5, $6::date + 3, 'meeting', 90, 250, $7)`,
      [...base, assignment, cast.volunteer, number, day, cast.lou.id],
    )
  }
}
