// Does a table stay a table for everyone, and does a long list say where one is in it?
import { expect, test } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { type Column, nearPages, Pagination, Table } from './table.tsx'

type Need = { id: string; county: string; days: number; since: string }
const rows: Need[] = [{ id: 'M-2026-014', county: 'Ida-Viru', days: 6, since: '17.11.2026' }]
const columns: Column<Need>[] = [
  { name: 'Vajadus', cell: (need) => need.id },
  { name: 'Maakond', cell: (need) => need.county, sort: { href: '?sort=county', now: 'descending' } },
  { name: 'Päevi', cell: (need) => need.days, number: true },
  { name: 'Alates', cell: (need) => need.since },
  { name: 'Tegevus', cell: () => 'Sobita', silent: true },
]

test('every cell says its column on phones, and the first says which row it is', () => {
  const html = String(<Table caption="Vajadused" columns={columns} rows={rows} empty="Tühi" />)
  expect(html).toContain('<th scope="row" class="govuk-table__header" data-label="Vajadus" role="rowheader">M-2026-014')
  expect(html).toContain('data-label="Maakond" role="cell">Ida-Viru')
  expect(html).toContain('aria-sort="descending"')
  expect(html).not.toContain('data-label="Tegevus"')
})

test('figures and dates are of one width, words are not', () => {
  const html = String(<Table caption="Vajadused" columns={columns} rows={rows} empty="Tühi" />)
  expect(html).toMatch(/tv-number[^>]*data-label="Päevi"/)
  expect(html).toMatch(/tv-number[^>]*data-label="Alates"/)
  expect(html).not.toMatch(/tv-number[^>]*data-label="Maakond"/)
})

test('a table that moves sideways can be reached by keyboard and has a name', () => {
  const html = String(<Table caption="Tunnid" columns={columns} rows={rows} empty="Tühi" phone="scroll" />)
  expect(html).toContain('<section class="tv-scroll" aria-label="Tunnid" tabindex="0">')
})

test('an empty list explains itself in place of a table', () => {
  const html = String(<Table caption="Vajadused" columns={columns} rows={[]} empty="Siia ilmuvad vajadused." />)
  expect(html).toBe('<div class="tv-empty">Siia ilmuvad vajadused.</div>')
})

test('the pages near, first and last are offered, and a gap of one page is not hidden', () => {
  expect(nearPages(1, 1)).toEqual([1])
  expect(nearPages(1, 3)).toEqual([1, 2, 3])
  expect(nearPages(5, 10)).toEqual([1, null, 4, 5, 6, null, 10])
  expect(nearPages(4, 10)).toEqual([1, 2, 3, 4, 5, null, 10])
})

test('the last page counts only what is there', () => {
  const html = String(
    <Pagination t={translator('et')} page={10} perPage={20} total={187} href={(page) => `?p=${page}`} />,
  )
  expect(html).toContain('181–187, kokku 187')
  expect(html).toContain('rel="prev"')
  expect(html).not.toContain('rel="next"')
  expect(html).toMatch(/aria-label="Leht 10" aria-current="page"/)
})
