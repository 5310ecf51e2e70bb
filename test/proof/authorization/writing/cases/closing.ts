// May a case be closed, asked after, begun anew and called a repeat by whoever tries? Decisions 20 and 21: the lead, over nothing left open.
import { closed, leads, sharesCase } from '../../rules/rights.ts'
import type { Row } from '../../world/world.ts'
import { type Draw, type Given, insert, now, open, pick, pickSeen, place, update } from '../draw.ts'

const keeps = (given: Given, row: Row) => leads(given.rights, row) && open(given, row.case_id ?? row.id)

/** Whether something in it waits: a need, a question, a support, a task or a worry. The risk is not asked of what was a mistake. */
function unfinished({ rights }: Given, of: Row): boolean {
  const rows = (table: string) => rights.facts.rows(table).filter((row) => row.case_id === of.id)
  const tasks = rows('case_task').filter(({ kind }) => kind !== 'assess-again' && kind !== 'follow-up')
  // All are asked of every case: what is seldom open by itself alone would stand behind the rest.
  const waiting = [
    rows('concern').some(({ closed_at }) => closed_at === null),
    rows('case_action').some(({ state }) => state === 'open'),
    rows('need').some(({ status }) => status === 'open'),
    rows('assignment').some(({ status }) => status === 'proposed' || status === 'active'),
    tasks.some(({ done_at }) => done_at === null),
    rows('case_transfer').some(({ state }) => state === 'open'),
  ]
  return waiting.includes(true)
}

const close: Draw = (given) => {
  const ready = (row: Row) => row.status === 'open' && !unfinished(given, row)
  const mine = (row: Row) => ready(row) && leads(given.rights, row)
  const of = pick(given, 'case_file', mine) ?? pickSeen(given, 'case_file', ({ status }) => status === 'open')
  if (!of) return null
  const row = { ...place(of), reason: 'mistake', outcome: 'unknown', words_sealed: '\\x01', closed_by: given.signed }
  return insert('case_closing', row, keeps(given, of) && ready(of) && given.honest)
}

const reopen: Draw = (given) => {
  const row = pickSeen(given, 'case_closing', ({ reopened_at }) => reopened_at === null)
  const set = { reopened_at: now, reopened_by: given.signed, reopened_sealed: '\\x01' }
  return row && update(given, 'case_closing', row, set, keeps(given, row) && given.honest)
}

const askAfterwards: Draw = (given) => {
  const heardOf = new Set(given.rights.facts.rows('case_follow_up').map(({ task_id }) => task_id))
  const free = ({ id }: Row) => !heardOf.has(id ?? null)
  const waits = (row: Row) => row.kind === 'follow-up' && row.done_at === null && closed(given.rights, row.case_id)
  const mine = (row: Row) => free(row) && leads(given.rights, row)
  const task =
    (given.random.chance(0.4) ? pick(given, 'case_task', mine) : null) ??
    pickSeen(given, 'case_task', (row) => free(row) && waits(row))
  if (!task) return null
  const heard = { on_date: given.rights.facts.today, state: 'same', incidents: 'unknown', risk: 'same' }
  const row = { ...place(task), task_id: task.id ?? '', ...heard, recorded_by: given.signed }
  return insert('case_follow_up', row, keeps(given, task) && waits(task) && given.honest)
}

/** Earlier cases of the network with the same victim – by her code, or by how her name sounds – as far as they exist for me. */
function knownBefore({ rights }: Given, of: Row): Row[] {
  const victims = (id: string | null | undefined) =>
    rights.facts.rows('case_person').filter((row) => row.case_id === id && row.kind === 'victim' && !row.superseded_at)
  const codes = new Set(victims(of.id).map((row) => row.personal_code_index))
  const keys = (row: Row) => rights.facts.rows('case_name_key').filter(({ person_row }) => person_row === row.id)
  const names = new Set(
    victims(of.id)
      .flatMap(keys)
      .map((row) => row.key_index),
  )
  const before = (row: Row) => row.network_id === of.network_id && (row.referred_on ?? '') < (of.referred_on ?? '')
  const same = (row: Row) =>
    victims(row.id).some(
      (one) =>
        (one.personal_code_index && codes.has(one.personal_code_index)) ||
        keys(one).some(({ key_index }) => key_index && names.has(key_index)),
    )
  return rights.facts.rows('case_file').filter((row) => before(row) && same(row) && !rights.walled.has(row.id ?? ''))
}

/** Whether it is a repeat is for the lead to say, of a case that was there before. */
const repeat: Draw = (given) => {
  const of = pickSeen(given, 'case_file', ({ status }) => status === 'open' || given.random.chance(0.3))
  if (!of) return null
  const known = knownBefore(given, of)
  const earlier =
    known.length && given.random.chance(0.8)
      ? given.random.pick(known)
      : // Somebody who was in danger with another, or lived beside her, too.
        pick(
          given,
          'case_file',
          ({ id, network_id }) => id !== of.id && (network_id === of.network_id || given.random.chance(0.1)),
        )
  if (!earlier) return null
  const row = {
    ...place(of),
    earlier_case_id: earlier.id ?? '',
    incident_on: '2026-11-01',
    pair: 'unknown',
    crime: 'unknown',
  }
  return insert(
    'case_repeat',
    { ...row, recorded_by: given.signed },
    keeps(given, of) && of.status === 'open' && known.includes(earlier) && given.honest,
  )
}
const sound: Draw = (given) => {
  const victim = ({ kind, superseded_at }: Row) => kind === 'victim' && !superseded_at
  const of = pick(
    given,
    'case_person',
    (row) => victim(row) && (given.random.chance(0.1) || sharesCase(given.rights, row)),
  )
  if (!of) return null
  const allowed = sharesCase(given.rights, of) && open(given, of.case_id)
  const row = { ...place(of), person_row: of.id ?? '' }
  return given.random.chance(0.5)
    ? insert('case_name_key', { ...row, key_index: '\\x01' }, allowed)
    : insert('case_surname', { ...row, name_index: '\\x01' }, allowed)
}

export const closingDraws: Draw[] = [close, reopen, askAfterwards, repeat, sound]
