// May somebody ask for what two people decide once they have seen who it is: a way back in, another address or name, that an account be opened? Decisions 14, 59 and 62.
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, pick, until } from './draw.ts'
import type { Values } from './statements.ts'

/** Whose account is nobody's, but the program's own. */
export const isProcess = ({ rights }: Given, { id }: Row) =>
  rights.facts.rows('person_role').some((role) => role.person_id === id && role.role === 'system')

/** Decisions 14, 59, 62: asked for by an administrator; for those who help also by coordinator, manager and their own supervisor. */
const askSeen = (
  kind: 'recover' | 'email' | 'name',
  suits: (given: Given, row: Row) => boolean,
  to: (given: Given) => Values,
) =>
  function ask(given: Given) {
    const other = (row: Row) =>
      row.status === 'active' && row.id !== given.me && !isProcess(given, row) && !waits(given, kind, row)
    const volunteers = given.rights.facts.rows('volunteer').filter(({ id }) => given.rights.supervisees.has(id ?? ''))
    const guided = (row: Row) => volunteers.some(({ person_id }) => person_id === row.id)
    // A deputy guides for a while; whose account it is stays with the supervisor to say.
    const hers = (row: Row) => volunteers.some((one) => one.person_id === row.id && one.supervisor_id === given.me)
    const never = (row: Row) => !stands(given, row)
    // Whose name stands there, whether or not she guides anybody any more.
    const named = (row: Row) =>
      given.rights.facts.rows('volunteer').some((one) => one.person_id === row.id && one.supervisor_id === given.me)
    const near = given.random.pick([never, named, guided, other, other])
    const whom = pick(given, 'person', (row) => other(row) && near(row)) ?? pick(given, 'person', other)
    if (!whom || given.signed === whom.id) return null
    const helps = helpsOnly(given, whom) && (has(given.rights, 'coordinator', 'manager') || hers(whom))
    const mine = (has(given.rights, 'admin') || helps) && given.rights.inPerson && given.honest
    const row = { kind, person_id: whom.id ?? '', way: 'video', reason: 'x', proposed_by: given.signed }
    const attempt = insert('confirmation', { ...row, ...to(given), expires_at: '@until' }, mine && suits(given, whom))
    return until(attempt, `now() + interval '5 days'`)
  }

/** A way back in. */
const askBackIn: Draw = askSeen('recover', stands, () => ({}))

/** Another address or name, freshly proved. */
const askAddress: Draw = askSeen(
  'email',
  ({ rights }) => rights.fresh,
  ({ random }) => ({ new_email: `uus${random.whole(1, 1e9)}@naidis.example` }),
)
const newName = { new_name: 'Näidis-Uus', new_search: 'naidis uus' }
const askName: Draw = askSeen(
  'name',
  ({ rights }) => rights.fresh,
  () => newName,
)

/** Her own name she asks for herself, and for nobody else's in her name; the process has none to change. */
const askOwnName: Draw = (given) => {
  const { rights, signed, me } = given
  const whose = given.random.chance(0.7) ? me : signed
  const person = rights.facts.one('person', whose)
  if (person?.status !== 'active' || isProcess(given, person) || waits(given, 'name', person)) return null
  const mine = whose === me && signed === me
  const allowed = mine && rights.inPerson && rights.fresh && rights.roles.size > 0
  const row = { kind: 'name', person_id: whose, reason: 'x', ...newName, proposed_by: signed, expires_at: '@until' }
  return until(insert('confirmation', row, allowed), `now() + interval '5 days'`)
}

/** Of an address and a name one thing waits at a time. */
const waits = ({ rights }: Given, kind: string, { id }: Row) =>
  kind !== 'recover' &&
  rights.facts.rows('confirmation').some((row) => row.kind === kind && row.decision === null && row.person_id === id)

/** A closed account is opened again by two, of whom an administrator is the first. */
const askReopening: Draw = (given) => {
  const whom = pick(given, 'person', (row) => row.status !== 'active' || given.random.chance(0.05))
  if (!whom || given.signed === whom.id || isProcess(given, whom)) return null
  const way = given.random.chance(0.9) ? 'video' : null
  const row = { kind: 'reopen', person_id: whom.id ?? '', way, reason: 'x', proposed_by: given.signed }
  const allowed = has(given.rights, 'admin') && given.rights.inPerson && given.honest && way !== null
  return until(insert('confirmation', { ...row, expires_at: '@until' }, allowed), `now() + interval '5 days'`)
}

/** Whoever has never come in has nothing to come back to. */
function stands({ rights }: Given, { id }: Row): boolean {
  const [sessions, words] = [rights.facts.rows('session'), rights.facts.rows('credential')]
  const followed = rights.facts.rows('invitation').some((row) => row.person_id === id && row.used_at !== null)
  return (
    followed ||
    sessions.some((row) => row.person_id === id && row.method !== 'demo' && row.method !== 'service') ||
    words.some((row) => row.person_id === id && row.password_once === 'false')
  )
}

/** Today and from now on: what somebody once was does not count. */
const helpsOnly = ({ rights }: Given, { id }: Row) => {
  const roles = rights.facts.rows('person_role').filter((row) => row.person_id === id)
  const left = roles.filter(({ valid_to }) => (valid_to ?? '') >= rights.facts.today)
  return left.length > 0 && left.every(({ role }) => role === 'volunteer' || role === 'supervisor')
}

export const askedDraws: Draw[] = [askBackIn, askAddress, askName, askOwnName, askReopening]
