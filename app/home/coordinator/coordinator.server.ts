// What waits for the coordinator today, and how does the country stand?

import { z } from 'zod'
import { waitingForInvitation } from '../../access/invitation/invitations.server.ts'
import { substitutionsOf } from '../../access/substitution/substitutions.server.ts'
import { waitingForMe } from '../../access/two-people/confirmations.server.ts'
import { glassWaiting } from '../../cases/break-glass/watch.server.ts'
import { openTasks } from '../../cases/tasks.server.ts'
import { countLate } from '../../cases/transfer/transfers.server.ts'
import { now, today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { loadFacts } from '../../evaluation/indicators/facts.server.ts'
import { computeFigures } from '../../evaluation/indicators/figures.ts'
import { periodOf } from '../../evaluation/period.ts'
import {
  coverageByCounty,
  openNeedsWithoutPerson,
  proposalsWaiting,
  unusedVolunteers,
} from '../../matching/home.server.ts'
import { linksNow } from '../../matching/links/links.server.ts'
import { actionStanding } from '../../meetings/plan/actions.server.ts'
import { unsignedIn } from '../../papers/due/due.server.ts'
import { leftWithout } from '../../papers/exit/left.server.ts'
import { expensesWaiting } from '../../papers/expense/decide.server.ts'
import { recruitmentWaiting } from '../../recruitment/pipeline/pipeline.server.ts'
import { reportsWaiting } from '../../reports/waiting.server.ts'
import { erasuresToDecide } from '../../safekeeping/erasure/erasures.server.ts'
import { coverage, uncovered, unreadLong, withoutCovision } from '../../supervision/coverage.server.ts'
import { openConcerns } from '../../support/concern/concerns.server.ts'
import { overdueOutings } from '../../support/outing/outings.server.ts'
import { overdueReports } from '../../support/report/overdue.server.ts'
import { lapsingEvidence, pausesWaiting } from '../../volunteers/care.server.ts'
import { standInLines } from '../stand-in-tasks.ts'
import { monthFigures } from './month.ts'

/** Everything that waits at this desk: for its first page, and for whoever takes it over. */
export async function waitingAt(db: Db, me: Person) {
  const { evidenceWarnDays, unusedMonths, answerDays, unreadTellDays } = await settingsOn(db)
  const [people, unread] = [await coverage(db), await unreadLong(db)]
  const told = (await openTasks(db)).filter((task) => task.kind === 'tell-victim-support' && task.dueOn < today())
  return {
    today: today(),
    settings: { evidenceWarnDays, unusedMonths, answerDays, unreadTellDays },
    missing: await overdueOutings(db, me),
    concerns: (await openConcerns(db)).filter((concern) => concern.answeredAt === null),
    needs: await openNeedsWithoutPerson(db),
    reports: await overdueReports(db),
    proposals: await proposalsWaiting(db),
    lapses: await lapsingEvidence(db),
    unsigned: await unsignedIn(db),
    expenses: await expensesWaiting(db),
    left: await leftWithout(db),
    told,
    periods: await reportsWaiting(db, me),
    toConfirm: await waitingForMe(db),
    toInvite: await waitingForInvitation(db),
    unused: await unusedVolunteers(db),
    pauses: await pausesWaiting(db),
    recruitment: await recruitmentWaiting(db),
    erasures: await erasuresToDecide(db, me),
    standIn: standInLines(await substitutionsOf(db), me, today()),
    glass: await glassWaiting(db, me),
    links: (await linksNow(db)).filter(({ running, state }) => running && state !== 'clear'),
    lateTransfers: await countLate(db),
    lateActions: (await actionStanding(db)).late,
    unsupervised: uncovered(people),
    covision: withoutCovision(people),
    unread: { count: unread.reduce((sum, { entries }) => sum + entries, 0), oldest: unread[0]?.oldest ?? '' },
  }
}
export type Waiting = Awaited<ReturnType<typeof waitingAt>>

export const openCoordinatorHome = query(
  'home.coordinator',
  { roles: ['coordinator'], input: z.object({}) },
  async (db, _input, me) => {
    const period = periodOf(today(), 'month')
    return {
      ...(await waitingAt(db, me)),
      coverage: await coverageByCounty(db),
      month: monthFigures(computeFigures(await loadFacts(db, period, now()), period)),
    }
  },
)
export type CoordinatorFacts = Awaited<ReturnType<typeof openCoordinatorHome.run>>
