// What can a rule find about somebody, and what is said to it?
import { z } from 'zod'
import { choice, id, longText } from '../../core/form/fields.ts'

/** The rules, in the order in which what they find is looked at. */
export const rules = [
  'seal',
  'bait',
  'wall',
  'glass',
  'reveal',
  'surname',
  'untied',
  'denied',
  'codes',
  'hours',
  'volume',
  'sample',
] as const
type Rule = (typeof rules)[number]

/** It has a good reason, or it has none and somebody has to act. */
const judgements = ['explained', 'incident'] as const
export type Judgement = (typeof judgements)[number]

/** From how many letters on a judgement says why. */
export const wordsFrom = 10
/** How long the data protection authority may be kept waiting, from the moment in which somebody knows. */
export const tellWithinHours = 72

export const FindingId = z.object({ id: id() })
export const JudgeFinding = FindingId.extend({
  judgement: choice(judgements, { label: 'audit.watch.judgement', prefix: 'audit.watch.judgement' }),
  words: longText({ label: 'audit.watch.words', hint: 'audit.watch.wordsHint', max: 1000 }),
})

/** `count`: events or cases, as the rule counts; `usual`: what hardly any day of this person goes beyond. */
export type Finding = {
  id: string
  rule: Rule
  personId: string
  person: string
  number: string | null
  network: string | null
  count: number
  usual: number | null
  fromAt: Date
  toAt: Date
  foundAt: Date
  /** Until then exports and searches stand still in the network, unless it is judged before. */
  stopsUntil: Date | null
  judgement: Judgement | null
  judgedBy: string | null
  judgedAt: Date | null
}

/** Does it hold anything up now? */
export const holdsUp = ({ stopsUntil, judgement }: Pick<Finding, 'stopsUntil' | 'judgement'>, now: Date): boolean =>
  judgement === null && stopsUntil !== null && stopsUntil.getTime() > now.getTime()

/** What one rule came to in a quarter of a year. */
export type Tally = { rule: Rule; found: number; explained: number; incidents: number }

const roundsHours = 3

/** The rules are gone through every hour; after three somebody should ask why not. */
export const isSilent = (last: Date | null, now: Date): boolean =>
  last === null || now.getTime() - last.getTime() > roundsHours * 3_600_000
