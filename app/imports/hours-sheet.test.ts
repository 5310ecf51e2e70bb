// Are hours given to the right person and case, from this workbook or from what is known already?
import { describe, expect, it } from 'vitest'
import type { CellValue } from './cells.ts'
import type { Person } from './hours-sheet.ts'
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
const hours = ['Kuu', 'Vabatahtlik', 'Juhtum', 'Tunde', 'Märkus']
const known: Person = {
  key: 'volunteer-known',
  name: 'Mari Näidis-Kask',
  place: 'Võru',
  email: 'mari@example.ee',
  label: 'TI-001',
  taken: true,
  contractFrom: null,
  contractUntil: null,
}

describe('hours', () => {
  const two = sheetOf('V', people, person('Mari Näidis-Kask', 'mari1@example.ee'), [
    'Mari Näidis-Kask',
    'Võru maakond',
    'vene',
    'paus',
    'mari2@example.ee',
  ])
  const cases = sheetOf('N', needs, need('M-2026-001'), need('M-2026-002', 'Rapla vald'))

  it('name people and cases of the workbook, or say which of two is meant', () => {
    const rows = rowsOf([
      two,
      cases,
      sheetOf(
        'T',
        hours,
        ['02.2026', 'Mari Näidis-Kask', 'M-2026-001', 1],
        ['02.2026', 'Mari Näidis-Kask (Võru)', 'M-2026-001', 1],
        ['03.2026', 'mari näidis-kask, mari1@example.ee', 'M-2026-001', 1],
        ['03.2026', 'Keegi Näidis-Muu', 'M-2026-009', 1],
        ['03.2026', 'Mari Näidis-Kask (Võru)', 'M-2026-002', 1],
        ['02.2026', 'Mari Näidis-Kask (Võru)', 'M-2026-001', '1 h'],
        ['02.2026', 'Mari Näidis-Kask (Võru maakond)', 'M-2026-001', 2],
      ),
    ]).slice(4)
    expect(seen(rows)).toEqual([
      [2, 'refused', 'B2 imports.problem.volunteerSeveral'],
      [3, 'normalised'],
      [4, 'normalised'],
      [5, 'refused', 'B5 imports.problem.volunteerUnknown', 'C5 imports.problem.caseUnknown'],
      [6, 'refused', 'C6 imports.problem.caseRefused'],
      [7, 'duplicate'],
      [8, 'refused', 'B8 imports.problem.volunteerSeveral'],
    ])
  })

  it('may come back alone when the people and cases are known already', () => {
    const sheet = sheetOf(
      'T',
      hours,
      ['02.2026', 'Mari Näidis-Kask', 'M-2026-001', 1],
      ['02.2026', 'Mari Näidis-Kask', 'M-2026-001', 2],
    )
    expect(seen(rowsOf([sheet]))[0]).toEqual([
      2,
      'refused',
      'B2 imports.problem.volunteerUnknown',
      'C2 imports.problem.caseUnknown',
    ])
    const register = { people: [known], cases: [{ number: 'M-2026-001', since: null, taken: true }] }
    const rows = rowsOf([sheet], { known: register })
    expect(seen(rows)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'D3 imports.problem.monthTwice'],
    ])
    expect(rows[0]?.values).toMatchObject({ volunteerKey: 'volunteer-known' })
  })

  it('never lose a figure they could not read', () => {
    const register = { people: [known], cases: [{ number: 'M-2026-001', since: '2026-02-10', taken: true }] }
    const long = 'a'.repeat(2001)
    const rows = rowsOf(
      [
        sheetOf(
          'T',
          hours,
          ['02.2026', 'Mari Näidis-Kask', 'M-2026-001', 'palju'],
          ['02.2026', 'Mari Näidis-Kask', 'M-2026-001', 1, long],
        ),
      ],
      { known: register },
    )
    expect(seen(rows)).toEqual([
      [2, 'refused', 'D2 imports.problem.hours'],
      [3, 'refused', 'E3 imports.problem.long'],
    ])
  })
})
