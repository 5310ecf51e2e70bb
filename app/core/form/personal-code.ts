// Is this an Estonian personal code, and what does it say about its owner?
// A fault never repeats the code: it may be shown, logged and mailed.

export type Sex = 'F' | 'M'
export type PersonalCode = { code: string; birthDate: string; birthYear: number; sex: Sex }
export type PersonalCodeFault = 'form' | 'birth-date' | 'check-digit'

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]

/**
 * The eleventh digit that belongs to ten digits.
 * Source: the state's published rule (domain notes, section 4): weights 1–9,1 modulo 11; where that gives 10,
 * weights 3–9,1–3 modulo 11; where that gives 10 again, zero.
 */
export function checkDigit(tenDigits: string): number {
  const rest = (weights: number[]) =>
    weights.reduce((sum, weight, place) => sum + weight * Number(tenDigits.charAt(place)), 0) % 11
  const first = rest(firstWeights)
  if (first < 10) return first
  const second = rest(secondWeights)
  return second < 10 ? second : 0
}

/** The first digit says century and sex: 1–2 the 1800s, 3–4 the 1900s, 5–6 the 2000s, 7–8 the 2100s; odd is a man. */
function born(code: string): { date: string; year: number; sex: Sex } | null {
  const first = Number(code[0])
  const year = 1800 + 100 * Math.floor((first - 1) / 2) + Number(code.slice(1, 3))
  const [month, day] = [Number(code.slice(3, 5)), Number(code.slice(5, 7))]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return { date: date.toISOString().slice(0, 10), year, sex: first % 2 === 1 ? 'M' : 'F' }
}

/** Reads eleven digits (spaces around them are forgiven). The answer is the code taken apart, or the name of its fault. */
export function readPersonalCode(text: string): PersonalCode | { fault: PersonalCodeFault } {
  const code = text.trim()
  if (!/^[1-8]\d{10}$/.test(code)) return { fault: 'form' }
  const birth = born(code)
  if (!birth) return { fault: 'birth-date' }
  if (checkDigit(code.slice(0, 10)) !== Number(code[10])) return { fault: 'check-digit' }
  return { code, birthDate: birth.date, birthYear: birth.year, sex: birth.sex }
}

/** What a code contradicts of the things stated about its owner; what was not stated cannot be contradicted. */
export function contradictions(
  code: PersonalCode,
  stated: { birthYear?: number | null; sex?: Sex | null },
): ('birthYear' | 'sex')[] {
  const found: ('birthYear' | 'sex')[] = []
  if (stated.birthYear && stated.birthYear !== code.birthYear) found.push('birthYear')
  if (stated.sex && stated.sex !== code.sex) found.push('sex')
  return found
}

/** Full years of age on a date (`2026-11-23`), counted as the law counts: a year is full on the birthday itself. */
export function ageOn(code: PersonalCode, date: string): number {
  const before = date.slice(5) < code.birthDate.slice(5) ? 1 : 0
  return Number(date.slice(0, 4)) - code.birthYear - before
}
