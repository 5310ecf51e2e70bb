// What is filled in when the risk of a case is assessed?
import { z } from 'zod'
import { choice, date, id, longText, number, optional, yes } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { Answers } from './instrument.ts'

/** Reasons: asked where something is claimed, and then they must be given. */
export const Reasons = z.object({
  judgementReason: longText({
    label: 'cases.assess.judgementReason',
    hint: 'cases.assess.judgementReasonHint',
    max: 2000,
  }),
  correctionReason: longText({ label: 'cases.assess.correctionReason', max: 500 }),
})

/** The fields beside the questions; the questions themselves come from the instrument. */
export const AssessmentForm = z.object({
  madeOn: date({ label: 'cases.assess.madeOn' }),
  withVictim: choice(['yes', 'no'], {
    label: 'cases.assess.withVictim',
    hint: 'cases.assess.withVictimHint',
    prefix: 'cases.answer',
  }),
  callouts: optional(number({ label: 'cases.assess.callouts', hint: 'cases.assess.calloutsHint', min: 0, max: 365 })),
  judgedHigh: yes({ label: 'cases.assess.judgedHigh', hint: 'cases.assess.judgedHighHint' }),
  judgementReason: optional(Reasons.shape.judgementReason),
  correctionReason: optional(Reasons.shape.correctionReason),
  assessor: optional(id()).meta({ label: 'cases.assess.assessor' }),
})

/** `save`: a draft for oneself or a trained colleague, or the final word. `corrects` is the final assessment it takes the place of. */
const Assessment = AssessmentForm.extend({
  id: id(),
  save: z.enum(['draft', 'final'], { error: 'core.error.choose' }),
  corrects: optional(id()),
  seen: seen(),
  answers: Answers,
})
export type Assessment = z.output<typeof Assessment>

const prefix = 'answers.'

/** A form sends each answer as `answers.<question>`; a program may send them together. */
export const SaveAssessment = z.preprocess((raw) => {
  if (typeof raw !== 'object' || raw === null || 'answers' in raw) return raw
  const given = Object.entries(raw).filter(([name]) => name.startsWith(prefix))
  return { ...raw, answers: Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length), value])) }
}, Assessment)

export const fieldOf = (question: string): string => `${prefix}${question}`
