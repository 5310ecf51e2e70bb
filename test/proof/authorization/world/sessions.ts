// With which sessions does somebody come, and at whose desk does each of them sit?
import { createHash } from 'node:crypto'
import type { Book, NewRow } from './book.ts'
import type { People } from './people.ts'

/** What the login is told: the bearer value of one session, or none. */
export type Claim = {
  name: string
  claim: string | null
  /** Which emergency access the work says that it is done by (decision 16). */
  glass?: string
}

type Given = { book: Book; people: People; claims: Claim[] }

/** Everybody's session, those that are worth nothing, and those that stand in or no longer do. */
export function putSessions(book: Book, people: People): Claim[] {
  const given: Given = { book, people, claims: [{ name: 'without a claim', claim: null }] }
  given.claims.push({ name: 'an invented claim', claim: claimOf(`nobody/${book.uuid()}`) })
  const administrators = Object.keys(people.ids).filter((name) => name.startsWith('admin') && name !== 'adminOver')
  putSession(given, 'shownOnly', '', { method: 'demo' })
  for (const name of Object.keys(people.ids).filter((one) => !['neverIn', 'shownOnly'].includes(one))) {
    if (administrators.includes(name)) putKeys(given, name, name === 'adminOneKey' ? 1 : 2)
    // Whoever only helps comes by a key as well; with those who do something else besides it makes no difference.
    const byKey = administrators.includes(name) || /^(volunteer|supervisor|some)/.test(name)
    putSession(given, name, '', { method: byKey ? 'passkey' : 'password' })
  }
  putWorthless(given)
  putDesks(given)
  return given.claims
}

const claimOf = (of: string) => createHash('sha256').update(of).digest('base64url')

function putSession({ book, people, claims }: Given, name: string, how: string, more: NewRow = {}): void {
  const id = book.uuid()
  const claim = claimOf(id)
  const claim_hash = `\\x${createHash('sha256').update(claim).digest('hex')}`
  const person_id = people.ids[name] ?? ''
  const [idle_until, absolute_until] = [book.minute(600), book.minute(900)]
  const limits = { idle_minutes: 60, idle_until, absolute_until, proved_at: book.minute(600) }
  book.put('session', { id, person_id, claim_hash, method: 'password', factors: 2, ...limits, ...blank, ...more })
  claims.push({ name: how ? `${name}, ${how}` : name, claim })
}

const blank = { ended_at: null, ended_why: null, substitution_id: null }

function putKeys({ book, people }: Given, name: string, keys: number): void {
  for (let key = 1; key <= keys; key++) {
    const credential_id = `\\x${createHash('sha256').update(`${name}/${key}`).digest('hex')}`
    const row = { person_id: people.ids[name] ?? '', credential_id, public_key: '\\x01', name: `Näidis-võti ${key}` }
    book.put('passkey', { id: book.uuid(), ...row, backed_up: false })
  }
}

// The strongest people, with sessions that are over, too weak, or not of the kind that their role wants.
function putWorthless(given: Given): void {
  const { book } = given
  for (const name of ['coordinator1', 'lead0', 'volunteer1', 'auditor1', 'supervisor1']) {
    putSession(given, name, 'signed out', { ended_at: book.minute(-1), ended_why: 'sign-out' })
    putSession(given, name, 'idle for too long', { idle_until: book.minute(-1) })
    putSession(given, name, 'here for too long', { absolute_until: book.minute(-1) })
  }
  for (const name of ['coordinator1', 'lead0', 'admin1', 'volunteer1', 'manager1']) {
    const method = name === 'admin1' || name === 'volunteer1' ? 'passkey' : 'password'
    putSession(given, name, 'proved long ago', { method, proved_at: book.minute(-30) })
  }
  putSession(given, 'coordinator1', 'by one factor', { factors: 1 })
  putSession(given, 'admin1', 'by password', { method: 'password' })
  putSession(given, 'adminCoordinator', 'by password', { method: 'password' })
  putSession(given, 'admin2', 'by demonstration', { method: 'demo' })
  putByPassword(given)
}

// Whoever only helps, without a key and with one; and those who work here besides.
function putByPassword(given: Given): void {
  putKeys(given, 'volunteer2', 1)
  const some = Object.keys(given.people.ids).filter((name) => name.startsWith('some'))
  for (const name of [
    'volunteer1',
    'volunteer2',
    'supervisor1',
    'supervisorVolunteer',
    'volunteerMember',
    'supervisorMember',
    'supervisorLead',
    ...some,
  ])
    putSession(given, name, 'by password', { method: 'password' })
  putSession(given, 'supervisor2', 'by card', { method: 'oidc' })
}

type Term = {
  giver: string
  taker: string
  role: 'coordinator' | 'manager'
  from?: number
  to?: number
  /** Asked for by the taker: does somebody say yes? */
  asked?: 'confirmed' | 'waiting'
  ended?: boolean
}

const terms: Record<string, Term> = {
  'for a coordinator': { giver: 'coordinator1', taker: 'manager1', role: 'coordinator' },
  'for a manager': { giver: 'manager2', taker: 'coordinator2', role: 'manager' },
  'for a coordinator, with much of one’s own': {
    giver: 'coordinator2',
    taker: 'managerOfMuch',
    role: 'coordinator',
  },
  'on the last day': { giver: 'coordinator1', taker: 'manager2', role: 'coordinator', from: -9, to: 0 },
  'on the first day': { giver: 'manager1', taker: 'coordinator1', role: 'manager', from: 0, to: 3 },
  'asked for and granted': { giver: 'coordinator1', taker: 'manager2', role: 'coordinator', asked: 'confirmed' },
  'asked for and not granted': { giver: 'coordinator2', taker: 'manager2', role: 'coordinator', asked: 'waiting' },
  'for a post that is their own too': { giver: 'coordinator1', taker: 'bothPosts', role: 'coordinator' },
  'asked for and taken back': {
    giver: 'coordinator2',
    taker: 'manager1',
    role: 'coordinator',
    asked: 'waiting',
    ended: true,
  },
  'after it was ended': { giver: 'coordinator1', taker: 'manager1', role: 'coordinator', ended: true },
  'after the term': { giver: 'coordinator1', taker: 'manager1', role: 'coordinator', from: -9, to: -1 },
  'before the term': { giver: 'coordinator1', taker: 'manager1', role: 'coordinator', from: 1, to: 9 },
  'for one who is no coordinator any more': {
    giver: 'coordinatorOver',
    taker: 'manager1',
    role: 'coordinator',
  },
  'for one whose account is closed': { giver: 'coordinatorShut', taker: 'manager2', role: 'coordinator' },
  'without a post any more': { giver: 'coordinator1', taker: 'managerOver', role: 'coordinator' },
  'for another post than the giver’s': { giver: 'coordinator1', taker: 'manager1', role: 'manager' },
}

function putDesks(given: Given): void {
  const { book, people } = given
  for (const [how, { giver, taker, role, from = -2, to = 5, asked, ended }] of Object.entries(terms)) {
    const [id, giver_id, taker_id] = [book.uuid(), people.ids[giver] ?? '', people.ids[taker] ?? '']
    const confirmed = asked === 'confirmed'
    book.put('substitution', {
      ...{ id, giver_id, taker_id, role, valid_from: book.day(from), valid_to: book.day(to) },
      created_by: asked ? taker_id : giver_id,
      confirmed_by: confirmed ? (people.ids.admin1 ?? null) : null,
      confirmed_at: confirmed ? book.minute(-600) : null,
      ended_by: ended ? giver_id : null,
      ended_at: ended ? book.minute(-60) : null,
    })
    putPromise(book, id, giver_id, taker_id)
    putSession(given, taker, `standing in ${how}`, { substitution_id: id })
  }
}

function putPromise(book: Book, substitution_id: string, giver: string, taker: string): void {
  const done = book.random.chance(0.5)
  book.put('substitution_promise', {
    ...{ id: book.uuid(), substitution_id, text_sealed: '\\x01', added_by: giver },
    done_at: done ? book.minute(-30) : null,
    done_by: done ? taker : null,
  })
}
