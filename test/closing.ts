// Which case does a test arrange that may be closed: assessed, with nothing left open?
import { closeCase } from '../app/cases/closing/closing.server.ts'
import { referCase } from './cases.ts'
import type { Cast } from './cast.ts'

/** Lea's assessment of a case of Ida-Viru, final, made on this day. */
export async function givenAssessment(cast: Cast, caseId: string, madeOn: string): Promise<void> {
  await cast.admin.query(
    `insert into assessment (network_id, case_id, instrument_id, made_on, assessor_id, assessor_trained_on, with_victim, answers_sealed,
       yes_count, by_count, by_judgement, by_escalation, by_critical, level, state)
     select $1, $2, i.id, $3, $4, '2021-03-01', true, '\\x01', 3, false, false, false, false, 'standard', 'final'
     from instrument i order by i.version desc limit 1`,
    [cast.networks.ida, caseId, madeOn, cast.lea.id],
  )
}

/** A case of Lea with nothing in the way of closing it. */
export async function givenDone(cast: Cast, madeOn: string): Promise<string> {
  const caseId = await referCase(cast.lea)
  await givenAssessment(cast, caseId, madeOn)
  return caseId
}

export const ending = {
  reason: 'goal_reached',
  outcome: 'safer',
  words: 'Näidis-kokkuvõte: uus elukoht, kohus tehtud.',
}

/** The same, closed by Lea. */
export async function givenClosed(cast: Cast, madeOn: string): Promise<string> {
  const id = await givenDone(cast, madeOn)
  await closeCase.run(cast.lea, { id, ...ending })
  return id
}
