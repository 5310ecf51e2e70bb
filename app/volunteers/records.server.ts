// How is a volunteer's record written, and is somebody in it already – for the form and for the import alike?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { setOwnCode } from '../access/walls/own-codes.server.ts'
import type { Db } from '../core/db.server.ts'
import { blindIndex, keepVault, openVault } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { searchName, soundOf } from '../i18n/search-name.ts'
import type { EvidenceKind, Status } from './volunteer.ts'

export type Area = { county: string; municipality: string | null }
export type NewEvidence = {
  kind: EvidenceKind
  validFrom: string
  validTo: string | null
  passed: boolean
  checkedBy: string | null
}

/** All that is kept of a volunteer beside papers and history; `null` = not known. Phones in E.164, languages ISO 639-1, best first. */
export type Profile = {
  name: string
  email: string | null
  phone: string | null
  birthYear: number | null
  sex: 'F' | 'M' | null
  occupation: string | null
  county: string
  municipality: string | null
  languages: string[]
  hasCar: boolean | null
  remoteOnly: boolean
  childContact: boolean | null
  childContactReason: string | null
  maxCases: number | null
  availability: string | null
  notes: string | null
}

export type NewVolunteer = Profile & {
  /** The identifier of the application that became a volunteer: the key that sealed the one stays that of the other. */
  id?: string
  personalCode: string | null
  areas: Area[]
  supervisorId: string | null
  /** Where an import found the row; the same file twice finds the same volunteer by it. */
  importKey: string | null
  status: { status: Status; fromOn: string; untilOn: string | null; reason: string | null }
  evidence: NewEvidence[]
}

/** Writes a new volunteer with sealed personal code, areas, papers and the first line of the history. */
export async function insertVolunteer(
  db: Db,
  me: Pick<Person, 'id'>,
  facts: NewVolunteer,
): Promise<{ id: string; code: string }> {
  const { id = randomUUID(), supervisorId, importKey } = facts
  const { code } = await db
    .insertInto('volunteer')
    .values({ id, ...columnsOf(facts), supervisorId, importKey, createdBy: me.id })
    .returning('code')
    .executeTakeFirstOrThrow()
  if (facts.personalCode) await sealCode(db, id, facts.personalCode)
  await replaceAreas(db, id, facts.areas)
  for (const paper of facts.evidence) await insertEvidence(db, me, id, paper)
  await db
    .insertInto('volunteerStatus')
    .values({ volunteerId: id, ...facts.status, recordedBy: me.id })
    .execute()
  return { id, code }
}

/** The columns of the table that say the same as the profile. */
export function columnsOf(profile: Profile) {
  const { county, municipality, name, email, phone, birthYear, sex, occupation, languages } = profile
  const { hasCar, remoteOnly, childContact, childContactReason, maxCases, availability, notes } = profile
  return {
    ...{ name, searchName: searchName(name), email, phone, birthYear, sex, occupation, languages, notes },
    ...{ countyCode: county, municipalityCode: municipality, availability },
    ...{ hasCar, remoteOnly, childContact, childContactReason, maxCases },
  }
}

/** Seals a personal code under the volunteer's own key and makes it findable by its keyed index. */
export async function sealCode(db: Db, id: string, code: string): Promise<void> {
  const vault = await keepVault(db, { kind: 'volunteer', id })
  await db
    .updateTable('volunteer')
    .set({
      personalCodeSealed: vault.seal({ table: 'volunteer', column: 'personal_code_sealed', row: id }, code),
      personalCodeIndex: codeIndex(code),
    })
    .where('id', '=', id)
    .execute()
  await wallOff(db, id)
}

/** Whoever is let in must not meet a case in which they are themselves; nobody hears whether there is one. The code opens no door. */
export async function wallOff(db: Db, id: string): Promise<void> {
  const { personId, personalCodeSealed } = await db
    .selectFrom('volunteer')
    .select(['personId', 'personalCodeSealed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (!personId || !personalCodeSealed) return
  const vault = await openVault(db, id)
  const place = { table: 'volunteer', column: 'personal_code_sealed', row: id }
  await setOwnCode(db, personId, vault.open(place, personalCodeSealed))
}

const codeIndex = (code: string) => blindIndex('volunteers', code)

export async function replaceAreas(db: Db, volunteerId: string, areas: readonly Area[]): Promise<void> {
  await db.deleteFrom('volunteerArea').where('volunteerId', '=', volunteerId).execute()
  const rows = areas.map(({ county, municipality }) => ({
    volunteerId,
    countyCode: county,
    municipalityCode: municipality,
  }))
  if (rows.length > 0) await db.insertInto('volunteerArea').values(rows).execute()
}

export async function insertEvidence(
  db: Db,
  me: Pick<Person, 'id'>,
  volunteerId: string,
  paper: NewEvidence,
): Promise<string> {
  const { id } = await db
    .insertInto('volunteerEvidence')
    .values({ volunteerId, ...paper, recordedBy: me.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whoever takes somebody in waits for whoever is taking somebody in: it may be the same person. */
export const register = 'volunteers'
/** The one to whom something is done, for whoever does it one after the other. */
export const oneVolunteer = ({ id }: { id: string }): string => `volunteer/${id}`

export type Described = Pick<Profile, 'name'> &
  Partial<Pick<Profile, 'email' | 'phone' | 'birthYear'> & { personalCode: string | null; importKey: string | null }>
export type Same = { id: string; code: string; name: string; by: 'importKey' | 'personalCode' | 'name' }

/**
 * The volunteer who is already kept under this description: by where an import found the row, by personal code, or by a
 * name that sounds the same together with e-mail, telephone or (where neither can be compared) the year of birth.
 */
export async function findSameVolunteer(db: Db, facts: Described): Promise<Same | null> {
  const { importKey = null, personalCode = null, email = null, phone = null, birthYear = null } = facts
  const index = personalCode ? codeIndex(personalCode) : null
  const rows = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'email', 'phone', 'birthYear', 'importKey', 'personalCodeIndex'])
    .where(
      sql<boolean>`import_key = ${importKey} or personal_code_index = ${index} or email = ${email} or phone = ${phone} or birth_year = ${birthYear}`,
    )
    .orderBy('createdAt')
    .execute()
  const found = (by: Same['by'], row: (typeof rows)[number] | undefined): Same | null =>
    row ? { id: row.id, code: row.code, name: row.name, by } : null
  const sameCode = (row: (typeof rows)[number]) => Boolean(index && row.personalCodeIndex?.equals(index))
  const otherCode = (row: (typeof rows)[number]) => Boolean(index && row.personalCodeIndex && !sameCode(row))
  return (
    found('importKey', importKey === null ? undefined : rows.find((row) => row.importKey === importKey)) ??
    found('personalCode', rows.find(sameCode)) ??
    found(
      'name',
      rows.find((row) => !otherCode(row) && sameName(row, { ...facts, email, phone, birthYear })),
    )
  )
}

type Known = Pick<Profile, 'name' | 'email' | 'phone' | 'birthYear'>

function sameName(one: Known, other: Known): boolean {
  if (soundOf(one.name) !== soundOf(other.name)) return false
  const contacts = [
    [one.email, other.email],
    [one.phone, other.phone],
  ].filter(([a, b]) => a && b)
  if (contacts.length > 0) return contacts.some(([a, b]) => a === b)
  return one.birthYear !== null && one.birthYear === other.birthYear
}
