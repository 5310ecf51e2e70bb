// Did the program itself write down that this row belongs to this person, or did somebody who can write to the database?
import { createHmac, timingSafeEqual } from 'node:crypto'
import { heldKeys } from './ring.server.ts'

/** What opens the door and stands as a row: a passkey, a card. */
export type Sealed = 'passkey' | 'card'

/**
 * The seal over whose row it is and what it holds; the key lies outside the database. Each part bears its length, so that no two rows with
 * different parts have the same.
 */
export function rowSeal(kind: Sealed, personId: string, parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', createHmac('sha256', heldKeys().pepper).update(`row/${kind}`).digest())
  for (const part of [Buffer.from(personId), ...parts]) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    mac.update(length).update(part)
  }
  return mac.digest()
}

/** True where the row bears the seal of exactly this person and these parts; one without a seal bears none. */
export function isSealed(
  kind: Sealed,
  row: { personId: string; parts: readonly Uint8Array[]; seal: Uint8Array | null },
): boolean {
  const wanted = rowSeal(kind, row.personId, row.parts)
  return row.seal?.length === wanted.length && timingSafeEqual(row.seal, wanted)
}

/** Half of a session's cookie: it counts for this person alone, wherever somebody moves the session's row. */
export function cookieMark(personId: string, lot: Uint8Array): Buffer {
  const key = createHmac('sha256', heldKeys().pepper).update('cookie').digest()
  return createHmac('sha256', key).update(`${personId}/`).update(lot).digest().subarray(0, 16)
}
