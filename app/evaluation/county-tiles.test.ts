// Does every county stand on the map, under the right two letters?
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { type County, countyMapWords, countyShortName, countyTiles } from './county-tiles.ts'

const counties: County[] = readFileSync('db/data/ehak-counties.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [code = '', name = '', , tileCol, tileRow] = line.split(',')
    return { code, name, tileCol: Number(tileCol), tileRow: Number(tileRow) }
  })

test('the map reads as Estonia does: islands left, Narva right', () => {
  const tiles = countyTiles(counties, new Map([['0037', { value: 12, href: '/needs?county=0037' }]]))
  const lines = [0, 1, 2, 3].map((row) =>
    [0, 1, 2, 3, 4, 5]
      .map((column) => tiles.find((tile) => tile.row === row && tile.column === column)?.short ?? '··')
      .join(' '),
  )
  expect(lines).toEqual(['·· ·· ·· Ha LV IV', 'Hi La Ra Jä Jõ ··', 'Sa ·· Pä Vi Ta ··', '·· ·· ·· Va Võ Põ'])
  expect(tiles.find((tile) => tile.code === '0037')).toMatchObject({ name: 'Harju maakond', value: 12 })
  expect(tiles.find((tile) => tile.code === '0039')?.value).toBeNull()
})

test('no two counties share their letters, and an unknown code stays a code', () => {
  expect(new Set(counties.map(({ code }) => countyShortName(code))).size).toBe(15)
  expect(countyShortName('0999')).toBe('0999')
})

test('the map speaks the person’s language', () => {
  expect(countyMapWords(translator('ru')).region).toBe('Уезд')
})
