// Is a hidden number named without saying how small it is?
import { expect, test } from 'vitest'
import { locales, translator } from '../i18n/i18n.ts'
import { defaultRule, disclose, type HiddenReason } from './disclosure.ts'
import { exposedNote, hiddenNote, monthChartWords, publishedText, reasonText, shareText } from './disclosure-words.ts'
import { regionTables } from './linked-tables.ts'
import { wilson } from './statistics.ts'

const t = translator('et')

test('small and complementary counts carry the same mark', () => {
  const { published } = disclose(
    regionTables({ regions: ['a', 'b', 'c'], measures: [{ key: 'n', byRegion: { a: 30, b: 9, c: 2 } }] }),
  )
  expect(['n/a', 'n/b', 'n/c', 'n/all'].map((id) => publishedText(published, id, t))).toEqual([
    '30',
    'peidetud',
    'peidetud',
    '41',
  ])
  expect(publishedText(published, 'nothing', t)).toBe('peidetud')
})

test('the note names the threshold of the setting', () => {
  expect(hiddenNote({ ...defaultRule, threshold: 10 }, t)).toContain('alla 10')
  expect(reasonText('small', defaultRule, t)).toBe('alla 5')
})

test('every reason has its words in every language', () => {
  const reasons: HiddenReason[] = ['small', 'zero', 'complement', 'already']
  for (const locale of locales) {
    const said = reasons.map((reason) => reasonText(reason, defaultRule, translator(locale)))
    expect(new Set(said).size).toBe(4)
    expect(exposedNote(translator(locale)).length).toBeGreaterThan(20)
    expect(monthChartWords(translator(locale)).month.length).toBeGreaterThan(2)
  }
})

test('a share is said with its range', () => {
  const range = wilson(9, 12)
  expect(range ? shareText(range, t) : '').toBe('75% (95% vahemik 47–91%)')
})
