// How are the cells of a row shown: the telling ones first, all of them on request?
import type { T } from '../../i18n/i18n.ts'
import { Summary } from '../../ui/summary.tsx'
import type { PlannedSheet } from '../batch/plan.ts'
import type { AnyRow } from '../preview.ts'
import type { CellPreview } from '../sheet.ts'

const leads: Record<PlannedSheet['kind'], string[]> = {
  volunteers: ['name', 'countyCode', 'languages', 'status', 'maxCases'],
  needs: ['caseNumber', 'countyCode', 'language', 'since', 'months'],
  hours: ['volunteerName', 'month', 'caseNumber', 'contacts', 'minutes', 'expenseCents'],
}

/** The cells by which a row of this kind is told from the others. */
export function leadCells(row: AnyRow, kind: PlannedSheet['kind']): CellPreview[] {
  return leads[kind].flatMap((field) => row.cells.find((cell) => cell.field === field) ?? [])
}

// A personal code is opened for a purpose, one at a time; a list never shows more than what tells two codes apart.
const masked = (cell: CellPreview, text: string) =>
  cell.field === 'personalCode' && text !== '' ? `•••••••${text.trim().slice(-4)}` : text

/** What a cell became, or what stood in it where it became nothing. */
export const shownOf = (cell: CellPreview): string => masked(cell, cell.shown || cell.read)
export const readOf = (cell: CellPreview): string => masked(cell, cell.read)

export function AllCells({ t, row }: { t: T; row: AnyRow }) {
  const filled = row.cells.filter((cell) => cell.read.trim() !== '')
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {t('imports.rows.all')}
          <span class="govuk-visually-hidden"> {t('imports.rows.ofRow', { row: row.row })}</span>
        </span>
      </summary>
      <div class="govuk-details__text">
        <Summary rows={filled.map((cell) => ({ name: cell.column, value: became(t, cell) }))} />
      </div>
    </details>
  )
}

function became(t: T, cell: CellPreview): string {
  if (cell.state === 'refused' || cell.state === 'leftOut') return t('imports.rows.unread', { read: readOf(cell) })
  return shownOf(cell)
}
