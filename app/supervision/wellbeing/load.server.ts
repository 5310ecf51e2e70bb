// How much does each volunteer carry, by facts that are kept anyway, and where is a covision worth offering?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { daysBetween } from '../../ui/date.ts'
import { standings } from '../duty.server.ts'
import { type Facts, loadOf, whereCovision } from './wellbeing.ts'

type Row = Omit<Facts, 'daysSinceTalk'> & { id: string; county: string; since: string | null }

/** The load of everybody who works, as far as the person who asks may see them. Nothing of what they said of themselves is in it. */
export async function loads(db: Db) {
  const known = await standings(db)
  const { rows } = await sql<Row>`
    select v.id, c.name as county, coalesce(v.child_contact, false) as children,
      (select coalesce(sum(minutes), 0)::int from visit where volunteer_id = v.id and superseded_at is null and on_date > ${today()}::date - 28) as minutes,
      (select count(*)::int from assignment where volunteer_id = v.id and status = 'active') as supports,
      (select min(start_on) from assignment where volunteer_id = v.id and status = 'active') as since,
      (select count(*)::int from concern where volunteer_id = v.id and raised_at > now() - interval '28 days') as concerns
    from volunteer v join county c on c.code = v.county_code where v.status = 'active'`.execute(db)
  return rows.map(({ id, county, since, ...facts }) => {
    const from = known.get(id)?.lastOn ?? since
    const daysSinceTalk = facts.supports > 0 && from !== null ? daysBetween(from, today()) : null
    return { id, county, ...loadOf({ ...facts, daysSinceTalk }) }
  })
}

/** Counties in which a covision is worth offering; no person and no number is told. */
export async function covisionWanted(db: Db): Promise<string[]> {
  const { smallCount } = await settingsOn(db)
  return whereCovision(await loads(db), smallCount).toSorted((a, b) => a.localeCompare(b, 'et'))
}
