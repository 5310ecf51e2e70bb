// In which order of urgency does the coordinator hear what waits?
import type { T } from '../../i18n/i18n.ts'
import type { Task } from '../../ui/tasks.tsx'
import type { Waiting } from './coordinator.server.ts'
import { type LineName, lines } from './lines.ts'

// The most urgent kinds first; reports and confirmations come after the first three of which something waits.
const middle: readonly LineName[] = [
  'told',
  'links',
  'lateTransfers',
  'needs',
  'reports',
  'unanswered',
  'lapsed',
  'idle',
  'invite',
  'asked',
  'applied',
  'lateTarget',
  'lapsing',
  'unsigned',
  'expenses',
  'unsupervised',
  'unread',
  'covision',
  'lateActions',
  'left',
  'pauses',
  'unused',
]

/** A line per kind of thing that waits, but those `told` elsewhere on the page; nothing where nothing of the kind does. */
export function coordinatorTasks(t: T, waiting: Waiting, told: readonly LineName[] = []): Task[] {
  const said = (...names: readonly LineName[]) =>
    names.filter((name) => !told.includes(name)).flatMap((name) => lines[name](t, waiting) ?? [])
  const kinds = said(...middle)
  return [
    ...said('missing', 'worries', 'standIn', 'glass'),
    ...kinds.slice(0, 3),
    ...said('returned', 'periods', 'confirm'),
    ...kinds.slice(3),
    ...said('erasures'),
  ]
}
