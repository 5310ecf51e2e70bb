// How do a support person and a case come to have somebody in common, in a test?
import { tellFact } from '../../app/cases/links/facts.server.ts'
import { tellCircle } from '../../app/volunteers/circle/circle.server.ts'
import type { Cast } from '../cast.ts'

/** Lou and the network both tell of this person, and of nobody is it told who it is; answers the pair's id. */
export async function alike(cast: Cast, caseId: string, name: string): Promise<string> {
  await tellCircle.run(cast.lou, { name })
  const { rows: told } = await cast.admin.query('select id from conflict_pair where case_id = $1', [caseId])
  if (told.length === 0)
    await tellFact.run(cast.lea, { id: caseId, about: 'perpetratorKin', kind: 'name', value: name })
  const { rows } = await cast.admin.query<{ id: string }>('select id from conflict_pair where case_id = $1', [caseId])
  return rows[0]?.id ?? ''
}
