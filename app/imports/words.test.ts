// Is every spelling of a county, municipality, language, yes and address understood, and each doubtful one refused?
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reading } from './cells.ts'
import * as words from './words.ts'

const table = (file: string) =>
  readFileSync(new URL(`../../db/data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
const counties = table('ehak-counties.csv').map(([code = '', name = '']) => ({
  code,
  name,
  base: name.replace(' maakond', ''),
}))
const municipalities = table('ehak-municipalities.csv').map(([code = '', name = '', county = '']) => ({
  code,
  name,
  county,
}))

const valueIn = <V>(reading: Reading<V>) => ('problem' in reading ? reading.problem.key : reading.value)
const whyIn = <V>(reading: Reading<V>) => ('problem' in reading ? reading.problem.key : (reading.why?.key ?? null))

const endings = ['', 'maa', ' maakond', ' mk', ' mk.', ' maak.', 'MAA', ' MAAKOND']
const casings = [(s: string) => s, (s: string) => s.toUpperCase(), (s: string) => s.toLowerCase()]
const marks = [
  (s: string) => s,
  (s: string) => s.normalize('NFD'),
  (s: string) => s.normalize('NFD').replace(/\p{M}/gu, ''),
  (s: string) => s.replace('-', '–'),
  (s: string) => s.replace('-', ' '),
  (s: string) => ` ${s}  `,
]

describe('counties', () => {
  it('reads every county in every spelling', () => {
    const spelled = fc.tuple(
      fc.constantFrom(...counties),
      fc.constantFrom(...endings),
      fc.constantFrom(...casings),
      fc.constantFrom(...marks),
    )
    fc.assert(
      fc.property(spelled, ([county, ending, casing, mark]) => {
        expect(valueIn(words.readCounty(mark(casing(county.base + ending))))).toBe(county.code)
      }),
      { numRuns: 3000 },
    )
  })

  it('leaves the official name alone, reads the code and refuses what is no county', () => {
    for (const { code, name } of counties) {
      expect(whyIn(words.readCounty(name))).toBeNull()
      expect(valueIn(words.readCounty(Number(code)))).toBe(code)
    }
    for (const text of ['Tallinn', 'Viru', 'Ida', 'Läänem', 'Eesti', 'Harju või Rapla']) {
      expect(whyIn(words.readCounty(text))).toBe('imports.problem.county')
    }
  })
})

describe('municipalities', () => {
  it('reads each of the 79 by its full name and, where it is alone in its county, by its bare one', () => {
    expect(municipalities).toHaveLength(79)
    const bare = (name: string) => name.replace(/ (vald|linn)$/, '')
    for (const { code, name, county } of municipalities) {
      expect(words.readMunicipality(name, county)).toMatchObject({ value: code, shown: name, why: undefined })
      const alone =
        municipalities.filter((other) => other.county === county && bare(other.name) === bare(name)).length === 1
      const read = words.readMunicipality(bare(name).toUpperCase(), county)
      if (alone) expect(valueIn(read)).toBe(code)
      else expect(read).toMatchObject({ problem: { key: 'imports.problem.municipalityTwo' }, effect: 'leftOut' })
    }
  })

  it('leaves out what two places share, and refuses a place of another county', () => {
    expect(words.readMunicipality('Tartu', '0079')).toMatchObject({
      problem: { args: { first: 'Tartu linn', second: 'Tartu vald' } },
      effect: 'leftOut',
    })
    expect(valueIn(words.readMunicipality('Tartu linn', '0079'))).toBe('0793')
    expect(words.readMunicipality('Rapla vald', '0037')).toEqual({
      problem: {
        key: 'imports.problem.municipalityElsewhere',
        args: { read: 'Rapla vald', county: 'Rapla maakond', stated: 'Harju maakond' },
      },
    })
    expect(words.readMunicipality('Näidisvald', '0037')).toMatchObject({ effect: 'leftOut' })
  })
})

describe('closed words', () => {
  it('reads languages with every separator, as words and as codes', () => {
    const names: Record<string, string[]> = {
      et: ['eesti', 'EE', 'et', 'Eesti'],
      ru: ['vene', 'RU', 'Vene'],
      en: ['inglise', 'EN'],
      uk: ['ukraina', 'UA', 'uk'],
    }
    const chosen = fc.uniqueArray(fc.constantFrom('et', 'ru', 'en', 'uk'), { minLength: 1 })
    const separators = fc.constantFrom(', ', ',', '; ', '/', ' / ', ' ja ', ' ning ', ' + ')
    fc.assert(
      fc.property(chosen, separators, fc.nat(), (codes, separator, seed) => {
        const text = codes.map((code) => names[code]?.[seed % (names[code]?.length ?? 1)]).join(separator)
        expect(valueIn(words.readLanguages(text))).toEqual(codes)
      }),
    )
    expect(whyIn(words.readLanguages('eesti, vene'))).toBeNull()
    expect(words.readLanguages('eesti, klingoni')).toMatchObject({ problem: { args: { read: 'klingoni' } } })
    expect(whyIn(words.readLanguage('eesti ja vene'))).toBe('imports.problem.languageOne')
    expect(valueIn(words.readLanguage('ukraina'))).toBe('uk')
  })

  it('reads yes, no, sexes, statuses and grounds as the sheets spell them', () => {
    for (const text of ['x', 'X', 'jah', 'Jah', 'JAH', '+', '1', 1, true])
      expect(valueIn(words.readYesNo(text))).toBe(true)
    for (const text of ['-', 'ei', 'Ei', '0', 0, false]) expect(valueIn(words.readYesNo(text))).toBe(false)
    for (const text of ['võib-olla', '2', '?', 'jah/ei'])
      expect(whyIn(words.readYesNo(text))).toBe('imports.problem.yesNo')
    expect(['M', 'mees', 'N', 'n', 'naine'].map((text) => valueIn(words.readSex(text)))).toEqual([
      'M',
      'M',
      'F',
      'F',
      'F',
    ])
    expect(valueIn(words.readSex('pole vahet'))).toBe('imports.problem.sex')
    expect(valueIn(words.readWantedSex('Pole vahet'))).toBe('any')
    expect(
      ['aktiivne ', 'Aktiivne', 'lõpetanud', 'paus', 'kandidaat'].map((text) => valueIn(words.readStatus(text))),
    ).toEqual(['active', 'active', 'ended', 'paused', 'candidate'])
    expect(
      ['punktisumma', 'professionaalne hinnang', 'eskaleerumine', 'korduv juhtum'].map((text) =>
        valueIn(words.readGround(text)),
      ),
    ).toEqual(['count', 'judgement', 'escalation', 'repeat'])
  })
})

describe('addresses', () => {
  it('reads every spelling of a telephone number', () => {
    const prefixes = ['', '+372', '+372 ', '00372 ', '372-', '00372']
    fc.assert(
      fc.property(
        fc.integer({ min: 50_000_000, max: 59_999_999 }),
        fc.constantFrom(...prefixes),
        fc.nat({ max: 7 }),
        (number, prefix, gap) => {
          const digits = String(number)
          const text = prefix + (gap ? `${digits.slice(0, gap)} ${digits.slice(gap)}` : digits)
          expect(valueIn(words.readPhone(text))).toBe(`+372${digits}`)
        },
      ),
    )
    expect(valueIn(words.readPhone(53_196_032))).toBe('+37253196032')
    expect(valueIn(words.readPhone('+358 40 123 4567'))).toBe('+358401234567')
    for (const text of ['51', '5123 4567, 5123 4568', '+372 512', 'helista emale', '12345678']) {
      expect(whyIn(words.readPhone(text))).toBe('imports.problem.phone')
    }
  })

  it('reads e-mail addresses and case numbers', () => {
    expect(valueIn(words.readEmail('kadri3 @example.ee'))).toBe('kadri3@example.ee')
    expect(valueIn(words.readEmail('svetlana7@EXAMPLE.EE'))).toBe('svetlana7@example.ee')
    expect(whyIn(words.readEmail('xxxxx4@example.ee'))).toBeNull()
    for (const text of ['a@b', 'a b', '@example.ee', 'a@b.ee, c@d.ee', 'a@@b.ee'])
      expect(whyIn(words.readEmail(text))).toBe('imports.problem.email')
    expect(
      ['M-2022-001', 'm 2022 1', 'M–2022–001', 'M2022/12'].map((text) => valueIn(words.readCaseNumber(text))),
    ).toEqual(['M-2022-001', 'M-2022-001', 'M-2022-001', 'M-2022-012'])
    expect(whyIn(words.readCaseNumber('2022-001'))).toBe('imports.problem.caseNumber')
  })
})
