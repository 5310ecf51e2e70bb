// What does a row of the sheet of volunteers say about one volunteer, and is it somebody the sheet has named before?
import { contradictions, readPersonalCode, type Sex } from '../core/form/personal-code.ts'
import type { Status } from '../volunteers/volunteer.ts'
import { type CellValue, fold, type Reading, readBirthYear, readDay, readText, readWhole, tidy } from './cells.ts'
import {
  ask,
  type Columns,
  type Draft,
  differences,
  keyOf,
  mark,
  type RowPreview,
  remember,
  type Seen,
  settle,
} from './sheet.ts'
import {
  readCounty,
  readEmail,
  readLanguages,
  readMunicipality,
  readPhone,
  readSex,
  readStatus,
  readYesNo,
  remarksIn,
} from './words.ts'

type VolunteerCells = {
  ordinal: number | null
  name: string
  personalCode: string | null
  phone: string | null
  email: string | null
  countyCode: string
  municipalityCode: string | null
  languages: string[]
  sex: Sex | null
  birthYear: number | null
  occupation: string | null
  hasCar: boolean | null
  trainedOn: string | null
  contractFrom: string | null
  contractUntil: string | null
  pledged: boolean | null
  backgroundCheckedOn: string | null
  childContact: boolean | null
  maxCases: number | null
  status: Status
  supervisor: string | null
  note: string | null
}
/** What the note says that the record has a place for. Blank limits, flags and dates are unknown, not "no". */
export type VolunteerValues = VolunteerCells & { remoteOnly: boolean; availability: string | null }
export type VolunteerDraft = Draft<VolunteerCells>

// A wrong code refuses the row: whose code it is must not be guessed, and the person must not be checked under it.
function readCode(raw: CellValue): Reading<string> {
  const code = readPersonalCode(tidy(raw))
  if ('fault' in code) return { problem: { key: `imports.problem.personalCode.${code.fault}` } }
  return { value: code.code, shown: code.code }
}

/**
 * Required: name, county, languages, status. A cell that cannot be read is left out only where its absence makes the
 * person less ready to be assigned; an unreadable contract end, child-contact flag or limit takes the row with it.
 */
export const volunteerColumns: Columns<VolunteerCells> = {
  ordinal: {
    headers: ['Jrk', 'Nr', 'Jrk nr', 'Järjekorranumber'],
    unreadable: 'leftOut',
    read: (raw) => readWhole(raw, { min: 1, max: 100_000 }),
  },
  name: {
    headers: ['Ees- ja perenimi', 'Nimi', 'Vabatahtliku nimi', 'Ees- ja perekonnanimi'],
    required: true,
    unreadable: 'refused',
    read: readName,
  },
  personalCode: { headers: ['Isikukood', 'IK'], unreadable: 'refused', read: readCode },
  phone: { headers: ['Tel.', 'Telefon', 'Telefoninumber', 'Mobiil'], unreadable: 'leftOut', read: readPhone },
  email: { headers: ['E-post', 'E-mail', 'Email', 'Meil', 'E-posti aadress'], unreadable: 'leftOut', read: readEmail },
  countyCode: { headers: ['Maakond'], required: true, unreadable: 'refused', read: readCounty },
  municipalityCode: {
    headers: ['Omavalitsus', 'KOV', 'Vald/linn', 'Vald või linn'],
    unreadable: 'refused',
    read: (raw, soFar) => readMunicipality(raw, soFar.countyCode),
  },
  languages: { headers: ['Keeled', 'Keel', 'Keeleoskus'], required: true, unreadable: 'refused', read: readLanguages },
  sex: { headers: ['Sugu'], unreadable: 'leftOut', read: readSex },
  birthYear: { headers: ['Sünniaasta', 'Sünd', 'Sünni aasta'], unreadable: 'leftOut', read: readBirthYear },
  occupation: { headers: ['Amet', 'Elukutse'], unreadable: 'leftOut', read: readText },
  hasCar: { headers: ['Auto', 'Auto olemas'], unreadable: 'leftOut', read: readYesNo },
  trainedOn: { headers: ['Väljaõpe läbitud', 'Väljaõpe', 'Koolitus läbitud'], unreadable: 'leftOut', read: readDay },
  contractFrom: { headers: ['Leping alates', 'Lepingu algus'], unreadable: 'leftOut', read: readDay },
  contractUntil: { headers: ['Leping kuni', 'Lepingu lõpp'], unreadable: 'refused', read: readDay },
  pledged: {
    headers: ['Konf. kinnitus', 'Konfidentsiaalsuskinnitus', 'Konf kinnitus'],
    unreadable: 'leftOut',
    read: readYesNo,
  },
  backgroundCheckedOn: { headers: ['Taustakontroll', 'Taustakontrolli kuupäev'], unreadable: 'leftOut', read: readDay },
  childContact: { headers: ['Lastega kokkupuude', 'Kokkupuude lastega'], unreadable: 'refused', read: readYesNo },
  maxCases: {
    headers: ['Max juhtumeid', 'Juhtumeid korraga', 'Maksimaalselt juhtumeid'],
    unreadable: 'refused',
    read: (raw) => readWhole(raw, { min: 0, max: 10 }),
  },
  status: { headers: ['Staatus', 'Olek'], required: true, unreadable: 'refused', read: readStatus },
  supervisor: { headers: ['Juhendaja'], unreadable: 'leftOut', read: readText },
  note: { headers: ['Märkused', 'Märkus', 'Lisainfo'], unreadable: 'refused', read: readText },
}

function readName(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  if (!/\p{L}.*\p{L}/u.test(text) || text.length > 200)
    return { problem: { key: 'imports.problem.name', args: { read: text } } }
  return { value: text, shown: text }
}

/** The name together with whatever else tells people of one name apart; the personal code may be filled in later, so it is no part. */
function volunteerKey(draft: VolunteerDraft): string {
  const { name, email, phone, birthYear } = draft.values
  return keyOf('volunteer', fold(name ?? ''), email ?? phone ?? birthYear ?? '')
}

// Everything by which the same person could be met again; `samePerson` has the last word.
function identities({ personalCode, name, email, phone, birthYear }: Partial<VolunteerCells>): string[] {
  const known = [
    personalCode && `code ${personalCode}`,
    ...[email, phone, birthYear].map((one) => one && `${fold(name ?? '')} ${one}`),
  ]
  return known.filter((one): one is string => Boolean(one))
}

/** The same person: one code, or one name and one address, number or year of birth, with nothing that speaks against it. */
export function samePerson(one: Partial<VolunteerCells>, other: Partial<VolunteerCells>): boolean {
  if (one.personalCode && other.personalCode) return one.personalCode === other.personalCode
  if (!one.name || !other.name || fold(one.name) !== fold(other.name)) return false
  const contacts = [
    [one.email, other.email],
    [one.phone, other.phone],
  ].filter(([a, b]) => a && b)
  if (contacts.length > 0) return contacts.some(([a, b]) => a === b)
  return Boolean(one.birthYear) && one.birthYear === other.birthYear
}

function checkCode(draft: VolunteerDraft) {
  const { personalCode, birthYear, sex } = draft.values
  const code = personalCode ? readPersonalCode(personalCode) : null
  if (!code || 'fault' in code) return
  const against = contradictions(code, { birthYear, sex })
  if (against.length === 0) return
  // The code would lead the yearly background check to somebody else, so it stays out until a person has looked.
  const what = against.length > 1 ? 'both' : (against[0] ?? 'both')
  mark(draft, 'personalCode', 'leftOut', { key: 'imports.problem.personalCode.contradicts', args: { what } })
}

function checkDates(draft: VolunteerDraft) {
  const { contractFrom, contractUntil } = draft.values
  if (contractFrom && contractUntil && contractUntil < contractFrom) {
    mark(draft, 'contractUntil', 'refused', { key: 'imports.problem.contractOrder' })
  }
}

const noteKinds = ['health', 'conflict', 'remote', 'absence'] as const

function checkReadiness(draft: VolunteerDraft) {
  const { values } = draft
  if (!values.phone && !values.email) ask(draft, 'name', { key: 'imports.check.noContact' })
  if (values.status !== 'active') return
  const lacking = { training: !values.trainedOn, contract: !values.contractFrom, pledge: !values.pledged }
  for (const [what, lacks] of Object.entries(lacking)) {
    if (lacks) ask(draft, 'status', { key: 'imports.check.activeWithout', args: { what } })
  }
}

/** Sees what no single cell shows: contradictions, what a note means, and people named before (`seen`, on other sheets too). */
export function judgeVolunteers(sheet: string, drafts: VolunteerDraft[], seen: Seen<VolunteerCells>) {
  for (const draft of drafts) {
    checkCode(draft)
    checkDates(draft)
    checkReadiness(draft)
    for (const kind of remarksIn(draft.values.note, noteKinds)) ask(draft, 'note', { key: `imports.check.${kind}` })
    draft.key = volunteerKey(draft)
    const names = identities(draft.values)
    const first = names
      .flatMap((name) => seen.get(name) ?? [])
      .find((other) => samePerson(other.draft.values, draft.values))
    if (first) {
      draft.key = first.draft.key
      draft.duplicateOf = { sheet: first.sheet, row: first.draft.row }
      draft.differs = differences(draft, first.draft)
    }
    // Only originals are compared with: likeness must not be handed on from one doubtful row to the next.
    else remember(seen, sheet, draft, names)
  }
}

/** The verdict, with what the note said put where the record keeps it. */
export function settleVolunteer(draft: VolunteerDraft): RowPreview<VolunteerValues> {
  const said = remarksIn(draft.values.note, noteKinds)
  const availability = said.includes('absence') ? (draft.values.note ?? null) : null
  return settle(draft, { ...(draft.values as VolunteerCells), remoteOnly: said.includes('remote'), availability })
}
