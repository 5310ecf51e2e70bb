// Whose is what a support person tells of herself, and what was found between people?
import { anybody, guides, nationwide, ofNetwork, own, type Subject } from './subject.ts'

export const linkSubjects: Subject[] = [
  { at: '/supervision/away/:id', things: 'absences', may: (who, of) => nationwide(who) || guides(who, of) },
  { at: '/supervision/checkins/:id', things: 'checkins', may: guides },
  // Whom she knows is a support person's own; what was found is for the lead of the case, what is compared for her network.
  { at: '/my-circle/:line', things: 'circles', may: own },
  { at: '/cases/:id/links/:pair', things: 'links', may: ofNetwork },
  { at: '/cases/:id/known/:fact', things: 'links', may: ofNetwork },
  { at: '/matching/:need/ask/:volunteer', things: 'links', may: anybody },
  // What she takes on and when she is away she says herself, and for her the coordinator.
  // A device sends and fetches for its owner alone; she or the coordinator shuts it out.
  { at: '/field', things: 'devices', may: own },
  { at: '/devices/:device', things: 'devices', may: (who, of) => nationwide(who) || own(who, of) },
  // When she is away she says herself, and for her the coordinator.
  { at: '/away/:away', things: 'days', may: (who, of) => nationwide(who) || own(who, of) },
  { at: '/volunteers/:id/away', things: 'volunteers', may: nationwide },
  { at: '/volunteers/:id/limits', things: 'volunteers', may: nationwide },
  {
    at: '/volunteers/:id/limits',
    method: 'POST',
    things: 'volunteers',
    may: (who, of) => nationwide(who) || own(who, of),
  },
  {
    at: '/volunteers/:id/away',
    method: 'POST',
    things: 'volunteers',
    may: (who, of) => nationwide(who) || own(who, of),
  },
]
