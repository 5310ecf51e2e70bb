// Which of the fixed words (places, languages, yes and no, status…) and addresses did somebody write, and what do they mean?
import { readFileSync } from 'node:fs'
import type { Message } from '../core/errors.ts'
import type { Sex } from '../core/form/personal-code.ts'
import type { Status } from '../volunteers/volunteer.ts'
import { type CellValue, fold, type Reading, tidy } from './cells.ts'

export type Ground = 'count' | 'judgement' | 'escalation' | 'repeat'
type Place = { code: string; name: string; county: string; bare: string }

function places(file: string, bare: (text: string) => string): Place[] {
  const lines = readFileSync(new URL(`../../db/data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/)
  return lines.slice(1).map((line) => {
    const [code = '', name = '', county = ''] = line.split(',')
    return { code, name, county, bare: bare(name) }
  })
}

// "Harju maakond", "HARJUMAA" and "Harju mk" all name Harju; "Rapla vald" and "Rapla" may name the same place.
const bareCounty = (text: string) =>
  fold(text)
    .replace(/(maa| maakond| maak\.?| mk\.?)$/, '')
    .replaceAll(' ', '-')
const bareMunicipality = (text: string) =>
  fold(text)
    .replace(/ (vald|v\.|linn|l\.)$/, '')
    .replaceAll(' ', '-')

const counties = places('ehak-counties.csv', bareCounty)
const municipalities = places('ehak-municipalities.csv', bareMunicipality)

/** A county in any spelling, or its EHAK code → the EHAK code. */
export function readCounty(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  const bare = bareCounty(text)
  const county = counties.find((place) => place.bare === bare || place.code === text.padStart(4, '0'))
  if (!county) return { problem: { key: 'imports.problem.county', args: { read: text } } }
  return {
    value: county.code,
    shown: county.name,
    why: text === county.name ? undefined : { key: 'imports.why.county' },
  }
}

/** The name of a county or municipality by its EHAK code. */
export function placeName(code: string | null | undefined): string {
  return [...counties, ...municipalities].find((place) => place.code === code)?.name ?? ''
}

/**
 * A municipality → its EHAK code; it must lie in the county of the same row.
 * Another county is a contradiction nobody may settle by guessing; a name that two places share leaves the cell empty.
 */
export function readMunicipality(raw: CellValue, countyCode: string | null | undefined): Reading<string> {
  const text = tidy(raw)
  const exact = municipalities.filter((place) => fold(place.name) === fold(text))
  const named = exact.length > 0 ? exact : municipalities.filter((place) => place.bare === bareMunicipality(text))
  const here = countyCode ? named.filter((place) => place.county === countyCode) : named
  const [place, other] = here
  if (place && !other) {
    return {
      value: place.code,
      shown: place.name,
      why: text === place.name ? undefined : { key: 'imports.why.municipality' },
    }
  }
  if (place && other) {
    const args = { read: text, first: place.name, second: other.name }
    return { problem: { key: 'imports.problem.municipalityTwo', args }, effect: 'leftOut' }
  }
  const elsewhere = named[0]
  if (!elsewhere) return { problem: { key: 'imports.problem.municipality', args: { read: text } }, effect: 'leftOut' }
  const args = { read: elsewhere.name, county: placeName(elsewhere.county), stated: placeName(countyCode) }
  return { problem: { key: 'imports.problem.municipalityElsewhere', args } }
}

const languageWords: Record<string, [code: string, word: string]> = {
  et: ['et', 'eesti'],
  ee: ['et', 'eesti'],
  eesti: ['et', 'eesti'],
  est: ['et', 'eesti'],
  ru: ['ru', 'vene'],
  vene: ['ru', 'vene'],
  rus: ['ru', 'vene'],
  en: ['en', 'inglise'],
  inglise: ['en', 'inglise'],
  eng: ['en', 'inglise'],
  uk: ['uk', 'ukraina'],
  ua: ['uk', 'ukraina'],
  ukraina: ['uk', 'ukraina'],
  ukr: ['uk', 'ukraina'],
  fi: ['fi', 'soome'],
  soome: ['fi', 'soome'],
  de: ['de', 'saksa'],
  saksa: ['de', 'saksa'],
  lv: ['lv', 'läti'],
  lati: ['lv', 'läti'],
  lt: ['lt', 'leedu'],
  leedu: ['lt', 'leedu'],
  sv: ['sv', 'rootsi'],
  rootsi: ['sv', 'rootsi'],
  fr: ['fr', 'prantsuse'],
  prantsuse: ['fr', 'prantsuse'],
  pl: ['pl', 'poola'],
  poola: ['pl', 'poola'],
  es: ['es', 'hispaania'],
  hispaania: ['es', 'hispaania'],
}

/** Languages with any separator, as words or codes → ISO 639-1 codes in the order written. */
export function readLanguages(raw: CellValue): Reading<string[]> {
  const text = tidy(raw)
  const parts = fold(text)
    .split(/\s*(?:[,;/+&]|\s(?:ja|ning)\s)\s*/)
    .map((part) => part.replace(/ keel$/, ''))
  const found = parts.filter(Boolean).map((part) => languageWords[part])
  const unknown = parts.filter((part) => part && !languageWords[part])
  if (unknown.length > 0 || found.length === 0) {
    return { problem: { key: 'imports.problem.language', args: { read: unknown.join(', ') || text } } }
  }
  const known = new Map(found.flatMap((pair) => (pair ? [pair] : [])))
  const shown = [...known.values()].join(', ')
  return { value: [...known.keys()], shown, why: text === shown ? undefined : { key: 'imports.why.languages' } }
}

/** One language, for a need. */
export function readLanguage(raw: CellValue): Reading<string> {
  const read = readLanguages(raw)
  if ('problem' in read) return read
  const [code, second] = read.value ?? []
  if (!code || second) return { problem: { key: 'imports.problem.languageOne', args: { read: tidy(raw) } } }
  return { ...read, value: code }
}

/** One of a closed list of words. The first word of each entry is the product's own; `own` adds others as good. */
function oneOf<V>(
  raw: CellValue,
  words: [value: V, spellings: string[]][],
  problem: Message['key'],
  own: string[] = [],
): Reading<V> {
  const text = tidy(raw)
  const hit = words.find(([, spellings]) => spellings.some((word) => fold(word) === fold(text)))
  if (!hit) return { problem: { key: problem, args: { read: text } } }
  const shown = hit[1][0] ?? ''
  return {
    value: hit[0],
    shown,
    why: text === shown || own.includes(text) ? undefined : { key: 'imports.why.word', args: { shown } },
  }
}

export function readYesNo(raw: CellValue): Reading<boolean> {
  const yes = ['jah', 'x', '+', '1', 'j', 'on', 'olemas', 'true']
  const no = ['ei', '-', '0', 'e', 'pole', 'puudub', 'false']
  return oneOf(
    raw,
    [
      [true, yes],
      [false, no],
    ],
    'imports.problem.yesNo',
  )
}

const sexes: [Sex, string[]][] = [
  ['F', ['naine', 'n', 'naissoost']],
  ['M', ['mees', 'm', 'meessoost']],
]

export function readSex(raw: CellValue): Reading<Sex> {
  return oneOf(raw, sexes, 'imports.problem.sex')
}

export function readWantedSex(raw: CellValue): Reading<Sex | 'any'> {
  const any: ['any', string[]] = ['any', ['pole vahet', 'vahet pole', 'ei ole vahet', 'ükskõik', 'kõik sobib', '-']]
  return oneOf<Sex | 'any'>(raw, [...sexes, any], 'imports.problem.wantedSex')
}

export function readStatus(raw: CellValue): Reading<Status> {
  const words: [Status, string[]][] = [
    ['candidate', ['kandidaat']],
    ['interview', ['vestlus', 'vestlusel']],
    ['background', ['taustakontroll', 'taustakontrollis']],
    ['training', ['väljaõpe', 'väljaõppel', 'koolitusel']],
    ['contract', ['leping', 'lepingu sõlmimine', 'lepingu sõlmimisel']],
    ['active', ['aktiivne', 'aktiivselt']],
    ['paused', ['paus', 'pausil', 'peatatud']],
    ['ended', ['lõpetatud', 'lõpetanud', 'lõpetas', 'lahkunud']],
  ]
  return oneOf(raw, words, 'imports.problem.status', ['lõpetanud'])
}

/** Why the risk was called high: the count, a professional's judgement, escalation, or a repeat case (R3). */
export function readGround(raw: CellValue): Reading<Ground> {
  const words: [Ground, string[]][] = [
    ['count', ['punktisumma', 'punktid', 'punktide summa']],
    ['judgement', ['professionaalne hinnang', 'prof. hinnang', 'hinnang']],
    ['escalation', ['eskaleerumine', 'eskalatsioon']],
    ['repeat', ['korduv juhtum', 'korduv', 'kordusjuhtum']],
  ]
  return oneOf(raw, words, 'imports.problem.ground')
}

/** A telephone number → E.164; without a country it is Estonian (7 or 8 digits). */
export function readPhone(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  const digits = text.replace(/[\s().-]/g, '').replace(/^00/, '+')
  const local = /^(?:\+?372)?([3-8]\d{6,7})$/.exec(digits)
  const value = local ? `+372${local[1]}` : /^\+(?!372)[1-9]\d{7,14}$/.test(digits) ? digits : null
  if (!value) return { problem: { key: 'imports.problem.phone', args: { read: text } } }
  return { value, shown: value, why: text === value ? undefined : { key: 'imports.why.phone' } }
}

/** An e-mail address in small letters and without spaces. */
export function readEmail(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  const value = text.replace(/\s/g, '').toLowerCase()
  if (value.length > 200 || !/^[^@,;<>]+@[^@,;<>.]+(\.[^@,;<>.]+)+$/.test(value)) {
    return { problem: { key: 'imports.problem.email', args: { read: text } } }
  }
  return { value, shown: value, why: text === value ? undefined : { key: 'imports.why.email' } }
}

/** The number of a case, `M-2022-001`. */
export function readCaseNumber(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  const parts = /^m[-\s/]?((?:19|20)\d{2})[-\s/](\d{1,5})$/.exec(fold(text))
  if (!parts) return { problem: { key: 'imports.problem.caseNumber', args: { read: text } } }
  const value = `M-${parts[1]}-${(parts[2] ?? '').padStart(3, '0')}`
  return { value, shown: value, why: text === value ? undefined : { key: 'imports.why.caseNumber' } }
}

/** What a free note may speak of that somebody should look at, or that the record has a place for. */
const remarks = {
  health: /ratastool|haig|puue|rase|sünnita|ravil|operatsioon|diagnoos|depressioon|sõltuvus/i,
  conflict: /huvide konflikt|töötab KOV|tunneb .*politsei/i,
  remote: /ainult (telefon|kaugteel|veebi)/i,
  absence: /ei saa |puhkus|välismaal/i,
  avoidLocal: /ei soovi kohaliku/i,
  perpetratorNear: /(toimepanija|vägivallatseja).*(samas|lähedal|naab)/i,
  whereabouts: /kolis|aadress|varjupai|elab /i,
}

/** Those of the kinds that a note speaks of. */
export function remarksIn<K extends keyof typeof remarks>(note: string | null | undefined, kinds: readonly K[]): K[] {
  return kinds.filter((kind) => remarks[kind].test(note ?? ''))
}
