// Does what could not be read come back whole, with its reason, in a form that can be corrected and read in again?
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { previewOf } from './preview.ts'
import { returnedWorkbook } from './returned.server.ts'
import type { RawSheet } from './sheet.ts'
import { openWorkbook, readCoordinatorWorkbook } from './workbook.server.ts'

const real = readFileSync(new URL('../../test/data/koordinaatori-tabel-a.xlsx', import.meta.url))
const t = translator('et')
const people: RawSheet = {
  name: 'V/2026',
  rows: [
    { row: 1, cells: ['Nimi', 'Maakond', 'Keeled', 'Staatus', 'Silmade värv', 'Märkused'] },
    { row: 2, cells: ['=HYPERLINK("http://x")', 'Mordor', 'eesti', 'aktiivne', '+1+1', '@SUM(A1)'] },
    { row: 3, cells: ['Mari Näidis-Kask', 'Harju maakond', 'eesti', 'aktiivne', null, null] },
  ],
}

it('returns the refused rows and those that lost a cell, and nothing else', async () => {
  const bytes = await returnedWorkbook(await readCoordinatorWorkbook(real), t)
  const sheets = await openWorkbook(bytes ?? Buffer.alloc(0))
  expect(sheets.map(({ name, rows }) => [name, rows.slice(1).map((row) => Number(row.cells[0]))])).toEqual([
    ['Vabatahtlikud', [6, 10, 14, 56]],
    ['Tunnid 2022', [4, 6, 17, 25, 26, 33, 43, 51, 71, 73, 84, 97, 114, 115]],
  ])
  const [heading, six, , fourteen] = sheets[0]?.rows ?? []
  expect(heading?.cells.slice(0, 5)).toEqual(['Rida', 'Põhjus', 'Jrk', 'Ees- ja perenimi', 'Isikukood'])
  expect(fourteen?.cells[1]).toBe(`Isikukood (C14): ${t('imports.problem.personalCode.check-digit')}`)
  expect(fourteen?.cells.slice(3, 6)).toEqual(['Laura Näidis-Tamm', '60001019907', '5294 8286'])
  expect(String(six?.cells[1])).toMatch(/^Rida võeti vastu, kuid see lahter jäi tühjaks\. Isikukood \(C6\): /)
})

it('is understood when it comes back corrected', async () => {
  const preview = await readCoordinatorWorkbook(real)
  const sheets = await openWorkbook((await returnedWorkbook(preview, t)) ?? Buffer.alloc(0))
  const volunteers = preview.sheets[0]?.rows ?? []
  for (const { cells } of sheets[0]?.rows.slice(1) ?? []) cells[4] = null
  for (const { cells } of sheets[1]?.rows.slice(1) ?? [])
    cells[3] = `${cells[3]} (${cells[4] === 'M-2022-006' ? 'Harju' : 'Ida-Viru'})`
  const known = {
    people: [],
    cases: ['M-2022-006', 'M-2022-008'].map((number) => ({ number, since: null, taken: true })),
  }
  const laura = volunteers.find((row) => row.row === 16)
  const person = {
    key: laura?.key ?? '',
    name: 'Laura Näidis-Tamm',
    place: 'Ida-Viru',
    email: null,
    label: 'TI-013',
    taken: true,
    contractFrom: null,
    contractUntil: null,
  }
  const again = previewOf(sheets, { known: { ...known, people: [person] } })
  expect(again.sheets.map(({ counts, ignoredColumns }) => [counts.refused, ignoredColumns])).toEqual([
    [0, []],
    [0, []],
  ])
  const keys = (rows: { key: string }[]) => rows.map((row) => row.key)
  expect(keys(again.sheets[0]?.rows ?? [])).toEqual(keys(volunteers.filter((row) => [6, 10, 14, 56].includes(row.row))))
})

it('keeps a text that looks like a formula a text', async () => {
  const bytes = await returnedWorkbook(previewOf([people]), translator('en'))
  const [sheet] = await openWorkbook(bytes ?? Buffer.alloc(0))
  expect(sheet?.name).toBe('V 2026')
  expect(sheet?.rows[0]?.cells.slice(0, 2)).toEqual(['Row', 'Reason'])
  expect(sheet?.rows[1]?.cells.slice(2)).toEqual([
    '=HYPERLINK("http://x")',
    'Mordor',
    'eesti',
    'aktiivne',
    '+1+1',
    '@SUM(A1)',
  ])
  expect(sheet?.rows).toHaveLength(2)
})

it('is not made where everything was read', async () => {
  const fine = { ...people, rows: people.rows.filter((row) => row.row !== 2) }
  expect(await returnedWorkbook(previewOf([fine]), t)).toBeNull()
})
