// How does a sheet of loose cells become rows of named values, each cell with what was read and what it became?
import { createHash } from 'node:crypto'
import type { Message } from '../core/errors.ts'
import { type CellValue, fold, type Reading, tidy, written } from './cells.ts'

export type RawRow = { row: number; cells: CellValue[] }
export type RawSheet = { name: string; rows: RawRow[] }
export type Outcome = 'accepted' | 'normalised' | 'duplicate' | 'refused'

/**
 * `same` stood in the product's own spelling, `changed` took understanding, `leftOut` could not be read but the row
 * lives without it, `refused` could not be read and takes the row with it. `checks` ask for a look and change nothing.
 */
export type CellState = 'blank' | 'same' | 'changed' | 'leftOut' | 'refused'
type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type CellPreview = {
  field: string
  column: string
  at: string
  read: string
  shown: string
  value: Json
  state: CellState
  why: Message | null
  checks: Message[]
}
/** Somebody has to say who is meant; `id` names the question, `key` the answer; who is not `taken` must be corrected first. */
export type Choice = { id: string; candidates: { key: string; label: string; taken: boolean }[] }
type RowBase = {
  row: number
  key: string
  cells: CellPreview[]
  duplicateOf: { sheet: string; row: number } | null
  differs: string[]
  choice: Choice | null
  /** The whole row as it stood, kept only where something of it must go back to its author. */
  original: string[] | null
}
export type TakenRow<V> = RowBase & { outcome: 'accepted' | 'normalised'; values: V }
export type OtherRow<V> = RowBase & { outcome: 'duplicate' | 'refused'; values: Partial<V> }
export type RowPreview<V> = TakenRow<V> | OtherRow<V>
export type Skipped = { row: number; why: 'title' | 'header' | 'total'; text: string; stated: number | null }

/** `unreadable` says what an unreadable cell does to its row; leaving out must never make somebody look more ready than they are. */
type Column<T, V> = {
  headers: string[]
  required?: true
  unreadable: 'leftOut' | 'refused'
  read: (raw: CellValue, soFar: Partial<V>) => Reading<T & Json>
}
export type Columns<V> = { [F in keyof V]-?: Column<NonNullable<V[F]>, V> }
export type Header<F extends string = string> = {
  row: number
  places: Map<F, number>
  names: string[]
  extra: string[]
}
export type Draft<V> = Omit<RowBase, 'cells'> & { values: Partial<V>; cells: Map<keyof V & string, CellPreview> }

// Our own additions to a returned sheet come back with it and mean nothing.
const returnedColumns = ['rida', 'pohjus', 'row', 'reason', 'строка', 'причина']
const searched = 20
const longest = 2000

/** A cell's address as spreadsheets write it: column 1, row 4 → `A4`. */
function address(column: number, row: number): string {
  const letters = column > 26 ? String.fromCharCode(64 + Math.floor((column - 1) / 26)) : ''
  return `${letters}${String.fromCharCode(65 + ((column - 1) % 26))}${row}`
}

/** A stable name for a row that tells nobody whose row it is. */
export function keyOf(kind: string, ...parts: (string | number)[]): string {
  return `${kind}-${createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex')
    .slice(0, 32)}`
}

const headerWord = (text: string) => fold(text).replace(/[.:*]+$/, '')

/** Finds the row whose words name at least three of the columns, whatever their order and whatever stands above. */
export function findHeader<V>(sheet: RawSheet, columns: Columns<V>): Header<keyof V & string> | null {
  const fields = Object.keys(columns) as (keyof V & string)[]
  let best: Header<keyof V & string> | null = null
  for (const { row, cells } of sheet.rows.slice(0, searched)) {
    const words = cells.map((cell) => headerWord(tidy(cell)))
    const places = new Map<keyof V & string, number>()
    for (const field of fields) {
      const wanted = columns[field].headers.map(headerWord)
      const place = words.findIndex((word) => wanted.includes(word))
      if (place >= 0) places.set(field, place)
    }
    if (places.size < Math.max(3, (best?.places.size ?? 0) + 1)) continue
    const known = new Set(places.values())
    const extra = cells.filter((_, place) => !known.has(place)).map(tidy)
    const foreign = extra.filter((text) => text !== '' && !returnedColumns.includes(fold(text)))
    best = { row, places, names: cells.map(tidy), extra: foreign }
  }
  return best
}

/** The required columns that a sheet lacks, by the name they usually carry. */
export function missingColumns<V>(header: Header<keyof V & string>, columns: Columns<V>): string[] {
  const fields = Object.keys(columns) as (keyof V & string)[]
  return fields
    .filter((field) => columns[field].required && !header.places.has(field))
    .map((field) => columns[field].headers[0] ?? field)
}

/** A row that holds no data: the title above, the header repeated, the sum below. */
export function skipped(raw: RawRow, header: Header): Skipped | null {
  const texts = raw.cells.map(tidy).filter((text) => text !== '')
  const text = texts.join(' ')
  if (raw.row < header.row) return { row: raw.row, why: 'title', text, stated: null }
  const names = header.names.filter((name) => name !== '')
  if (raw.row === header.row || texts.join('|') === names.join('|'))
    return { row: raw.row, why: 'header', text: '', stated: null }
  if (!/^(kokku|summa|total|итого)\b/.test(fold(texts[0] ?? ''))) return null
  const stated = Number(texts.slice(1).find((part) => /^\d+$/.test(part)) ?? Number.NaN)
  return { row: raw.row, why: 'total', text, stated: Number.isNaN(stated) ? null : stated }
}

function readCell<V>(raw: CellValue, column: Column<unknown, V>, soFar: Partial<V>) {
  if (tidy(raw) === '') {
    const why: Message = { key: 'imports.problem.missing' }
    return column.required ? { state: 'refused' as const, why } : { state: 'blank' as const }
  }
  // Patterns below are only ever tried on texts of a length a person would type.
  if (tidy(raw).length > longest) {
    return { state: column.unreadable, why: { key: 'imports.problem.long', args: { max: longest } } satisfies Message }
  }
  const reading = column.read(typeof raw === 'string' ? raw.trim() : raw, soFar)
  if ('problem' in reading) return { state: reading.effect ?? column.unreadable, why: reading.problem }
  const spaces: Message | undefined =
    typeof raw === 'string' && raw !== raw.trim() ? { key: 'imports.why.spaces' } : undefined
  const why = reading.why ?? spaces
  return { ...reading, state: why ? ('changed' as const) : ('same' as const), why }
}

/** Reads one row cell by cell, in the order of the columns, so that a later cell may lean on an earlier one. */
export function readRow<V>(raw: RawRow, header: Header<keyof V & string>, columns: Columns<V>): Draft<V> {
  const original = raw.cells.map(written)
  const draft: Draft<V> = {
    original,
    row: raw.row,
    key: '',
    values: {},
    cells: new Map(),
    duplicateOf: null,
    differs: [],
    choice: null,
  }
  for (const field of Object.keys(columns) as (keyof V & string)[]) {
    const place = header.places.get(field)
    const cell = place === undefined ? null : (raw.cells[place] ?? null)
    const result = {
      why: undefined,
      value: null,
      shown: '',
      check: undefined,
      ...readCell(cell, columns[field] as Column<unknown, V>, draft.values),
    }
    draft.values[field] = result.value as V[typeof field]
    draft.cells.set(field, {
      field,
      column: place === undefined ? (columns[field].headers[0] ?? field) : (header.names[place] ?? ''),
      at: place === undefined ? '' : address(place + 1, raw.row),
      read: written(cell),
      shown: result.shown,
      value: result.value,
      state: result.state,
      why: result.why ?? null,
      checks: result.check ? [result.check] : [],
    })
  }
  return draft
}

/** Changes what became of one cell after the whole sheet, or another sheet, was seen. */
export function mark<V>(draft: Draft<V>, field: keyof V & string, state: CellState, why: Message) {
  const cell = draft.cells.get(field)
  if (!cell) return
  Object.assign(cell, { state, why })
  if (state === 'leftOut' || state === 'refused') Object.assign(cell, { value: null, shown: '' })
  if (state === 'leftOut') draft.values[field] = null as V[typeof field]
}

export function ask<V>(draft: Draft<V>, field: keyof V & string, check: Message) {
  draft.cells.get(field)?.checks.push(check)
}

export function isRefused<V>(draft: Draft<V>): boolean {
  return [...draft.cells.values()].some((cell) => cell.state === 'refused')
}

/** The verdict on a row: refused beats duplicate beats normalised beats accepted. */
export function settle<C, V extends C>(draft: Draft<C>, values: V): RowPreview<V> {
  const { cells: map, values: read, original, ...shared } = draft
  const cells = [...map.values()]
  const returned = cells.some((cell) => cell.state === 'refused' || cell.state === 'leftOut')
  const rest = { ...shared, original: returned ? original : null }
  if (isRefused(draft)) return { ...rest, cells, values: read as Partial<V>, outcome: 'refused' }
  if (draft.duplicateOf) return { ...rest, cells, values, outcome: 'duplicate' }
  const touched = cells.some((cell) => cell.state === 'changed' || cell.state === 'leftOut')
  return { ...rest, cells, values, outcome: touched ? 'normalised' : 'accepted' }
}

/** The columns in which a repeated row says something else than the first. */
export function differences<V>(draft: Draft<V>, first: Draft<V>, fields?: (keyof V & string)[]): string[] {
  const compared = [...draft.cells].filter(([field]) => !fields || fields.includes(field))
  const said = (cell: CellPreview | undefined) => JSON.stringify(cell?.value ?? null)
  return compared.filter(([field, cell]) => said(cell) !== said(first.cells.get(field))).map(([, cell]) => cell.column)
}

/** Rows met before, on this sheet or an earlier one, by whatever names them. Refused rows name nothing. */
export type Seen<V> = Map<string, { sheet: string; draft: Draft<V> }[]>

export function remember<V>(seen: Seen<V>, sheet: string, draft: Draft<V>, names: string[]) {
  if (isRefused(draft)) return
  for (const name of names) seen.set(name, [...(seen.get(name) ?? []), { sheet, draft }])
}
