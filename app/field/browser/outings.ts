// How is it said where there is no network that one is there, or back – and from where is one expected?
import type { Press } from '../../support/outing/outing.ts'
import { tookOf } from '../../support/outing/took.ts'
import { type Entry, keepEntry } from '../kept/outbox.ts'
import type { Outing } from '../kept/sync.ts'
import type { App } from './app.ts'
import { dayOf, saidDay, timeOf } from './days.ts'
import { fill, pattern, put } from './dom.ts'

// Named here once more, because with `outing.ts` the whole reading of forms would come onto the device.
const presses: readonly Press[] = ['in', 'out', 'longer', 'otherwise']

/** What was pressed here and has not been told yet. */
const pressedFor = (outing: Outing, entries: readonly Entry[]): Set<unknown> =>
  new Set(
    entries
      .filter(({ kind, values }) => kind === 'outing' && values.outing === outing.id)
      .map(({ values }) => values.what),
  )

/** Those that are not over, by what the server knows and by what was pressed here. */
export const stillOut = (outings: readonly Outing[], entries: readonly Entry[]): Outing[] =>
  outings.filter((outing) => !['out', 'otherwise'].some((what) => pressedFor(outing, entries).has(what)))

export type AfterPress = { visit: (known: Record<string, string>) => unknown; changed: () => unknown }

export function outingOf(app: App, outing: Outing, entries: readonly Entry[], after: AfterPress): HTMLElement {
  const { root, words } = app
  const one = pattern(root, 'outing')
  const pressed = pressedFor(outing, entries)
  const drill = outing.number === null
  const times = { from: timeOf(Date.parse(outing.beginsAt)), until: timeOf(Date.parse(outing.untilAt)) }
  const span = drill ? '' : `${outing.number}, ${fill(words.outing.span, times)}`
  put(one, 'name', drill ? words.outing.drill : words.outing.meeting)
  put(one, 'span', [span, pressed.size > 0 ? words.unsent : ''].filter(Boolean).join(' – '))
  for (const what of presses) {
    const button = one.querySelector<HTMLElement>(`[data-do="${what}"]`)
    if (!button) continue
    button.hidden = (drill && what !== 'out') || (what === 'in' && (outing.inAt !== null || pressed.has('in')))
    button.addEventListener('click', () => press(app, outing, what, entries, after))
  }
  return one
}

// With the time at which it was pressed; kept before anything else is tried with it.
async function press(
  app: App,
  outing: Outing,
  what: Press,
  entries: readonly Entry[],
  after: AfterPress,
): Promise<void> {
  const { keep } = app
  if (!keep) return
  const at = Date.now()
  const values = { outing: outing.id, what, at, number: outing.number ?? undefined }
  await keepEntry(keep, { id: crypto.randomUUID(), kind: 'outing', values, madeAt: at, refused: null })
  // What she would type of the visit is known already.
  if (what === 'out' && outing.assignmentId) await after.visit(knownOf(outing, entries, at))
  after.changed()
}

function knownOf(outing: Outing, entries: readonly Entry[], at: number): Record<string, string> {
  const own = entries.find(
    ({ kind, values }) => kind === 'outing' && values.outing === outing.id && values.what === 'in',
  )
  const there = own ? own.madeAt : outing.inAt
  const began = new Date(there ?? outing.beginsAt)
  const { minutes, way } = tookOf({ inAt: began, beginsAt: began, endedAt: new Date(at), channel: outing.channel })
  const day = dayOf(began.getTime())
  return {
    ...(day === dayOf(at) ? { day: 'today' } : { day: 'own', otherDay: saidDay(day) }),
    ...{ assignment: outing.assignmentId ?? '', way, minutes: 'own', ownMinutes: String(minutes) },
  }
}
