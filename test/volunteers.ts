// Which volunteers and cases in hand does a test arrange, beside Lou?
import { randomUUID } from 'node:crypto'
import { asPerson } from '../app/core/db.server.ts'
import { insertVolunteer, type NewEvidence, type NewVolunteer } from '../app/volunteers/records.server.ts'
import type { Cast } from './cast.ts'

export function paper(kind: NewEvidence['kind'], validFrom: string, validTo: string | null = null): NewEvidence {
  return { kind, validFrom, validTo, passed: true, checkedBy: null }
}

/** An active woman of Tartu county who meets no children; `more` says what is otherwise. The answer is her id. */
export async function givenVolunteer(cast: Cast, more: Partial<NewVolunteer>): Promise<string> {
  const someone: NewVolunteer = {
    ...{ name: 'Näidis-Keegi', email: null, phone: null, birthYear: null, sex: 'F', occupation: null, notes: null },
    ...{ county: '0079', municipality: null, areas: [], languages: ['et'], hasCar: null, remoteOnly: false },
    ...{ childContact: false, childContactReason: 'Näidis', maxCases: null, availability: null, supervisorId: null },
    ...{ personalCode: null, importKey: null, evidence: [] },
    status: { status: 'active', fromOn: '2026-01-05', untilOn: null, reason: null },
    ...more,
  }
  const { id } = await asPerson('write', cast.kim.claim, (db) => insertVolunteer(db, cast.kim, someone))
  return id
}

/** A case of the Ida-Viru network in which this volunteer helps, was asked to help, or has helped. */
export async function givenAssignment(
  cast: Cast,
  volunteer: string,
  status: 'proposed' | 'active' | 'ended',
  endOn: string | null = null,
): Promise<void> {
  const [caseId, needId, network] = [randomUUID(), randomUUID(), cast.networks.ida]
  const { rows } = await cast.admin.query<{ number: string }>('select next_case_number(2026) as number')
  const number = rows[0]?.number
  await cast.admin.query(
    `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_by)
     values ($1, $2, $3, '0045', 'et', 'police', '2026-01-10', 'law', $4)`,
    [network, caseId, number, cast.lea.id],
  )
  await cast.admin.query(
    `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, created_by)
     values ($1, $2, $3, $4, '0045', 'et', '2026-01-10', 8, $5)`,
    [network, caseId, needId, number, cast.kim.id],
  )
  await cast.admin.query(
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, status, end_on, created_by)
     values ($1, $2, $3, $4, $5, true, 0, $6, $7, $8)`,
    [network, caseId, needId, number, volunteer, status, endOn, cast.kim.id],
  )
}
