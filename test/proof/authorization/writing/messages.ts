// May somebody write to support persons, or say that she has read it? The access table: the coordinator in her own name, and each of her own.
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { after, type Draw, type Given, insert, literal, pick, pickSeen } from './draw.ts'

const writes = (given: Given) => has(given.rights, 'coordinator') && given.honest
const words = '{"et": {"title": "x", "body": "x"}}'

const template: Draw = (given) => {
  const row = {
    template: '00000000-0000-4000-8000-0000000b0001',
    version: given.random.whole(1, 1e9),
    name: 'x',
    words,
  }
  return insert('message_template', { ...row, created_by: given.signed }, writes(given))
}

/** What helps in a situation, one version more. */
const material: Draw = (given) => {
  const row = { situation: 'silence', version: given.random.whole(1000, 1e9), words, changed: 'x' }
  return insert('material', { ...row, created_by: given.signed }, writes(given))
}

const id = '00000000-0000-4000-8000-0000000b0002'
const send: Draw = (given) => insert('message', { id, status: 'all', words, sent_by: given.signed }, writes(given))

/** To whoever can read it and has not left. */
const mayGet = ({ person_id, status }: Row) => Boolean(person_id) && status !== 'ended'

/** With the message itself; to one that has gone already nobody is added. */
const copy: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  const older = given.random.chance(0.3) ? pickSeen(given, 'message') : null
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', locale: 'et', title: 'x', body: 'x', sent_by: given.signed }
  if (older) {
    const had = given.rights.facts.rows('message_copy')
    if (had.some((one) => one.message_id === older.id && one.volunteer_id === of.id)) return null
    return insert('message_copy', { ...row, message_id: older.id ?? '' }, false)
  }
  const added = insert('message_copy', { ...row, message_id: id }, writes(given) && mayGet(of))
  // A message of one's own that goes out in another's name, too.
  const signed = literal(given.random.chance(0.5) ? given.me : given.signed)
  const message = `insert into message (id, status, words, sent_by) values ('${id}', 'all', '${words}', ${signed})`
  return after(message, added)
}

const read: Draw = (given) => {
  const { volunteer } = given.rights
  const done = (row: Row) =>
    given.rights.facts
      .rows('message_read')
      .some((one) => one.message_id === row.message_id && one.volunteer_id === row.volunteer_id)
  const own = (row: Row) => row.volunteer_id === volunteer && !done(row)
  const of =
    (given.random.chance(0.5) ? pick(given, 'message_copy', own) : null) ??
    pickSeen(given, 'message_copy', (row) => !done(row))
  if (!of) return null
  const row = { message_id: of.message_id ?? '', volunteer_id: of.volunteer_id ?? '' }
  return insert('message_read', row, volunteer !== null && of.volunteer_id === volunteer)
}

export const messageDraws: Draw[] = [template, material, send, copy, read]
