// What date, month, number, length of time or sum of money did somebody write into a cell?
// A reading without `why` stood in the product's own spelling (Estonian or ISO); with `why` it took understanding.
import type { Message } from '../core/errors.ts'
import { readDate } from '../core/form/read-date.ts'
import { formatDate, formatHours, formatMoney } from '../i18n/format.ts'

export type CellValue = string | number | boolean | Date | null
/** `shown` is the value as people write it; `leftOut` says that the row may live without this cell. */
export type Reading<V> =
  | { value: V | null; shown: string; why?: Message; check?: Message }
  | { problem: Message; effect?: 'leftOut' }

const day = 86_400_000
const years = { from: 2000, to: 2040 }
const excelDayZero = Date.UTC(1899, 11, 30)
const monthNames = 'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember'.split(
  ' ',
)
const numberWords = 'null üks kaks kolm neli viis kuus seitse kaheksa üheksa kümme'.split(' ')

/** The cell as a person would read it on the screen; what cannot be seen or kept (control characters) is a space. */
export function written(raw: CellValue): string {
  if (raw === null) return ''
  if (typeof raw === 'number') return String(raw).replace('.', ',')
  if (typeof raw === 'boolean') return raw ? 'TRUE' : 'FALSE'
  if (typeof raw === 'string') return raw.toWellFormed().replace(/\p{Cc}/gu, ' ')
  if (Number.isNaN(raw.getTime())) return '#'
  const clock = raw.toISOString().slice(11, 16)
  if (isLength(raw)) return `${Math.floor((raw.getTime() - excelDayZero) / 3_600_000)}:${clock.slice(3)}`
  return clock === '00:00' ? formatDate(isoOf(raw)) : `${formatDate(isoOf(raw))} ${clock.replace(':', '.')}`
}

// A clock time without a day is kept as a date near Excel's day zero: a length, not a day.
function isLength(raw: Date): boolean {
  return raw.getTime() >= excelDayZero && raw.getTime() < Date.UTC(1902, 0, 1)
}

/** The text without the spaces around it and with single ones inside. */
export function tidy(raw: CellValue): string {
  return written(raw).normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** Letters only compared: no case, no marks above letters, one kind of dash, single spaces. */
export function fold(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function dated(iso: string, why?: Message): Reading<string> {
  const year = Number(iso.slice(0, 4))
  if (year < years.from || year > years.to) {
    return { problem: { key: 'imports.problem.year', args: { read: formatDate(iso), ...years } } }
  }
  return { value: iso, shown: formatDate(iso), why }
}

// The clock of an exported cell is noise; the day is what the person saw.
function datedFromExcel(raw: Date): Reading<string> {
  if (Number.isNaN(raw.getTime())) return { problem: { key: 'imports.problem.date', args: { read: written(raw) } } }
  return dated(isoOf(raw), raw.getTime() % day === 0 ? undefined : { key: 'imports.why.timeDropped' })
}

function datedFromText(text: string): Reading<string> {
  const withClock = /^(.*\d{4}|\d{4}-\d\d-\d\d)[ T]\d{1,2}[.:]\d{2}(:\d{2})?$/.exec(text)
  if (withClock) {
    const read = datedFromText(withClock[1] ?? '')
    return 'problem' in read ? read : { ...read, why: read.why ?? { key: 'imports.why.timeDropped' } }
  }
  const named = /^(\d{1,2})\. ?([a-zäõöü]+) (\d{4})\.?$/i.exec(text)
  const month = named ? monthNames.findIndex((name) => fold(name) === fold(named[2] ?? '')) + 1 : 0
  const plain =
    named && month > 0
      ? `${named[1]}.${month}.${named[3]}`
      : text.replace(/^(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})$/, '$1.$2.$3')
  const read = readDate(plain)
  if ('problem' in read) return { problem: noSuchDate(text, plain) }
  return dated(read.iso, howSpelled(text, read.iso))
}

function howSpelled(text: string, iso: string): Message | undefined {
  if (text === iso || text === formatDate(iso)) return undefined
  const [, first = 0, second = 0] = (/^(\d{1,2})\/(\d{1,2})\//.exec(text) ?? []).map(Number)
  // With slashes both orders are in use in the world; the sheet is Estonian, so the day comes first.
  if (first > 0 && first <= 12 && second <= 12 && first !== second) return { key: 'imports.why.dayFirst' }
  return { key: 'imports.why.date' }
}

/** Says what is wrong and shows a date that would do: the last day of that month, or the same with day and month changed over. */
function noSuchDate(text: string, plain: string): Message {
  const numbers = plain.match(/\d+/g)?.map(Number) ?? []
  const [a = 0, b = 0, c = 0] = /^\d{4}/.test(plain) ? numbers.toReversed() : numbers
  if (numbers.length !== 3 || c === 0) return { key: 'imports.problem.date', args: { read: text } }
  const year = c < 100 ? 2000 + c : c
  const [dd, mm] = b > 12 && a >= 1 && a <= 12 && b <= 31 ? [b, a] : [a, b]
  if (mm < 1 || mm > 12) return { key: 'imports.problem.date', args: { read: text } }
  const last = new Date(Date.UTC(year, mm, 0)).getUTCDate()
  const example = formatDate(isoOf(new Date(Date.UTC(year, mm - 1, Math.max(1, Math.min(dd, last))))))
  return { key: 'imports.problem.noSuchDate', args: { read: text, example } }
}

/** A day between 2000 and 2040 → `2021-06-05`: an Excel date, its serial number, or any of the spellings people use. */
export function readDay(raw: CellValue): Reading<string> {
  if (raw instanceof Date) return datedFromExcel(raw)
  if (typeof raw === 'number' && raw >= 36_526 && raw < 51_502) {
    return dated(isoOf(new Date(excelDayZero + Math.floor(raw) * day)), { key: 'imports.why.serial' })
  }
  return datedFromText(tidy(raw))
}

function yearAndMonth(text: string): [year: number, month: number] | null {
  const named = /^([a-zäõöü]+) (\d{4})$/i.exec(text)
  if (named) return [Number(named[2]), monthNames.findIndex((name) => fold(name) === fold(named[1] ?? '')) + 1]
  const yearFirst = /^(\d{4})[-.](\d{1,2})$/.exec(text)
  if (yearFirst) return [Number(yearFirst[1]), Number(yearFirst[2])]
  const monthFirst = /^(\d{1,2})[./-](\d{4})$/.exec(text)
  return monthFirst ? [Number(monthFirst[2]), Number(monthFirst[1])] : null
}

/** A month → `2022-01`: `2022-01`, `01.2022`, `1/2022`, `jaanuar 2022`, or any date in it. */
export function readMonth(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  const [year, month] = yearAndMonth(text) ?? [0, 0]
  if (month >= 1 && month <= 12 && year >= years.from && year <= years.to) {
    const [iso, local] = [`${year}-${String(month).padStart(2, '0')}`, `${String(month).padStart(2, '0')}.${year}`]
    return { value: iso, shown: local, why: text === iso || text === local ? undefined : { key: 'imports.why.month' } }
  }
  const date = readDay(raw)
  if ('problem' in date || !date.value) return { problem: { key: 'imports.problem.month', args: { read: text } } }
  const [y, m] = date.value.split('-')
  return { value: `${y}-${m}`, shown: `${m}.${y}`, why: { key: 'imports.why.monthOfDate' } }
}

// A number may carry the name of what it counts, and nothing else: "kaks kuni kolm" is not two.
const counted = /^(punkti?|p|last|laps|juhtum|juhtumit|kontakti?|kord|korda|kuu|kuud|k)\.?$/

/** A whole number between limits: `2`, `kaks`, `14 punkti`, `2 last`. */
export function readWhole(raw: CellValue, limits: { min: number; max: number }): Reading<number> {
  const text = tidy(raw)
  const parts = /^(\d+(?:[.,]0+)?|\p{L}+)(?: ?(\p{L}+\.?))?$/u.exec(text)
  const [number = '', unit = ''] = [parts?.[1], fold(parts?.[2] ?? '')]
  const word = numberWords.findIndex((name) => fold(name) === fold(number))
  const value = /^\d/.test(number) ? Number.parseInt(number, 10) : word
  if (!parts || value < 0 || (unit && !counted.test(unit))) {
    return { problem: { key: 'imports.problem.whole', args: { read: text } } }
  }
  if (value < limits.min || value > limits.max) {
    return { problem: { key: 'imports.problem.range', args: { read: text, ...limits } } }
  }
  return { value, shown: String(value), why: text === String(value) ? undefined : { key: 'imports.why.number' } }
}

const lengths: Record<string, number> = { 'pool aastat': 6, aasta: 12, 'uks aasta': 12, 'poolteist aastat': 18 }

/** A length in months, 1–36: `8`, `8 kuud`, `pool aastat`, `kaks aastat`. */
export function readMonths(raw: CellValue): Reading<number> {
  const text = tidy(raw)
  const named = lengths[fold(text)]
  const inYears = /^(\S+) aastat?$/i.exec(text)
  if (named) return { value: named, shown: String(named), why: { key: 'imports.why.months' } }
  if (!inYears) return readWhole(raw, { min: 1, max: 36 })
  const read = readWhole(inYears[1] ?? '', { min: 1, max: 3 })
  if ('problem' in read || read.value === null)
    return { problem: { key: 'imports.problem.months', args: { read: text } } }
  return { value: read.value * 12, shown: String(read.value * 12), why: { key: 'imports.why.months' } }
}

function minutes(value: number, text: string, plain: boolean): Reading<number> {
  const whole = Math.round(value)
  if (whole > 30_000) return { problem: { key: 'imports.problem.hoursMany', args: { read: text } } }
  const shown = formatHours(whole)
  return { value: whole, shown, why: plain ? undefined : { key: 'imports.why.hours', args: { shown } } }
}

/** Hours → whole minutes: `1,5`, `1.5`, `4 h`, `1 h 30 min`, `90 min`, `1:30`, or an Excel clock time. */
export function readHours(raw: CellValue): Reading<number> {
  const text = tidy(raw)
  if (raw instanceof Date && isLength(raw)) {
    return minutes((raw.getTime() - excelDayZero) / 60_000, text, false)
  }
  const decimal = /^(\d{1,4}(?:[.,]\d+)?)( ?(?:h|t|tund|tundi|tunni))?\.?$/i.exec(text)
  if (decimal) return minutes(Number(decimal[1]?.replace(',', '.')) * 60, text, !decimal[2] && !text.includes('.'))
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? /^(\d{1,4}) ?(?:h|t|tundi?) ?(\d{1,2}) ?m(?:in)?\.?$/i.exec(text)
  if (clock) return minutes(Number(clock[1]) * 60 + Number(clock[2]), text, false)
  const short = /^(\d{1,5}) ?min(?:utit)?\.?$/i.exec(text)
  if (short) return minutes(Number(short[1]), text, false)
  return { problem: { key: 'imports.problem.hours', args: { read: text } } }
}

/** Euros → cents, at most 5000 €: `12.5` as a number, `8,40`, `15,00 €`, `1 234,50`, `8.40`. */
export function readMoney(raw: CellValue): Reading<number> {
  const text = tidy(raw)
  const plain = text.replace(/\s*(€|eur|eurot)\s*$/i, '').replace(/ /g, '')
  if (!/^\d{1,6}([.,]\d{1,2})?$/.test(plain)) return { problem: { key: 'imports.problem.money', args: { read: text } } }
  const cents = Math.round(Number(plain.replace(',', '.')) * 100)
  if (cents > 500_000) return { problem: { key: 'imports.problem.moneyMany', args: { read: text } } }
  const own = /^[\d ]+(,\d{1,2})?( €)?$/.test(text)
  return { value: cents, shown: formatMoney(cents), why: own ? undefined : { key: 'imports.why.money' } }
}

/** A year of birth, 1920–2015. */
export function readBirthYear(raw: CellValue): Reading<number> {
  const read = readWhole(raw, { min: 1920, max: 2015 })
  return 'problem' in read ? { problem: { key: 'imports.problem.birthYear', args: { read: tidy(raw) } } } : read
}

/** Any text, with the spaces put in order. */
export function readText(raw: CellValue): Reading<string> {
  const text = tidy(raw)
  return { value: text, shown: text }
}
