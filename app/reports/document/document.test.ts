// Is a document that contradicts itself refused, and is every value written as people write it?
import { expect, test } from 'vitest'
import { sampleDocument, sampleMark } from '../../../test/sample-report.ts'
import { translator } from '../../i18n/i18n.ts'
import { assertDocument, type Block, cleaned, definitionNumber, mapTable } from './document.ts'
import { mapDrawing } from './map-drawing.ts'
import { mapPng, mapSvg } from './map-image.ts'
import { markLines, valueText } from './values.ts'

const t = translator('et')
const withBlocks =
  (...blocks: Block[]) =>
  () =>
    assertDocument(sampleDocument({ blocks }))
const map = sampleDocument().blocks.find((block) => block.kind === 'map')

test('a whole document is accepted, one that contradicts itself is not', () => {
  expect(() => assertDocument(sampleDocument({ accessMark: sampleMark }))).not.toThrow()
  expect(withBlocks({ kind: 'heading', level: 1, text: 'A' }, { kind: 'heading', level: 3, text: 'B' })).toThrow(
    'level is left out',
  )
  expect(withBlocks({ kind: 'paragraph', content: [{ figure: '1', definition: 'nothing' }] })).toThrow(
    'no such definition',
  )
  expect(withBlocks({ kind: 'table', caption: 'T', columns: [{ name: 'A' }], rows: [['1', '2']] })).toThrow(
    'another length',
  )
  expect(withBlocks({ kind: 'table', caption: 'T', columns: [{ name: 'A' }], rows: [], total: [] })).toThrow(
    'another length',
  )
  expect(() => assertDocument(sampleDocument({ madeOn: '2026-02-31' }))).toThrow('does not exist')
  expect(() => assertDocument(sampleDocument({ accessMark: { ...sampleMark, until: 'soon' } }))).toThrow(
    'does not exist',
  )
  const twice = sampleDocument().definitions.map((definition) => ({ ...definition, id: 'cases' }))
  expect(() => assertDocument(sampleDocument({ definitions: twice }))).toThrow('twice')
})

test('values are written as people write them', () => {
  expect(valueText({ number: 1234.5 }, t)).toBe('1\u00a0234,5')
  expect(valueText({ percent: 0.917 }, t)).toBe('92%')
  expect(valueText({ cents: 123456 }, t)).toBe('1\u00a0234,56\u00a0€')
  expect(valueText({ date: '2026-11-23' }, t)).toBe('23.11.2026')
  expect([valueText({ hidden: true }, t), valueText({ none: true }, t), valueText('=1+1', t)]).toEqual([
    'peidetud',
    'andmeid pole',
    '=1+1',
  ])
  expect(markLines(sampleDocument({ accessMark: sampleMark }), t)).toContain(
    'Juurdepääsupiirang kehtib kuni 07.12.2031',
  )
  expect(definitionNumber(sampleDocument(), 'volunteers')).toBe(2)
  expect(definitionNumber(sampleDocument(), undefined)).toBeUndefined()
})

test('letters are composed, and what no file may hold is gone', () => {
  const dirty = sampleDocument({
    title: 'a\u0000b\u000bc\ud800\r\nO\u0303',
    blocks: [{ kind: 'list', items: [['x\u0001', { figure: 'y\ufffe' }]] }],
  })
  const { title, blocks } = cleaned(dirty)
  expect(title).toBe('abc\ufffd\nÕ')
  expect(blocks).toEqual([{ kind: 'list', items: [['x', { figure: 'y' }]] }])
})

test('a map’s table lists its counties in Estonian order and says what is hidden', () => {
  const table = map ? mapTable(map) : undefined
  expect(table?.rows.map(([name]) => name).slice(0, 4)).toEqual([
    'Harju maakond',
    'Hiiu maakond',
    'Ida-Viru maakond',
    'Jõgeva maakond',
  ])
  expect(table?.rows[1]?.[1]).toEqual({ hidden: true })
  expect(table?.rows[3]?.[1]).toEqual({ none: true })
  expect(table?.total).toEqual(['Eesti kokku', { number: 104 }])
})

test('a map is drawn without the hidden numbers, and what is typed is text', () => {
  if (!map) throw new Error('no map in the sample')
  const drawing = mapDrawing(
    { ...map, tiles: map.tiles.map((tile) => (tile.hidden ? { ...tile, value: 97, short: '<&' } : tile)) },
    t,
  )
  expect(drawing.squares.find((square) => square.crossed)).toMatchObject({ value: '–', short: '<&' })
  expect(mapSvg(drawing)).toContain('&lt;&amp;')
  expect(mapSvg(drawing)).not.toContain('97')
  expect(drawing.legend.map((mark) => mark.text)).toEqual([
    '0–3',
    '4–7',
    '8–11',
    '12–15',
    '16–19',
    'peidetud',
    'andmeid pole',
  ])
  expect(mapPng(drawing).subarray(1, 4).toString()).toBe('PNG')
})
