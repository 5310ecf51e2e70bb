// How does somebody of a case become a row that is closed, findable by code and name, and walled where it must be?
import { randomUUID } from 'node:crypto'
import type { Db } from '../../core/db.server.ts'
import { blindIndex, type Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { PersonLine } from '../case-file.server.ts'
import { comparePerson } from '../links/case-keys.server.ts'
import { keepNameKeys } from '../repeat/name-keys.server.ts'
import { keepSurnames } from '../repeat/surnames.server.ts'
import { codeOf } from './judge.ts'

type Told = {
  givenName?: string | undefined
  familyName?: string | undefined
  formerNames?: string | undefined
  nationalId?: string | undefined
  birthYear?: number | undefined
  sex?: 'F' | 'M' | undefined
  relation?: string | undefined
  /** Of an adult in danger: why. */
  atRisk?: string | undefined
}
type Into = { db: Db; me: Person; base: { networkId: string; caseId: string }; vault: Vault }
/** The row that was wrong, and why it is put right. */
type Correction = { person: string; why: string }

/** Walls before whoever it is, and the number of an adult in danger, are made by the database. Returns the row. */
export async function insertPerson(
  { db, me, base, vault }: Into,
  kind: PersonLine['kind'],
  of: Told,
  corrects?: Correction,
): Promise<string> {
  const row = randomUUID()
  const code = codeOf(of.nationalId)
  const seal = (column: string, text: string | undefined) =>
    text ? vault.seal({ table: 'case_person', column, row }, text) : null
  await db
    .insertInto('casePerson')
    .values({
      ...{ ...base, id: row, kind, recordedBy: me.id, correctsId: corrects?.person ?? null },
      correctionSealed: seal('correction_sealed', corrects?.why),
      givenNameSealed: seal('given_name_sealed', of.givenName),
      familyNameSealed: seal('family_name_sealed', of.familyName),
      personalCodeSealed: seal('personal_code_sealed', code?.code),
      personalCodeIndex: code ? blindIndex(base.networkId, code.code) : null,
      formerNamesSealed: seal('former_names_sealed', of.formerNames),
      relationSealed: seal('relation_sealed', of.relation),
      riskSealed: kind === 'adult' ? seal('risk_sealed', of.atRisk) : null,
      birthYear: code?.birthYear ?? of.birthYear ?? null,
      sex: code?.sex ?? of.sex ?? null,
    })
    .execute()
  await keepNameKeys(db, { ...base, person: row }, of)
  await keepSurnames(db, { ...base, person: row }, of)
  const about = kind === 'adult' ? 'victimKin' : kind
  await comparePerson(db, { caseId: base.caseId, item: row, about }, of)
  return row
}
