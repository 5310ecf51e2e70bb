// Can this term be lent: do both hold their posts for all of it, is it short enough, and is nobody in the way?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { formatDate } from '../../i18n/format.ts'
import { daysBetween } from '../../ui/date.ts'
import { type LentRole, lentRoles, longestDays, otherRole } from './substitution.ts'

export type Term = { giverId: string; takerId: string; role: LentRole; validFrom: string; validTo: string }

/** Who holds the other post today: those to whom one may lend, and for whom one may ask to stand in. */
export async function couldLend(db: Db, me: Pick<Person, 'id' | 'roles'>) {
  const wanted = lentRoles.filter((role) => me.roles.includes(otherRole(role)))
  if (wanted.length === 0) return []
  return db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personId')
    .select(['person.id', 'name'])
    .distinct()
    .where('role', 'in', wanted)
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
    .where('status', '=', 'active')
    .where('person.id', '<>', me.id)
    .orderBy('name')
    .execute()
}

/** A sentence at the field that does not fit. The database asks the same again, for those who come by another way. */
export async function checkTerm(db: Db, term: Term, other: 'takerId' | 'giverId'): Promise<void> {
  const { giverId, takerId, role, validFrom, validTo } = term
  if (validFrom < today()) throw new Invalid({ validFrom: { key: 'access.substitution.error.past' } })
  if (validTo < validFrom) throw new Invalid({ validTo: { key: 'access.people.order' } })
  const days = daysBetween(validFrom, validTo) + 1
  if (days > longestDays) throw new Invalid({ validTo: { key: 'access.substitution.error.long', args: { days } } })
  if (giverId === takerId) throw new Invalid({ [other]: { key: 'core.error.choose' } })
  const self = other === 'takerId' ? giverId : takerId
  for (const [personId, post] of [
    [giverId, role],
    [takerId, otherRole(role)],
  ] as const) {
    if (await holdsFor(db, personId, post, term)) continue
    throw new Invalid({
      [personId === self ? 'validTo' : other]: {
        key: `access.substitution.error.${personId === self ? 'ownRole' : 'role'}`,
      },
    })
  }
  await checkOthers(db, term, other)
}

async function holdsFor(db: Db, personId: string, role: LentRole, { validFrom, validTo }: Term): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select coalesce(range_agg(daterange(valid_from, valid_to, '[]')) @> daterange(${validFrom}, ${validTo}, '[]'), false) as held
    from person_role r join person p on p.id = r.person_id
    where person_id = ${personId} and role = ${role} and valid_from <= valid_to and p.status = 'active'`.execute(db)
  return rows[0]?.held === true
}

// What is already lent or taken over at that time.
async function checkOthers(db: Db, { giverId, takerId, role, validFrom, validTo }: Term, other: 'takerId' | 'giverId') {
  const ahead = await db
    .selectFrom('substitution')
    .select(['giverId', 'takerId', 'role', 'validFrom', 'validTo'])
    .where('endedAt', 'is', null)
    .where('validTo', '>=', today())
    .execute()
  const clash = ahead.filter((one) => one.validFrom <= validTo && validFrom <= one.validTo)
  const lent = clash.find((one) => one.giverId === giverId && one.role === role)
  if (lent) {
    const args = { from: formatDate(lent.validFrom), to: formatDate(lent.validTo) }
    throw new Invalid({ validFrom: { key: 'access.substitution.error.taken', args } })
  }
  if (clash.some((one) => one.giverId === takerId || one.takerId === giverId))
    throw new Invalid({ [other]: { key: 'access.substitution.error.away' } })
  const lentAhead = ahead
    .filter((one) => one.giverId === giverId && one.role === role)
    .map((one) => Math.min(daysBetween(one.validFrom, one.validTo), daysBetween(today(), one.validTo)) + 1)
  const left = longestDays - lentAhead.reduce((sum, days) => sum + days, 0)
  if (daysBetween(validFrom, validTo) + 1 > left)
    throw new Invalid({ validTo: { key: 'access.substitution.error.ahead', args: { left } } })
}
