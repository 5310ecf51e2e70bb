// What would be read from a coordinator's workbook, or (without --dry-run) what was taken over from it?
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Invalid } from '../app/core/errors.ts'
import { translator } from '../app/i18n/i18n.ts'
import { type AnyRow, changes, type Preview, problems, type SheetPreview } from '../app/imports/preview.ts'
import type { CellPreview } from '../app/imports/sheet.ts'
import { maxBytes, readCoordinatorWorkbook } from '../app/imports/workbook.server.ts'

const t = translator('et')

function cellLine(row: AnyRow, cell: CellPreview) {
  const outcome = cell.state === 'changed' ? 'normalised' : cell.state
  const became = cell.state === 'changed' ? { became: cell.shown, value: cell.value } : { became: null }
  const why = cell.why ? t(cell.why.key, cell.why.args) : null
  return { row: row.row, column: cell.column, cell: cell.at, outcome, read: cell.read, ...became, why }
}

function sheetLines(sheet: SheetPreview) {
  const rows: AnyRow[] = sheet.rows
  return {
    sheet: sheet.name,
    kind: sheet.kind,
    ...sheet.counts,
    problem: sheet.missing.length > 0 ? t('imports.problem.columns', { columns: sheet.missing.join(', ') }) : null,
    ignoredColumns: sheet.ignoredColumns,
    skipped: sheet.skipped,
    cells: rows.flatMap((row) => [...problems(row), ...changes(row)].map((cell) => cellLine(row, cell))),
    duplicates: rows
      .filter((row) => row.outcome === 'duplicate')
      .map(({ row, duplicateOf, differs }) => ({ row, duplicateOf, differs })),
    checks: rows.flatMap((row) =>
      row.cells.flatMap((cell) =>
        cell.checks.map((check) => ({
          row: row.row,
          column: cell.column,
          cell: cell.at,
          why: t(check.key, check.args),
        })),
      ),
    ),
  }
}

function report(file: string, preview: Preview) {
  const { sheets, ignoredSheets, counts } = preview
  return { file: basename(file), dryRun: true, sheets: sheets.map(sheetLines), ignoredSheets, counts }
}

async function bytesOf(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new Invalid({ file: { key: 'imports.refused.noFile', args: { file } } })
  if (found.size > maxBytes)
    throw new Invalid({ file: { key: 'imports.refused.tooBig', args: { max: maxBytes / 1_000_000 } } })
  return readFile(file)
}

async function main(args: string[]): Promise<unknown> {
  const [file] = args.filter((arg, place) => !arg.startsWith('--') && args[place - 1] !== '--as')
  if (!file) throw new Invalid({ file: { key: 'imports.cli.usage' } })
  const bytes = await bytesOf(file)
  if (args.includes('--dry-run')) return report(file, await readCoordinatorWorkbook(bytes))
  // The database is touched only here, so a dry run needs none.
  const { commitFromCommandLine } = await import('../app/imports/batch/command-line.server.ts')
  return commitFromCommandLine(file, bytes, args)
}

try {
  process.stdout.write(`${JSON.stringify(await main(process.argv.slice(2)), null, 2)}\n`)
} catch (error) {
  const said = error instanceof Invalid ? error.fields.file : undefined
  const line = said ? { error: t(said.key, said.args), code: said.key } : { error: String(error), code: 'unexpected' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
  process.exitCode = 1
}
