// Which words does each language use, and how is a typed key turned into a sentence?
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type etAccess from './et/access.json'
import type etAudit from './et/audit.json'
import type etCases from './et/cases.json'
import type etCore from './et/core.json'
import type etEvaluation from './et/evaluation.json'
import type etField from './et/field.json'
import type etHome from './et/home.json'
import type etImports from './et/imports.json'
import type etMatching from './et/matching.json'
import type etMaterials from './et/materials.json'
import type etMeetings from './et/meetings.json'
import type etPapers from './et/papers.json'
import type etPartners from './et/partners.json'
import type etRecruitment from './et/recruitment.json'
import type etReports from './et/reports.json'
import type etSafekeeping from './et/safekeeping.json'
import type etSupervision from './et/supervision.json'
import type etSupport from './et/support.json'
import type etTransfer from './et/transfer.json'
import type etUi from './et/ui.json'
import type etVolunteers from './et/volunteers.json'

// The types come from the Estonian files; the words are read as what they are. Imported, each of six thousand would become a variable of its own.
type Et = typeof etAccess &
  typeof etAudit &
  typeof etCases &
  typeof etCore &
  typeof etEvaluation &
  typeof etField &
  typeof etHome &
  typeof etImports &
  typeof etMatching &
  typeof etMaterials &
  typeof etMeetings &
  typeof etPapers &
  typeof etPartners &
  typeof etRecruitment &
  typeof etReports &
  typeof etSafekeeping &
  typeof etSupervision &
  typeof etSupport &
  typeof etTransfer &
  typeof etUi &
  typeof etVolunteers

function wordsOf(locale: Locale): Record<string, string> {
  const folder = join(import.meta.dirname, locale)
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))))
}

export const locales = ['et', 'en', 'ru'] as const
export type Locale = (typeof locales)[number]
export type Key = keyof Et
export type Args = Record<string, string | number | boolean | Date | null | undefined>
export type T = (key: Key, args?: Args) => string

export const catalogues: Record<Locale, Record<string, string>> = {
  et: wordsOf('et'),
  en: wordsOf('en'),
  ru: wordsOf('ru'),
}

// Parsing ICU is the dear part; a message is parsed once per process and language, and one without arguments is said once.
const parsed: Record<Locale, Map<string, IntlMessageFormat | string>> = { et: new Map(), en: new Map(), ru: new Map() }

function parse(locale: Locale, key: string): IntlMessageFormat | string {
  const text = catalogues[locale][key] ?? catalogues.et[key]
  if (text === undefined) throw new Error(`no such message: ${key}`)
  const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
  return text.includes('{') ? message : String(message.format())
}

// A list of fifty says fifty times in how many days; what is said of a small number alone is put together once.
const counted: Record<Locale, Map<string, string>> = { et: new Map(), en: new Map(), ru: new Map() }
const mostCounted = 366

function smallNumber(args: Args | undefined): number | null {
  const [value, ...others] = Object.values(args ?? {})
  const small = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostCounted
  return small && others.length === 0 ? value : null
}

/** The words of one language: `t('volunteers.list.title', { count: 3 })`. An unknown key is a bug and throws. */
export function translator(locale: Locale): T {
  const messages = parsed[locale]
  return (key, args) => {
    let message = messages.get(key)
    if (message === undefined) {
      message = parse(locale, key)
      messages.set(key, message)
    }
    if (typeof message === 'string') return message
    const number = smallNumber(args)
    if (number === null) return String(message.format(args))
    const known = counted[locale].get(`${key} ${number}`)
    if (known !== undefined) return known
    const said = String(message.format(args))
    counted[locale].set(`${key} ${number}`, said)
    return said
  }
}

/** True where a text from outside (a form, a cookie, a header) names a language we speak. */
export function isLocale(text: string | undefined): text is Locale {
  return locales.includes(text as Locale)
}

/** True where a dynamic string happens to be a message key, so that stored codes can be shown as words. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(catalogues.et, text)
}
