// What is said when somebody is asked to support a victim, answers, and stops?
import { z } from 'zod'
import { choice, date, id, idFrom, longText, mustTick, optional, text } from '../../core/form/fields.ts'

export const assignmentStates = ['proposed', 'active', 'ended', 'declined', 'withdrawn'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const declineReasons = [
  'no_time',
  'too_far',
  'not_ready',
  'knows_person',
  'knows_place',
  'health',
  'other',
] as const
export const endReasons = [
  ...(['goal_reached', 'victim_wish', 'moved', 'case_closed'] as const),
  ...(['volunteer_leaves', 'not_suited', 'other'] as const),
] as const
/** Why somebody else must go on; the database opens the need again for these (0006_matching.sql). */
export const handoverReasons = ['handover', 'volunteer_leaves', 'not_suited'] as const
export const withdrawReasons = ['no_answer', 'victim_wish', 'mistake', 'other'] as const

/** From how many letters on a reason says something. */
export const reasonFrom = 10

const overriding = longText({ label: 'matching.assign.override', hint: 'matching.assign.overrideHint', max: 500 })

/** Asked only where the choice is another than the solver's, and then it must be answered. */
export const Override = z.object({ overrideReason: overriding })

export const Assign = z.object({
  need: id(),
  volunteer: id(),
  rationale: longText({ label: 'matching.assign.rationale', hint: 'matching.assign.rationaleHint', max: 500 }),
  overrideReason: optional(overriding),
  agreedOn: date({ label: 'matching.assign.agreedOn', hint: 'matching.assign.agreedOnHint' }),
})

export const AssignAll = z.object({ hash: z.string().regex(/^[0-9a-f]{32}$/, { error: 'core.error.malformed' }) })

export const AssignmentId = z.object({ id: id() })

export const Accept = AssignmentId.extend({
  noConflict: mustTick({ label: 'matching.proposal.noConflict' }),
})

export const Decline = AssignmentId.extend({
  reason: choice(declineReasons, { label: 'matching.decline.reason', prefix: 'matching.decline' }),
  municipality: optional(
    text({ label: 'matching.decline.municipality', hint: 'matching.decline.municipalityHint', kind: 'choice', max: 4 }),
  ),
  note: optional(text({ label: 'matching.decline.note', hint: 'matching.noNames', max: 300 })),
})

export const End = AssignmentId.extend({
  reason: choice(endReasons, { label: 'matching.end.reason', prefix: 'matching.ending' }),
  note: optional(text({ label: 'matching.end.note', hint: 'matching.noNames', max: 300 })),
})

export const Handover = AssignmentId.extend({
  reason: choice(handoverReasons, { label: 'matching.handover.reason', prefix: 'matching.ending' }),
  note: optional(text({ label: 'matching.end.note', hint: 'matching.noNames', max: 300 })),
})

export const Withdraw = AssignmentId.extend({
  reason: choice(withdrawReasons, { label: 'matching.withdraw.reason', prefix: 'matching.withdrawal' }),
  note: optional(text({ label: 'matching.end.note', hint: 'matching.noNames', max: 300 })),
})

/** One place at a time is opened to the support person, or closed again. */
export const OpenPlace = AssignmentId.extend({
  place: idFrom({ label: 'matching.places.one' }),
  open: z.enum(['yes', 'no'], { error: 'core.error.choose' }),
})

export const LookAtPlace = AssignmentId.extend({ place: id() })
