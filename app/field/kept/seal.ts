// How is what a device keeps closed, so that only a PIN or a passkey opens it?

type Bytes = Uint8Array<ArrayBuffer>
export type Sealed = { iv: Bytes; data: ArrayBuffer }
/** What must be known of a lock in order to try it; nothing in it opens anything. */
export type Lock =
  | { kind: 'pin'; salt: Bytes; rounds: number; wrapped: Sealed }
  | { kind: 'passkey'; credential: Bytes; salt: Bytes; wrapped: Sealed }

/** About half a second on a phone of today; a later device may ask for more, for each lock remembers its own. */
export const rounds = 1_000_000

const text = new TextEncoder()
export const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes))

/** The key that a PIN gives. Never kept, and not to be taken out of the browser's hand. */
export async function keyOfPin(pin: string, salt: Bytes, times: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', text.encode(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }
  return crypto.subtle.deriveKey(how, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** The key that a passkey's secret gives. */
export async function keyOfSecret(secret: BufferSource, salt: Bytes): Promise<CryptoKey> {
  const given = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: text.encode('field') }
  return crypto.subtle.deriveKey(how, given, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const keyFrom = (raw: BufferSource) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** A fresh key for everything that is kept, and the same closed under the key of the lock. */
export async function newDataKey(lock: CryptoKey, device: string): Promise<{ key: CryptoKey; wrapped: Sealed }> {
  const raw = random(32)
  const wrapped = await close(lock, `${device}/key`, raw)
  const key = await keyFrom(raw)
  raw.fill(0)
  return { key, wrapped }
}

/** The same key again; null where the lock's key is another. */
export async function openDataKey(lock: CryptoKey, device: string, wrapped: Sealed): Promise<CryptoKey | null> {
  const raw = await open(lock, `${device}/key`, wrapped).catch(() => null)
  if (!raw) return null
  const key = await keyFrom(raw)
  new Uint8Array(raw).fill(0)
  return key
}

/** Closed for its place: what is moved somewhere else does not open there. */
export const seal = (key: CryptoKey, place: string, value: unknown): Promise<Sealed> =>
  close(key, place, text.encode(JSON.stringify(value)))

export async function unseal<V>(key: CryptoKey, place: string, sealed: Sealed): Promise<V> {
  return JSON.parse(new TextDecoder().decode(await open(key, place, sealed))) as V
}

async function close(key: CryptoKey, place: string, data: Bytes): Promise<Sealed> {
  const iv = random(12)
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text.encode(place) }, key, data),
  }
}

const open = (key: CryptoKey, place: string, { iv, data }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(place) }, key, data)
