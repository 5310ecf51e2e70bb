// How much work was done in the networks that this person answers for, month by month or year by year?
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import type { Role } from '../../core/user.ts'
import { everySpan, lastMonths, type Work, yearsUntil } from './work.ts'

const roles = ['coordinator', 'lead', 'member'] as const satisfies readonly Role[]
const asked = { roles, input: z.object({}), about: () => ({ kind: 'figure' }) }

/** The last twelve months. */
export const openWork = query('support.work', asked, async (db): Promise<Work> => {
  const months = lastMonths(today())
  const { spans, networks } = await workOf(db, 'month', sql`where month >= ${months[0]}`)
  return { by: 'month', spans: everySpan(months, spans), networks }
})

/** Every year since the first contact. */
export const openYears = query('support.work.years', asked, async (db): Promise<Work> => {
  const { spans, networks } = await workOf(db, 'year', sql``)
  const first = spans.map(({ from }) => from).sort()[0]
  return { by: 'year', spans: everySpan(yearsUntil(today(), first), spans), networks }
})

// From the sums that the database keeps beside the visits; the policies say of which networks.
async function workOf(db: Db, by: Work['by'], since: RawBuilder<unknown>): Promise<Pick<Work, 'spans' | 'networks'>> {
  const sums = sql`sum(contacts)::float8 as contacts, sum(minutes)::float8 as minutes, sum(expense_cents)::float8 as expense_cents`
  const { rows } = await sql<Pick<Work, 'spans' | 'networks'>>`
    with work as materialized (select * from work_sum ${since})
    select (select coalesce(json_agg(s), '[]') from (select date_trunc(${by}, month)::date as "from", ${sums} from work group by 1) s) as spans,
      (select coalesce(json_agg(n), '[]') from (select network.id, network.name, ${sums} from work join network on network.id = work.network_id
        group by network.id, network.name order by network.name collate "et-x-icu") n) as networks`.execute(db)
  return rows[0] ?? { spans: [], networks: [] }
}
