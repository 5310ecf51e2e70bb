// Does the coordinator's guide name the buttons and pages as they are named on the screen?
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { catalogues } from '../app/i18n/i18n.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../docs/guide/koordinaator.md'), 'utf8')
// Soft hyphens are for narrow screens only.
const plain = (text: string) => text.replaceAll('\u00ad', '')
const words = Object.values(catalogues.et).map(plain)
const numbers = ['112', '116 006']

test('every word in bold is one that the product says', () => {
  const bold = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1] ?? '')
  expect(bold.length).toBeGreaterThan(40)
  const own = ['paksus kirjas', ...numbers]
  expect(bold.filter((said) => !own.includes(said) && !words.some((text) => text.includes(said)))).toEqual([])
})
