// What waits for those who answer for, advise, check, teach or keep the system, but do not work on cases?
import { sql } from 'kysely'
import { z } from 'zod'
import { waitingForInvitation } from '../access/invitation/invitations.server.ts'
import { countUncoded } from '../access/people/codes.server.ts'
import { type Substitution, stateOf } from '../access/substitution/substitution.ts'
import { substitutionsOf } from '../access/substitution/substitutions.server.ts'
import { waitingForMe } from '../access/two-people/confirmations.server.ts'
import { watchOfLog } from '../audit/checkpoint/checkpoints.server.ts'
import { wallsWaiting } from '../audit/walls/walls.server.ts'
import { findingsWaiting } from '../audit/watch/findings.server.ts'
import { glassWaiting } from '../cases/break-glass/watch.server.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import { periodOf, previousPeriod } from '../evaluation/period.ts'
import { managerReportDueOn } from '../reports/report.ts'
import { reportsWaiting } from '../reports/waiting.server.ts'
import { erasuresToDecide } from '../safekeeping/erasure/erasures.server.ts'
import { standInLines } from './stand-in-tasks.ts'

const nothing = z.object({})

/** What the auditor looks at first: how often a sealed value was looked at, and how often somebody was turned away. */
async function weekOf(db: Db) {
  const { rows } = await sql<{ looks: number; refused: number; failed: number; alarms: number }>`
    select (count(*) filter (where action in ('case.reveal', 'assignment.look')))::int as looks,
      (count(*) filter (where result = 'refused'))::int as refused,
      (count(*) filter (where action in ('access.passwordFailed', 'access.codeFailed')))::int as failed,
      (count(*) filter (where result = 'alarm'))::int as alarms
    from audit_event where at > now() - interval '7 days'`.execute(db)
  return rows[0] ?? { looks: 0, refused: 0, failed: 0, alarms: 0 }
}

export const openAuditorHome = query(
  'home.auditor',
  { roles: ['auditor'], input: nothing },
  async (db, _input, me) => ({
    today: today(),
    week: await weekOf(db),
    log: await watchOfLog(db),
    erasures: await erasuresToDecide(db, me),
    glass: await glassWaiting(db, me),
    walls: await wallsWaiting(db),
    watch: await findingsWaiting(db),
    uncoded: await countUncoded(db),
  }),
)
export type AuditorFacts = Awaited<ReturnType<typeof openAuditorHome.run>>

export type EndingRole = { id: string; name: string; role: string; network: string | null; validTo: string }

/** Roles that end within 30 days and are not followed by the same role again. */
async function endingRoles(db: Db): Promise<EndingRole[]> {
  const { rows } = await sql<EndingRole>`
    select p.id, p.name, r.role, n.name as network, r.valid_to
    from person_role r join person p on p.id = r.person_id left join network n on n.id = r.network_id
    where p.status = 'active' and r.role <> 'system' and r.valid_to between ${today()}::date and ${today()}::date + 30
      and not exists (select 1 from person_role next where next.person_id = r.person_id and next.role = r.role
        and next.network_id is not distinct from r.network_id and next.valid_to > r.valid_to)
    order by r.valid_to, p.name`.execute(db)
  return rows
}

export const openAdminHome = query('home.admin', { roles: ['admin'], input: nothing }, async (db, _input, me) => ({
  today: today(),
  ending: await endingRoles(db),
  log: await watchOfLog(db),
  walls: await wallsWaiting(db),
  watch: await findingsWaiting(db),
  glass: await glassWaiting(db, me),
  toInvite: await waitingForInvitation(db),
  toConfirm: await waitingForMe(db),
  uncoded: await countUncoded(db),
  asked: (await substitutionsOf(db)).filter((one) => waitsFor(one, me.id)),
}))

// A request to stand in is answered by somebody whom it does not concern.
const waitsFor = (one: Substitution, personId: string) =>
  stateOf(one, today()) === 'asked' && one.giverId !== personId && one.takerId !== personId
export type AdminFacts = Awaited<ReturnType<typeof openAdminHome.run>>

export const openTrainerHome = query('home.trainer', { roles: ['trainer'], input: nothing }, async () => ({
  today: today(),
}))

export type PeriodLine = { id: string; period: string; status: string; dueOn: string }

/** Reports to the project manager that the one who asks may see, the latest period first. */
export async function periodReports(db: Db): Promise<PeriodLine[]> {
  return db
    .selectFrom('periodReport')
    .select(['id', 'period', 'status', 'dueOn'])
    .orderBy('toOn', 'desc')
    .orderBy('period')
    .limit(24)
    .execute()
}

/** Last month's report where it has not been handed in and its day has passed: for the one who waits for it. */
async function missingReport(db: Db, reports: readonly PeriodLine[]) {
  const period = previousPeriod(periodOf(today(), 'month'))
  const dueOn = managerReportDueOn(period, (await settingsOn(db)).managerReportDueDay)
  return dueOn < today() && !reports.some((report) => report.period === period.key) ? { period, dueOn } : null
}

export const openManagerHome = query('home.manager', { roles: ['manager'], input: nothing }, async (db, _input, me) => {
  const reports = await periodReports(db)
  const { toAnswer } = await reportsWaiting(db, me)
  return {
    ...{ today: today(), reports, toAnswer },
    missing: await missingReport(db, reports),
    toConfirm: await waitingForMe(db),
    standIn: standInLines(await substitutionsOf(db), me, today()),
  }
})
export type ManagerFacts = Awaited<ReturnType<typeof openManagerHome.run>>

export const openSteeringHome = query('home.steering', { roles: ['steering'], input: nothing }, async (db) => ({
  reports: await periodReports(db),
}))
export type SteeringFacts = Awaited<ReturnType<typeof openSteeringHome.run>>
