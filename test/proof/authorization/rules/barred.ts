// With whom does a password count for nothing?
import type { Row } from '../world/world.ts'
import type { Facts } from './rights.ts'

/** Decision 63: whoever only helps, today and from later on, has no right by a password, unless the setting says that it counts. */
export function byBarredPassword(facts: Facts, session: Row): boolean {
  if (session.method !== 'password') return false
  const roles = facts.rows('person_role').filter((row) => row.person_id === session.person_id)
  const posts = roles.filter((row) => facts.today <= (row.valid_to ?? '')).map((row) => row.role ?? '')
  if (posts.length === 0 || posts.some((role) => !['volunteer', 'supervisor'].includes(role))) return false
  const said = facts
    .rows('setting')
    .filter((row) => row.name === 'helperPassword' && (row.valid_from ?? '') <= facts.today)
  const last = said.toSorted((one, other) => ((one.valid_from ?? '') < (other.valid_from ?? '') ? -1 : 1)).at(-1)
  return last?.value !== 'yes'
}
