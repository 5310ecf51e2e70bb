// Whom has the help reached in each half-year, counted once and published for good?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { halfOf, halvesOver, publishReach, type ReachCount, type ReachHalf } from './reach.ts'

/** A half-year by its first day; anything else is the latest. */
const ReachIn = z.object({ from: z.string().optional().catch(undefined) })

export const openReach = query(
  'evaluation.reach',
  { roles: ['lead', 'coordinator', 'steering'], input: ReachIn, about: () => ({ kind: 'reach' }) },
  async (db, { from }) => {
    const halves = await halvesOf(db)
    return {
      halves,
      half: halves.find((half) => half.fromOn === from) ?? halves[0] ?? null,
      next: halfOf(today()).toOn,
    }
  },
)

async function halvesOf(db: Db): Promise<ReachHalf[]> {
  const rows = await db
    .selectFrom('reachHalf')
    .select(['fromOn', 'toOn', 'threshold', 'figures'])
    .orderBy('fromOn', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ fromOn, toOn, threshold, figures }) => ({
    ...{ fromOn, toOn, threshold },
    figures: new Map(Object.entries(figures as Record<string, number | null>)),
  }))
}

/** The half-years that are over and have no table yet; the numbers that are kept are those that may be shown. */
export async function publishHalves(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ first: string | null }>`select reach_begins()::text as first`.execute(db)
    const first = rows[0]?.first
    if (!first) return 0
    const published = new Set((await halvesOf(db)).map((half) => half.fromOn))
    const due = halvesOver(first, today()).filter((half) => !published.has(half.fromOn))
    const { smallCount: threshold } = await settingsOn(db)
    for (const half of due) {
      const { rows: counts } = await sql<ReachCount>`
        select * from reach_counts(${half.fromOn}::date, ${half.toOn}::date)`.execute(db)
      const figures = JSON.stringify(publishReach(counts, threshold))
      await db
        .insertInto('reachHalf')
        .values({ ...half, threshold, figures })
        .execute()
    }
    return due.length
  })
}

export const reachPublished: Job = { name: 'reach.published', cron: '30 5 * * *', run: publishHalves }
