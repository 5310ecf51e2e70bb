// What waits for the one who keeps a network's cases: whom to tell, what to assess, which worry to answer?
import { sql } from 'kysely'
import { z } from 'zod'
import { glassWaiting } from '../cases/break-glass/watch.server.ts'
import { draftsForMe } from '../cases/cases.server.ts'
import { countFlagsDue } from '../cases/closing/flags.server.ts'
import { pairsToAnswer } from '../cases/links/links.server.ts'
import { listJourneys } from '../cases/referral/answers.server.ts'
import { referralsWaiting } from '../cases/referred/referred.server.ts'
import { openTasks } from '../cases/tasks.server.ts'
import { transfersWaiting } from '../cases/transfer/transfers.server.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { query } from '../core/operation.server.ts'
import type { Person } from '../core/user.ts'
import { plansWaiting } from '../meetings/approval/approval.server.ts'
import { lateForChair } from '../meetings/chair/chair.server.ts'
import { nextMeetings } from '../meetings/meetings.server.ts'
import { minutesWaiting } from '../meetings/minutes/waiting.server.ts'
import { actionStanding, ownActions } from '../meetings/plan/actions.server.ts'
import { researchWaiting } from '../meetings/research/research.server.ts'
import { viewsWaiting } from '../meetings/view/known.server.ts'
import { erasuresToDecide } from '../safekeeping/erasure/erasures.server.ts'
import { supportsAway } from '../support/away/away.server.ts'
import { openConcerns } from '../support/concern/concerns.server.ts'
import { overdueOutings } from '../support/outing/outings.server.ts'

export type Standing = { open: number; unassessed: number; waiting: number; supported: number }

/** Cases of the asker's network by how they stand: open, without a risk assessment, waiting for a person, with one. */
async function standing(db: Db): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select count(*)::int as open,
      (count(*) filter (where not exists (select 1 from assessment a
        where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null)))::int as unassessed,
      (count(*) filter (where need.status = 'open'))::int as waiting,
      (count(*) filter (where need.status = 'covered'))::int as supported
    from case_file c left join lateral (select n.status from need n where n.case_id = c.id order by n.created_at desc limit 1) need on true
    where c.status = 'open'`.execute(db)
  return rows[0] ?? { open: 0, unassessed: 0, waiting: 0, supported: 0 }
}

// What waits, gathered beside the operation: within it the types of so many tables would be followed too deep.
async function waiting(db: Db, me: Person) {
  return {
    today: today(),
    // Whoever guides somebody beside the cases hears of it here.
    missing: me.roles.includes('supervisor') ? await overdueOutings(db, me) : [],
    concerns: me.roles.includes('lead')
      ? (await openConcerns(db)).filter((concern) => concern.answeredAt === null)
      : [],
    tasks: await openTasks(db),
    links: me.roles.includes('lead') ? (await pairsToAnswer(db)).filter(({ state }) => state === 'open') : [],
    away: me.roles.includes('lead') ? await supportsAway(db) : [],
    flags: me.roles.includes('lead') ? await countFlagsDue(db) : 0,
    referrals: me.roles.includes('lead') ? await referralsWaiting(db) : [],
    transfers: me.roles.includes('lead') ? await transfersWaiting(db) : [],
    drafts: await draftsForMe(db, me),
    begun: await listJourneys(db, me),
    standing: await standing(db),
    erasures: await erasuresToDecide(db, me),
    glass: await glassWaiting(db, me),
    meetings: await nextMeetings(db),
    research: await researchWaiting(db, me),
    views: await viewsWaiting(db),
    minutes: await minutesWaiting(db),
    actions: await ownActions(db, me),
    chair: await lateForChair(db, me),
    plans: await plansWaiting(db, me),
    lateActions: me.roles.includes('lead') ? (await actionStanding(db)).late : 0,
  }
}

export const openNetworkHome = query(
  'home.network',
  { roles: ['lead', 'member'], input: z.object({}) },
  (db, _input, me) => waiting(db, me),
)
export type NetworkFacts = Awaited<ReturnType<typeof waiting>>
