// How is a visit written down where there is no network, kept while it is typed, and saved before anything else is tried with it?

import { drop, get, type Keep, put as keepAs, namesOf } from '../kept/keep.ts'
import { type Entry, keepEntry, tryAgain } from '../kept/outbox.ts'
import type { Card } from '../kept/sync.ts'
import type { App } from './app.ts'
import { dayBefore, dayOf, readDay, saidDay } from './days.ts'
import { find, onSend, put, refill, sayAt, screenOf, show, valuesOf } from './dom.ts'

type Draft = { values: Record<string, string>; of: Entry | null }
type After = (danger: boolean) => unknown

const formOf = (app: App) => find<HTMLFormElement>(app.root, 'form[data-form="visit"]')
let timer = 0

export function answerVisit(app: App, after: After): void {
  onSend(app.root, 'visit', (form) => save(app, valuesOf(form), after))
  formOf(app).addEventListener('input', () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void keepDraft(app), 300)
  })
}

/** What stands in the form, sealed like everything else; a phone may be put away at any moment. */
export async function keepDraft(app: App): Promise<void> {
  window.clearTimeout(timer)
  const { keep } = app
  if (!keep || screenOf(app.root, 'visit').hidden) return
  await keepAs(keep, 'draft', { values: valuesOf(formOf(app)), of: app.editing } satisfies Draft)
}

/** Opens the form: with what is known, with what was being typed, or with an entry that came back. */
export async function showVisit(
  app: App,
  entry: Entry | null = null,
  known: Record<string, string> = {},
): Promise<void> {
  const { keep } = app
  if (!keep) return
  const draft = entry ? null : await get<Draft>(keep, 'draft')
  const editing = entry ?? draft?.of ?? null
  const form = formOf(app)
  const options = await supportsFor(keep, editing)
  // It may have been locked while this was read; then nothing of it comes into the page.
  if (app.keep !== keep) return
  app.editing = editing
  find(form, '#assignment').replaceChildren(...options)
  refill(form, draft?.values ?? (entry ? typedIn(entry) : known))
  put(screenOf(app.root, 'visit'), 'wrong', '')
  show(app.root, 'visit')
}

export const hasDraft = async (app: App): Promise<boolean> =>
  app.keep !== null && (await namesOf(app.keep.store, 'draft')).length > 0

async function supportsFor(keep: Keep, entry: Entry | null): Promise<HTMLOptionElement[]> {
  const names = await namesOf(keep.store, 'card/')
  const cards = (await Promise.all(names.map((name) => get<Card>(keep, name)))).filter((card) => card !== null)
  const options = new Map(cards.map(({ id, number }) => [id, number]))
  // An entry keeps its own support, also where that is over.
  if (entry) options.set(String(entry.values.assignment), String(entry.values.number ?? ''))
  return [...options].map(([id, number]) => new Option(number, id))
}

function typedIn(entry: Entry): Record<string, unknown> {
  const day = String(entry.values.day)
  return { ...entry.values, day: 'own', otherDay: saidDay(day), danger: entry.values.danger ? 'yes' : undefined }
}

const quick = ['15', '30', '45', '60', '90', '120']

/** What the device can judge itself is said at once; everything else the server says. */
function wrongIn({ words }: App, values: Record<string, string>, day: string | null): [string, string] | null {
  if (!values.assignment) return ['assignment', words.choose]
  if (!day) return ['otherDay', words.date]
  if (day > dayOf(Date.now())) return ['otherDay', words.future]
  if (!values.way) return ['way', words.choose]
  if (values.minutes !== 'own') return quick.includes(values.minutes ?? '') ? null : ['minutes', words.choose]
  return Number(values.ownMinutes) >= 1 ? null : ['ownMinutes', words.number]
}

async function save(app: App, values: Record<string, string>, after: After): Promise<void> {
  const { keep } = app
  if (!keep) return
  const today = dayOf(Date.now())
  const days: Record<string, string | null> = {
    today,
    yesterday: dayBefore(today),
    own: readDay(values.otherDay ?? ''),
  }
  const day = days[values.day ?? ''] ?? null
  const wrong = wrongIn(app, values, day)
  put(formOf(app), 'wrong', '')
  if (wrong) return sayAt(formOf(app), ...wrong)
  if (!day) return
  const danger = values.danger === 'yes'
  const number = find<HTMLSelectElement>(app.root, '#assignment').selectedOptions[0]?.textContent ?? ''
  const said = { ...values, day, otherDay: undefined, danger: danger ? 'yes' : undefined, number }
  if (app.editing) await tryAgain(keep, { ...app.editing, refused: null }, said)
  else
    await keepEntry(keep, { id: crypto.randomUUID(), kind: 'visit', values: said, madeAt: Date.now(), refused: null })
  app.editing = null
  window.clearTimeout(timer)
  await drop(keep.store, 'draft')
  // What is kept closed does not stay behind in the form.
  formOf(app).reset()
  after(danger)
}
