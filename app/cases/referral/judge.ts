// Do the answers of one page agree with each other, and is the victim of age?

import type { Message } from '../../core/errors.ts'
import { ageOn, contradictions, type PersonalCode, readPersonalCode } from '../../core/form/personal-code.ts'
import { type Adult, adultsIn, type Others } from '../adults/adult.ts'
import { wrongHours } from '../contact/safe-contact.ts'
import { type Perpetrator, type Perpetrators, perpetratorsIn } from './perpetrators.ts'
import type { Basis, Children, Referral, Victim } from './referral.ts'

export type Problems = Record<string, Message>
export type Around = { today: string; adultAge: number; lawBasisText: string; diversityAsked: boolean }

const yearNow = (today: string) => Number(today.slice(0, 4))

type Known = Partial<Pick<Victim, 'nationalId' | 'birthYear'>>

/** What is known of anybody: the code is one and agrees with the year, and the year has come. */
function judgeKnown({ nationalId, birthYear }: Known, { today }: Around): Problems {
  const found: Problems = {}
  const read = nationalId === undefined ? null : readPersonalCode(nationalId)
  if (read && 'fault' in read) found.nationalId = { key: `cases.error.nationalId.${read.fault}` }
  else if (read && contradictions(read, { birthYear }).length > 0)
    found.nationalId = { key: 'cases.error.nationalId.year', args: { year: birthYear } }
  if (birthYear !== undefined && birthYear > yearNow(today)) found.birthYear = { key: 'cases.error.future' }
  return found
}

/** The code as it was read; nothing where there is none or it is not one. */
export function codeOf(typed: string | undefined): PersonalCode | null {
  const read = typed === undefined ? null : readPersonalCode(typed)
  return read && 'code' in read ? read : null
}

export type Age = 'adult' | 'minor' | 'unsure'

/** By the code to the day; by the year alone it is unsure in the year of coming of age. */
export function ageOf(of: Known, { today, adultAge }: Around): Age {
  const code = codeOf(of.nationalId)
  if (code) return ageOn(code, today) >= adultAge ? 'adult' : 'minor'
  if (of.birthYear === undefined) return 'unsure'
  const most = yearNow(today) - of.birthYear
  return most < adultAge ? 'minor' : most === adultAge ? 'unsure' : 'adult'
}

/** A minor is not a problem of the form: that is asked with `ageOf` before. */
export function judgeVictim(of: Victim, around: Around): Problems {
  const found = judgeKnown(of, around)
  if (of.nationalId === undefined && of.birthYear === undefined) found.birthYear = { key: 'cases.error.birthYear' }
  const known = of.nationalId !== undefined || of.birthYear !== undefined
  if (known && Object.keys(found).length === 0 && ageOf(of, around) === 'unsure' && !of.adultConfirmed) {
    found.adultConfirmed = { key: 'cases.error.adult', args: { age: around.adultAge } }
  }
  return found
}

export const judgePerpetrator = (of: Partial<Perpetrator>, around: Around): Problems => judgeKnown(of, around)

/** Of each of them at the referral, at their own fields; who they are to the victim is said of each. */
export function judgePerpetrators(of: Perpetrators, around: Around): Problems {
  const found = perpetratorsIn(of).flatMap(({ end, perpetrator }) => {
    const problems = judgePerpetrator(perpetrator, around)
    if (!perpetrator.relation) problems.relation = { key: 'core.error.missing' }
    return Object.entries(problems).map(([name, problem]) => [name + end, problem] as const)
  })
  return Object.fromEntries(found)
}

/** Of an adult in danger the code, where it is known, has to be one, and of somebody of age. */
export function judgeAdult(of: Partial<Adult>, around: Around): Problems {
  const found = judgeKnown(of, around)
  if (Object.keys(found).length === 0 && ageOf(of, around) === 'minor')
    found[of.nationalId ? 'nationalId' : 'birthYear'] = { key: 'cases.adult.minor' }
  if (!of.relation) found.relation = { key: 'core.error.missing' }
  if (!of.atRisk) found.atRisk = { key: 'core.error.missing' }
  return found
}

/** The same of each one at the referral, at the fields of that one. */
export function judgeOthers(of: Others, around: Around): Problems {
  const found = adultsIn(of).flatMap(({ end, adult }) =>
    Object.entries(judgeAdult(adult, around)).map(([name, problem]) => [name + end, problem] as const),
  )
  return Object.fromEntries(found)
}

/** `2014, 2018` → the years; nothing where one of them is no year of a child. */
export function readBirthYears(typed: string | undefined, today: string, adultAge: number): number[] | null {
  const years = (typed ?? '')
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
  const latest = yearNow(today)
  return years.every((year) => Number.isInteger(year) && year >= latest - adultAge && year <= latest) ? years : null
}

/** Where there are children, child protection has been told, or it is written down why not (R7). */
export function judgeChildren(of: Children, around: Around): Problems {
  if (of.childCount === 0) return {}
  const found: Problems = {}
  const years = readBirthYears(of.birthYears, around.today, around.adultAge)
  if (!years) found.birthYears = { key: 'cases.error.birthYears' }
  else if (years.length > of.childCount)
    found.birthYears = { key: 'cases.error.manyYears', args: { count: of.childCount } }
  if (!of.told) found.told = { key: 'core.error.choose' }
  if (of.told === 'yes' && !of.toldOn) found.toldOn = { key: 'core.error.dateMissing' }
  if (of.told === 'yes' && of.toldOn && of.toldOn > around.today) found.toldOn = { key: 'cases.error.future' }
  if (of.told === 'yes' && !of.toldWhom) found.toldWhom = { key: 'cases.error.toldWhom' }
  if (of.told === 'no' && !of.notToldWhy) found.notToldWhy = { key: 'cases.error.notToldWhy' }
  return found
}

/** The victim's wish with its date and way, or the law in the words that the administrator has entered and why not the wish (R8). */
export function judgeBasis(of: Basis, around: Around): Problems {
  if (of.basis === 'law') {
    if (!around.lawBasisText) return { basis: { key: 'cases.error.lawMissing' } }
    return of.whyLaw ? {} : { whyLaw: { key: 'cases.basis.whyNeeded' } }
  }
  const found: Problems = {}
  if (!of.consentOn) found.consentOn = { key: 'core.error.dateMissing' }
  else if (of.consentOn > around.today) found.consentOn = { key: 'cases.error.future' }
  if (!of.consentWay) found.consentWay = { key: 'core.error.choose' }
  return found
}

/** Hours that are no hours are said at their days. */
export function judgeHours(of: Referral['hours']): Problems {
  return Object.fromEntries(wrongHours(of).map((day) => [day, { key: 'cases.contact.wrongHours' } as const]))
}
