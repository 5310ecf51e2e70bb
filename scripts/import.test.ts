// Does the command line print what was understood, and fail loudly where it cannot?
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (...args: string[]) => {
  const command = ['scripts/import.ts', ...args]
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 20_000_000 })
}
type Line = {
  row: number
  column: string
  cell: string
  outcome: string
  read: string
  became: string | null
  why: string
}

it('prints counts and cells of each sheet as JSON and nothing else', () => {
  const { status, stdout, stderr } = run('test/data/koordinaatori-tabel-a.xlsx', '--dry-run')
  expect([status, stderr]).toEqual([0, ''])
  const { sheets } = JSON.parse(stdout) as {
    sheets: { sheet: string; accepted: number; normalised: number; duplicate: number; refused: number; cells: Line[] }[]
  }
  expect(
    sheets.map(({ sheet, accepted, normalised, duplicate, refused }) => [
      sheet,
      accepted,
      normalised,
      duplicate,
      refused,
    ]),
  ).toEqual([
    ['Vabatahtlikud', 0, 63, 1, 1],
    ['Vajadused', 2, 38, 0, 0],
    ['Tunnid 2022', 50, 55, 0, 14],
  ])
  const lines = sheets.flatMap((sheet) => sheet.cells)
  expect(lines.find((line) => line.cell === 'S9')).toEqual({
    row: 9,
    column: 'Max juhtumeid',
    cell: 'S9',
    outcome: 'normalised',
    read: 'kaks',
    became: '2',
    value: 2,
    why: 'Arv kirjutati numbritega.',
  })
  expect(lines.filter((line) => line.outcome === 'refused')).toHaveLength(15)
  expect(lines.every((line) => line.row > 0 && line.column !== '' && line.why !== '')).toBe(true)
})

it.each([
  ['without a file', [], 'imports.cli.usage'],
  ['for a file that is not there', ['puudub.xlsx', '--dry-run'], 'imports.refused.noFile'],
  ['for a folder', ['test', '--dry-run'], 'imports.refused.noFile'],
  ['for a file that is no workbook', ['package.json', '--dry-run'], 'imports.refused.notWorkbook'],
])('says so and fails %s', (_, args, code) => {
  const { status, stdout, stderr } = run(...args)
  expect([status, stdout]).toEqual([1, ''])
  expect(JSON.parse(stderr)).toMatchObject({ code })
})
