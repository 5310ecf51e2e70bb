// Who is let into a case in an emergency, for a test?
import { sealReason } from '../app/cases/identity/reveal.server.ts'
import type { Cast } from './cast.ts'

/** Max of another network is let into the case. */
export async function brokenGlass(cast: Cast, caseId: string): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, review_due_on)
     select $1, number, network_id, id, 'danger', $3, true, $4, now(), now(), now() + interval '50 minutes', current_date + 1 from case_file where id = $2 returning id`,
    [cast.max.id, caseId, sealReason('Näidis-põhjus, mis on küllalt pikk'), cast.kim.id],
  )
  return rows[0]?.id ?? ''
}
