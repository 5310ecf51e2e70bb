// Do the guides name the buttons and pages as they are named on the screen?
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { catalogues } from '../app/i18n/i18n.ts'

const guides = [
  ['koordinaator', 40],
  ['vorgustiku-juht', 18],
  ['juhendaja', 12],
  ['tugiisik', 6],
  ['andmekaitsespetsialist', 15],
  ['esitaja', 10],
] as const
// Soft hyphens are for narrow screens only.
const plain = (text: string) => text.replaceAll('\u00ad', '')
const words = Object.values(catalogues.et).map(plain)
const numbers = ['112', '116 006']

test.each(guides)('every word in bold in %s is one that the product says', (name, least) => {
  const guide = readFileSync(resolve(import.meta.dirname, `../docs/guide/${name}.md`), 'utf8')
  const bold = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1] ?? '')
  expect(bold.length).toBeGreaterThan(least)
  const own = ['paksus kirjas', ...numbers]
  expect(bold.filter((said) => !own.includes(said) && !words.some((text) => text.includes(said)))).toEqual([])
})
