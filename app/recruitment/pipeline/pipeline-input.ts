// What is said when somebody is moved on, given a next step, or told no?
import { z } from 'zod'
import { choice, date, id, idFrom, longText, optional, text, yes } from '../../core/form/fields.ts'
import { noReasons, stages } from '../../volunteers/volunteer.ts'
import { steps } from '../recruitment.ts'

const Next = {
  step: choice(steps, { label: 'recruitment.next.step', prefix: 'recruitment.step' }),
  dueOn: date({ label: 'recruitment.next.dueOn' }),
  owner: idFrom({ label: 'recruitment.next.owner' }),
  note: optional(text({ label: 'recruitment.next.note', hint: 'recruitment.next.noteHint', max: 300 })),
}

/** An application becomes a candidate, with a first step. */
export const Take = z.object({ id: id(), ...Next })
export const SetStep = z.object({ id: id(), ...Next })
export type NextInput = Pick<z.output<typeof SetStep>, 'step' | 'dueOn' | 'owner' | 'note'>

/** On to a stage with its next step; who is active needs none. */
export const Move = z.object({
  id: id(),
  status: choice([...stages, 'active'], { label: 'recruitment.move.to', prefix: 'volunteers.status.to' }),
  step: optional(Next.step),
  dueOn: optional(Next.dueOn),
  owner: optional(Next.owner),
  note: Next.note,
})

export const Refuse = z.object({
  id: id(),
  reason: choice(noReasons, { label: 'recruitment.no.reason', prefix: 'recruitment.no' }),
  remark: longText({ label: 'recruitment.no.remark', hint: 'recruitment.no.remarkHint', max: 300 }),
  tell: yes({ label: 'recruitment.no.tell', hint: 'recruitment.no.tellHint' }),
})

export const ListPipeline = z.object({
  view: z.enum(['board', 'list']).optional().catch(undefined),
  owner: id().optional().catch(undefined),
  idle: z.enum(['yes']).optional().catch(undefined),
})
export type Wanted = z.output<typeof ListPipeline>
