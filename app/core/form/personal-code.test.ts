// Does the personal code tell a real code from a slip of the pen, and read what it says?
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOn, checkDigit, contradictions, type PersonalCode, readPersonalCode } from './personal-code.ts'

const valid = fc
  .record({
    first: fc.integer({ min: 1, max: 8 }),
    day: fc.date({ min: new Date('1800-01-01'), max: new Date('1899-12-31'), noInvalidDate: true }),
    serial: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ first, day, serial }) => {
    const century = 1800 + 100 * Math.floor((first - 1) / 2)
    const year = century + (day.getUTCFullYear() % 100)
    // 29 February of 1896 may not exist in another century; the 28th always does.
    const dd = Math.min(day.getUTCDate(), day.getUTCMonth() === 1 ? 28 : 31)
    const iso = `${year}-${String(day.getUTCMonth() + 1).padStart(2, '0')}-${String(dd).padStart(2, '0')}`
    const ten = `${first}${iso.slice(2, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${String(serial).padStart(3, '0')}`
    return { code: `${ten}${checkDigit(ten)}`, birthDate: iso, sex: first % 2 === 1 ? 'M' : 'F' }
  })

describe('personal code', () => {
  it('reads the published sample and refuses it with another last digit', () => {
    expect(readPersonalCode('60001019906')).toEqual({
      code: '60001019906',
      birthDate: '2000-01-01',
      birthYear: 2000,
      sex: 'F',
    })
    expect(readPersonalCode('60001019907')).toEqual({ fault: 'check-digit' })
    expect(readPersonalCode('38001085718')).toMatchObject({ birthDate: '1980-01-08', sex: 'M' })
  })

  it('uses the second weights, and zero where those give ten too', () => {
    // 49001010100: first sum 4+18+0+0+5+0+7+0+9+0=43 → 43 mod 11 = 10, second 12+36+0+0+7+0+9+0+2+0=66 → 0.
    expect(checkDigit('4900101010')).toBe(0)
    const tens = Array.from({ length: 1000 }, (_, n) => `3700101${String(n).padStart(3, '0')}`)
    const seen = new Set(tens.map(checkDigit))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('reads back every code it could have written', () => {
    fc.assert(
      fc.property(valid, ({ code, birthDate, sex }) => {
        expect(readPersonalCode(` ${code} `)).toEqual({
          code,
          birthDate,
          birthYear: Number(birthDate.slice(0, 4)),
          sex,
        })
      }),
    )
  })

  it('notices every single wrong last digit', () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 1, max: 9 }), ({ code }, step) => {
        const wrong = code.slice(0, 10) + ((Number(code[10]) + step) % 10)
        expect(readPersonalCode(wrong)).toEqual({ fault: 'check-digit' })
      }),
    )
  })

  it('never takes a birthday that no calendar has, and names no digits in the fault', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 999 }), (first, serial) => {
        for (const day of ['000230', '001301', '000000', '000431']) {
          const ten = `${first}${day}${String(serial).padStart(3, '0')}`
          expect(readPersonalCode(ten + checkDigit(ten))).toEqual({ fault: 'birth-date' })
        }
      }),
    )
    for (const text of ['', '6000101990', '600010199066', '9000101990x', '90001019906', '6000101 9906']) {
      expect(readPersonalCode(text)).toEqual({ fault: 'form' })
    }
  })

  it('tells what the code contradicts and how old its owner is on a day', () => {
    const code = readPersonalCode('38001085718') as PersonalCode
    expect(contradictions(code, { birthYear: 1961, sex: 'F' })).toEqual(['birthYear', 'sex'])
    expect(contradictions(code, { birthYear: 1980 })).toEqual([])
    expect(contradictions(code, { birthYear: null, sex: null })).toEqual([])
    expect(ageOn(code, '1998-01-07')).toBe(17)
    expect(ageOn(code, '1998-01-08')).toBe(18)
  })
})
