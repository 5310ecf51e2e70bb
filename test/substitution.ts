// How do tests let somebody stand in: through the operations, with days counted from today in Tallinn?
import { beginStandingIn, giveSubstitution } from '../app/access/substitution/substitutions.server.ts'
import { addDays } from '../app/core/calendar/working-days.ts'
import { newSecret, whoBears } from '../app/core/session.server.ts'
import type { Person } from '../app/core/user.ts'
import { isoDate } from '../app/i18n/format.ts'
import { type Cast, signIn } from './cast.ts'

/** `2026-11-23`, so many days from today in Tallinn; counted in days, for not all of them have 24 hours. */
export function dayFromNow(days: number): string {
  return addDays(isoDate(new Date()), days)
}

/** A new session of the giver lends their work to the taker. */
export async function lend(cast: Cast, giver: Person, taker: Person, from = 0, to = 13): Promise<string> {
  const { person } = await signIn(cast.admin, giver.id)
  const term = { takerId: taker.id, validFrom: dayFromNow(from), validTo: dayFromNow(to) }
  return (await giveSubstitution.run(person, term)).id
}

/** A new session of the taker, already at the giver's desk. */
export async function standIn(cast: Cast, taker: Person, id: string): Promise<{ person: Person; cookie: string }> {
  const { person } = await signIn(cast.admin, taker.id)
  const { claim, claimHash, cookie } = newSecret(taker.id)
  await beginStandingIn.run(person, { id, claimHash })
  const there = await whoBears(claim)
  if (!there) throw new Error('nobody sits at that desk')
  return { person: there, cookie }
}
