// May somebody ask for what two people decide: a role, a way back in, another address or name? Decisions 14, 59 and 62.
import { has, rolesOf } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, pick } from './draw.ts'

export const isProcess = ({ rights }: Given, { id }: Row) =>
  rights.facts.rows('person_role').some((role) => role.person_id === id && role.role === 'system')

/** Decision 14: every role by the administrator, those who help by the coordinator; in person, in one's own name, never for oneself. */
const askRole: Draw = (given) => {
  const whom = pick(given, 'person', (row) => row.status === 'active' && !isProcess(given, row))
  if (!whom || given.signed === whom.id) return null
  const role = given.random.pick(['volunteer', 'supervisor', 'trainer', 'manager'])
  const helps = has(given.rights, 'coordinator') && ['volunteer', 'supervisor'].includes(role)
  const own = rolesOf(given.rights.facts, given.me).map((held) => held.role ?? '')
  const row = {
    kind: 'role',
    person_id: whom.id ?? '',
    role,
    valid_from: given.rights.facts.today,
    valid_to: '2999-12-31',
    reason: 'x',
  }
  const allowed = (has(given.rights, 'admin') || helps) && given.rights.inPerson && given.honest && own.length > 0
  const attempt = insert('confirmation', { ...row, proposed_by: given.signed, expires_at: '@until' }, allowed)
  return { ...attempt, text: attempt.text.replace(`'@until'`, `now() + interval '5 days'`) }
}

/**
 * Decisions 14, 59, 62: asked for by an administrator; for those who help also by coordinator, manager, own supervisor. An address and a name freshly,
 * once at a time.
 */
const askSeen =
  (kind: 'recover' | 'email' | 'name'): Draw =>
  (given) => {
    const asked = given.rights.facts.rows('confirmation').filter((row) => row.kind === kind && row.decision === null)
    const waits = (row: Row) => kind !== 'recover' && asked.some(({ person_id }) => person_id === row.id)
    const other = (row: Row) => row.status === 'active' && row.id !== given.me && !isProcess(given, row) && !waits(row)
    const volunteers = given.rights.facts.rows('volunteer').filter(({ id }) => given.rights.supervisees.has(id ?? ''))
    const guided = (row: Row) => volunteers.some(({ person_id }) => person_id === row.id)
    // A deputy guides for a while; whose account it is stays with the supervisor to say.
    const hers = (row: Row) => volunteers.some((one) => one.person_id === row.id && one.supervisor_id === given.me)
    const whom =
      (given.random.chance(0.4) ? pick(given, 'person', (row) => other(row) && guided(row)) : null) ??
      pick(given, 'person', other)
    if (!whom || given.signed === whom.id) return null
    const helps = helpsOnly(given, whom) && (has(given.rights, 'coordinator', 'manager') || hers(whom))
    const proved = kind === 'recover' || given.rights.fresh
    const allowed = (has(given.rights, 'admin') || helps) && given.rights.inPerson && given.honest && proved
    const row = { kind, person_id: whom.id ?? '', way: 'video', reason: 'x', proposed_by: given.signed }
    const new_email = kind === 'email' ? `uus${given.random.whole(1, 1e9)}@naidis.example` : null
    const [new_name, new_search] = kind === 'name' ? ['Näidis-Uus', 'naidis uus'] : [null, null]
    const to = { new_email, new_name, new_search }
    const attempt = insert('confirmation', { ...row, ...to, expires_at: '@until' }, allowed)
    return { ...attempt, text: attempt.text.replace(`'@until'`, `now() + interval '5 days'`) }
  }

/** Decision 62: her own name she asks for herself, and for nobody else's in her name; the process has none to change. */
const askOwnName: Draw = (given) => {
  const { rights, signed, me } = given
  const whose = given.random.chance(0.7) ? me : signed
  const row = rights.facts.one('person', whose)
  const asked = rights.facts.rows('confirmation').filter(({ kind, decision }) => kind === 'name' && decision === null)
  if (row?.status !== 'active' || isProcess(given, row) || asked.some(({ person_id }) => person_id === whose))
    return null
  const mine = whose === me && signed === me
  const allowed = mine && rights.inPerson && given.honest && rights.fresh && rights.roles.size > 0
  const text = { kind: 'name', person_id: whose, reason: 'x', new_name: 'Näidis-Uus', new_search: 'naidis uus' }
  const attempt = insert('confirmation', { ...text, proposed_by: signed, expires_at: '@until' }, allowed)
  return { ...attempt, text: attempt.text.replace(`'@until'`, `now() + interval '5 days'`) }
}

/** Today and from now on: what somebody once was does not count. */
const helpsOnly = ({ rights }: Given, { id }: Row) => {
  const roles = rights.facts.rows('person_role').filter((row) => row.person_id === id)
  const left = roles.filter(({ valid_to }) => (valid_to ?? '') >= rights.facts.today)
  return left.length > 0 && left.every(({ role }) => role === 'volunteer' || role === 'supervisor')
}

export const askedDraws: Draw[] = [askRole, askSeen('recover'), askSeen('email'), askSeen('name'), askOwnName]
