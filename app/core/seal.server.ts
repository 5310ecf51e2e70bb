// How is a personal value closed so that only its own case, row and column can open it?
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Db } from './db.server.ts'
import { Erased, NotFound, Unopenable } from './errors.ts'
import { heldKeys, masterKey, masterNow, processKeyNow, processKeysFor } from './keys/ring.server.ts'

export { useKeys } from './keys/ring.server.ts'

/** Where a sealed value stands; moved anywhere else it no longer opens. */
export type Place = { table: string; column: string; row: string }
export type KeyKind =
  | 'case'
  | 'volunteer'
  | 'import'
  | 'person'
  | 'report'
  | 'session'
  | 'checkin'
  | 'reference'
  | 'circle'
  | 'expense'

/** The open key of one case, volunteer, report or import. */
export type Vault = {
  seal: (place: Place, text: string) => Buffer
  open: (place: Place, sealed: Uint8Array) => string
}

type Owner = { kind: KeyKind; id: string }
/** What is found of a key where it is joined to something else: nothing where there is none, and of one that was destroyed no more than its kind. */
export type FoundKey = { [Part in keyof WrappedKey]: WrappedKey[Part] | null }
/** The key of an owner as the database keeps it. While the key is being changed there are two, and either may open. */
export type WrappedKey = { kind: string; masterId: string; wrapped: Buffer; wrappedOther: Buffer | null }

const version = 1
const marked = 2
const [shortest, longest] = [64, 8192]

// The length of a name or an address tells something, so every text is filled up: to 64 bytes or twice that, again and again, so
// that all that is typed has one of eight lengths.
function padded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const needed = bytes.length + 4
  const doubled = Math.max(shortest, 2 ** Math.ceil(Math.log2(needed)))
  const whole = Buffer.alloc(needed > longest ? Math.ceil(needed / longest) * longest : doubled)
  whole.writeUInt32BE(bytes.length, 0)
  bytes.copy(whole, 4)
  return whole
}

function textOf(plain: Buffer): string {
  return plain.subarray(4, 4 + plain.readUInt32BE(0)).toString('utf8')
}

function close(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** The plain bytes, or `null` where this key, this context and these bytes do not belong together. */
function uncover(key: Buffer, context: string, closed: Buffer): Buffer | null {
  if (closed.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', key, closed.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context)).setAuthTag(closed.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(closed.subarray(28)), decipher.final()])
  } catch {
    return null
  }
}

const first = Buffer.from([version])

/** What is inside a value of the first form, with any of the keys that may open it. */
function uncoverAny(keys: Buffer[], context: string, sealed: Uint8Array): Buffer | null {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== version) return null
  for (const key of keys) {
    const plain = uncover(key, context, bytes.subarray(1))
    if (plain) return plain
  }
  return null
}

const contextOf = (place: Place, owner: string) => `${place.table}.${place.column}/${place.row}/${owner}`

/** Opens and seals with the keys of an owner: the first seals, each may open. */
export function vaultOf(keys: [Buffer, ...Buffer[]], owner: Owner): Vault {
  return {
    seal: (place, text) => Buffer.concat([first, close(keys[0], contextOf(place, owner.id), padded(text))]),
    open: (place, sealed) => {
      const plain = uncoverAny(keys, contextOf(place, owner.id), sealed)
      if (!plain) throw new Unopenable({ ...place, owner })
      return textOf(plain)
    },
  }
}

/** A data key closed under a master key, for the column `wrapped`. */
export function wrapKey(master: Buffer, ownerId: string, key: Buffer): Buffer {
  return Buffer.concat([first, close(master, `key/${ownerId}`, key)])
}

/** The data key that `wrapKey` closed, or `null` where it was touched, moved or closed under another master key. */
export function unwrapKey(master: Buffer, ownerId: string, wrapped: Uint8Array): Buffer | null {
  return uncoverAny([master], `key/${ownerId}`, wrapped)
}

/** Makes the key of a new owner (a case, a volunteer…) and opens it. */
export async function makeVault(db: Db, owner: Owner & { networkId?: string }): Promise<Vault> {
  const key = randomBytes(32)
  const master = masterNow()
  await db
    .insertInto('sealedKey')
    .values({
      kind: owner.kind,
      ownerId: owner.id,
      networkId: owner.networkId ?? null,
      masterId: master.id,
      wrapped: wrapKey(master.key, owner.id, key),
    })
    .execute()
  return vaultOf([key], owner)
}

/** Opens the key of an owner; NotFound where it is not for the person who asks, Erased where it was destroyed. */
export async function openVault(db: Db, ownerId: string): Promise<Vault> {
  return vaultBehind(await keyRow(db, ownerId), ownerId)
}

/** The same where the row of the key, if there is one, came with another question. */
export function vaultBehind(row: FoundKey | undefined, ownerId: string): Vault {
  if (!row?.kind || row.masterId === null) throw new NotFound()
  if (!row.wrapped) throw new Erased()
  return openKey({ ...row, kind: row.kind, masterId: row.masterId, wrapped: row.wrapped }, ownerId)
}

/** Opens the key of an owner, or nothing where there is none (any more) for the person who asks. */
export async function findVault(db: Db, ownerId: string): Promise<Vault | null> {
  const row = await keyRow(db, ownerId)
  return row?.wrapped ? openKey({ ...row, wrapped: row.wrapped }, ownerId) : null
}

/** Opens the key of an owner that has one from the first thing that is closed under it: made here where there is none yet. */
export async function keepVault(db: Db, owner: Owner): Promise<Vault> {
  return (await findVault(db, owner.id)) ?? (await makeVault(db, owner))
}

function keyRow(db: Db, ownerId: string) {
  return db
    .selectFrom('sealedKey')
    .select(['kind', 'masterId', 'wrapped', 'wrappedOther'])
    .where('ownerId', '=', ownerId)
    .executeTakeFirst()
}

/** The vault behind a row of `sealed_key`. */
export function openKey(row: WrappedKey, ownerId: string): Vault {
  const owner = { kind: row.kind as KeyKind, id: ownerId }
  const master = masterKey(row.masterId)
  const open = (wrapped: Buffer) => (master ? unwrapKey(master, ownerId, wrapped) : null)
  const key = open(row.wrapped)
  const other = row.wrappedOther ? open(row.wrappedOther) : undefined
  if (!key || other === null) {
    throw new Unopenable({ table: 'sealed_key', column: 'wrapped', row: ownerId, owner })
  }
  return vaultOf(other ? [key, other] : [key], owner)
}

/** Seals a value that belongs to the process and to no owner in the database (a second factor, a held form). */
export function sealForProcess(use: string, text: string): Buffer {
  const { key, mark } = processKeyNow()
  return Buffer.concat([Buffer.from([marked]), mark, close(keyFor(key, use), markedContext(use, mark), padded(text))])
}

/** Opens what `sealForProcess` closed for the same use, by whichever key of the process; throws where it was touched. */
export function openForProcess(use: string, sealed: Uint8Array): string {
  const plain = uncoverForProcess(use, Buffer.from(sealed))
  if (!plain) throw new Unopenable({ table: 'process', column: use.split('/')[0] ?? '', row: '', owner: null })
  return textOf(plain)
}

/** The same where there may be nothing: nobody wrote anything, or it was erased with the case that it was about. */
export function openKept(use: string, sealed: Uint8Array | null): string | null {
  return sealed?.length ? openForProcess(use, sealed) : null
}

function uncoverForProcess(use: string, bytes: Buffer): Buffer | null {
  if (bytes[0] === version) {
    const keys = processKeysFor(null).map((key) => keyFor(key, use))
    return uncoverAny(keys, use, bytes)
  }
  if (bytes[0] !== marked || bytes.length < 9) return null
  const mark = bytes.subarray(1, 9)
  const [key] = processKeysFor(mark)
  return key ? uncover(keyFor(key, use), markedContext(use, mark), bytes.subarray(9)) : null
}

const markedContext = (use: string, mark: Buffer) => `${mark.toString('hex')}/${use}`

function keyFor(key: Buffer, use: string): Buffer {
  return createHmac('sha256', key).update(`process/${use}`).digest()
}

/**
 * Keyed index of a personal code: equal codes of one realm (a network, or the volunteers) give equal bytes,
 * and two realms cannot be joined. 16 bytes of HMAC-SHA-256.
 */
export function blindIndex(realm: string, code: string): Buffer {
  const key = createHmac('sha256', heldKeys().index).update(`realm/${realm}`).digest()
  return createHmac('sha256', key).update(`code/${code}`).digest().subarray(0, 16)
}
