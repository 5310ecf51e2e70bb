// May somebody write what is theirs alone – drafts, forms, keys, letters, desks – and in nobody else's name?
import { has, rolesOf, sharesCase } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, literal, now, open, pick, pickSeen, update } from './draw.ts'

const signedIn = ({ rights }: Given) => rights.me !== null

const draft: Draw = (given) =>
  insert('draft', { person_id: given.signed, form: `/y${given.random.next()}`, values_sealed: '\\x01' }, given.honest)
const savedFilter: Draw = (given) =>
  insert('saved_filter', { person_id: given.signed, list: 'cases', words_sealed: '\\x01' }, given.honest)
/** The link to one's own calendar is made in person and freshly proved. */
const calendar: Draw = (given) => {
  if (given.rights.facts.rows('calendar_feed').some(({ person_id }) => person_id === given.signed)) return null
  const token_hash = `\\x${given.random.whole(1e7, 9e7).toString().repeat(8)}`
  const allowed = given.honest && given.rights.fresh && given.rights.inPerson
  return insert('calendar_feed', { person_id: given.signed, token_hash }, allowed)
}
const endCalendar: Draw = (given) => {
  const others = given.random.chance(0.5)
  const of = pick(given, 'calendar_feed', ({ person_id }) => (person_id === given.me) !== others)
  const about = { table: 'calendar_feed', name: 'calendar_feed delete', allowed: !others }
  // Where no row is named none has to be seen either: whoever has no link ends everybody's, or nothing.
  const none = others && !given.rights.facts.rows('calendar_feed').some(({ person_id }) => person_id === given.me)
  return of && { ...about, text: `delete from calendar_feed${none ? '' : ` where ${mine(of)}`}` }
}
const byOwner =
  (table: string, statement: (of: Row) => string, action: 'update' | 'delete'): Draw =>
  (given) => {
    const of = pick(given, table, ({ person_id }) => person_id === given.signed)
    return of && { table, name: `${table} ${action}`, text: statement(of), allowed: given.honest }
  }
const mine = ({ person_id, key }: Row) =>
  `person_id = ${literal(person_id ?? '')}${key === undefined ? '' : ` and key = ${literal(key)}`}`

const once: Draw = (given) => {
  const row = { person_id: given.signed, key: '00000000-0000-4000-8000-000000000001', name: 'x' }
  return insert('once', row, given.honest)
}
const passkey: Draw = (given) => {
  const row = {
    person_id: given.signed,
    credential_id: `\\x${given.random.whole(1e8, 9e8).toString(16).padStart(8, '0')}`,
  }
  return insert(
    'passkey',
    { ...row, public_key: '\\x01', backed_up: false, name: 'x' },
    given.honest && given.rights.fresh,
  )
}
const namePasskey: Draw = (given) => {
  const others = given.random.chance(0.3)
  const row = pick(given, 'passkey', ({ person_id }) => (person_id === given.me) !== others)
  return row && update(given, 'passkey', row, { name: 'y' }, !others && given.rights.fresh)
}

/** Anybody's work causes a letter; a key is the process's, and of the coordinator those of her two reminders – never that of a letter which the database writes. */
const databaseKeys = ['way', 'seal', 'bait', 'outing']
const processKeys = ['wall', 'watch', 'glass', 'concern', 'report', 'k']
const letter: Draw = (given) => {
  const to = pick(given, 'person')
  if (!to) return null
  const all = [...processKeys, ...databaseKeys, null, null, null, null, null, null]
  const whose = given.random.pick(all)
  const some = crypto.randomUUID()
  const hers = given.random.pick([null, null, `paper/${some}`, `report/${some}/nudge/2031-01-01`])
  const unique_key = hers ?? (whose === null ? null : `${whose}/${some}`)
  const keyed = hers
    ? has(given.rights, 'system', 'coordinator')
    : has(given.rights, 'system') && !databaseKeys.includes(whose ?? '')
  const allowed = signedIn(given) && (unique_key === null || keyed)
  return insert('mail_outbox', { person_id: to.id ?? '', kind: 'new-task', unique_key }, allowed)
}

/** Decision 11: the giver lends a role held in person; where the giver cannot, the taker asks. Both freshly proved. */
const lend: Draw = (given) => {
  const role = given.random.pick(['coordinator', 'manager'])
  const other = role === 'coordinator' ? 'manager' : 'coordinator'
  const asks = given.random.chance(0.4)
  const party = pick(given, 'person', ({ id }) => id !== given.me && holds(given, id, asks ? role : other))
  if (!party) return null
  const [giver, taker] = asks ? [party.id ?? '', given.me] : [given.me, party.id ?? '']
  // Nobody asks for what they hold themselves.
  const needed = !(asks && given.rights.roles.has(role))
  const parties = holds(given, giver, role) && holds(given, taker, other) && needed
  const allowed = parties && given.rights.inPerson && given.rights.fresh
  // A chain of terms would be a longer one: thirty days ahead are the rule of another test.
  if (given.rights.facts.rows('substitution').some((row) => row.giver_id === giver && !row.ended_at)) return null
  const days = { valid_from: '2031-03-01', valid_to: '2031-03-09' }
  const created_by = given.honest ? given.me : (party.id ?? '')
  return insert(
    'substitution',
    { giver_id: giver, taker_id: taker, role, ...days, created_by },
    allowed && given.honest,
  )
}
/** The role counts only where it is not asleep for want of keys. */
const holds = (given: Given, person: string | null | undefined, role: string) =>
  person === given.me
    ? given.rights.roles.has(role)
    : rolesOf(given.rights.facts, person ?? null).some((held) => held.role === role)

/** Either of the two ends it; an administrator says no to what was asked for. */
const endTerm: Draw = (given) => {
  const party = (row: Row) => row.giver_id === given.me || row.taker_id === given.me
  const row =
    (given.random.chance(0.6) ? pick(given, 'substitution', (one) => party(one) && !one.ended_at) : null) ??
    pick(given, 'substitution', (one) => !one.ended_at)
  if (!row) return null
  const asked = row.created_by === row.taker_id && !row.confirmed_at
  const allowed = (party(row) || (has(given.rights, 'admin') && asked)) && given.honest
  return update(given, 'substitution', row, { ended_at: now, ended_by: given.signed }, allowed)
}
const confirmTerm: Draw = (given) => {
  const ended = given.random.chance(0.15)
  const waits = (one: Row) => !one.confirmed_at && (one.ended_at !== null) === ended
  const byTaker = (one: Row) => waits(one) && one.created_by === one.taker_id
  const row = pick(given, 'substitution', given.random.chance(0.6) ? byTaker : waits)
  if (!row) return null
  const asked = row.created_by === row.taker_id
  const party = row.giver_id === given.me || row.taker_id === given.me
  const may = has(given.rights, 'admin') && given.rights.inPerson && given.rights.fresh && !party
  const allowed = may && asked && !row.ended_at
  return update(given, 'substitution', row, { confirmed_at: now, confirmed_by: given.signed }, allowed && given.honest)
}
const promise: Draw = (given) => {
  const own = (row: Row) => row.giver_id === given.me
  const runs = (row: Row) => !row.ended_at && (row.valid_to ?? '') >= given.rights.facts.today
  const over = (row: Row) => own(row) && !runs(row)
  const near = given.random.pick([own, own, over, null])
  const of = (near && pick(given, 'substitution', near)) ?? pick(given, 'substitution')
  if (!of) return null
  const allowed = own(of) && runs(of) && given.rights.inPerson && given.honest
  return insert(
    'substitution_promise',
    { substitution_id: of.id ?? '', text_sealed: '\\x01', added_by: given.signed },
    allowed,
  )
}
const promiseDone: Draw = (given) => {
  const row = pickSeen(given, 'substitution_promise', ({ done_at }) => done_at === null)
  return row && update(given, 'substitution_promise', row, { done_at: now, done_by: given.signed }, given.honest)
}

const made = { master_id: 'm', wrapped: '\\x01' }
/** What has no key yet. */
const keyless = ({ rights }: Given) => {
  const keyed = new Set(rights.facts.rows('sealed_key').map((row) => row.owner_id))
  return ({ id }: Row) => !keyed.has(id ?? null)
}

const ownKey: Draw = (given) => {
  if (!keyless(given)({ id: given.signed })) return null
  return insert('sealed_key', { kind: 'person', owner_id: given.signed, ...made }, given.honest)
}

const volunteerKey: Draw = (given) => {
  const there = given.random.chance(0.85)
  const of = pickSeen(given, there ? 'volunteer' : 'person', keyless(given))
  const allowed = there && has(given.rights, 'coordinator')
  return of && insert('sealed_key', { kind: 'volunteer', owner_id: of.id ?? '', ...made }, allowed)
}

/** A key is made for a case that is there, so that nobody takes the place of another's. */
const caseKey: Draw = (given) => {
  const there = given.random.chance(0.8)
  const of = there ? pickSeen(given, 'case_file', keyless(given)) : pickSeen(given, 'person', keyless(given))
  if (!of) return null
  const mine = [...given.rights.networks].filter((id) => id !== of.network_id)[0]
  const elsewhere = given.random.chance(0.15) ? (mine ?? pick(given, 'network')?.id) : null
  const network_id = elsewhere ?? of.network_id ?? mine ?? null
  const meant = there && network_id === of.network_id && open(given, of.id)
  const allowed = meant && (has(given.rights, 'coordinator') || sharesCase(given.rights, of))
  return insert('sealed_key', { kind: 'case', owner_id: of.id ?? '', network_id, ...made }, allowed)
}

const reportKey: Draw = (given) => {
  const { volunteer } = given.rights
  const own = (row: Row) => volunteer !== null && row.volunteer_id === volunteer
  const free = keyless(given)
  const mine = (row: Row) => own(row) && free(row)
  const of =
    (given.random.chance(0.6) ? pick(given, 'month_report', mine) : null) ?? pickSeen(given, 'month_report', free)
  return of && insert('sealed_key', { kind: 'report', owner_id: of.id ?? '', ...made }, own(of))
}

const workbookKey: Draw = (given) => {
  const owner_id = `00000000-0000-4000-8000-${String(given.random.whole(1, 1e9)).padStart(12, '0')}`
  return insert('sealed_key', { kind: 'import', owner_id, ...made }, has(given.rights, 'coordinator'))
}

export const ownDraws: Draw[] = [
  ...[ownKey, volunteerKey, caseKey, reportKey, workbookKey],
  ...[draft, savedFilter, calendar, calendar, endCalendar, once],
  ...[passkey, namePasskey, letter, lend, endTerm, confirmTerm, promise, promiseDone],
  byOwner('draft', (of) => `update draft set values_sealed = '\\x02' where ${mine(of)}`, 'update'),
  byOwner('draft', (of) => `delete from draft where ${mine(of)}`, 'delete'),
  byOwner('saved_filter', (of) => `delete from saved_filter where id = ${literal(of.id ?? '')}`, 'delete'),
  byOwner('once', (of) => `update once set result_sealed = '\\x01' where ${mine(of)}`, 'update'),
]
