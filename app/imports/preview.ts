// How was every row of a coordinator's workbook understood: the one answer that screen, command line and commit share?
import type { Message } from '../core/errors.ts'
import { fold } from './cells.ts'
import {
  type Choices,
  type HoursDraft,
  type HoursValues,
  hoursColumns,
  judgeHours,
  type Known,
  type Person,
} from './hours-sheet.ts'
import { judgeNeeds, type NeedDraft, type NeedValues, needColumns, settleNeed } from './need-sheet.ts'
import {
  type CellPreview,
  type Columns,
  type Draft,
  findHeader,
  type Header,
  isRefused,
  missingColumns,
  type Outcome,
  type RawSheet,
  type RowPreview,
  readRow,
  type Seen,
  type Skipped,
  skipped,
} from './sheet.ts'
import {
  judgeVolunteers,
  samePerson,
  settleVolunteer,
  type VolunteerDraft,
  type VolunteerValues,
  volunteerColumns,
} from './volunteer-sheet.ts'
import { placeName } from './words.ts'

export type Counts = Record<Outcome, number>
type SheetBase = {
  name: string
  headerRow: number
  columns: string[]
  ignoredColumns: string[]
  missing: string[]
  skipped: Skipped[]
  counts: Counts
}
export type SheetPreview =
  | (SheetBase & { kind: 'volunteers'; rows: RowPreview<VolunteerValues>[] })
  | (SheetBase & { kind: 'needs'; rows: RowPreview<NeedValues>[] })
  | (SheetBase & { kind: 'hours'; rows: RowPreview<HoursValues>[] })
/** Plain data: it survives JSON, so it can be sealed away between the look and the yes. */
export type Preview = { sheets: SheetPreview[]; ignoredSheets: string[]; counts: Counts }
export type AnyRow = SheetPreview['rows'][number]
export type PreviewOptions = { known?: Known; choices?: Choices }

type Read<V> = {
  raw: RawSheet
  header: Header<keyof V & string>
  missing: string[]
  skipped: Skipped[]
  drafts: Draft<V>[]
}

function read<V>(raw: RawSheet, header: Header<keyof V & string>, columns: Columns<V>): Read<V> {
  const found: Read<V> = { raw, header, missing: missingColumns(header, columns), skipped: [], drafts: [] }
  for (const row of raw.rows) {
    const skip = skipped(row, header)
    if (skip) {
      if (row.row !== header.row) found.skipped.push(skip)
    } else if (found.missing.length === 0) found.drafts.push(readRow(row, header, columns))
  }
  return found
}

function counted(rows: { outcome: Outcome }[]): Counts {
  const counts: Counts = { accepted: 0, normalised: 0, duplicate: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}

function base<V>({ raw, header, missing, skipped }: Read<V>, rows: { outcome: Outcome }[]): SheetBase {
  return {
    name: raw.name,
    headerRow: header.row,
    columns: header.names,
    ignoredColumns: header.extra,
    missing,
    skipped,
    counts: counted(rows),
  }
}

type Kinds = {
  volunteers: Read<VolunteerDraft['values']>[]
  needs: Read<NeedDraft['values']>[]
  hours: Read<HoursDraft['values']>[]
}

// A sheet is known by its headings, not by its name: the kind of which most headings are found.
function recognise(raw: RawSheet) {
  const found = [
    { kind: 'volunteers' as const, header: findHeader(raw, volunteerColumns) },
    { kind: 'needs' as const, header: findHeader(raw, needColumns) },
    { kind: 'hours' as const, header: findHeader(raw, hoursColumns) },
  ]
  return found.toSorted((a, b) => (b.header?.places.size ?? 0) - (a.header?.places.size ?? 0))[0]
}

function label(draft: VolunteerDraft): string {
  const { ordinal, countyCode, municipalityCode, name } = draft.values
  const place = [placeName(municipalityCode), placeName(countyCode)].filter(Boolean).join(', ')
  return `${name ?? ''} (${ordinal ? `Jrk ${ordinal}, ` : ''}${place})`
}

/** The people whom the sheets of volunteers name, each once; a refused row still says that somebody of that name exists. */
function peopleOf(sheets: Kinds['volunteers']): Person[] {
  const drafts = sheets.flatMap((sheet) => sheet.drafts).filter((draft) => draft.values.name && !draft.duplicateOf)
  const byName = Map.groupBy(drafts, (draft) => fold(draft.values.name ?? ''))
  const again = (draft: VolunteerDraft) =>
    isRefused(draft) &&
    (byName.get(fold(draft.values.name ?? '')) ?? []).some(
      (other) => !isRefused(other) && samePerson(other.values, draft.values),
    )
  return drafts
    .filter((draft) => !again(draft))
    .map((draft) => ({
      key: draft.key,
      name: draft.values.name ?? '',
      place: placeName(draft.values.countyCode).replace(/ maakond$/, ''),
      email: draft.values.email ?? null,
      label: label(draft),
      taken: !isRefused(draft),
      contractFrom: draft.values.contractFrom ?? null,
      contractUntil: draft.values.contractUntil ?? null,
    }))
}

/** What hours may speak of: the rows of this workbook first, then what is known already and not named here. */
function knownWith(kinds: Kinds, known: Known | undefined): Known {
  const people = peopleOf(kinds.volunteers)
  const cases = kinds.needs
    .flatMap((sheet) => sheet.drafts)
    .filter((draft) => draft.values.caseNumber && !draft.duplicateOf)
  const here = cases.map((draft) => ({
    number: draft.values.caseNumber ?? '',
    since: draft.values.since ?? null,
    taken: !isRefused(draft),
  }))
  const best = here.toSorted((a, b) => Number(b.taken) - Number(a.taken))
  const keys = new Set(people.map((person) => person.key))
  return {
    people: [...people, ...(known?.people ?? []).filter((person) => !keys.has(person.key))],
    cases: [...best.filter((one) => one.taken), ...(known?.cases ?? []), ...best.filter((one) => !one.taken)],
  }
}

function settled(raws: RawSheet[], kinds: Kinds, options: PreviewOptions): SheetPreview[] {
  const volunteers: Seen<VolunteerDraft['values']> = new Map()
  const needs: Seen<NeedDraft['values']> = new Map()
  const hours: Seen<HoursDraft['values']> = new Map()
  for (const sheet of kinds.volunteers) judgeVolunteers(sheet.raw.name, sheet.drafts, volunteers)
  for (const sheet of kinds.needs) judgeNeeds(sheet.raw.name, sheet.drafts, needs)
  const known = knownWith(kinds, options.known)
  const made: SheetPreview[] = []
  for (const sheet of kinds.volunteers) {
    const rows = sheet.drafts.map(settleVolunteer)
    made.push({ kind: 'volunteers', ...base(sheet, rows), rows })
  }
  for (const sheet of kinds.needs) {
    const rows = sheet.drafts.map(settleNeed)
    made.push({ kind: 'needs', ...base(sheet, rows), rows })
  }
  for (const sheet of kinds.hours) {
    const rows = judgeHours(sheet.raw.name, sheet.drafts, hours, known, options.choices ?? {})
    made.push({ kind: 'hours', ...base(sheet, rows), rows })
  }
  const order = raws.map((raw) => raw.name)
  return made.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

/**
 * Every sheet, row and cell of a workbook as it was understood. `known` are the people and cases the register already
 * has, so that a corrected sheet of hours can come back alone; `choices` answer who was meant.
 */
export function previewOf(raws: RawSheet[], options: PreviewOptions = {}): Preview {
  const kinds: Kinds = { volunteers: [], needs: [], hours: [] }
  const ignoredSheets: string[] = []
  for (const raw of raws) {
    const found = recognise(raw)
    if (!found?.header) ignoredSheets.push(raw.name)
    else if (found.kind === 'volunteers') kinds.volunteers.push(read(raw, found.header, volunteerColumns))
    else if (found.kind === 'needs') kinds.needs.push(read(raw, found.header, needColumns))
    else kinds.hours.push(read(raw, found.header, hoursColumns))
  }
  const sheets = settled(raws, kinds, options)
  return { sheets, ignoredSheets, counts: counted(sheets.flatMap((sheet): { outcome: Outcome }[] => sheet.rows)) }
}

/** The cells of a row that stopped it or were left out, each with its reason. */
export function problems(row: AnyRow): (CellPreview & { why: Message })[] {
  return row.cells.filter(
    (cell): cell is CellPreview & { why: Message } =>
      cell.why !== null && (cell.state === 'refused' || cell.state === 'leftOut'),
  )
}

/** The cells of a row that became something else than what stood there. */
export function changes(row: AnyRow): CellPreview[] {
  return row.cells.filter((cell) => cell.state === 'changed')
}
