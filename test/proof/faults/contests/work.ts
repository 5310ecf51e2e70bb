// Of those who decide about money, help or a report at once, who wins?
import { today } from '../../../../app/core/clock.server.ts'
import { approveExpense, returnExpense } from '../../../../app/papers/expense/decide.server.ts'
import { claimExpense, withdrawExpense } from '../../../../app/papers/expense/own.server.ts'
import { createReport, writeReport } from '../../../../app/reports/reports.server.ts'
import { acceptReport, returnReport, submitReport } from '../../../../app/reports/submit.server.ts'
import type { Cast } from '../../../cast.ts'
import { by, type Contest, count, twin, why } from './contest.ts'

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
          by(approveExpense, cast.kim, { expense }),
          by(returnExpense, cast.kim, { expense, reason: why }),
          by(withdrawExpense, cast.lou, { expense }),
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
    kind: 'report begun',
    operations: ['report.create'],
    told: 'field',
    stage: async (players) => {
      await players.cast.admin.query('truncate period_report cascade')
      return {
        tries: await twin(players.cast, createReport, players.cast.kim, { period: '2026-Q3' }),
        effects: () => count(players, 'period_report where true', []),
      }
    },
  },
  {
    kind: 'report handed in',
    operations: ['report.submit'],
    stage: async (players) => {
      const id = await written(players.cast)
      return {
        tries: await twin(players.cast, submitReport, players.cast.kim, { id }),
        effects: () => count(players, `period_report_event where report_id = $1 and kind = 'submitted'`, [id]),
      }
    },
  },
  {
    kind: 'report written and handed in',
    operations: ['report.submit', 'report.write'],
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const id = await written(cast)
      return {
        tries: [
          by(submitReport, cast.kim, { id }),
          by(writeReport, kims[1] ?? cast.kim, { id, ownText: `${why} veel` }),
        ],
        // What was handed in is what stood there.
        effects: () =>
          count(
            players,
            `period_report r join period_report_event e on e.report_id = r.id where r.id = $1 and r.own_text = e.own_text`,
            [id],
          ),
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
          by(acceptReport, cast.peep, { id }),
          by(returnReport, cast.peep, { id, remark: why }),
          by(acceptReport, cast.peep, { id }),
        ],
        effects: () => count(players, `period_report_event where report_id = $1 and kind <> 'submitted'`, [id]),
      }
    },
  },
]

/** A report of a quarter that is over, in Kim's words. */
async function written(cast: Cast): Promise<string> {
  await cast.admin.query(
    'truncate period_report cascade; truncate month_report cascade; update concern set closed_at = coalesce(closed_at, now())',
  )
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into period_report (period, from_on, to_on, due_on, own_text, created_by)
     values ('2026-Q3', '2026-07-01', '2026-09-30', '2026-10-10', 'Näidis-tekst', $1) returning id`,
    [cast.kim.id],
  )
  return rows[0]?.id ?? ''
}

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
