// How does a test bring a case from outside every network, and who else does?
import { refer } from '../app/cases/referral/refer.server.ts'
import { blindIndex } from '../app/core/seal.server.ts'
import type { Person } from '../app/core/user.ts'
import { answerPages, type Changes } from './cases.ts'
import { type Cast, signIn } from './cast.ts'

/** What is asked of whoever belongs to no network: where the victim lives, in Narva. */
export const fromOutside = { source: 'health', referredOn: '02.11.2026', place: '0511' }

/** A case that Piret, or somebody like her, has sent, and her referral of it. */
export async function bring(cast: Cast, changes: Changes = {}, who: Person = cast.piret) {
  const journey = await answerPages(who, { source: fromOutside, victim: { municipality: '' }, ...changes })
  const sent = await refer.run(who, { journey })
  return { ...sent, referral: sent.referral ?? '' }
}

/** Somebody else who brings cases, for another organisation. */
export async function anotherReferrer(cast: Cast, name: string): Promise<Person> {
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ($1, 'Näidis-Kolleeg') returning id)
     insert into person_role (person_id, role, agency, valid_from, valid_to) select id, 'referrer', 'Näidis-kool', '2020-01-01', '2999-12-31' from made returning person_id`,
    [`${name}@naidis.example`],
  )
  return (await signIn(cast.admin, rows[0].person_id)).person
}

/** Their own personal code is known in Ida-Viru. */
export const ownCode = (cast: Cast, who: Person, code: string) =>
  cast.admin.query('insert into own_code (person_id, network_id, code_index) values ($1, $2, $3)', [
    ...[who.id, cast.networks.ida, blindIndex(cast.networks.ida, code)],
  ])
