// Which case does a test arrange that may be closed: assessed, with nothing left open?
import { closeCase } from '../app/cases/closing/closing.server.ts'
import { explainNotOffered } from '../app/cases/need/not-offered.server.ts'
import { referCase } from './cases.ts'
import type { Cast } from './cast.ts'

/** Lea's assessment of a case of Ida-Viru, final, made on this day; every risk, child, adult in danger and perpetrator was accepted for a reason. */
export async function givenAssessment(cast: Cast, caseId: string, madeOn: string): Promise<void> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into assessment (network_id, case_id, instrument_id, made_on, assessor_id, assessor_trained_on, with_victim, answers_sealed,
       yes_count, by_count, by_judgement, by_escalation, by_critical, level, state)
     select $1, $2, i.id, $3, $4, '2021-03-01', true, '\\x01', 3, false, false, false, false, 'standard', 'final'
     from instrument i order by i.version desc limit 1 returning id`,
    [cast.networks.ida, caseId, madeOn, cast.lea.id],
  )
  await cast.admin.query(
    `insert into risk_answer (network_id, case_id, assessment_id, kind, nth, accepted_sealed, recorded_by)
     select $1, $2, case when kind = 'risk' then $3::uuid end, kind, nth, '\\x01', $4
     from (values ('risk', 3), ('child', 20), ('adult', 3), ('perpetrator', 9)) asked (kind, many), generate_series(1, many) nth on conflict do nothing`,
    [cast.networks.ida, caseId, rows[0]?.id, cast.lea.id],
  )
}

/** A case of Lea in whose way stands nothing but that nobody was offered to her, or said why not. */
export async function givenBare(cast: Cast, madeOn: string): Promise<string> {
  const caseId = await referCase(cast.lea)
  await givenAssessment(cast, caseId, madeOn)
  return caseId
}

export const notOffered = 'Näidis: tal on oma nõustaja'

/** A case of Lea with nothing in the way of closing it. */
export async function givenDone(cast: Cast, madeOn: string): Promise<string> {
  const caseId = await givenBare(cast, madeOn)
  await explainNotOffered.run(cast.lea, { id: caseId, why: notOffered })
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
