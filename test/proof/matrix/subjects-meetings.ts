// Whose is a meeting, its agenda and its minutes?
import { nationwide, ofNetwork, type Subject, stands } from './subject.ts'

export const meetingSubjects: Subject[] = [
  // A member knows of a meeting from the invitation on.
  {
    at: '/meetings/:id',
    things: 'meetings',
    may: (who, of) => nationwide(who) || (ofNetwork(who, of) && (who.role === 'lead' || of.invited === true)),
  },
  ...['research', 'live', 'minutes/correct', 'minutes/mark'].map((step) => ({
    at: `/meetings/:id/${step}/:case`,
    things: 'heard',
    may: ofNetwork,
  })),
  { at: '/meetings/:id/minutes/send', things: 'heard', may: ofNetwork },
  // Who was there is written down while it is being held; minutes are begun where nobody has.
  { at: '/meetings/:id/attendance/:person', things: 'attended', may: ofNetwork },
  { at: '/meetings/:id/minutes/write', things: 'unwritten', may: ofNetwork },
  { at: '/meetings/:id/agenda/:case', things: 'agenda', may: (who, of) => !stands(who, of) && ofNetwork(who, of) },
  { at: '/meetings/:id/agenda/:case/keep', things: 'coming', may: (who, of) => !stands(who, of) && ofNetwork(who, of) },
  // Of what was not heard for twelve months; in this world that is nothing.
  { at: '/meetings/:id/agenda/:case/lift', things: 'coming', may: (_who, of) => of.flagged === true },
  { at: '/meetings/core-group/:network/:person', things: 'seats', may: ofNetwork },
]
