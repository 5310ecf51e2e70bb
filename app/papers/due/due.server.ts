// Whose papers and checks are due today, and which papers wait for a signature?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { standingsOf } from '../../volunteers/standing.server.ts'
import { leftWithout } from '../exit/left.server.ts'
import { renewalNow } from '../renewal/renewal.server.ts'
import type { PaperKind } from '../template/template.ts'
import { type Due, dueOf, inOrderOfNeed } from './due.ts'

export type DueOfSomeone = Due & { id: string; code: string; name: string; reason: string | null }

async function dueIn(db: Db): Promise<DueOfSomeone[]> {
  const rows = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'childContact', 'childContactReason', 'maxCases'])
    .where('status', 'in', ['background', 'training', 'contract', 'active', 'paused'])
    .orderBy('code')
    .execute()
  const standings = await standingsOf(db, rows, await settingsOn(db))
  const all = rows.flatMap(({ id, code, name, childContact, childContactReason: reason }) => {
    const standing = standings.get(id)
    if (!standing) return []
    const { now, needed, papers } = standing
    return dueOf({ status: now.status, childContact, needed, papers }).map((due) => ({
      ...{ ...due, id, code, name, reason: due.kind === 'background' ? reason : null },
    }))
  })
  return inOrderOfNeed(all)
}

export type Unsigned = { id: string; kind: PaperKind; code: string; name: string; madeOn: string }

/** Papers that were made and not signed, the oldest first; the goodwill agreement is between two others and waits for nobody here. */
export async function unsignedIn(db: Db): Promise<Unsigned[]> {
  const { rows } = await sql<Unsigned>`
    select p.id, p.kind, v.code, v.name, p.made_on from paper p join volunteer v on v.id = p.volunteer_id
    where p.superseded_at is null and p.kind in ('contract', 'pledge')
      and not exists (select from paper_signed s where s.paper_id = p.id and s.superseded_at is null)
    order by p.made_at`.execute(db)
  return rows
}

async function standing(db: Db) {
  const { evidenceWarnDays: warnDays } = await settingsOn(db)
  const { counties } = await placesIn(db)
  const [due, unsigned, renewal] = [await dueIn(db), await unsignedIn(db), await renewalNow(db)]
  return { due, unsigned, renewal, counties, left: await leftWithout(db), today: today(), warnDays }
}
type Standing = Awaited<ReturnType<typeof standing>>

export const openDue = query(
  'paper.due.list',
  {
    ...{ roles: ['coordinator'], input: z.object({}) },
    about: (_, found: Standing) => ({ kind: 'paper', hits: found.due.length }),
  },
  standing,
)
