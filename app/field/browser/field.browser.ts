// How does the page come alive on a device: open, write, send, and lock itself when nobody looks?

import { get, type Keep, readPlain, seen } from '../kept/keep.ts'
import type { Progress } from '../kept/outbox.ts'
import { serverBy } from '../kept/server.ts'
import { openStore } from '../kept/store.ts'
import { type State, sync } from '../kept/sync.ts'
import type { Words } from '../words.ts'
import { type App, forget, lock, sayNetwork } from './app.ts'
import { find, onPress, put, screenOf, show } from './dom.ts'
import { admit, answerGate } from './gate.ts'
import { refresh, type Steps, showHome } from './home.ts'
import { answerReport, showReport } from './report-form.ts'
import { answerVisit, hasDraft, keepDraft, leaveVisit, showVisit } from './visit-form.ts'

const able = () => 'serviceWorker' in navigator && 'indexedDB' in window && window.isSecureContext && 'subtle' in crypto
const root = document.getElementById('field')
// Where the browser lacks something, the page that is there already says so.
if (root && able()) void start(root).catch(() => show(root, 'cannot'))

async function start(at: HTMLElement): Promise<void> {
  const words = JSON.parse(at.dataset.words ?? '{}') as Words
  const server = serverBy((path, how) => fetch(path, how))
  const app: App = {
    root: at,
    words,
    store: await openStore(),
    server,
    keep: null,
    network: null,
    progress: null,
    editing: null,
    before: null,
    reporting: null,
    discarding: null,
    asked: 0,
  }
  const steps: Steps = {
    edit: (entry) => (entry.kind === 'visit' ? showVisit(app, entry) : reportAgain(app, String(entry.values.month))),
    report: (month) => showReport(app, month),
    visit: (known) => showVisit(app, null, known),
    goOn: () => showVisit(app),
    thrown: () => thrown(app, steps),
    changed: () => renew(app, steps),
  }
  answerGate(app, (keep) => opened(app, keep, steps))
  answerVisit(app, {
    saved: (danger) => renew(app, steps, danger ? 'help' : 'home'),
    thrown: () => thrown(app, steps),
  })
  answerReport(app, () => renew(app, steps, 'home'))
  onPress(at, 'home', () => leaveVisit(app).then(() => showHome(app, steps)))
  onPress(at, 'visit', () => showVisit(app))
  onPress(at, 'help', () => show(at, 'help'))
  onPress(at, 'lock', () => lockNow(app))
  onPress(at, 'send', () => renew(app, steps))
  watch(app, steps)
  if (await admit(app)) await lock(app)
}

async function reportAgain(app: App, month: string): Promise<void> {
  const state = app.keep && (await get<State>(app.keep, 'state'))
  const found = state?.months.find((one) => one.month === month)
  if (found) await showReport(app, found)
}

async function opened(app: App, keep: Keep, steps: Steps): Promise<void> {
  app.keep = keep
  // Put away while it was being opened: whoever takes it up next finds it locked.
  if (document.visibilityState === 'hidden') return lock(app)
  // Asked before anything is shown on which one presses: what comes late would take away what is typed by then.
  const draft = await hasDraft(app)
  // Put away while that was looked up.
  if (app.keep !== keep) return
  await (draft ? showVisit(app) : showHome(app, steps))
  void registerWorker()
  void send(app, steps, true)
}

async function thrown(app: App, steps: Steps): Promise<void> {
  await showHome(app, steps)
  put(screenOf(app.root, 'home'), 'said', app.words.half.thrown)
}

/** Shows at once what is kept here, and then what has become of it. */
async function renew(app: App, steps: Steps, screen?: 'home' | 'help'): Promise<void> {
  if (screen && app.keep) show(app.root, screen)
  await refresh(app, steps)
  await send(app, steps, false)
}

let running = false
let wanted: { cards: boolean } | null = null

/** One at a time; however often it is asked for meanwhile, it is done once more afterwards. */
async function send(app: App, steps: Steps, cards: boolean): Promise<void> {
  if (running) {
    wanted = { cards: cards || (wanted?.cards ?? false) }
    return
  }
  running = true
  await sendNow(app, steps, cards).finally(() => {
    running = false
  })
  const next = wanted
  wanted = null
  if (next) await send(app, steps, next.cards)
}

async function sendNow(app: App, steps: Steps, cards: boolean): Promise<void> {
  const { keep } = app
  if (!keep) return
  app.network = 'sending'
  await sayNetwork(app)
  const { progress, end } = watchProgress(app)
  const outcome = await sync(keep, app.server, { cards, now: Date.now(), progress }).finally(end)
  app.network = outcome
  if (outcome === 'gone' || outcome === 'none') return forget(app, outcome)
  await refresh(app, steps)
}

const aSecond = 1_000

/** What is over within a second needs no counting; of anything longer it is said how far it is. */
function watchProgress(app: App): { progress: Progress; end: () => void } {
  let [latest, long] = [{ done: 0, all: 0 }, false]
  const say = () => {
    if (!long || latest.all === 0) return
    app.progress = latest
    void sayNetwork(app)
  }
  const timer = window.setTimeout(() => {
    long = true
    say()
  }, aSecond)
  const progress: Progress = (done, all) => {
    latest = { done, all }
    say()
  }
  const end = () => {
    window.clearTimeout(timer)
    long = false
    app.progress = null
  }
  return { progress, end }
}

async function lockNow(app: App): Promise<void> {
  // A code that was typed and not sent would open it for the next hand.
  if (!app.keep) return find<HTMLFormElement>(app.root, 'form[data-form="unlock"]').reset()
  const drafted = keepDraft(app)
  await lock(app)
  await drafted
}

/** Idle too long, out of sight, or gone: it locks. */
function watch(app: App, steps: Steps): void {
  let last = Date.now()
  for (const name of ['pointerdown', 'keydown', 'input'])
    document.addEventListener(name, () => (last = Date.now()), true)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void lockNow(app))
  window.addEventListener('pagehide', () => void lockNow(app))
  window.addEventListener('online', () => void send(app, steps, false))
  window.setInterval(async () => {
    const plain = await readPlain(app.store)
    if (!plain) return
    if (!app.keep) return
    await seen(app.store, Date.now())
    if (Date.now() - last > plain.rules.lockMinutes * 60_000) await lockNow(app)
  }, 5_000)
}

type Policies = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string }
}

/** The one address of a script that this page hands to the browser. */
async function registerWorker(): Promise<void> {
  const policies = (window as unknown as { trustedTypes?: Policies }).trustedTypes
  const only = { createScriptURL: () => '/field/worker.js' }
  const url = (policies?.createPolicy('field', only) ?? only).createScriptURL('')
  await navigator.serviceWorker.register(url, { scope: '/field' }).catch(() => undefined)
}
