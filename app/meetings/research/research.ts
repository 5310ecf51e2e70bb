// What may an agency answer when it is asked about a case?
import type { z } from 'zod'
import { choice, choices, longText, whenAsked } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { type Agency, agencies } from '../../core/setting.ts'
import { ItemOf } from '../agenda/agenda.ts'

export const AnswerResearch = ItemOf.extend({
  seen: seen(),
  known: choice(['nothing', 'something'], { label: 'meetings.research.known', prefix: 'meetings.research.known' }),
  words: whenAsked(longText({ label: 'meetings.research.words', hint: 'meetings.research.wordsHint', max: 4000 })),
  relevance: whenAsked(
    longText({ label: 'meetings.research.relevance', hint: 'meetings.research.relevanceHint', max: 1000 }),
  ),
  toldTo: choices(agencies, {
    label: 'meetings.research.toldTo',
    hint: 'meetings.research.toldToHint',
    prefix: 'core.agency',
  }),
})
export type AnswerResearch = z.output<typeof AnswerResearch>

/** What one agency has told of one case; no words where it knows nothing. */
export type Told = {
  id: string
  agency: Agency
  by: string
  at: Date
  words: string | null
  relevance: string | null
  toldTo: Agency[]
}

/** Agencies that were asked about a case and have not answered. */
export const silentOf = (
  asked: readonly Agency[],
  answered: readonly { caseId: string; agency: Agency }[],
  caseId: string,
): Agency[] => asked.filter((agency) => !answered.some((one) => one.caseId === caseId && one.agency === agency))
