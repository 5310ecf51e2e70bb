// Which keys does the process hold, and how does it learn of a new one without being started again?
import { createHash } from 'node:crypto'

export type HeldKey = { id: string; key: Buffer }

/**
 * `master` closes the keys of cases and people; those of `earlier` only open, until every key has been closed anew. The first of
 * `process` seals what belongs to nobody in the database, the others only open: a reason in the log outlives many keys. With `pepper` the
 * cookie of a session becomes its claim.
 */
export type Keys = {
  master: Buffer
  masterId: string
  index: Buffer
  pepper: Buffer
  earlier?: HeldKey[]
  process?: HeldKey[]
}

/** Where the keys came from: `changed()` is asked often and must be cheap, `read()` only when it said yes. */
export type KeySource = { changed: () => boolean; read: () => Keys }

let keys: Keys | null = null
let source: KeySource | null = null

/** Hands over the keys that live outside the database; called once when the process starts. */
export function useKeys(given: Keys, from: KeySource | null = null): void {
  keys = given
  source = from
}

/** Takes what the file of keys holds now; called wherever a key is met that is not known yet, and before a new key is closed. */
export function renewKeys(): boolean {
  if (!source?.changed()) return false
  keys = source.read()
  return true
}

export function heldKeys(): Keys {
  if (!keys) throw new Error('useKeys() has not been called')
  return keys
}

/** The master key that closes new keys. A rotation may have begun a moment ago, so the file is looked at first. */
export function masterNow(): HeldKey {
  renewKeys()
  const { master, masterId } = heldKeys()
  return { id: masterId, key: master }
}

/** The master key of that name, or nothing where this process was never given it. */
export function masterKey(id: string): Buffer | undefined {
  const find = () => {
    const { master, masterId, earlier = [] } = heldKeys()
    return id === masterId ? master : earlier.find((one) => one.id === id)?.key
  }
  return find() ?? (renewKeys() ? find() : undefined)
}

/** Eight bytes that stand for the name of a key in what it sealed. */
export const markOf = (id: string): Buffer => createHash('sha256').update(`key/${id}`).digest().subarray(0, 8)

const processKeys = (): HeldKey[] => {
  const { process, master, masterId } = heldKeys()
  // An installation that is older than keys of the process sealed with its master key.
  return process && process.length > 0 ? process : [{ id: masterId, key: master }]
}

/** The key that seals for the process, and the mark it leaves. */
export function processKeyNow(): { key: Buffer; mark: Buffer } {
  const [first] = processKeys()
  if (!first) throw new Error('no key of the process')
  return { key: first.key, mark: markOf(first.id) }
}

/** The keys that may have sealed this: the marked one, or – where the seal is older than marks – each there is. */
export function processKeysFor(mark: Buffer | null): Buffer[] {
  const find = () => processKeys().filter((one) => mark === null || markOf(one.id).equals(mark))
  const found = find()
  return (found.length > 0 || !renewKeys() ? found : find()).map(({ key }) => key)
}
