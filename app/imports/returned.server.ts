// Which workbook goes back to its author, so that what could not be read is corrected where it was written?
import type { Row } from 'write-excel-file/node'
import type { T } from '../i18n/i18n.ts'
import { type AnyRow, type Preview, problems, type SheetPreview } from './preview.ts'

const excelLongest = 32_000

// Everything goes out as text: a cell that begins with "=" or "+" stays what somebody wrote and is never reckoned.
function text(value: string, more: { fontWeight?: 'bold'; wrap?: boolean; backgroundColor?: string } = {}) {
  return { value: value.slice(0, excelLongest), type: String, alignVertical: 'top' as const, ...more }
}

/** Why a row comes back, cell by cell, in the language of the reader. */
function reasonOf(row: AnyRow, t: T): string {
  const said = problems(row).map(
    (cell) => `${cell.column}${cell.at ? ` (${cell.at})` : ''}: ${t(cell.why.key, cell.why.args)}`,
  )
  return [...(row.outcome === 'refused' ? [] : [t('imports.returned.leftOut')]), ...said].join(' ')
}

function sheetOf(sheet: SheetPreview, rows: AnyRow[], t: T) {
  const head: Row = [t('imports.returned.row'), t('imports.returned.reason'), ...sheet.columns].map((name) =>
    text(name, { fontWeight: 'bold' }),
  )
  const body = rows.map((row): Row => {
    const wrong = new Set(problems(row).map((cell) => cell.column))
    const cells = sheet.columns.map((name, place) => {
      const marked = wrong.has(name) ? { backgroundColor: '#fff2cc' } : {}
      return text(row.original?.[place] ?? '', marked)
    })
    return [text(String(row.row)), text(reasonOf(row, t), { wrap: true }), ...cells]
  })
  const widths = [
    { width: 7 },
    { width: 60 },
    ...sheet.columns.map((name) => ({ width: Math.max(12, name.length + 2) })),
  ]
  const name = sheet.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
  return { sheet: name, data: [head, ...body], columns: widths, stickyRowsCount: 1 }
}

/** Each row that was refused or lost a cell, as it stood, with the reason beside it; null where there is none. */
export async function returnedWorkbook(preview: Preview, t: T): Promise<Buffer | null> {
  const sheets = preview.sheets.flatMap((sheet) => {
    const rows = (sheet.rows as AnyRow[]).filter((row) => row.original !== null)
    return rows.length > 0 ? [sheetOf(sheet, rows, t)] : []
  })
  if (sheets.length === 0) return null
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  return writeXlsxFile(sheets).toBuffer()
}
