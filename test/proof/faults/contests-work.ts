// Of those who decide about money, help or a report at once, who wins?
import { today } from '../../../app/core/clock.server.ts'
import { acceptProposal, declineProposal } from '../../../app/matching/assignment/answer.server.ts'
import { assign } from '../../../app/matching/assignment/propose.server.ts'
import { withdrawProposal } from '../../../app/matching/assignment/steer.server.ts'
import { approveExpense, returnExpense } from '../../../app/papers/expense/decide.server.ts'
import { claimExpense, withdrawExpense } from '../../../app/papers/expense/own.server.ts'
import { acceptReport, returnReport } from '../../../app/reports/submit.server.ts'
import type { Cast } from '../../cast.ts'
import { openNeed } from '../../need.ts'
import { type Contest, count, why } from './contest.ts'

export const workContests: Contest[] = [
  {
    kind: 'approval of money',
    operations: ['expense.approve', 'expense.return', 'expense.withdraw'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('truncate expense')
      const claimed = { kind: 'car', onDate: today(), km: '10', words: why }
      const { id: expense } = await claimExpense.run(cast.lou, claimed)
      return {
        tries: [
          () => approveExpense.run(cast.kim, { expense }),
          () => returnExpense.run(cast.kim, { expense, reason: why }),
          () => withdrawExpense.run(cast.lou, { expense }),
        ],
        effects: () =>
          count(
            players,
            `(select decision from expense where id = $1 and decision is not null
            union all select 'withdrawn' from expense where id = $1 and withdrawn_at is not null) done`,
            [expense],
          ),
      }
    },
  },
  {
    kind: 'assignment',
    operations: ['matching.assign'],
    stage: async (players) => {
      await clearMatching(players.cast)
      const need = await openNeed(players.cast)
      const choice = { need: need.id, volunteer: players.cast.volunteer, rationale: why, agreedOn: today() }
      return {
        tries: players.kims.map((kim) => () => assign.run(kim, choice)),
        effects: () => count(players, 'assignment where need_id = $1', [need.id]),
      }
    },
  },
  {
    kind: 'answer to a proposal',
    operations: ['matching.accept', 'matching.decline', 'assignment.withdraw'],
    gone: true,
    stage: async (players) => {
      const { cast } = players
      await clearMatching(cast)
      const need = await openNeed(cast)
      const choice = { need: need.id, volunteer: cast.volunteer, rationale: why, agreedOn: today() }
      const { id } = await assign.run(cast.kim, choice)
      return {
        tries: [
          () => acceptProposal.run(cast.lou, { id, noConflict: 'yes' }),
          () => declineProposal.run(cast.lou, { id, reason: 'no_time' }),
          () => withdrawProposal.run(cast.kim, { id, reason: 'mistake' }),
        ],
        effects: () => count(players, `assignment_event where assignment_id = $1 and kind <> 'proposed'`, [id]),
      }
    },
  },
  {
    kind: 'report to the manager',
    operations: ['report.accept', 'report.return'],
    stage: async (players) => {
      const { cast } = players
      const id = await handedIn(cast)
      return {
        tries: [
          () => acceptReport.run(cast.peep, { id }),
          () => returnReport.run(cast.peep, { id, remark: why }),
          () => acceptReport.run(cast.peep, { id }),
        ],
        effects: () => count(players, `period_report_event where report_id = $1 and kind <> 'submitted'`, [id]),
      }
    },
  },
]

const clearMatching = (cast: Cast) =>
  cast.admin.query(
    'truncate assignment_event, assignment, need_event, need, volunteer_tie, mail_outbox restart identity cascade',
  )

/** A report that Kim has handed in and that waits for the manager. */
async function handedIn(cast: Cast): Promise<string> {
  await cast.admin.query('truncate period_report cascade')
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into period_report (period, from_on, to_on, due_on, own_text, created_by)
     values ('2026-Q3', '2026-07-01', '2026-09-30', '2026-10-10', 'x', $1) returning id`,
    [cast.kim.id],
  )
  const id = rows[0]?.id ?? ''
  await cast.admin.query(
    `insert into period_report_event (report_id, kind, figures, own_text, recorded_by) values ($1, 'submitted', '{}', 'x', $2)`,
    [id, cast.kim.id],
  )
  return id
}
