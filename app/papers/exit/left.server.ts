// Who has left without a talk, a certificate or a word of thanks?
import { sql } from 'kysely'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'

export const farewells = ['talk', 'certificate', 'thanks'] as const
export type Farewell = (typeof farewells)[number]

export type Left = { id: string; code: string; name: string; leftOn: string; lacks: Farewell[] }

/** For so long somebody is still asked to come by; later a letter would come as a surprise. */
const days = 90

/** Whoever worked and has left in the last three months, with what is still owed, the earliest first. */
export async function leftWithout(db: Db): Promise<Left[]> {
  const { rows } = await sql<Omit<Left, 'lacks'> & Record<Farewell, boolean>>`
    select v.id, v.code, v.name, l.from_on as left_on, exists (select from exit_talk x where x.volunteer_id = v.id and x.held_on >= l.from_on - 31) as talk,
      exists (select from paper p where p.volunteer_id = v.id and p.kind = 'certificate' and p.superseded_at is null and p.made_on >= l.from_on - 31) as certificate,
      exists (select from paper p where p.volunteer_id = v.id and p.kind = 'thanks' and p.superseded_at is null and p.made_on >= l.from_on - 31) as thanks
    from volunteer v cross join lateral (select s.from_on from volunteer_status s where s.volunteer_id = v.id and s.status = 'ended'
      order by s.from_on desc, s.recorded_at desc limit 1) l
    where v.status = 'ended' and v.name <> v.code and l.from_on >= ${addDays(today(), -days)}::date
      and exists (select from volunteer_status s where s.volunteer_id = v.id and s.status in ('active', 'paused'))
    order by l.from_on, v.code`.execute(db)
  return rows.flatMap(({ id, code, name, leftOn, ...has }) => {
    const lacks = farewells.filter((one) => !has[one])
    return lacks.length > 0 ? [{ id, code, name, leftOn, lacks }] : []
  })
}
