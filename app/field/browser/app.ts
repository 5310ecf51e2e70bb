// What does the page hold while it is open, and how does it lock itself?

import { daysLeft, type Keep, namesOf, type Plain, readPlain } from '../kept/keep.ts'
import type { Entry } from '../kept/outbox.ts'
import type { Server } from '../kept/server.ts'
import type { Store } from '../kept/store.ts'
import type { Month, Synced } from '../kept/sync.ts'
import type { Words } from '../words.ts'
import { timeOf } from './days.ts'
import { counted, fill, put, screenOf, show } from './dom.ts'
import type { Draft } from './half-written.ts'

export type App = {
  root: HTMLElement
  words: Words
  store: Store
  server: Server
  /** In memory only, and only while it is open. */
  keep: Keep | null
  network: Synced | 'sending' | null
  /** How far the sending is, once it takes long enough to wonder. */
  progress: { done: number; all: number } | null
  /** What is open in a form: an entry that is being changed, a month that is being reported. */
  editing: Entry | null
  /** What was half written before it, and waits. */
  before: Draft | null
  reporting: { month: Month; of: Entry | null } | null
  /** The entry, or what is half written, that the next press deletes; it outlives that the list is drawn anew. */
  discarding: string | null
  /** How often a form was asked for: of those that are being made ready the last one opens, for opened again it would lose what is typed by then. */
  asked: number
}

const opened = ['half', 'cards', 'outings', 'months', 'refused'] as const

/** The key is let go of, and everything that it has opened leaves the page. */
export async function lock(app: App): Promise<void> {
  if (app.keep) app.keep.closed = true
  app.keep = null
  app.editing = null
  app.before = null
  app.reporting = null
  app.discarding = null
  for (const form of app.root.querySelectorAll('form')) form.reset()
  for (const name of opened) app.root.querySelector(`[data-list="${name}"]`)?.replaceChildren()
  app.root.querySelector('#assignment')?.replaceChildren()
  for (const name of ['guide', 'phone', 'name', 'sums', 'before', 'gave-way', 'sure', 'said'])
    for (const at of app.root.querySelectorAll(`[data-put="${name}"]`)) at.textContent = ''
  app.root.querySelector('[data-put="phone"]')?.setAttribute('href', 'tel:112')
  await showLocked(app)
}

export async function showLocked(app: App): Promise<void> {
  const plain = await readPlain(app.store)
  if (!plain) return void show(app.root, 'setup')
  // Looked up first: what is shown is right from the first moment.
  const waiting = await syncWords(app)
  const screen = show(app.root, 'locked')
  put(screen, 'wrong', '')
  put(screen, 'sure', '')
  put(screen, 'waiting', waiting)
  put(screen, 'left', leftWords(app, plain))
  const byKey = plain.lock.kind === 'passkey'
  for (const [name, hidden] of [
    ['by-pin', byKey],
    ['by-passkey', !byKey],
  ] as const) {
    const at = screen.querySelector<HTMLElement>(`[data-put="${name}"]`)
    if (at) at.hidden = hidden
  }
}

/** Everything is off this device, and why. */
export async function forget(app: App, why: keyof Words['gone']): Promise<void> {
  const plain = await readPlain(app.store)
  await app.store.wipe()
  // Where there is network the lists say so; where there is none they will by themselves.
  if (plain) void app.server.post('/field/stands', { token: plain.token, emptied: true })
  await lock(app)
  put(show(app.root, 'gone'), 'why', app.words.gone[why])
  // The page itself goes too: nothing is left that would open without network.
  for (const name of await caches.keys()) if (name.startsWith('field-')) await caches.delete(name)
  await (await navigator.serviceWorker.getRegistration('/field'))?.unregister()
}

export const waitingCount = async (app: App): Promise<number> => (await namesOf(app.store, 'entry/')).length

/** "3 kirjet ootab saatmist", "Kõik on saadetud kell 14.05". */
export async function syncWords(app: App): Promise<string> {
  const { words, network, progress } = app
  if (network === 'sending') return progress ? fill(words.sendingSome, progress) : words.sending
  const [waiting, plain] = [await waitingCount(app), await readPlain(app.store)]
  const state =
    waiting > 0
      ? counted(words, words.waiting, waiting)
      : plain?.sentAt
        ? fill(words.sent, { time: timeOf(plain.sentAt) })
        : words.nothing
  const reason = network === 'away' || network === 'over' || network === 'foreign' ? words[network] : ''
  return reason ? `${state} ${reason}` : state
}

/** Said only when the end is near. */
function leftWords({ words }: App, plain: Plain): string {
  const days = daysLeft(plain, Date.now())
  return days <= 3 ? counted(words, words.left, days) : ''
}

export async function sayNetwork(app: App): Promise<void> {
  const plain = await readPlain(app.store)
  const home = screenOf(app.root, 'home')
  put(home, 'sync', await syncWords(app))
  put(home, 'left', plain ? leftWords(app, plain) : '')
  const over = home.querySelector<HTMLElement>('[data-put="over"]')
  if (over) over.hidden = app.network !== 'over' && app.network !== 'foreign'
}
