// What would become of each row of the workbook, given what the register has already and what was left out by hand?

import { tellsTooMuch } from '../../cases/need/need.ts'
import type { HoursValues } from '../hours-sheet.ts'
import type { NeedValues } from '../need-sheet.ts'
import type { AnyRow, Preview } from '../preview.ts'
import type { Outcome, RowPreview } from '../sheet.ts'
import type { VolunteerValues } from '../volunteer-sheet.ts'

/** What the register says of a row: nothing is ever written over, so what it has stays as it is. */
export type Standing = {
  /** The row is in the register: under which number, and in which columns it says something else there. */
  known?: { href: string; number: string; differs: { column: string; here: string; there: string }[] }
  /** The row cannot be taken whatever the coordinator chooses. */
  stopped?: 'noNetwork' | 'ownEntries' | 'twin'
}

/**
 * `take` is written at the commit. The rest is not: `leftOut` by hand, `same` as an earlier row, `known` in the
 * register, `refused` while reading, `stopped` by the register, `waits` for a volunteer or case that is not taken.
 */
export const fates = ['take', 'known', 'same', 'refused', 'stopped', 'waits', 'leftOut'] as const
export type Fate = (typeof fates)[number]
/**
 * What becomes of a remark: `take` as it is, `choose` where it tells of health and `chosen` where that is needed to help,
 * `never` where it tells where somebody is: what others may read has no place for that.
 */
export type NoteFate = 'take' | 'choose' | 'chosen' | 'never'
export type PlannedRow = { id: string; sheet: number; row: AnyRow; fate: Fate; standing: Standing; note: NoteFate }
/** Ids of rows the coordinator does not want, and of rows whose remark on health is needed. */
export type Picked = { left: ReadonlySet<string>; keepNotes: ReadonlySet<string> }
export type Totals = Record<Fate | Outcome, number>
export type PlannedSheet = { name: string; kind: Preview['sheets'][number]['kind']; rows: PlannedRow[]; totals: Totals }
export type Plan = { sheets: PlannedSheet[]; take: number }

/** The name of a row on screens and in forms: the sheet's place and the row's number in it. */
export const rowId = (sheet: number, row: number) => `${sheet}.${row}`

/** Whoever a row needs: keys of volunteers and numbers of cases that are in the register or will be. */
export type Present = { volunteers: ReadonlySet<string>; cases: ReadonlySet<string> }

function firstFate(row: AnyRow, standing: Standing, left: boolean): Fate {
  if (row.outcome === 'refused') return 'refused'
  if (row.outcome === 'duplicate') return 'same'
  if (standing.known) return 'known'
  if (standing.stopped) return 'stopped'
  return left ? 'leftOut' : 'take'
}

function totalsOf(rows: PlannedRow[]): Totals {
  const totals: Totals = {
    ...{ take: 0, known: 0, same: 0, refused: 0, stopped: 0, waits: 0, leftOut: 0 },
    ...{ accepted: 0, normalised: 0, duplicate: 0 },
  }
  for (const { fate, row } of rows) {
    totals[fate] += 1
    if (row.outcome !== 'refused') totals[row.outcome] += 1
  }
  return totals
}

/**
 * Pure: the same preview, standings and choices give the same plan. `standings` go by row id; `present` is
 * what the register has before the commit.
 */
export function planOf(
  preview: Preview,
  standings: ReadonlyMap<string, Standing>,
  { left, keepNotes }: Picked,
  present: Present,
): Plan {
  const volunteers = new Set(present.volunteers)
  const cases = new Set(present.cases)
  const sheets = preview.sheets.map(({ name, kind, rows }, sheet) => ({
    name,
    kind,
    rows: (rows as AnyRow[]).map((row): PlannedRow => {
      const id = rowId(sheet, row.row)
      const standing = standings.get(id) ?? {}
      const note = noteFate(row, kind, keepNotes.has(id))
      return { id, sheet, row, standing, note, fate: firstFate(row, standing, left.has(id)) }
    }),
  }))
  for (const { kind, rows } of sheets) {
    for (const { row, fate } of rows) {
      if (fate !== 'take' && fate !== 'known') continue
      if (kind === 'volunteers') volunteers.add(row.key)
      if (kind === 'needs') cases.add((row as RowPreview<NeedValues>).values.caseNumber ?? '')
    }
  }
  for (const { kind, rows } of sheets) {
    if (kind !== 'hours') continue
    for (const planned of rows) {
      const { volunteerKey = '', caseNumber = '' } = planned.row.values as Partial<HoursValues>
      if (planned.fate === 'take' && !(volunteers.has(volunteerKey) && cases.has(caseNumber))) planned.fate = 'waits'
    }
  }
  const counted = sheets.map((sheet) => ({ ...sheet, totals: totalsOf(sheet.rows) }))
  return { sheets: counted, take: counted.reduce((sum, { totals }) => sum + totals.take, 0) }
}

type Taken = {
  volunteers: { row: AnyRow; id: string; values: VolunteerValues }[]
  needs: { row: AnyRow; id: string; values: NeedValues }[]
  hours: { row: AnyRow; id: string; values: HoursValues }[]
}

/** The rows that are written, by what they are. */
export function takenOf(plan: Plan): Taken {
  const of = <V extends Noted>(kind: PlannedSheet['kind']) =>
    plan.sheets
      .filter((sheet) => sheet.kind === kind)
      .flatMap((sheet) => sheet.rows)
      .filter(({ fate }) => fate === 'take')
      .map(({ row, id, note }) => ({ row, id, values: noted(row.values as V, note) }))
  return { volunteers: of('volunteers'), needs: of('needs'), hours: of('hours') }
}

type Noted = { note: string | null }
const noted = <V extends Noted>(values: V, note: NoteFate): V =>
  note === 'take' || note === 'chosen' ? values : { ...values, note: null }

function noteFate(row: AnyRow, kind: PlannedSheet['kind'], kept: boolean): NoteFate {
  const { note } = row.values as Partial<Noted>
  const says = (what: string) => row.cells.some((cell) => cell.checks.some((check) => check.key === what))
  // The note of a month of hours is closed with the key of its case; the others are read by more people.
  if (!note || kind === 'hours') return 'take'
  if (kind === 'needs' && (says('imports.check.whereabouts') || tellsTooMuch(note))) return 'never'
  if (!says('imports.check.health')) return 'take'
  return kept ? 'chosen' : 'choose'
}
