// Whose is a value that waits for a second person?
import { anybody, decides, type Subject } from './subject.ts'

export const settingSubjects: Subject[] = [
  { at: '/settings/asked/:id', things: 'settings', may: anybody },
  { at: '/settings/asked/:id', method: 'POST', things: 'settings', may: decides },
  { at: '/settings/asked/:id/refuse', method: 'POST', things: 'settings', may: decides },
  { at: '/settings/asked/:id/withdraw', things: 'settings', may: (who, of) => of.by === who.who },
]
