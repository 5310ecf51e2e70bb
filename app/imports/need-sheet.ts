// What does a row of the sheet of needs say about one case that waits for a support person?
import type { Sex } from '../core/form/personal-code.ts'
import { readDay, readMonths, readText, readWhole } from './cells.ts'
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
import {
  type Ground,
  readCaseNumber,
  readCounty,
  readGround,
  readLanguage,
  readMunicipality,
  readWantedSex,
  remarksIn,
} from './words.ts'

type NeedCells = {
  caseNumber: string
  countyCode: string
  municipalityCode: string | null
  language: string
  wantedSex: Sex | 'any' | null
  children: number | null
  score: number | null
  ground: Ground | null
  since: string
  months: number
  note: string | null
}
/** `avoidLocal`: a person from the same place would not do (R21). */
export type NeedValues = NeedCells & { avoidLocal: boolean }
export type NeedDraft = Draft<NeedCells>

// A form may have another threshold; the remark only asks for a look (R2, R3).
const highFrom = 14

/**
 * Required: case number, county, language, start and length, without which nobody can be found. Whatever would change
 * who may help (wished sex, children, place in another county) refuses the row when it cannot be read.
 */
export const needColumns: Columns<NeedCells> = {
  caseNumber: {
    headers: ['Juhtumi nr', 'Juhtum', 'Juhtumi number'],
    required: true,
    unreadable: 'refused',
    read: readCaseNumber,
  },
  countyCode: { headers: ['Maakond'], required: true, unreadable: 'refused', read: readCounty },
  municipalityCode: {
    headers: ['Omavalitsus', 'KOV', 'Vald/linn', 'Vald või linn'],
    unreadable: 'refused',
    read: (raw, soFar) => readMunicipality(raw, soFar.countyCode),
  },
  language: { headers: ['Keel', 'Suhtluskeel'], required: true, unreadable: 'refused', read: readLanguage },
  wantedSex: {
    headers: ['Soovitud tugiisiku sugu', 'Tugiisiku sugu', 'Soovitud sugu'],
    unreadable: 'refused',
    read: readWantedSex,
  },
  children: {
    headers: ['Lapsi', 'Laste arv', 'Lapsed'],
    unreadable: 'refused',
    read: (raw) => readWhole(raw, { min: 0, max: 20 }),
  },
  score: {
    headers: ['DASH', 'DASH punktid', 'DASH-i punktid'],
    unreadable: 'leftOut',
    read: (raw) => readWhole(raw, { min: 0, max: 24 }),
  },
  ground: { headers: ['Alus', 'Kõrge riski alus'], unreadable: 'leftOut', read: readGround },
  since: { headers: ['Vajadus alates', 'Alates'], required: true, unreadable: 'refused', read: readDay },
  months: {
    headers: ['Eeldatav kestus (kuud)', 'Eeldatav kestus', 'Kestus', 'Kestus (kuud)'],
    required: true,
    unreadable: 'refused',
    read: readMonths,
  },
  note: { headers: ['Märkused', 'Märkus', 'Lisainfo'], unreadable: 'refused', read: readText },
}

const noteKinds = ['health', 'avoidLocal', 'perpetratorNear', 'whereabouts'] as const

/** A case named twice with the same words is a duplicate; with other words nobody can know which row is right. */
function compare(draft: NeedDraft, first: { sheet: string; draft: NeedDraft }) {
  draft.differs = differences(draft, first.draft)
  if (draft.differs.length === 0) {
    draft.duplicateOf = { sheet: first.sheet, row: first.draft.row }
    return
  }
  const args = { row: first.draft.row, sheet: first.sheet, columns: draft.differs.join(', ') }
  mark(draft, 'caseNumber', 'refused', { key: 'imports.problem.caseTwice', args })
}

/** Sees what no single cell shows: a count below its ground, what a note means, and cases named before. */
export function judgeNeeds(sheet: string, drafts: NeedDraft[], seen: Seen<NeedCells>) {
  for (const draft of drafts) {
    const { ground, score, note, caseNumber } = draft.values
    if (ground === 'count' && score != null && score < highFrom) {
      ask(draft, 'score', { key: 'imports.check.scoreLow', args: { score, highFrom } })
    }
    for (const kind of remarksIn(note, noteKinds)) ask(draft, 'note', { key: `imports.check.${kind}` })
    draft.key = keyOf('need', caseNumber ?? `${sheet}:${draft.row}`)
    const first = seen.get(draft.key)?.[0]
    if (first && !isRefused(draft)) compare(draft, first)
    remember(seen, sheet, draft, [draft.key])
  }
}

export function settleNeed(draft: NeedDraft): RowPreview<NeedValues> {
  const avoidLocal = remarksIn(draft.values.note, noteKinds).includes('avoidLocal')
  return settle(draft, { ...(draft.values as NeedCells), avoidLocal })
}
