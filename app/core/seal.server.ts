// How is a personal value closed so that only its own case, row and column can open it?
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Db } from './db.server.ts'
import { NotFound } from './errors.ts'

/** Where a sealed value stands; moved anywhere else it no longer opens. */
export type Place = { table: string; column: string; row: string }
export type KeyKind = 'case' | 'volunteer' | 'import' | 'person' | 'report'

/** The open key of one case, volunteer, report or import. */
export type Vault = {
  seal: (place: Place, text: string) => Buffer
  open: (place: Place, sealed: Uint8Array) => string
}

type Keys = { master: Buffer; masterId: string; index: Buffer }
let keys: Keys | null = null

/** Hands over the keys that live outside the database; called once when the process starts. */
export function useKeys(given: Keys): void {
  keys = given
}

function held(): Keys {
  if (!keys) throw new Error('useKeys() has not been called')
  return keys
}

const version = 1
const step = 64

// The length of a name or an address tells something, so every text is filled up to whole steps.
function padded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const whole = Buffer.alloc(Math.ceil((bytes.length + 4) / step) * step)
  whole.writeUInt32BE(bytes.length, 0)
  bytes.copy(whole, 4)
  return whole
}

function close(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

function uncover(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== version || bytes.length < 29) throw new Error('sealed value of an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13)).setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(13, 29))
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()])
}

const contextOf = (place: Place, owner: string) => `${place.table}.${place.column}/${place.row}/${owner}`

function vault(key: Buffer, owner: string): Vault {
  return {
    seal: (place, text) => close(key, contextOf(place, owner), padded(text)),
    open: (place, sealed) => {
      const plain = uncover(key, contextOf(place, owner), sealed)
      return plain.subarray(4, 4 + plain.readUInt32BE(0)).toString('utf8')
    },
  }
}

/** Makes the key of a new owner (a case, a volunteer…) and opens it. */
export async function makeVault(db: Db, owner: { kind: KeyKind; id: string; networkId?: string }): Promise<Vault> {
  const key = randomBytes(32)
  const { master, masterId } = held()
  await db
    .insertInto('sealedKey')
    .values({
      kind: owner.kind,
      ownerId: owner.id,
      networkId: owner.networkId ?? null,
      masterId,
      wrapped: close(master, `key/${owner.id}`, key),
    })
    .execute()
  return vault(key, owner.id)
}

/** Opens the key of an owner; NotFound where it is destroyed or not for the person who asks. */
export async function openVault(db: Db, ownerId: string): Promise<Vault> {
  const found = await findVault(db, ownerId)
  if (!found) throw new NotFound()
  return found
}

/** Opens the key of an owner, or nothing where there is none for the person who asks. */
export async function findVault(db: Db, ownerId: string): Promise<Vault | null> {
  const row = await db.selectFrom('sealedKey').select('wrapped').where('ownerId', '=', ownerId).executeTakeFirst()
  if (!row?.wrapped) return null
  return vault(uncover(held().master, `key/${ownerId}`, row.wrapped), ownerId)
}

/** Seals a value that belongs to the process and to no owner in the database (a second factor, a held form). */
export function sealForProcess(use: string, text: string): Buffer {
  return close(processKey(use), use, padded(text))
}

/** Opens what `sealForProcess` closed for the same use; throws where it was touched. */
export function openForProcess(use: string, sealed: Uint8Array): string {
  const plain = uncover(processKey(use), use, sealed)
  return plain.subarray(4, 4 + plain.readUInt32BE(0)).toString('utf8')
}

function processKey(use: string): Buffer {
  return createHmac('sha256', held().master).update(`process/${use}`).digest()
}

/**
 * Keyed index of a personal code: equal codes of one realm (a network, or the volunteers) give equal bytes,
 * and two realms cannot be joined. 16 bytes of HMAC-SHA-256.
 */
export function blindIndex(realm: string, code: string): Buffer {
  const key = createHmac('sha256', held().index).update(`realm/${realm}`).digest()
  return createHmac('sha256', key).update(`code/${code}`).digest().subarray(0, 16)
}
