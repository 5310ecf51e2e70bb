// What does the register have already of what a workbook names: people, cases, months?
import type { Db } from '../../core/db.server.ts'
import { soundOf } from '../../i18n/search-name.ts'
import { networkFor } from '../../partners/places.server.ts'
import { findSameVolunteer } from '../../volunteers/records.server.ts'
import type { Known, Person } from '../hours-sheet.ts'
import { type AnyRow, type Preview, previewOf } from '../preview.ts'
import { keyOf, type RawSheet } from '../sheet.ts'
import type { VolunteerValues } from '../volunteer-sheet.ts'
import { placeName } from '../words.ts'
import type { Content } from './content.server.ts'
import { hoursStandings } from './hours-standing.server.ts'
import { type Present, rowId, type Standing } from './plan.ts'

/** Names and numbers of the register, as the reading needs them. `byKey` leads from a key to the volunteer's id. */
export type Register = {
  preview: Preview
  /** The same before anybody was chosen: it still asks what has been answered. */
  asking: Preview
  standings: Map<string, Standing>
  present: Present
  volunteers: Map<string, string>
  cases: Map<string, { id: string; networkId: string }>
}

type Listed = Awaited<ReturnType<typeof listed>>[number]

async function listed(db: Db) {
  return db
    .selectFrom('volunteer')
    .select([
      'id',
      'code',
      'name',
      'email',
      'phone',
      'countyCode',
      'municipalityCode',
      'languages',
      'status',
      'importKey',
    ])
    .orderBy('code')
    .execute()
}

async function contractsOf(db: Db) {
  const rows = await db
    .selectFrom('volunteerEvidence')
    .select(['volunteerId', 'validFrom', 'validTo'])
    .where('kind', '=', 'contract')
    .where('supersededAt', 'is', null)
    .orderBy('validFrom')
    .execute()
  return Map.groupBy(rows, (row) => row.volunteerId)
}

async function casesOf(db: Db) {
  return db
    .selectFrom('caseFile')
    .leftJoin('need', 'need.caseId', 'caseFile.id')
    .select(['caseFile.id', 'caseFile.networkId', 'caseFile.number', 'caseFile.countyCode', 'caseFile.language'])
    .select(['need.fromOn', 'need.months'])
    .orderBy('need.createdAt')
    .execute()
}
type CaseRow = Awaited<ReturnType<typeof casesOf>>[number]

function differing(pairs: [column: string, here: string | null | undefined, there: string | null | undefined][]) {
  return pairs
    .filter(([, here, there]) => (here ?? '') !== '' && (here ?? '') !== (there ?? ''))
    .map(([column, here, there]) => ({ column, here: here ?? '', there: there ?? '' }))
}

function shownIn(row: AnyRow, field: string): [column: string, shown: string] {
  const cell = row.cells.find((one) => one.field === field)
  return [cell?.column ?? field, cell?.shown ?? '']
}

/** The volunteer of the register whom each row of the sheets of volunteers describes, by row id. */
async function sameVolunteers(db: Db, preview: Preview, volunteers: Listed[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  // Whoever has neither key, name nor code in common with anybody need not be asked about one by one.
  const keys = new Set(volunteers.map((one) => one.importKey))
  const sounds = new Set(volunteers.map((one) => soundOf(one.name)))
  for (const [place, sheet] of preview.sheets.entries()) {
    if (sheet.kind !== 'volunteers') continue
    for (const row of sheet.rows) {
      if (row.outcome === 'refused' || row.outcome === 'duplicate') continue
      const { name = '', email, phone, birthYear, personalCode } = row.values
      if (!personalCode && !keys.has(row.key) && !sounds.has(soundOf(name))) continue
      const same = await findSameVolunteer(db, { name, email, phone, birthYear, personalCode, importKey: row.key })
      if (same) found.set(rowId(place, row.row), same.id)
    }
  }
  return found
}

function volunteerStandings(preview: Preview, same: Map<string, string>, byId: Map<string, Listed>) {
  const standings = new Map<string, Standing>()
  const taken = new Set<string>()
  for (const [place, sheet] of preview.sheets.entries()) {
    if (sheet.kind !== 'volunteers') continue
    for (const row of sheet.rows) {
      const id = rowId(place, row.row)
      const there = byId.get(same.get(id) ?? '')
      if (there) standings.set(id, { known: knownVolunteer(row, row.values, there) })
      else if (row.outcome !== 'refused' && row.outcome !== 'duplicate') {
        // Two rows that nothing tells apart would become one person.
        if (taken.has(row.key)) standings.set(id, { stopped: 'twin' })
        taken.add(row.key)
      }
    }
  }
  return standings
}

function knownVolunteer(row: AnyRow, values: Partial<VolunteerValues>, there: Listed): Standing['known'] {
  const of = (field: string, other: string | null): [string, string, string | null] => [...shownIn(row, field), other]
  const pairs = [of('name', there.name), of('email', there.email)]
  if (values.phone !== there.phone) pairs.push(of('phone', there.phone))
  if (values.countyCode !== there.countyCode) pairs.push(of('countyCode', placeName(there.countyCode)))
  if (values.municipalityCode && values.municipalityCode !== there.municipalityCode)
    pairs.push(of('municipalityCode', placeName(there.municipalityCode)))
  return { href: `/volunteers/${there.id}`, number: there.code, differs: differing(pairs) }
}

async function needStandings(db: Db, preview: Preview, cases: Map<string, CaseRow>) {
  const standings = new Map<string, Standing>()
  const networks = new Map<string, string | null>()
  for (const [place, sheet] of preview.sheets.entries()) {
    if (sheet.kind !== 'needs') continue
    for (const row of sheet.rows) {
      const { caseNumber = '', countyCode, municipalityCode = null } = row.values
      const there = cases.get(caseNumber)
      if (there) {
        const differs =
          countyCode === there.countyCode
            ? []
            : [
                {
                  column: shownIn(row, 'countyCode')[0],
                  here: placeName(countyCode),
                  there: placeName(there.countyCode),
                },
              ]
        standings.set(rowId(place, row.row), { known: { href: `/cases/${there.id}`, number: there.number, differs } })
      } else if (row.outcome !== 'refused' && countyCode) {
        const asked = `${countyCode}/${municipalityCode}`
        if (!networks.has(asked)) networks.set(asked, await networkFor(db, countyCode, municipalityCode))
        if (!networks.get(asked)) standings.set(rowId(place, row.row), { stopped: 'noNetwork' })
      }
    }
  }
  return standings
}

/** Everybody whom hours may mean. Who is in the sheet too goes by the sheet's key, so that nobody stands there twice. */
async function peopleOf(db: Db, volunteers: Listed[], keys: Map<string, string>): Promise<Person[]> {
  const contracts = await contractsOf(db)
  return volunteers.map((one) => {
    const county = placeName(one.countyCode)
    const papers = contracts.get(one.id) ?? []
    return {
      key: keys.get(one.id) ?? one.importKey ?? keyOf('register', one.id),
      name: one.name,
      place: county.replace(/ maakond$/, ''),
      email: one.email,
      label: `${one.name} (${one.code}, ${county})`,
      taken: true,
      contractFrom: papers[0]?.validFrom ?? null,
      contractUntil: papers.some((paper) => !paper.validTo) ? null : (papers.at(-1)?.validTo ?? null),
    }
  })
}

/** Reads the workbook against the register: every row, and what the register says of it. A few statements and one per row of volunteers. */
export async function readAgainst(db: Db, content: Pick<Content, 'sheets' | 'choices'>): Promise<Register> {
  const alone = previewOf(content.sheets)
  const volunteers = await listed(db)
  const same = await sameVolunteers(db, alone, volunteers)
  const keyOfRow = new Map(eachRow(alone).map(({ id, row }) => [id, row.key]))
  const keys = new Map([...same].map(([row, id]) => [id, keyOfRow.get(row) ?? '']))
  const people = await peopleOf(db, volunteers, keys)
  const caseRows = await casesOf(db)
  const cases = new Map(caseRows.toReversed().map((row) => [row.number, row]))
  const known: Known = {
    people,
    cases: [...cases.values()].map((row) => ({ number: row.number, since: row.fromOn, taken: true })),
  }
  const asking = reread(content.sheets, known, {})
  const preview = Object.keys(content.choices).length > 0 ? reread(content.sheets, known, content.choices) : asking
  const byKey = new Map(people.map((person, place) => [person.key, volunteers[place]?.id ?? '']))
  const standings = new Map([
    ...volunteerStandings(preview, same, new Map(volunteers.map((one) => [one.id, one]))),
    ...(await needStandings(db, preview, cases)),
  ])
  for (const [id, standing] of await hoursStandings(db, preview, byKey, cases)) standings.set(id, standing)
  const present = { volunteers: new Set(byKey.keys()), cases: new Set(cases.keys()) }
  return { preview, asking, standings, present, volunteers: byKey, cases }
}

function reread(sheets: RawSheet[], known: Known, choices: Content['choices']): Preview {
  return previewOf(sheets, { known, choices })
}

/** Every row of every sheet with its id. */
export function eachRow(preview: Preview): { id: string; row: AnyRow }[] {
  return preview.sheets.flatMap((sheet, place) =>
    (sheet.rows as AnyRow[]).map((row) => ({ id: rowId(place, row.row), row })),
  )
}
