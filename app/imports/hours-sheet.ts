// Whose month with which case does a row of the sheet of hours tell of, and how much was done in it?
import type { Message } from '../core/errors.ts'
import { fold, readHours, readMoney, readMonth, readText, readWhole } from './cells.ts'
import {
  ask,
  type Columns,
  type Draft,
  differences,
  isRefused,
  keyOf,
  mark,
  type RowPreview,
  remember,
  type Seen,
  settle,
} from './sheet.ts'
import { readCaseNumber, remarksIn } from './words.ts'

type HoursCells = {
  month: string
  volunteerName: string
  caseNumber: string
  contacts: number | null
  minutes: number
  expenseCents: number | null
  note: string | null
}
export type HoursValues = HoursCells & { volunteerKey: string }
export type HoursDraft = Draft<HoursCells>

/** A volunteer whom an hours row may mean: from this workbook (`row`, with what became of it) or already known. */
export type Person = {
  key: string
  name: string
  place: string
  email: string | null
  label: string
  taken: boolean
  contractFrom: string | null
  contractUntil: string | null
}
/** A case that hours may be told of; `since` is the day from which it needed somebody, where that is known. */
export type KnownCase = { number: string; since: string | null; taken: boolean }
export type Known = { people: Person[]; cases: KnownCase[] }
/** Answers to questions of an earlier reading: choice id → volunteer key. */
export type Choices = Record<string, string>

/** Required: month, volunteer, case and hours. Figures that reports count are never left out: unreadable, they refuse the row. */
export const hoursColumns: Columns<HoursCells> = {
  month: { headers: ['Kuu', 'Periood'], required: true, unreadable: 'refused', read: readMonth },
  volunteerName: {
    headers: ['Vabatahtlik', 'Tugiisik', 'Vabatahtliku nimi'],
    required: true,
    unreadable: 'refused',
    read: readText,
  },
  caseNumber: {
    headers: ['Juhtum', 'Juhtumi nr', 'Juhtumi number'],
    required: true,
    unreadable: 'refused',
    read: readCaseNumber,
  },
  contacts: {
    headers: ['Kontakte', 'Kontaktide arv', 'Kohtumisi'],
    unreadable: 'refused',
    read: (raw) => readWhole(raw, { min: 0, max: 200 }),
  },
  minutes: { headers: ['Tunde', 'Tunnid', 'Tundide arv'], required: true, unreadable: 'refused', read: readHours },
  expenseCents: { headers: ['Sõidukulu €', 'Sõidukulu', 'Kulu', 'Kulu €'], unreadable: 'refused', read: readMoney },
  note: { headers: ['Märkus', 'Märkused'], unreadable: 'refused', read: readText },
}

// "Laura Näidis-Tamm (Harju)" and "Laura Näidis-Tamm, laura@example.ee" say which of two people of one name is meant.
function splitName(text: string): { name: string; hint: string } {
  const parts = /^(.+?)\s*(?:\((.+)\)|,\s*(.+))$/.exec(text)
  return { name: fold(parts?.[1] ?? text), hint: fold(parts?.[2] ?? parts?.[3] ?? '') }
}

function matches(person: Person, hint: string): boolean {
  return fold(person.place).split(/[ ,]+/).includes(hint) || fold(person.place) === hint || person.email === hint
}

// The same by name and by number, so that thousands of rows stay cheap.
type Register = { people: Map<string, Person[]>; cases: Map<string, KnownCase> }

function registerOf(known: Known): Register {
  const cases = new Map(known.cases.toReversed().map((one) => [one.number, one]))
  return { people: Map.groupBy(known.people, (person) => fold(person.name)), cases }
}

type Found = { person: Person; chosen?: Message } | { problem: Message; candidates?: Person[] }

/** Two people of one name are never guessed between, not even when one of them was refused. */
function find(text: string, choiceId: string, known: Register, choices: Choices): Found {
  const { name, hint } = splitName(text)
  const all = known.people.get(name) ?? []
  const answered = all.find((person) => person.key === choices[choiceId])
  const hinted = hint ? all.filter((person) => matches(person, hint)) : all
  const person = answered ?? (hinted.length === 1 ? hinted[0] : undefined)
  if (!person) {
    if (all.length === 0) return { problem: { key: 'imports.problem.volunteerUnknown', args: { read: text } } }
    const candidates = all.map((one) => one.label).join(' · ')
    return {
      problem: { key: 'imports.problem.volunteerSeveral', args: { read: text, count: all.length, candidates } },
      candidates: all,
    }
  }
  if (!person.taken)
    return {
      problem: { key: 'imports.problem.volunteerRefused', args: { label: person.label } },
      candidates: all.length > 1 ? all : undefined,
    }
  return { person, chosen: answered || hint ? { key: 'imports.why.chosen', args: { label: person.label } } : undefined }
}

function checkPeriod(draft: HoursDraft, person: Person, need: KnownCase) {
  const month = draft.values.month ?? ''
  const [start, until] = [person.contractFrom?.slice(0, 7), person.contractUntil?.slice(0, 7)]
  if (need.since && month < need.since.slice(0, 7))
    ask(draft, 'month', { key: 'imports.check.beforeNeed', args: { since: need.since.split('-').reverse().join('.') } })
  if (start && month < start) ask(draft, 'month', { key: 'imports.check.beforeContract' })
  if (until && month > until) ask(draft, 'month', { key: 'imports.check.afterContract' })
}

/** Finds the volunteer and the case of a row; the key of the volunteer, or null where the row is refused. */
function resolve(draft: HoursDraft, known: Register, choices: Choices): string | null {
  const { volunteerName, caseNumber } = draft.values
  const one = caseNumber ? known.cases.get(caseNumber) : undefined
  if (caseNumber && !one)
    mark(draft, 'caseNumber', 'refused', { key: 'imports.problem.caseUnknown', args: { read: caseNumber } })
  if (one && !one.taken)
    mark(draft, 'caseNumber', 'refused', { key: 'imports.problem.caseRefused', args: { read: one.number } })
  if (!volunteerName) return null
  const id = keyOf('choice', splitName(volunteerName).name, caseNumber ?? '')
  const found = find(volunteerName, id, known, choices)
  if ('problem' in found) {
    mark(draft, 'volunteerName', 'refused', found.problem)
    // Somebody whose row was refused stays in the list, or the only name left would look like the answer.
    if (found.candidates)
      draft.choice = { id, candidates: found.candidates.map(({ key, label, taken }) => ({ key, label, taken })) }
    return null
  }
  if (found.chosen) mark(draft, 'volunteerName', 'changed', found.chosen)
  if (one) checkPeriod(draft, found.person, one)
  return found.person.key
}

/** One volunteer's month with one case stands once; a second row with other figures cannot be added up by guessing. */
function compare(draft: HoursDraft, first: { sheet: string; draft: HoursDraft }) {
  draft.differs = differences(draft, first.draft, ['contacts', 'minutes', 'expenseCents', 'note'])
  if (draft.differs.length === 0) {
    draft.duplicateOf = { sheet: first.sheet, row: first.draft.row }
    return
  }
  const args = { row: first.draft.row, sheet: first.sheet, columns: draft.differs.join(', ') }
  mark(draft, 'minutes', 'refused', { key: 'imports.problem.monthTwice', args })
}

/** Reads the rows against the people and cases they name; `seen` holds the rows of other sheets of hours. */
export function judgeHours(
  sheet: string,
  drafts: HoursDraft[],
  seen: Seen<HoursCells>,
  known: Known,
  choices: Choices,
): RowPreview<HoursValues>[] {
  const register = registerOf(known)
  return drafts.map((draft) => {
    const { month, caseNumber, note, volunteerName } = draft.values
    const volunteerKey = resolve(draft, register, choices)
    for (const kind of remarksIn(note, ['health', 'whereabouts'])) ask(draft, 'note', { key: `imports.check.${kind}` })
    draft.key = keyOf(
      'hours',
      month ?? `${sheet}:${draft.row}`,
      volunteerKey ?? fold(volunteerName ?? ''),
      caseNumber ?? '',
    )
    const first = seen.get(draft.key)?.[0]
    if (first && !isRefused(draft)) compare(draft, first)
    remember(seen, sheet, draft, [draft.key])
    return settle(draft, { ...(draft.values as HoursCells), volunteerKey: volunteerKey ?? '' })
  })
}
