// How much work was done in the networks that this person answers for, month by month?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { query } from '../../core/operation.server.ts'
import { everyMonth, lastMonths, type Work } from './work.ts'

/** From the sums that the database keeps beside the visits; the policies say of which networks. */
export const openWork = query(
  'support.work',
  { roles: ['coordinator', 'lead', 'member'], input: z.object({}), about: () => ({ kind: 'figure' }) },
  async (db): Promise<Work> => {
    const months = lastMonths(today())
    const sums = sql`sum(contacts)::float8 as contacts, sum(minutes)::float8 as minutes, sum(expense_cents)::float8 as expense_cents`
    const { rows } = await sql<Work>`
      with work as materialized (select * from work_sum where month >= ${months[0]})
      select (select coalesce(json_agg(m), '[]') from (select month, ${sums} from work group by month) m) as months,
        (select coalesce(json_agg(n), '[]') from (select network.id, network.name, ${sums} from work join network on network.id = work.network_id
          group by network.id, network.name order by network.name collate "et-x-icu") n) as networks`.execute(db)
    const found = rows[0] ?? { months: [], networks: [] }
    return { months: everyMonth(months, found.months), networks: found.networks }
  },
)
