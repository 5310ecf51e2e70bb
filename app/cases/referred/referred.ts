// What does whoever brought a case and sees none of it say and hear?
import { z } from 'zod'
import { choice, id, longText } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'

/** Received: nobody has said anything yet. Nothing more of a case is told to whoever brought it. */
export type ReferralState = 'received' | 'taken' | 'declined'

/** Whom to call about it. */
export type Caller = { id: string; name: string; email: string; phone: string | null }
export type Sent = {
  id: string
  sentAt: Date
  network: string
  state: ReferralState
  answeredAt: Date | null
  callers: Caller[]
}

export const ReferralId = z.object({ id: id() })

export const AddToReferral = ReferralId.extend({
  words: longText({ label: 'cases.referred.words', hint: 'cases.referred.wordsHint', max: 3000 }),
})

export const AnswerReferral = CaseId.extend({
  how: choice(['taken', 'declined'], { label: 'cases.referred.how', prefix: 'cases.referred.answer' }),
})
