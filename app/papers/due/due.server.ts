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

/** `now`: the check is needed for what she does today, not by what was agreed with her; nothing says more of it. */
export type DueOfSomeone = Due & { id: string; code: string; name: string; reason: string | null; now: boolean }

/** Everybody who is on the way or works, with how she stands today: reckoned once for everything on the page. */
async function peopleIn(db: Db) {
  const rows = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'status', 'countyCode', 'childContact', 'childContactReason', 'maxCases'])
    .where('status', 'in', ['background', 'training', 'contract', 'active', 'paused'])
    .orderBy('code')
    .execute()
  const standings = await standingsOf(db, rows, await settingsOn(db))
  return rows.flatMap((row) => {
    const standing = standings.get(row.id)
    return standing ? [{ ...row, standing }] : []
  })
}
type Known = Awaited<ReturnType<typeof peopleIn>>[number]

function dueIn(people: readonly Known[]): DueOfSomeone[] {
  const all = people.flatMap(({ id, code, name, childContact, childContactReason: reason, standing }) => {
    const { now, needed, papers } = standing
    return dueOf({ status: now.status, childContact, needed, papers }).map((due) => ({
      ...{ ...due, id, code, name, reason: due.kind === 'background' && childContact ? reason : null },
      now: due.kind === 'background' && !childContact,
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
  const people = await peopleIn(db)
  const working = people.filter(({ status }) => status === 'active' || status === 'paused')
  const [unsigned, renewal] = [await unsignedIn(db), await renewalNow(db, working)]
  return { due: dueIn(people), unsigned, renewal, counties, left: await leftWithout(db), today: today(), warnDays }
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
