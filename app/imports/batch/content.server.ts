// How does an uploaded workbook wait, sealed, for the coordinator's yes?
import type { Db } from '../../core/db.server.ts'
import { openVault, type Vault } from '../../core/seal.server.ts'
import type { RawSheet } from '../sheet.ts'

/** `left` are ids of rows not wanted, `keepNotes` of rows whose remark on health is needed; `choices` say whom an hours row meant; `supervisors` go by the name in the sheet. */
export type Content = {
  sheets: RawSheet[]
  left: string[]
  keepNotes: string[]
  choices: Record<string, string>
  supervisors: Record<string, string>
}

const placeOf = (id: string) => ({ table: 'import_batch', column: 'preview_sealed', row: id })

// JSON knows no dates, and a date in a cell must come back as one.
type Packed = { date: number }
const isPacked = (value: unknown): value is Packed => typeof value === 'object' && value !== null && 'date' in value

function packed(sheets: RawSheet[]) {
  return sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map(({ row, cells }) => ({
      row,
      cells: cells.map((cell) => (cell instanceof Date ? { date: cell.getTime() } : cell)),
    })),
  }))
}

function unpacked(sheets: ReturnType<typeof packed>): RawSheet[] {
  return sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map(({ row, cells }) => ({
      row,
      // A date that was none is written as null and stays none.
      cells: cells.map((cell) => (isPacked(cell) ? new Date(cell.date ?? Number.NaN) : cell)),
    })),
  }))
}

export function sealContent(vault: Vault, id: string, content: Content): Buffer {
  return vault.seal(placeOf(id), JSON.stringify({ ...content, sheets: packed(content.sheets) }))
}

/** What waits in a batch; NotFound where it is not for the person who asks. */
export async function openContent(db: Db, id: string, sealed: Uint8Array): Promise<Content> {
  const vault = await openVault(db, id)
  const content = JSON.parse(vault.open(placeOf(id), sealed)) as Omit<Content, 'sheets'> & {
    sheets: ReturnType<typeof packed>
  }
  return { ...content, sheets: unpacked(content.sheets) }
}
