// How is a visit written down where there is no network, kept while it is typed, and saved before anything else is tried with it?

import { type Exchange, exchange, get, type Keep, put as keepAs, namesOf } from '../kept/keep.ts'
import { type Entry, tryAgain } from '../kept/outbox.ts'
import type { Card } from '../kept/sync.ts'
import type { App } from './app.ts'
import { dayBefore, dayOf, readDay, saidDay } from './days.ts'
import { fill, find, onPress, onSend, place, put, refill, sayAt, screenOf, show, valuesOf } from './dom.ts'
import { half, halfWritten, lengthWords, sureWords, whenWords } from './half-kept.ts'
import { asTyped, begunWith, type Draft, type Typed } from './half-written.ts'

type After = { saved: (danger: boolean) => unknown; thrown: () => unknown }

const formOf = (app: App) => find<HTMLFormElement>(app.root, 'form[data-form="visit"]')
let timer = 0
/** Whether what stands in the form is to be kept; each time it is opened another number, so that what is on its way from before is not. */
let [open, round] = [false, 0]

export function answerVisit(app: App, after: After): void {
  const screen = screenOf(app.root, 'visit')
  onSend(app.root, 'visit', (form) => save(app, valuesOf(form), after.saved))
  onPress(screen, 'before', () => takeBefore(app))
  onPress(screen, 'throw', () => throwAway(app, after.thrown))
  formOf(app).addEventListener('input', () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void keepDraft(app), 300)
    // What would be lost is another thing now.
    put(screen, 'sure', '')
  })
}

/** What stands in the form goes elsewhere, or nowhere: from here on it is not kept as half written, whatever locks the page meanwhile. */
async function close(work: () => Promise<void>): Promise<void> {
  window.clearTimeout(timer)
  timer = 0
  open = false
  round++
  await work().catch((error) => {
    open = true
    throw error
  })
}

const today = () => dayOf(Date.now())

/** What stands in the form, sealed like everything else; a phone may be put away at any moment. */
export async function keepDraft(app: App): Promise<void> {
  window.clearTimeout(timer)
  timer = 0
  const { keep } = app
  if (!keep || !open || screenOf(app.root, 'visit').hidden) return
  const now = round
  await keepAs(keep, half, draftOf(app), () => now === round)
}

/**
 * Whoever leaves the form at once after the last letter leaves it as it stands; whoever typed nothing leaves nothing. What is kept closed does not
 * stay behind in the form.
 */
export async function leaveVisit(app: App): Promise<void> {
  if (timer) await keepDraft(app)
  open = false
  formOf(app).reset()
}

const draftOf = (app: App): Draft => ({
  ...{ values: valuesOf(formOf(app)), of: app.editing, on: today(), before: app.before },
})

/**
 * Opens the form: with what was being typed, with an entry that came back, or with what is known of a meeting that is over. What was half written of
 * something else is not lost by it.
 */
export async function showVisit(
  app: App,
  entry: Entry | null = null,
  known: Record<string, string> = {},
): Promise<void> {
  const { keep } = app
  if (!keep) return
  app.discarding = null
  const mine = ++app.asked
  const draft = await halfWritten(keep)
  if (mine !== app.asked) return
  if (entry) return showForm(app, keep, { values: typedIn(entry), of: entry, before: otherThan(entry, draft) })
  if (!known.assignment) return showForm(app, keep, draft ? again(draft) : { values: known, of: null, before: null })
  const { values, before, gaveWay } = begunWith(known, draft, today())
  return showForm(app, keep, { values, of: null, before }, gaveWay)
}

// An entry that is opened once more is not also what waits behind it.
const otherThan = (entry: Entry, draft: Draft | null): Draft | null =>
  draft?.of?.id === entry.id ? draft.before : draft
const again = (draft: Draft): Shown => ({ ...draft, values: asTyped(draft, today()) })

type Shown = { values: Record<string, unknown>; of: Entry | null; before: Draft | null }

async function showForm(app: App, keep: Keep, { values, of, before }: Shown, gaveWay: Typed | null = null) {
  const form = formOf(app)
  const mine = ++app.asked
  const options = await supportsFor(keep, of)
  // It may have been locked while this was read; then nothing of it comes into the page.
  if (app.keep !== keep || mine !== app.asked) return
  open = true
  round++
  app.editing = of
  app.before = before
  find(form, '#assignment').replaceChildren(...options)
  refill(form, values)
  const screen = screenOf(app.root, 'visit')
  put(screen, 'wrong', '')
  put(screen, 'sure', '')
  put(screenOf(app.root, 'home'), 'said', '')
  put(screen, 'gave-way', gaveWay && fill(app.words.half.gaveWay, { what: lengthWords(app, gaveWay) }))
  put(screen, 'before', before && fill(app.words.half.before, { what: whenWords(app, before) }))
  find(screen, '[data-put="before-part"]').hidden = before === null
  show(app.root, 'visit')
}

/** The other one first: what stands in the form waits behind it in its place. */
async function takeBefore(app: App): Promise<void> {
  const { keep, before } = app
  if (!keep || !before) return
  const now = { ...draftOf(app), before: before.before }
  await showForm(app, keep, { ...again(before), before: now })
  await keepDraft(app)
}

/** The first press says what would be lost, the second loses it: from the disk, from the form and from here. */
async function throwAway(app: App, after: () => unknown): Promise<void> {
  const { keep, before } = app
  if (!keep) return
  const screen = screenOf(app.root, 'visit')
  if (place(screen, 'sure').hidden) return put(screen, 'sure', sureWords(app, draftOf(app)))
  await close(() => exchange(keep, instead(before)))
  app.editing = null
  app.before = null
  formOf(app).reset()
  after()
}

// What was half written before is to be finished still.
const instead = (before: Draft | null): Exchange => (before ? { put: [[half, before]] } : { drop: [half] })

export const hasDraft = async (app: App): Promise<boolean> =>
  app.keep !== null && (await namesOf(app.keep.store, half)).length > 0

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

async function save(app: App, values: Record<string, string>, after: After['saved']): Promise<void> {
  const { keep } = app
  if (!keep) return
  const days: Record<string, string | null> = {
    today: today(),
    yesterday: dayBefore(today()),
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
  const also = instead(app.before)
  const entry: Entry = app.editing ?? {
    ...{ id: crypto.randomUUID(), kind: 'visit', values: {}, madeAt: Date.now(), refused: null },
  }
  await close(() => tryAgain(keep, { ...entry, refused: null }, said, also))
  app.editing = null
  app.before = null
  after(danger)
  // What is kept closed does not stay behind in the form; she does not wait for that.
  formOf(app).reset()
}
