// What does a device know of itself while it is locked, and when must it forget everything?
import {
  keyOfPin,
  keyOfSecret,
  type Lock,
  newDataKey,
  openDataKey,
  random,
  rounds,
  type Sealed,
  seal,
  unseal,
} from './seal.ts'
import type { Store } from './store.ts'

export type Rules = { keepDays: number; tries: number; lockMinutes: number; pinDigits: number }
/** Readable by whoever finds the device: identifiers that mean nothing, clocks, counts. */
export type Plain = {
  device: string
  token: string
  lock: Lock
  rules: Rules
  /** Wrong PINs since the last right one. */
  tries: number
  /** The device's clock when the server last answered, and the latest it has ever shown. */
  contactedAt: number
  seenAt: number
  sentAt: number | null
  /** Whether it ever had a support: one that has none yet is not one whose supports are over. */
  held: boolean
}
/** A store with its key in hand, until it is closed. */
export type Keep = { store: Store; plain: Plain; key: CryptoKey; closed?: boolean }

const plainName = 'plain'
const sealedName = (name: string) => `sealed/${name}`
const day = 86_400_000
const hour = 3_600_000

export const readPlain = (store: Store) => store.get<Plain>(plainName)
/** Whatever other pages of this browser do meanwhile; of what was wiped nothing comes back. */
export const changePlain = (store: Store, change: (plain: Plain) => Plain): Promise<Plain | undefined> =>
  store.change<Plain>(plainName, (plain) => plain && change(plain))

/** `silent`: so long without the server that everything goes. `clock`: the clock was set back, so nobody can tell how long; nothing opens until the server has answered. */
export function judge({ contactedAt, seenAt, rules }: Plain, now: number): 'fine' | 'silent' | 'clock' {
  if (Math.max(now, seenAt) - contactedAt > rules.keepDays * day) return 'silent'
  return now < seenAt - hour ? 'clock' : 'fine'
}

/** Whole days until it would forget everything. */
export const daysLeft = ({ contactedAt, rules }: Plain, now: number): number =>
  Math.max(0, Math.ceil((contactedAt + rules.keepDays * day - now) / day))

export type Secret =
  | { pin: string }
  | { credential: Uint8Array<ArrayBuffer>; secret: BufferSource; salt: Uint8Array<ArrayBuffer> }

/** Makes the store under a fresh key that this secret opens. */
export async function makeKeep(
  store: Store,
  made: { id: string; token: string; rules: Rules },
  secret: Secret,
  now: number,
): Promise<Keep> {
  const salt = 'pin' in secret ? random(16) : secret.salt
  const opener = 'pin' in secret ? await keyOfPin(secret.pin, salt, rounds) : await keyOfSecret(secret.secret, salt)
  const { key, wrapped } = await newDataKey(opener, made.id)
  const lock: Lock =
    'pin' in secret
      ? { kind: 'pin', salt, rounds, wrapped }
      : { kind: 'passkey', credential: secret.credential, salt, wrapped }
  const clocks = { contactedAt: now, seenAt: now, sentAt: null }
  const plain = { device: made.id, token: made.token, rules: made.rules, lock, tries: 0, held: false, ...clocks }
  await store.wipe()
  await store.put(plainName, plain)
  return { store, plain, key }
}

/**
 * Opens with a PIN: the keep, how many tries are left, or `wiped` after the last of them. A try is counted before it is made, and each by itself
 * however many pages try at once; one that finds the others used up is not made any more.
 */
export async function tryPin(store: Store, pin: string): Promise<Keep | number | 'wiped'> {
  const tried = await changePlain(store, (plain) => ({ ...plain, tries: plain.tries + 1 }))
  if (!tried) return 'wiped'
  const { lock, device, rules, tries } = tried
  if (lock.kind !== 'pin') return rules.tries
  if (tries <= rules.tries) {
    const key = await openDataKey(await keyOfPin(pin, lock.salt, lock.rounds), device, lock.wrapped)
    if (key) return (await opened(store, key)) ?? 'wiped'
    if (tries < rules.tries) return rules.tries - tries
  }
  await store.wipe()
  return 'wiped'
}

/** Opens with what the passkey gave; null where it is another's. */
export async function trySecret(store: Store, plain: Plain, secret: BufferSource): Promise<Keep | null> {
  const { lock, device } = plain
  if (lock.kind !== 'passkey') return null
  const key = await openDataKey(await keyOfSecret(secret, lock.salt), device, lock.wrapped)
  return key && opened(store, key)
}

async function opened(store: Store, key: CryptoKey): Promise<Keep | null> {
  const plain = await changePlain(store, (now) => ({ ...now, tries: 0 }))
  return plain ? { store, plain, key } : null
}

const placeOf = ({ plain }: Keep, name: string) => `${plain.device}/${name}`

/** `still`: whether it is still wanted once it is sealed; by then something else may have taken its place. */
export async function put(keep: Keep, name: string, value: unknown, still = () => true): Promise<void> {
  const sealed = await seal(keep.key, placeOf(keep, name), value)
  if (still()) await keep.store.put(sealedName(name), sealed)
}

/** What is put and what is dropped together, by one trip to the disk. */
export type Exchange = { put?: readonly (readonly [name: string, value: unknown])[]; drop?: readonly string[] }

export async function exchange(keep: Keep, { put: values = [], drop: gone = [] }: Exchange): Promise<void> {
  const sealed = values.map(
    async ([name, value]) => [sealedName(name), await seal(keep.key, placeOf(keep, name), value)] as const,
  )
  await keep.store.exchange(await Promise.all(sealed), gone.map(sealedName))
}

export async function get<V>(keep: Keep, name: string): Promise<V | null> {
  const sealed = await keep.store.get<Sealed>(sealedName(name))
  return sealed ? unseal<V>(keep.key, placeOf(keep, name), sealed) : null
}

export const drop = (store: Store, ...names: string[]): Promise<void> => store.drop(...names.map(sealedName))

/** Names that begin so, without what is in them: for this no key is needed. */
export async function namesOf(store: Store, beginning: string): Promise<string[]> {
  const start = sealedName(beginning)
  return (await store.names()).filter((name) => name.startsWith(start)).map((name) => name.slice(sealedName('').length))
}

/** The server has answered: from now on the days count again, by whatever the clock says. Supports that are over go, with the log they stood in. */
export async function contacted(store: Store, supports: readonly string[], now: number): Promise<void> {
  const some = supports.length > 0
  const clocks = { contactedAt: now, seenAt: now }
  if (!(await changePlain(store, (plain) => ({ ...plain, ...clocks, held: plain.held || some })))) return
  const over = (await namesOf(store, 'card/')).filter((name) => !supports.includes(name.slice('card/'.length)))
  if (over.length > 0) await drop(store, ...over, 'state')
}

/** The clock only ever goes on. */
export async function seen(store: Store, now: number): Promise<void> {
  const plain = await readPlain(store)
  if (plain && now > plain.seenAt) await changePlain(store, (kept) => ({ ...kept, seenAt: Math.max(kept.seenAt, now) }))
}
