// How does a row of the workbook become a volunteer, a case with its need, or a month of hours?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { insertImportedCase } from '../../cases/imported.server.ts'
import { insertNeed } from '../../cases/need/needs.server.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { openVault, sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { networkFor } from '../../partners/places.server.ts'
import { insertVolunteer, type NewEvidence } from '../../volunteers/records.server.ts'
import type { HoursValues } from '../hours-sheet.ts'
import type { NeedValues } from '../need-sheet.ts'
import type { AnyRow } from '../preview.ts'
import type { VolunteerValues } from '../volunteer-sheet.ts'
import { visitKey } from './hours-standing.server.ts'

/** What was made, for the audit: kind and id, and the case it belongs to. */
export type Trace = { kind: string; id: string; caseId?: string; networkId?: string }
export type CaseKey = { id: string; networkId: string }

// What is kept in the records is written in the language of the records.
const origin = () => translator('et')('imports.origin')

function papersOf(values: VolunteerValues): NewEvidence[] {
  const paper = (kind: NewEvidence['kind'], validFrom: string | null, validTo: string | null = null): NewEvidence[] =>
    validFrom ? [{ kind, validFrom, validTo, passed: true, checkedBy: null }] : []
  const { trainedOn, contractFrom, contractUntil, pledged, backgroundCheckedOn } = values
  return [
    ...paper('training', trainedOn),
    ...paper('contract', contractFrom, contractUntil),
    // The workbook says that the pledge was given, not when: it came with the contract.
    ...paper('pledge', pledged ? (contractFrom ?? trainedOn ?? today()) : null),
    ...paper('background', backgroundCheckedOn),
  ]
}

function sinceOf({ status, contractFrom, trainedOn }: VolunteerValues): string {
  const since = status === 'active' ? (contractFrom ?? trainedOn) : null
  return since && since < today() ? since : today()
}

export async function writeVolunteer(
  db: Db,
  me: Person,
  { key, values, supervisorId }: { key: string; values: VolunteerValues; supervisorId: string | null },
): Promise<Trace> {
  const { countyCode, municipalityCode, childContact, note } = values
  const made = await insertVolunteer(db, me, {
    ...values,
    county: countyCode,
    municipality: municipalityCode,
    childContactReason: childContact === null ? null : origin(),
    notes: note,
    areas: [],
    supervisorId,
    importKey: key,
    status: { status: values.status, fromOn: sinceOf(values), untilOn: null, reason: origin() },
    evidence: papersOf(values),
  })
  return { kind: 'volunteer', id: made.id }
}

export async function writeNeed(
  db: Db,
  me: Person,
  row: AnyRow,
  values: NeedValues,
): Promise<Trace & { caseKey: CaseKey }> {
  const { caseNumber, countyCode, municipalityCode, language, score, ground, since, months, avoidLocal, note } = values
  const networkId = await networkFor(db, countyCode, municipalityCode)
  if (!networkId) throw new NotFound()
  const place = { countyCode, municipalityCode, language, childCount: values.children ?? 0 }
  const { caseId } = await insertImportedCase(db, me, {
    ...place,
    number: caseNumber,
    networkId,
    referredOn: since,
    score,
    ground,
  })
  const need = await insertNeed(db, me, {
    ...place,
    ...{ caseId, networkId, avoidLocal, months, fromOn: since, offeredOn: since, importKey: row.key },
    wantedSex: values.wantedSex ?? 'any',
    note,
  })
  return { kind: 'need', id: need.id, caseId, networkId, caseKey: { id: caseId, networkId } }
}

/** A minute's look at the key of a case, under the coordinator's name, so that a note can be closed with it. */
async function lookAtKey(db: Db, me: Person, { id, networkId }: CaseKey) {
  await db
    .insertInto('reveal')
    .values({
      ...{ id: randomUUID(), networkId, caseId: id, personId: me.id, what: 'import' },
      purposeSealed: sealForProcess('reason', origin()),
      until: sql<Date>`now() + interval '1 minute'`,
    })
    .execute()
}

/** The sums of one volunteer's month with one case, as one visit that stands for the whole month. */
export async function writeHours(
  db: Db,
  me: Person,
  facts: { values: HoursValues; volunteerId: string; of: CaseKey; looked: Set<string> },
): Promise<Trace> {
  const { values, volunteerId, of, looked } = facts
  const id = randomUUID()
  if (values.note && !looked.has(of.id)) {
    await lookAtKey(db, me, of)
    looked.add(of.id)
  }
  const vault = values.note ? await openVault(db, of.id) : null
  await db
    .insertInto('visit')
    .values({
      ...{ id, networkId: of.networkId, caseId: of.id, volunteerId, number: values.caseNumber },
      ...{ onDate: `${values.month}-01`, wholeMonth: true, way: 'other', contacts: values.contacts ?? 0 },
      ...{ minutes: values.minutes, expenseCents: values.expenseCents ?? 0, recordedBy: me.id },
      noteSealed: vault?.seal({ table: 'visit', column: 'note_sealed', row: id }, values.note ?? '') ?? null,
      importKey: visitKey(values.month, volunteerId, values.caseNumber),
    })
    .execute()
  return { kind: 'visit', id, caseId: of.id, networkId: of.networkId }
}

/** One event for each object that came in, so that a row can be followed back to the workbook it came with. */
export async function auditTraces(db: Db, traces: Trace[]): Promise<void> {
  const of = (pick: (trace: Trace) => string | undefined) => traces.map((trace) => pick(trace) ?? null)
  await sql`select audit_append('import.row', kind, id, case_id, network_id, 'done', '{}', null, null)
    from unnest(${of((one) => one.kind)}::text[], ${of((one) => one.id)}::text[], ${of((one) => one.caseId)}::uuid[], ${of((one) => one.networkId)}::uuid[])
    as t (kind, id, case_id, network_id)`.execute(db)
}
