// What is looked for in entries, what is answered about one, and what do the answers say of all of them?
import { z } from 'zod'
import { choice, date, id, number, optional, text } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { type Question, writeQuestions } from '../../recruitment/interview/questions.ts'
import { type Bounds, boundsOf } from './exact.ts'

export const mostQuestions = 8
export const answers = ['yes', 'no', 'na'] as const
export type Answer = (typeof answers)[number]

export const WriteChecklist = writeQuestions('supervision.sample.lines')

/** A supervisor's own volunteers, or those of the whole country. */
export const scopes = ['own', 'country'] as const
export type Scope = (typeof scopes)[number]
export const PlanRound = z.object({
  scope: z.enum(scopes).optional().catch(undefined),
  fromOn: date({ label: 'supervision.sample.from' }),
  toOn: date({ label: 'supervision.sample.to' }),
  percent: number({ label: 'supervision.sample.percent', hint: 'supervision.sample.percentHint', min: 1, max: 50 }),
  confidence: number({
    label: 'supervision.sample.confidence',
    hint: 'supervision.sample.confidenceHint',
    min: 80,
    max: 99,
  }),
})

export const RoundId = z.object({ round: id() })
export const EntryId = RoundId.extend({ entry: id() })

/** The fields of the nth question. */
export const answerField = (nth: number) => `answer${nth + 1}`
export const noteField = (nth: number) => `note${nth + 1}`

const nths = Array.from({ length: mostQuestions }, (_, nth) => nth)
const answer = choice(answers, { label: 'supervision.sample.answer', prefix: 'supervision.sample.answer' })
const answerFields = Object.fromEntries(nths.map((nth) => [answerField(nth), optional(answer)]))
const noteFields = Object.fromEntries(
  nths.map((nth) => [noteField(nth), optional(text({ label: 'supervision.sample.note', max: 300 }))]),
)
export const LookAt = z.object({ round: id(), entry: id(), seen: seen(), ...answerFields, ...noteFields })

/** One answered checklist: an answer to each question, and what was noted beside it. */
export type Look = { id: string; answers: Answer[]; notes: string[]; closed: boolean; by: string | null; at: Date }

/** What is wanting in an entry: the question that was answered with no, and what was noted. */
export const findingsIn = (questions: readonly Question[], look: Pick<Look, 'answers' | 'notes'>) =>
  questions.flatMap((question, nth) => (look.answers[nth] === 'no' ? [{ question, note: look.notes[nth] ?? '' }] : []))

/** A count by `question/answer`, from 1; `0/looked` is how many were looked at. `few`: fewer than the threshold; nothing where it is hidden. */
export type Figures = Readonly<Record<string, number | 'few' | null>>
export const figureId = (question: number, answer: Answer | 'looked') => `${question}/${answer}`

/** What of a round is needed to say what it tells. */
export type Drawn = {
  entries: number
  sample: number
  confidence: number
  threshold: number | null
  figures: Figures
}
/** A round that is over, with the questions of its day. */
export type Ended = Drawn & { id: string; fromOn: string; toOn: string; questions: readonly Question[]; closed: number }
export type Told = { question: Question; no: number | 'few' | null; na: number | null; bounds: Bounds | null }

/** How many were looked at; nothing where that is hidden. */
export function lookedAt({ figures }: Drawn): number | null {
  const looked = figures[figureId(0, 'looked')]
  return typeof looked === 'number' ? looked : null
}

/** What the lot tells about each question. Where only "few" may be told, the bounds hold for each number that may be meant. */
export function toldBy(drawn: Drawn, questions: readonly Question[]): Told[] {
  const looked = lookedAt(drawn)
  return questions.map((question, at) => {
    const no = drawn.figures[figureId(at + 1, 'no')] ?? (looked === null ? null : hiddenOrNone(drawn, at + 1))
    const na = drawn.figures[figureId(at + 1, 'na')]
    return {
      question,
      no,
      na: typeof na === 'number' ? na : null,
      bounds: looked === null ? null : bounds(drawn, looked, no),
    }
  })
}

// A number that is not there is 0; one that is there and is nothing is hidden.
const hiddenOrNone = ({ figures }: Drawn, question: number) => (figureId(question, 'no') in figures ? null : 0)

function bounds(drawn: Drawn, looked: number, no: Told['no']): Bounds | null {
  if (no === null) return null
  const [least, most] = no === 'few' ? [1, Math.min(looked, (drawn.threshold ?? 1) - 1)] : [no, no]
  const of = { of: drawn.entries, drawn: drawn.sample, looked }
  const [low, high] = [least, most].map((found) => boundsOf({ ...of, found }, drawn.confidence)) as [Bounds, Bounds]
  return { most: high.most, low: low.low, high: high.high }
}

/** A number of entries as hundredths of all; a bound is rounded away from what it promises. */
export const atMostPercent = (count: number, of: number) => Math.ceil((count * 100) / of)
export const atLeastPercent = (count: number, of: number) => Math.floor((count * 100) / of)
