// Which words does each language use, and how is a typed key turned into a sentence?
import { IntlMessageFormat } from 'intl-messageformat'
import enAccess from './en/access.json' with { type: 'json' }
import enAudit from './en/audit.json' with { type: 'json' }
import enCases from './en/cases.json' with { type: 'json' }
import enCore from './en/core.json' with { type: 'json' }
import enEvaluation from './en/evaluation.json' with { type: 'json' }
import enHome from './en/home.json' with { type: 'json' }
import enImports from './en/imports.json' with { type: 'json' }
import enMatching from './en/matching.json' with { type: 'json' }
import enMeetings from './en/meetings.json' with { type: 'json' }
import enPartners from './en/partners.json' with { type: 'json' }
import enReports from './en/reports.json' with { type: 'json' }
import enSafekeeping from './en/safekeeping.json' with { type: 'json' }
import enSupport from './en/support.json' with { type: 'json' }
import enUi from './en/ui.json' with { type: 'json' }
import enVolunteers from './en/volunteers.json' with { type: 'json' }
import etAccess from './et/access.json' with { type: 'json' }
import etAudit from './et/audit.json' with { type: 'json' }
import etCases from './et/cases.json' with { type: 'json' }
import etCore from './et/core.json' with { type: 'json' }
import etEvaluation from './et/evaluation.json' with { type: 'json' }
import etHome from './et/home.json' with { type: 'json' }
import etImports from './et/imports.json' with { type: 'json' }
import etMatching from './et/matching.json' with { type: 'json' }
import etMeetings from './et/meetings.json' with { type: 'json' }
import etPartners from './et/partners.json' with { type: 'json' }
import etReports from './et/reports.json' with { type: 'json' }
import etSafekeeping from './et/safekeeping.json' with { type: 'json' }
import etSupport from './et/support.json' with { type: 'json' }
import etUi from './et/ui.json' with { type: 'json' }
import etVolunteers from './et/volunteers.json' with { type: 'json' }
import ruAccess from './ru/access.json' with { type: 'json' }
import ruAudit from './ru/audit.json' with { type: 'json' }
import ruCases from './ru/cases.json' with { type: 'json' }
import ruCore from './ru/core.json' with { type: 'json' }
import ruEvaluation from './ru/evaluation.json' with { type: 'json' }
import ruHome from './ru/home.json' with { type: 'json' }
import ruImports from './ru/imports.json' with { type: 'json' }
import ruMatching from './ru/matching.json' with { type: 'json' }
import ruMeetings from './ru/meetings.json' with { type: 'json' }
import ruPartners from './ru/partners.json' with { type: 'json' }
import ruReports from './ru/reports.json' with { type: 'json' }
import ruSafekeeping from './ru/safekeeping.json' with { type: 'json' }
import ruSupport from './ru/support.json' with { type: 'json' }
import ruUi from './ru/ui.json' with { type: 'json' }
import ruVolunteers from './ru/volunteers.json' with { type: 'json' }

const et = {
  ...etCore,
  ...etUi,
  ...etAccess,
  ...etAudit,
  ...etPartners,
  ...etVolunteers,
  ...etCases,
  ...etMeetings,
  ...etMatching,
  ...etSupport,
  ...etImports,
  ...etEvaluation,
  ...etReports,
  ...etSafekeeping,
  ...etHome,
}
const en: Record<string, string> = {
  ...enCore,
  ...enUi,
  ...enAccess,
  ...enAudit,
  ...enPartners,
  ...enVolunteers,
  ...enCases,
  ...enMeetings,
  ...enMatching,
  ...enSupport,
  ...enImports,
  ...enEvaluation,
  ...enReports,
  ...enSafekeeping,
  ...enHome,
}
const ru: Record<string, string> = {
  ...ruCore,
  ...ruUi,
  ...ruAccess,
  ...ruAudit,
  ...ruPartners,
  ...ruVolunteers,
  ...ruCases,
  ...ruMeetings,
  ...ruMatching,
  ...ruSupport,
  ...ruImports,
  ...ruEvaluation,
  ...ruReports,
  ...ruSafekeeping,
  ...ruHome,
}

export const locales = ['et', 'en', 'ru'] as const
export type Locale = (typeof locales)[number]
export type Key = keyof typeof et
export type Args = Record<string, string | number | boolean | Date | null | undefined>
export type T = (key: Key, args?: Args) => string

export const catalogues: Record<Locale, Record<string, string>> = { et, en, ru }

// Parsing ICU is the dear part; a message is parsed once per process and language, and one without arguments is said once.
const parsed: Record<Locale, Map<string, IntlMessageFormat | string>> = { et: new Map(), en: new Map(), ru: new Map() }

function parse(locale: Locale, key: string): IntlMessageFormat | string {
  const text = catalogues[locale][key] ?? catalogues.et[key]
  if (text === undefined) throw new Error(`no such message: ${key}`)
  const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
  return text.includes('{') ? message : String(message.format())
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
    return typeof message === 'string' ? message : String(message.format(args))
  }
}

/** True where a text from outside (a form, a cookie, a header) names a language we speak. */
export function isLocale(text: string | undefined): text is Locale {
  return locales.includes(text as Locale)
}

/** True where a dynamic string happens to be a message key, so that stored codes can be shown as words. */
export function isKey(text: string): text is Key {
  return text in et
}
