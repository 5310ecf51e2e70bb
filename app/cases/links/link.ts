// Which people of a case are compared with whoever helps, and what does the case worker say of what was found?
import type { z } from 'zod'
import { choice, id, longText, text } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { type CircleKind, circleKinds } from '../../volunteers/circle/circle.ts'
import { CaseId } from '../case.ts'

export const abouts = ['victim', 'perpetrator', 'child', 'victimKin', 'perpetratorKin', 'other'] as const
export type About = (typeof abouts)[number]

export const linkStates = ['open', 'clear', 'conflict'] as const
export type LinkState = (typeof linkStates)[number]

/** One volunteer and one case, as the lead of the case sees it: which volunteer it is she is told only of whoever helps there. */
export type PairLine = {
  pairId: string
  caseId: string
  number: string
  state: LinkState
  strong: boolean
  foundAt: Date
  askedAt: Date | null
  answeredAt: Date | null
  running: boolean
  helper: string | null
}
export type LinkLine = { pairId: string; about: About; class: string; foundAt: Date; fresh: boolean }
export type FactLine = { id: string; about: About; kind: CircleKind; recordedAt: Date }

export const TellFact = CaseId.extend({
  about: choice(abouts, { label: 'cases.link.about', prefix: 'cases.link.about' }),
  kind: choice(circleKinds, { label: 'cases.link.kind', prefix: 'cases.link.kind' }),
  value: text({ label: 'cases.link.value', hint: 'cases.link.valueHint', max: 160 }),
})

export const DropFact = CaseId.extend({ fact: id() })

export const CasePair = CaseId.extend({ pair: id() })
export const AnswerLink = CasePair.extend({
  /** What was said of it last, as whoever answers has read it. */
  seen: seen(),
  verdict: choice(['clear', 'conflict'], { label: 'cases.link.verdict', prefix: 'cases.link.verdict' }),
  reason: longText({ label: 'cases.link.reason', hint: 'cases.link.reasonHint', max: 1000 }),
})
export type AnswerLink = z.output<typeof AnswerLink>
