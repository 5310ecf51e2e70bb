// Does the workbook hold numbers as numbers, dates as dates, and text that cannot run?
import readExcelFile from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { sampleDocument, sampleMark } from '../../../test/sample-report.ts'
import { renderXlsx, safeText } from './xlsx.server.ts'

async function read(extra = {}) {
  const sheets = await readExcelFile(await renderXlsx(sampleDocument(extra)))
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]))
}

test('one sheet of figures, one for each table, one of definitions', async () => {
  expect([...(await read()).keys()]).toEqual(['Näitajad', 'Tabel 1', 'Tabel 2', 'Mõisted'])
  expect([...(await read({ locale: 'ru' })).keys()]).toEqual(['Показатели', 'Таблица 1', 'Таблица 2', 'Определения'])
})

test('figures are numbers with their unit and meaning', async () => {
  const rows = (await read()).get('Näitajad') ?? []
  expect(rows[0]?.[0]).toBe('Aruanne projektijuhile: november 2026')
  const figures = rows.slice(rows.findIndex((row) => row[0] === 'Näitaja') + 1)
  expect(figures[0]).toEqual([
    'Toega juhtumeid',
    22,
    null,
    'juhtum, millel oli perioodi jooksul vähemalt üks määratud tugiisik',
  ])
  expect(figures.map((row) => row[1])).toEqual([22, 0.917, 4.25, 1234.56, 'peidetud'])
  expect(figures[2]?.[2]).toBe('päeva')
})

test('tables keep numbers and dates, totals and notes', async () => {
  const rows = (await read()).get('Tabel 2') ?? []
  expect(rows[0]?.[0]).toBe('Tugiisikute tunnid')
  expect(rows[1]).toEqual(['Tugiisik', 'Märkus', 'Viimane kohtumine', 'Tunde'])
  expect(rows[2]).toEqual(['TI-001', 'Žanna šokolaad, шесть щук', new Date('2026-11-14T00:00:00Z'), 0.5])
  expect(rows.at(-2)).toEqual(['Kokku', null, 'andmeid pole', 1234.5])
  expect(rows.at(-1)?.[0]).toBe('Tunnid on arvutatud sissekannetest.')
})

test('a map is its table, and a hidden number is a word', async () => {
  const rows = (await read()).get('Tabel 1') ?? []
  expect(rows.find((row) => row[0] === 'Hiiu maakond')?.[1]).toBe('peidetud')
  expect(rows.find((row) => row[0] === 'Saare maakond')?.[1]).toBe(16)
})

test('the access mark is on every sheet', async () => {
  const sheets = await read({ accessMark: sampleMark })
  for (const rows of sheets.values()) expect(rows.flat()).toContain('ASUTUSESISESEKS KASUTAMISEKS')
})

test.each(['=HYPERLINK("http://x";"y")', '+1', '-1+1', '@SUM(A1)', '\t=1'])(
  '%j is text and stays text',
  async (text) => {
    const columns = [{ name: text }]
    const sheets = await read({
      blocks: [{ kind: 'table', caption: text, columns, rows: [[text]], footnotes: [text] }],
      definitions: [],
    })
    for (const [cell] of sheets.get('Tabel 1') ?? []) expect(cell).toMatch(/^'/)
    expect(safeText('TI-001')).toBe('TI-001')
  },
)
