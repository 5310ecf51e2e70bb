// How does what is on the device become something to read: supports, months, and entries that are hers to decide on?

import { get, namesOf } from '../kept/keep.ts'
import { dropEntry, type Entry, entriesOf, tryAgain } from '../kept/outbox.ts'
import type { Card, Month, State } from '../kept/sync.ts'
import { type App, sayNetwork } from './app.ts'
import { saidDay, saidHours, saidMonth, timeOf } from './days.ts'
import { fill, list, pattern, place, put, screenOf, show } from './dom.ts'
import { halfCards, halfWritten } from './half-kept.ts'
import { type AfterPress, outingOf, stillOut } from './outings.ts'

/** What a button of the home screen leads to. */
export type Steps = AfterPress & {
  edit: (entry: Entry) => unknown
  report: (month: Month) => unknown
  /** Goes on with what is half written; `thrown`: it is no more. */
  goOn: () => unknown
  thrown: () => unknown
}

export async function showHome(app: App, steps: Steps): Promise<void> {
  const home = show(app.root, 'home')
  for (const name of ['sure', 'said']) put(home, name, '')
  app.discarding = null
  await refresh(app, steps)
}

/** Draws anew what has changed, without leaving the screen that is open. */
export async function refresh(app: App, steps: Steps): Promise<void> {
  const { keep, root } = app
  if (!keep) return
  const [home, state, entries] = [screenOf(root, 'home'), await get<State>(keep, 'state'), await entriesOf(keep)]
  const names = await namesOf(keep.store, 'card/')
  const cards = (await Promise.all(names.map((name) => get<Card>(keep, name)))).filter((card) => card !== null)
  const draft = await halfWritten(keep)
  // It may have been locked while this was read.
  if (!app.keep) return
  list(home, 'half').replaceChildren(...halfCards(app, draft, { open: steps.goOn, thrown: steps.thrown }))
  list(home, 'cards').replaceChildren(...cards.map((card) => cardOf(app, card, cards.length === 1)))
  place(home, 'no-cards').hidden = cards.length > 0
  const months = (state?.months ?? []).toReversed()
  list(home, 'months').replaceChildren(...months.map((month) => monthOf(app, month, entries, steps)))
  const outings = stillOut(state?.outings ?? [], entries)
  list(home, 'outings').replaceChildren(...outings.map((outing) => outingOf(app, outing, entries, steps)))
  const refused = entries.filter((entry) => entry.refused)
  list(home, 'refused').replaceChildren(...refused.map((entry) => refusedOf(app, entry, steps)))
  sayGuide(app, state?.guide ?? null)
  await sayNetwork(app)
}

function sayGuide({ root, words }: App, guide: State['guide']): void {
  const help = screenOf(root, 'help')
  put(help, 'guide', guide ? fill(words.guide, { name: guide.name }) : '')
  put(help, 'phone', guide?.phone)
  place(help, 'phone').setAttribute('href', `tel:${(guide?.phone ?? '').replace(/[^\d+]/g, '')}`)
}

function cardOf({ root, words }: App, card: Card, only: boolean): HTMLElement {
  const one = pattern(root, 'card')
  const since = card.startOn ? fill(words.since, { date: saidDay(card.startOn) }) : ''
  put(one, 'number', card.number)
  put(one, 'more', [card.language, since].filter(Boolean).join(' · '))
  place(one, 'safety-part').hidden = !card.safetyNote
  put(one, 'safety', card.safetyNote)
  put(one, 'tasks', card.tasks ?? '–')
  put(one, 'contact', card.contact)
  if (only && one instanceof HTMLDetailsElement) one.open = true
  return one
}

const minutesOf = ({ values }: Entry) => Number(values.minutes === 'own' ? values.ownMinutes : values.minutes) || 0

/** The visits of this month that wait here. */
export const waitingIn = (entries: readonly Entry[], month: string): Entry[] =>
  entries.filter(({ kind, values }) => kind === 'visit' && String(values.day).startsWith(month))

/** What the server counts, and what waits here. */
export function sumsOf(
  month: Month,
  entries: readonly Entry[],
): { contacts: number; minutes: number; expenseCents: number } {
  const own = waitingIn(entries, month.month)
  const { contacts, minutes, expenseCents } = month.figures
  const cents = (entry: Entry) => Math.round(Number(String(entry.values.expense ?? '').replace(',', '.')) * 100) || 0
  return {
    contacts: contacts + own.length,
    minutes: minutes + own.reduce((sum, entry) => sum + minutesOf(entry), 0),
    expenseCents: expenseCents + own.reduce((sum, entry) => sum + cents(entry), 0),
  }
}

export const sumsWords = ({ words }: App, sums: { contacts: number; minutes: number }): string =>
  sums.contacts === 0 ? words.noSums : fill(words.sums, { contacts: sums.contacts, hours: saidHours(sums.minutes) })

function monthOf(app: App, month: Month, entries: readonly Entry[], steps: Steps): HTMLElement {
  const { root, words } = app
  const one = pattern(root, 'month')
  const name = saidMonth(month.month, words.locale)
  put(one, 'name', name.charAt(0).toLocaleUpperCase(words.locale) + name.slice(1))
  put(one, 'sums', sumsWords(app, sumsOf(month, entries)))
  const waiting = waitingIn(entries, month.month).map((entry) => lineOf(app, seenAs(entry), words.unsent))
  list(one, 'lines').replaceChildren(...waiting, ...month.log.toReversed().map((line) => lineOf(app, line, '')))
  place(one, 'open').hidden = month.open === null
  put(one, 'due', month.open ? fill(words.due, { date: saidDay(month.open.dueOn) }) : '')
  one.querySelector('[data-do="report"]')?.addEventListener('click', () => steps.report(month))
  return one
}

type Line = Pick<Month['log'][number], 'onDate' | 'number' | 'way' | 'minutes' | 'danger'>
const seenAs = (entry: Entry): Line => ({
  ...{ onDate: String(entry.values.day), number: String(entry.values.number ?? ''), way: String(entry.values.way) },
  ...{ minutes: minutesOf(entry), danger: Boolean(entry.values.danger) },
})

function lineWords({ words }: App, { onDate, number, way, minutes, danger }: Line): string {
  const parts = [
    saidDay(onDate),
    number,
    words.ways[way],
    fill(words.minutes, { count: minutes }),
    danger ? words.danger : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

function lineOf(app: App, line: Line, more: string): HTMLElement {
  const item = document.createElement('li')
  item.textContent = [lineWords(app, line), more].filter(Boolean).join(' – ')
  return item
}

function refusedWords(app: App, entry: Entry): string {
  if (entry.kind === 'visit') return lineWords(app, seenAs(entry))
  if (entry.kind === 'report') return saidMonth(String(entry.values.month), app.words.locale)
  return [app.words.outing.meeting, entry.values.number, timeOf(entry.madeAt)].filter(Boolean).join(' · ')
}

/** Her own words, why they were not taken, and what she may do about it. */
function refusedOf(app: App, entry: Entry, steps: Steps): HTMLElement {
  const { root, words, keep } = app
  const one = pattern(root, 'refused')
  const { said = '', again = null, theirs = null } = entry.refused ?? {}
  put(one, 'said', said)
  put(one, 'what', refusedWords(app, entry))
  put(one, 'text', String(entry.values.note ?? entry.values.summary ?? ''))
  place(one, 'theirs-part').hidden = !theirs
  put(one, 'theirs', theirs)
  const press = (what: string, answer: (button: HTMLElement) => unknown) =>
    one
      .querySelector<HTMLElement>(`[data-do="${what}"]`)
      ?.addEventListener('click', (event) => answer(event.currentTarget as HTMLElement))
  const button = one.querySelector<HTMLElement>('[data-do="again"]')
  if (button) button.hidden = again === null
  press('again', async () => {
    if (keep) await tryAgain(keep, entry)
    steps.changed()
  })
  const edit = one.querySelector<HTMLElement>('[data-do="edit"]')
  if (edit) edit.hidden = entry.kind === 'outing'
  press('edit', () => steps.edit(entry))
  const discard = one.querySelector<HTMLElement>('[data-do="discard"]')
  if (discard && app.discarding === entry.id) discard.textContent = words.discardSure
  press('discard', async (pressed) => {
    if (app.discarding !== entry.id) {
      app.discarding = entry.id
      pressed.textContent = words.discardSure
    } else {
      if (keep) await dropEntry(keep, entry.id)
      steps.changed()
    }
  })
  return one
}
