// Of those who answer for one support at once – a worry, an entry, a report, a way home – who wins?
import { makeDevice, revokeDevice } from '../../../../app/field/devices.server.ts'
import { answerConcern, askHelp, closeConcern, seeConcern } from '../../../../app/support/concern/concerns.server.ts'
import { readEntry } from '../../../../app/support/feedback/readings.server.ts'
import { planNext, withdrawNext } from '../../../../app/support/next/next.server.ts'
import { beginDrill, stopDrill } from '../../../../app/support/outing/drills.server.ts'
import { answerOuting } from '../../../../app/support/outing/ladder.server.ts'
import { pressOuting } from '../../../../app/support/outing/outings.server.ts'
import { judgeReport } from '../../../../app/support/report/review.server.ts'
import { correctVisit, logVisit } from '../../../../app/support/visit/visits.server.ts'
import { searchedFor } from '../../../outing.ts'
import { dayFromNow } from '../../../substitution.ts'
import { givenSupport, usualVisit } from '../../../support.ts'
import { by, type Contest, count, given, type Players, twice, twin, why } from './contest.ts'

const running = async ({ cast }: Players): Promise<string> => (await givenSupport(cast, dayFromNow(-30))).assignment
const worry = async (players: Players): Promise<string> =>
  (await askHelp.run(players.cast.lou, { assignment: await running(players) })).concern.id
const entry = async (players: Players): Promise<string> =>
  (await logVisit.run(players.cast.lou, { ...usualVisit, assignment: await running(players), day: dayFromNow(-2) })).id
const nobodyOut = ({ cast }: Players) => cast.admin.query('delete from outing_step; delete from outing')
const reason = `${why}, mis on küllalt pikk`

export const supportContests: Contest[] = [
  {
    kind: 'worry seen',
    operations: ['support.concern.see'],
    stage: async (players) => {
      const id = await worry(players)
      return {
        tries: await twin(players.cast, seeConcern, players.cast.sirje, { id }),
        effects: () => count(players, 'concern where id = $1 and seen_at is not null', [id]),
      }
    },
  },
  {
    kind: 'worry answered',
    operations: ['support.concern.answer'],
    stage: async (players) => {
      const id = await worry(players)
      return {
        tries: [players.cast.sirje, players.cast.lea].map((who) =>
          by(answerConcern, who, { id, answer: `${why}: ${who.name}` }),
        ),
        effects: () => count(players, 'concern where id = $1 and answered_at is not null', [id]),
      }
    },
  },
  {
    kind: 'worry settled',
    operations: ['support.concern.close'],
    stage: async (players) => {
      const id = await worry(players)
      await answerConcern.run(players.cast.sirje, { id, answer: why })
      return {
        tries: [players.cast.sirje, players.cast.lea].map((who) => by(closeConcern, who, { id })),
        effects: () => count(players, 'concern where id = $1 and closed_at is not null', [id]),
      }
    },
  },
  {
    kind: 'entry read',
    operations: ['support.entry.read'],
    stage: async (players) => {
      const id = await entry(players)
      return {
        tries: await twin(players.cast, readEntry, players.cast.sirje, { id, reply: why }),
        effects: () => count(players, 'visit_reading where visit_id = $1', [id]),
      }
    },
  },
  {
    kind: 'entry put right',
    operations: ['support.visit.correct'],
    told: 'gone',
    stage: async (players) => {
      const id = await entry(players)
      const better = { ...usualVisit, id, minutes: '90', reason: why, day: dayFromNow(-2) }
      return {
        tries: await twin(players.cast, correctVisit, players.cast.lou, better),
        effects: () => count(players, 'visit where corrects_id = $1', [id]),
      }
    },
  },
  {
    kind: 'report of a month judged',
    operations: ['support.review.judge'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('truncate month_report cascade')
      const id = await given(
        players,
        `insert into month_report (volunteer_id, month, due_on, status) values ($1, '2026-02-01', '2026-03-06', 'submitted') returning id`,
        [cast.volunteer],
      )
      return {
        tries: await twin(cast, judgeReport, cast.sirje, { id, verdict: 'approved' }),
        effects: () => count(players, 'month_report_event where report_id = $1', [id]),
      }
    },
  },
  {
    kind: 'report of a month approved and sent back',
    operations: ['support.review.judge'],
    // What was approved may still be sent back.
    both: true,
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('truncate month_report cascade')
      const id = await given(
        players,
        `insert into month_report (volunteer_id, month, due_on, status) values ($1, '2026-02-01', '2026-03-06', 'submitted') returning id`,
        [cast.volunteer],
      )
      const [sirje, again] = await twice(cast, cast.sirje)
      return {
        tries: [
          by(judgeReport, sirje, { id, verdict: 'approved' }),
          by(judgeReport, again, { id, verdict: 'returned', remark: why }),
        ],
        effects: () => count(players, `month_report where id = $1 and status = 'returned'`, [id]),
      }
    },
  },
  {
    kind: 'next meeting taken back',
    operations: ['support.next.withdraw'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      const id = await running(players)
      await planNext.run(cast.lou, {
        id,
        channel: 'in_person',
        day: dayFromNow(3),
        time: '10',
        until: '11',
        because: reason,
      })
      const plan = await given(players, 'select id from contact_plan where assignment_id = $1', [id])
      return {
        tries: await twin(cast, withdrawNext, cast.lou, { id, plan }),
        effects: () => count(players, 'contact_plan where id = $1 and withdrawn_at is not null', [plan]),
      }
    },
  },
  {
    kind: 'whether she came home',
    operations: ['support.outing.answer', 'support.outing.press'],
    stage: async (players) => {
      const { cast } = players
      await nobodyOut(players)
      const id = await searchedFor(cast, cast.lou, await running(players), '+372 5550 0000')
      return {
        tries: [
          by(answerOuting, cast.sirje, { id, how: 'safe' }),
          by(answerOuting, cast.kim, { id, how: 'called', note: reason }),
          by(pressOuting, cast.lou, { id, what: 'out' }),
        ],
        effects: () => count(players, 'outing where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'drill begun',
    operations: ['support.outing.drill.begin'],
    stage: async (players) => {
      const { cast } = players
      await nobodyOut(players)
      return {
        tries: [cast.kim, cast.sirje].map((who) => by(beginDrill, who, { volunteer: cast.volunteer })),
        effects: () => count(players, 'outing where volunteer_id = $1 and ended_at is null', [cast.volunteer]),
      }
    },
  },
  {
    kind: 'drill stopped',
    operations: ['support.outing.drill.stop'],
    stage: async (players) => {
      const { cast } = players
      await nobodyOut(players)
      const { id } = await beginDrill.run(cast.sirje, { volunteer: cast.volunteer })
      return {
        tries: [cast.kim, cast.sirje].map((who) => by(stopDrill, who, { id })),
        effects: () => count(players, 'outing where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'device shut out',
    operations: ['field.device.revoke'],
    stage: async (players) => {
      const { cast } = players
      const { id: device } = await makeDevice.run(cast.lou, { kind: 'phone' })
      return {
        tries: [cast.kim, cast.lou].map((who) => by(revokeDevice, who, { device })),
        effects: () => count(players, 'field_device where id = $1 and revoked_at is not null', [device]),
      }
    },
  },
]
