// How is a device made ready, opened, and emptied?

import {
  judge,
  type Keep,
  makeKeep,
  type Rules,
  readPlain,
  type Secret,
  seen,
  tryPin,
  trySecret,
} from '../kept/keep.ts'
import { askPasskey, makePasskey, mayHavePasskey } from '../kept/passkey.ts'
import { askStanding } from '../kept/sync.ts'
import { type App, forget, showLocked, waitingCount } from './app.ts'
import { counted, fill, onPress, onSend, place, put, screenOf, valuesOf } from './dom.ts'

type Open = (keep: Keep) => Promise<void>

export function answerGate(app: App, open: Open): void {
  const setup = screenOf(app.root, 'setup')
  place(setup, 'passkey').hidden = !mayHavePasskey()
  onSend(app.root, 'setup', (form) => makeByPin(app, valuesOf(form), open))
  onPress(setup, 'setup-passkey', () =>
    makeByPasskey(app, valuesOf(setup.querySelector('form') as HTMLFormElement), open),
  )
  onSend(app.root, 'unlock', (form) => unlock(app, valuesOf(form).openPin ?? '', open))
  onPress(screenOf(app.root, 'locked'), 'unlock-passkey', () => unlockByPasskey(app, open))
  for (const name of ['locked', 'home'])
    onPress(screenOf(app.root, name), 'wipe', () => wipe(app, screenOf(app.root, name)))
}

/** What must be true before anybody may try to open it; asks the server where there is one. */
export async function admit(app: App): Promise<boolean> {
  const plain = await readPlain(app.store)
  if (!plain) {
    await showLocked(app)
    return false
  }
  const standing = await askStanding(app.store, app.server, plain, Date.now())
  if (standing === 'gone' || standing === 'none') await forget(app, standing)
  if (standing !== 'away') return standing === 'stands'
  app.network = 'away'
  const word = judge(plain, Date.now())
  if (word === 'fine') await seen(app.store, Date.now())
  if (word === 'silent') await forget(app, 'silent')
  if (word === 'clock') {
    await showLocked(app)
    put(screenOf(app.root, 'locked'), 'wrong', app.words.clock)
  }
  return word === 'fine'
}

// Before the server has given a length there is only this one; it is checked again by what it gives.
const shortest = 4

async function makeByPin(app: App, values: Record<string, string>, open: Open): Promise<void> {
  const setup = screenOf(app.root, 'setup')
  const { pin = '', pinAgain = '', kind = '' } = values
  if (pin.length < shortest) return put(setup, 'wrong', fill(app.words.short, { count: shortest }))
  if (pin !== pinAgain) return put(setup, 'wrong', app.words.different)
  await make(
    app,
    kind,
    async (rules) => {
      if (pin.length >= rules.pinDigits) return { pin }
      put(setup, 'wrong', fill(app.words.short, { count: rules.pinDigits }))
      return null
    },
    open,
  )
}

async function makeByPasskey(app: App, values: Record<string, string>, open: Open): Promise<void> {
  // By this name the phone lists it, and whatever the phone is synchronised with: a notebook, as on the home screen.
  const made = await makePasskey(app.words.title)
  if (!made) return put(screenOf(app.root, 'setup'), 'wrong', app.words.passkey)
  await make(app, values.kind ?? '', async () => made, open)
}

/** The server makes the device known, and only then is anything kept. */
async function make(
  app: App,
  kind: string,
  secretBy: (rules: Rules) => Promise<Secret | null>,
  open: Open,
): Promise<void> {
  const setup = screenOf(app.root, 'setup')
  put(setup, 'wrong', '')
  const token = await app.server.get('/field/rules')
  if (typeof token === 'string') {
    place(setup, 'sign-in').hidden = token !== 'over'
    return put(setup, 'wrong', token === 'over' ? app.words.signIn : app.words.network)
  }
  const secret = await secretBy(token.body.rules as Rules)
  if (!secret) return
  const made = await app.server.post('/field/devices', { kind }, String(token.body.csrf))
  if (typeof made === 'string' || made.status !== 200) return put(setup, 'wrong', app.words.network)
  const device = made.body as { id: string; token: string; rules: Rules }
  const keep = await makeKeep(app.store, device, secret, Date.now())
  setup.querySelector('form')?.reset()
  await open(keep)
}

async function unlock(app: App, pin: string, open: Open): Promise<void> {
  const locked = screenOf(app.root, 'locked')
  if (!(await admit(app))) return
  if (!pin) return
  const outcome = await tryPin(app.store, pin)
  place(locked, 'by-pin').querySelector('input')?.form?.reset()
  if (outcome === 'wiped') return forget(app, 'tries')
  if (typeof outcome === 'number') return put(locked, 'wrong', counted(app.words, app.words.tries, outcome))
  await open(outcome)
}

async function unlockByPasskey(app: App, open: Open): Promise<void> {
  const plain = await readPlain(app.store)
  if (plain?.lock.kind !== 'passkey' || !(await admit(app))) return
  const secret = await askPasskey(plain.lock.credential, plain.lock.salt)
  const keep = secret && (await trySecret(app.store, plain, secret))
  if (keep) return open(keep)
  put(screenOf(app.root, 'locked'), 'wrong', app.words.passkey)
}

// The first press says what would be lost, the second does it.
async function wipe(app: App, screen: HTMLElement): Promise<void> {
  if (!place(screen, 'sure').hidden) return forget(app, 'own')
  put(screen, 'sure', counted(app.words, app.words.sure, await waitingCount(app)))
}
