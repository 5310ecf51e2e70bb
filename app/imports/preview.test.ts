// Does reading hold for sheets kept in other ways: other orders, repeated rows, contradictions?
import { describe, expect, it } from 'vitest'
import type { CellValue } from './cells.ts'
import { type AnyRow, type PreviewOptions, previewOf, problems } from './preview.ts'
import type { RawSheet } from './sheet.ts'

/** A sheet from lines; a missing line is a blank row and its number stays free. */
function sheetOf(name: string, ...lines: (CellValue[] | null)[]): RawSheet {
  const rows = lines.flatMap((cells, index) => (cells ? [{ row: index + 1, cells }] : []))
  return { name, rows }
}
const rowsOf = (raws: RawSheet[], options?: PreviewOptions): AnyRow[] =>
  previewOf(raws, options).sheets.flatMap((sheet) => sheet.rows as AnyRow[])
const seen = (rows: AnyRow[]) =>
  rows.map((row) => [row.row, row.outcome, ...problems(row).map((cell) => `${cell.at} ${cell.why.key}`)])

const people = [
  'Nimi',
  'Maakond',
  'Keeled',
  'Staatus',
  'E-post',
  'Tel.',
  'Isikukood',
  'Sünniaasta',
  'Leping alates',
  'Leping kuni',
  'Lastega kokkupuude',
]
const person = (name: string, ...more: CellValue[]): CellValue[] => [
  name,
  'Harju maakond',
  'eesti',
  'aktiivne',
  ...more,
]
const needs = ['Juhtumi nr', 'Maakond', 'Keel', 'Vajadus alates', 'Kestus', 'Omavalitsus', 'DASH', 'Alus']
const need = (number: string, ...more: CellValue[]): CellValue[] => [
  number,
  'Harju maakond',
  'eesti',
  '01.02.2026',
  8,
  ...more,
]

describe('headings', () => {
  it('are found in any order and case, below titles, among strange columns, and again on a printed second page', () => {
    const raw = sheetOf(
      'Leht1',
      ['Tabel seisuga 1.1.2026'],
      null,
      ['MÄRKUSED ', 'staatus', 'Silmade värv', ' keel:', 'MAAKOND', 'nimi', 'Põhjus', 'Rida'],
      ['', 'aktiivne', 'sinine', 'eesti', 'Harju maakond', 'Mari Näidis-Kask', 'parandatud', 4],
      ['MÄRKUSED', 'staatus', 'Silmade värv', 'keel:', 'MAAKOND', 'nimi', 'Põhjus', 'Rida'],
      ['', 'aktiivne', 'pruun', 'vene', 'Võru maakond', 'Jaan Näidis-Saar', '', 6],
      ['Kokku:', 2],
    )
    const [sheet] = previewOf([raw]).sheets
    expect(sheet).toMatchObject({ kind: 'volunteers', headerRow: 3, ignoredColumns: ['Silmade värv'], missing: [] })
    expect(sheet?.skipped.map(({ row, why, stated }) => [row, why, stated])).toEqual([
      [1, 'title', null],
      [5, 'header', null],
      [7, 'total', 2],
    ])
    expect(seen(sheet?.rows ?? [])).toEqual([
      [4, 'accepted'],
      [6, 'accepted'],
    ])
  })

  it('that are missing are named, and no row is read without them', () => {
    const [sheet] = previewOf([
      sheetOf('A', ['Nimi', 'Maakond', 'E-post', 'Sugu'], ['Mari Näidis-Kask', 'Harju', '', 'n']),
    ]).sheets
    expect(sheet).toMatchObject({ missing: ['Keeled', 'Staatus'], rows: [] })
  })

  it('that nobody knows leave the sheet aside', () => {
    const preview = previewOf([sheetOf('Retseptid', ['Muna', 'Jahu', 'Piim'], [1, 2, 3])])
    expect(preview).toMatchObject({ sheets: [], ignoredSheets: ['Retseptid'] })
  })
})

describe('people', () => {
  const read = (...lines: CellValue[][]) => rowsOf([sheetOf('V', people, ...lines)])

  it('are the same by code, by name with an address, or by name and year with nothing against it', () => {
    const rows = read(
      person('Mari Näidis-Kask', 'mari@example.ee', '', '60001019906'),
      person('Mari Näidis-Uusnimi', 'uus@example.ee', '', '60001019906'),
      person('MARI NÄIDIS-KASK', 'MARI@example.ee'),
      person('Jaan Näidis-Saar', '', '+37251234567', '', 1980),
      person('Jaan Näidis-Saar', '', '', '', 1980),
      person('Jaan Näidis-Saar', '', '+37259999999', '', 1980),
      person('Jaan Näidis-Saar', '', '', '', 1981),
    )
    expect(rows.map((row) => [row.outcome, row.duplicateOf?.row ?? null])).toEqual([
      ['accepted', null],
      ['duplicate', 2],
      ['duplicate', 2],
      ['accepted', null],
      ['duplicate', 5],
      ['accepted', null],
      ['accepted', null],
    ])
    expect(rows[1]?.differs).toEqual(['Nimi', 'E-post'])
    expect(rows[1]?.key).toBe(rows[0]?.key)
  })

  it('are never the same where two codes say otherwise, and a refused row is nobody’s original', () => {
    const rows = read(
      person('Mari Näidis-Kask', 'mari@example.ee', '', '60001019907'),
      person('Mari Näidis-Kask', 'mari@example.ee', '', '60001019906'),
      person('Mari Näidis-Kask', 'mari@example.ee', '', '48001080004'),
    )
    expect(rows.map((row) => row.outcome)).toEqual(['refused', 'accepted', 'accepted'])
  })

  it('are refused where leaving a cell out would make them look more ready, and kept where not', () => {
    const rows = read(
      person('Mari Näidis-Kask', 'mari@example.ee', '', '', '', '01.01.2026', 'ammu'),
      person('Jaan Näidis-Saar', 'jaan@example.ee', '', '', '', '01.01.2026', '', 'vahel'),
      person('Tiiu Näidis-Saar', 'tiiu@example.ee', '', '', '', '31.02.2026'),
      person('Peep Näidis-Saar', 'peep@example.ee', '', '', '', '01.02.2026', '01.01.2026'),
      ['Anu Näidis-Saar', '', 'eesti', 'aktiivne'],
      person('Leo Näidis-Saar', 'leo', '12'),
    )
    expect(seen(rows)).toEqual([
      [2, 'refused', 'J2 imports.problem.date'],
      [3, 'refused', 'K3 imports.problem.yesNo'],
      [4, 'normalised', 'I4 imports.problem.noSuchDate'],
      [5, 'refused', 'J5 imports.problem.contractOrder'],
      [6, 'refused', 'B6 imports.problem.missing'],
      [7, 'normalised', 'F7 imports.problem.phone', 'E7 imports.problem.email'],
    ])
    expect(rows[2]?.original?.[8]).toBe('31.02.2026')
    expect(rows[5]?.cells.find((cell) => cell.field === 'name')?.checks).toEqual([{ key: 'imports.check.noContact' }])
  })
})

describe('needs', () => {
  it('named twice are one when the rows agree and refused when not; a place elsewhere is a contradiction', () => {
    const rows = rowsOf([
      sheetOf(
        'N',
        needs,
        need('M-2026-001', 'Rae vald'),
        need('m 2026 1', 'Rae'),
        need('M-2026-001', 'Kose vald'),
        need('M-2026-002', 'Rapla vald'),
        need('M-2026-003', '', 9, 'punktisumma'),
      ),
      sheetOf('N2', needs, need('M-2026-001', 'Rae vald')),
    ])
    expect(seen(rows)).toEqual([
      [2, 'accepted'],
      [3, 'duplicate'],
      [4, 'refused', 'A4 imports.problem.caseTwice'],
      [5, 'refused', 'F5 imports.problem.municipalityElsewhere'],
      [6, 'accepted'],
      [2, 'duplicate'],
    ])
    expect(rows[5]?.duplicateOf).toEqual({ sheet: 'N', row: 2 })
    expect(rows[4]?.cells.find((cell) => cell.field === 'score')?.checks[0]?.args).toEqual({ score: 9, highFrom: 14 })
  })
})
