// May somebody make a device ready, shut one out, or note what has come from it?
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, now, pick, pickSeen, update } from './draw.ts'

const own = (given: Given) => (row: Row) => row.person_id === given.me
const stands = (row: Row) => !row.revoked_at

/** Her own, while she is a support person. */
const makeReady: Draw = (given) => {
  const token_hash = `\\x${given.random.whole(1e7, 9e7).toString().repeat(8)}`
  const allowed = given.honest && given.rights.volunteer !== null
  return insert('field_device', { person_id: given.signed, kind: 'phone', token_hash }, allowed)
}
/** Its owner or the coordinator, once, in their own name. */
const shutOut: Draw = (given) => {
  const row =
    (given.random.chance(0.5) ? pick(given, 'field_device', own(given)) : null) ?? pickSeen(given, 'field_device')
  const allowed = row !== null && stands(row) && given.honest && (own(given)(row) || has(given.rights, 'coordinator'))
  return row && update(given, 'field_device', row, { revoked_by: given.signed, revoked_at: now }, allowed)
}
/** From a device of her own that was not shut out. */
const takeIn: Draw = (given) => {
  const row =
    (given.random.chance(0.5) ? pick(given, 'field_device', own(given)) : null) ?? pickSeen(given, 'field_device')
  const sends = row !== null && stands(row) && !row.emptied_at
  const allowed = sends && own(given)(row) && given.rights.volunteer !== null
  return row && insert('field_entry', { device_id: row.id ?? '', id: crypto.randomUUID() }, allowed)
}

export const fieldDraws: Draw[] = [makeReady, shutOut, takeIn]
