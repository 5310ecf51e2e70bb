// Whose are the papers that were made with somebody, and whose is it to say whom she knows?
import { nationwide, own, type Subject } from './subject.ts'

export const paperSubjects: Subject[] = [
  // Whom she knows a support person says herself, and for her the coordinator.
  {
    at: '/volunteers/:id/tie',
    method: 'POST',
    things: 'volunteers',
    may: (who, of) => nationwide(who) || own(who, of),
  },
  // What was written to support persons: the coordinator's, and each copy hers to whom it went.
  { at: '/messages/:message', things: 'messages', may: (who) => who.role === 'coordinator' },
  { at: '/messages/templates/:wording', things: 'wordings', may: (who) => who.role === 'coordinator' },
  { at: '/my-messages/:message', things: 'messages', may: own },
  {
    at: '/recruitment/campaigns/:id',
    things: 'calls',
    may: (who) => who.role === 'coordinator' || who.role === 'manager',
  },
  // Whoever was taken in has referees.
  { at: '/recruitment/:id/references', things: 'applicants', may: (_who, of) => of.taken === true },
  // The coordinator's, and of her own the volunteer's; what was kept as a file can be had.
  { at: '/papers/:paper', things: 'papers', may: (who, of) => who.role === 'coordinator' || own(who, of) },
  {
    at: '/papers/:paper/signed',
    things: 'papers',
    may: (who, of) => of.file === true && (who.role === 'coordinator' || own(who, of)),
  },
  { at: '/papers/:paper/drop', method: 'POST', things: 'papers', may: (_who, of) => of.dropped !== true },
  // What she paid is hers, and the coordinator's to decide.
  { at: '/expenses/:expense', things: 'expenses', may: (who, of) => who.role === 'coordinator' || own(who, of) },
  { at: '/expenses/:expense', method: 'POST', things: 'expenses', may: (who) => who.role === 'coordinator' },
  {
    at: '/expenses/:expense/receipt',
    things: 'expenses',
    may: (who, of) => of.file === true && (who.role === 'coordinator' || own(who, of)),
  },
  { at: '/my-expenses/:expense', things: 'expenses', may: own },
]
