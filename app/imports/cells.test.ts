// Is every spelling of a date, month, number, length and sum read as the person meant it, and nothing else?
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CellValue,
  fold,
  type Reading,
  readDay,
  readHours,
  readMoney,
  readMonth,
  readMonths,
  readWhole,
  written,
} from './cells.ts'

const day = 86_400_000
const isoDay = fc
  .integer({ min: Date.UTC(2000, 0, 1) / day, max: Date.UTC(2040, 11, 31) / day })
  .map((count) => new Date(count * day).toISOString().slice(0, 10))
const months = 'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember'.split(' ')

/** Every way in which a day stands in the coordinator's sheets, or might. */
const spellings: Record<string, (y: string, m: string, d: string) => CellValue> = {
  '2021-07-29': (y, m, d) => `${y}-${m}-${d}`,
  '29.07.2021': (y, m, d) => `${d}.${m}.${y}`,
  '29.07.21': (y, m, d) => `${d}.${m}.${y.slice(2)}`,
  '29.7.2021': (y, m, d) => `${Number(d)}.${Number(m)}.${y}`,
  '29.7.21': (y, m, d) => `${Number(d)}.${Number(m)}.${y.slice(2)}`,
  '29/07/2021': (y, m, d) => `${d}/${m}/${y}`,
  '29/7/21': (y, m, d) => `${Number(d)}/${Number(m)}/${y.slice(2)}`,
  '29-07-2021': (y, m, d) => `${d}-${m}-${y}`,
  '29. juuli 2021': (y, m, d) => `${Number(d)}. ${months[Number(m) - 1]} ${y}`,
  '29.07.2021 16.42': (y, m, d) => `${d}.${m}.${y} 16.42`,
  '2021-07-29T16:42:10': (y, m, d) => `${y}-${m}-${d}T16:42:10`,
  'Excel date': (y, m, d) => new Date(`${y}-${m}-${d}T00:00:00Z`),
  'Excel date with a clock': (y, m, d) => new Date(`${y}-${m}-${d}T23:59:59.999Z`),
  'Excel serial number': (y, m, d) => (Date.parse(`${y}-${m}-${d}`) - Date.UTC(1899, 11, 30)) / day + 0.37,
}

const valueIn = <V>(reading: Reading<V>) => ('problem' in reading ? reading.problem.key : reading.value)
const whyIn = <V>(reading: Reading<V>) => ('problem' in reading ? reading.problem.key : reading.why?.key)

describe('days', () => {
  it.each(Object.entries(spellings))('reads %s back as the day it was made from', (_, spell) => {
    fc.assert(
      fc.property(isoDay, (iso) => {
        const [y = '', m = '', d = ''] = iso.split('-')
        expect(valueIn(readDay(spell(y, m, d)))).toBe(iso)
      }),
    )
  })

  it('says nothing of the two own spellings and explains each other one', () => {
    expect(whyIn(readDay('2021-07-29'))).toBeUndefined()
    expect(whyIn(readDay('29.07.2021'))).toBeUndefined()
    expect(whyIn(readDay(new Date('2021-07-29')))).toBeUndefined()
    expect(whyIn(readDay('29.07.21'))).toBe('imports.why.date')
    expect(whyIn(readDay('29/07/2021'))).toBe('imports.why.date')
    expect(whyIn(readDay('04/03/2020'))).toBe('imports.why.dayFirst')
    expect(whyIn(readDay(new Date('2022-12-17T05:13:28Z')))).toBe('imports.why.timeDropped')
  })

  it('takes no day that no calendar has, and shows one that would do', () => {
    expect(readDay('31.02.2026')).toEqual({
      problem: { key: 'imports.problem.noSuchDate', args: { read: '31.02.2026', example: '28.02.2026' } },
    })
    expect(readDay('04/13/2022')).toMatchObject({ problem: { args: { example: '13.04.2022' } } })
    expect(readDay('2023-02-29')).toMatchObject({ problem: { args: { example: '28.02.2023' } } })
    for (const text of ['30.02.2024', '31.04.2021', '00.01.2021', '12.00.2021', '45/45/2021']) {
      expect(readDay(text)).toHaveProperty('problem')
    }
  })

  it('takes no words, no half dates and no year that cannot be meant', () => {
    for (const text of ['', 'kevadel', '2021', '05.2021', '1.2.3.2021', '12.12.2021-13.12.2021', 'x']) {
      expect(whyIn(readDay(text))).toBe('imports.problem.date')
    }
    expect(whyIn(readDay('05.05.1921'))).toBe('imports.problem.year')
    expect(whyIn(readDay(new Date('1970-05-05')))).toBe('imports.problem.year')
    expect(whyIn(readDay(new Date(Number.NaN)))).toBe('imports.problem.date')
    expect(whyIn(readDay(7))).toBe('imports.problem.date')
  })
})

describe('months', () => {
  it('reads every spelling back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2040 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const mm = String(month).padStart(2, '0')
        const made = [
          `${year}-${mm}`,
          `${mm}.${year}`,
          `${month}/${year}`,
          `${months[month - 1]} ${year}`,
          `${mm}.${year} `,
        ]
        for (const text of [...made, new Date(`${year}-${mm}-01`), `01.${mm}.${year}`]) {
          expect(valueIn(readMonth(text))).toBe(`${year}-${mm}`)
        }
      }),
    )
    expect(whyIn(readMonth(new Date('2022-01-01')))).toBe('imports.why.monthOfDate')
    for (const text of ['13.2022', '2022', 'kevad 2022', '00.2022'])
      expect(whyIn(readMonth(text))).toBe('imports.problem.month')
  })
})

describe('numbers', () => {
  it('reads digits, words and units, and refuses ranges and fractions', () => {
    const read = (raw: CellValue) => valueIn(readWhole(raw, { min: 0, max: 20 }))
    expect([2, '2', 'kaks', 'Kaks', '14 punkti', '2 last', '3.', 'kümme', 'üheksa', '2,0'].map(read)).toEqual([
      2,
      2,
      2,
      2,
      14,
      2,
      'imports.problem.whole',
      10,
      9,
      2,
    ])
    for (const raw of ['kaks kuni kolm', '1-2', '2,5', 1.5, -1, 'palju', '2 x 3'])
      expect(read(raw)).toBe('imports.problem.whole')
    expect(read(21)).toBe('imports.problem.range')
  })

  it('reads lengths in months', () => {
    const read = (raw: CellValue) => valueIn(readMonths(raw))
    expect(
      [
        8,
        '8 kuud',
        'pool aastat',
        'Pool  aastat',
        'aasta',
        '2 aastat',
        'kaks aastat',
        'poolteist aastat',
        'kuus kuud',
      ].map(read),
    ).toEqual([8, 8, 6, 6, 12, 24, 24, 18, 6])
    for (const raw of ['6-8', 'kaua', '0', 37, 'viis aastat']) expect(String(read(raw))).toMatch(/^imports\.problem/)
  })

  it('reads hours as minutes, whatever the sign for a half', () => {
    const read = (raw: CellValue) => valueIn(readHours(raw))
    const clock = new Date(Date.UTC(1899, 11, 30) + 90 * 60_000)
    expect(['1 h', '4,5', '4.5', 1.5, '1 h 30 min', '90 min', '1:30', clock, '6 tundi'].map(read)).toEqual([
      60, 270, 270, 90, 90, 90, 90, 90, 360,
    ])
    expect(written(clock)).toBe('1:30')
    for (const raw of ['palju', '-1', -1, '1-2', '501']) expect(String(read(raw))).toMatch(/^imports\.problem/)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (quarters) => {
        const hours = quarters / 4
        for (const raw of [hours, String(hours).replace('.', ','), `${hours} h`]) expect(read(raw)).toBe(quarters * 15)
      }),
    )
  })

  it('reads euros as cents', () => {
    const read = (raw: CellValue) => valueIn(readMoney(raw))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), (cents) => {
        const euros = (cents / 100).toFixed(2)
        for (const raw of [
          cents / 100,
          euros,
          euros.replace('.', ','),
          `${euros.replace('.', ',')} €`,
          `${euros} EUR`,
        ]) {
          expect(read(raw)).toBe(cents)
        }
      }),
    )
    for (const raw of ['5000,01', '-3', '12,345', 'ei tea', '1.234,50'])
      expect(String(read(raw))).toMatch(/^imports\.problem/)
    expect(read('1 234,50 €')).toBe(123_450)
  })
})

it('compares letters, not case, marks or kinds of dash', () => {
  expect(fold('  LÄÄNE–VIRU   Maakond ')).toBe('laane-viru maakond')
  expect(written('a\u0000b\u001f\ud800')).toBe('a b \ufffd')
})
