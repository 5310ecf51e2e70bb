// Of those who end, hand on, answer or approve what is to be done in one case at once, who wins?
import { answerPlan, askForPlan, openAnswerPlan } from '../../../../app/meetings/approval/approval.server.ts'
import { decideItem } from '../../../../app/meetings/live/live.server.ts'
import { handAction } from '../../../../app/meetings/plan/hand.server.ts'
import { answerRisk } from '../../../../app/meetings/plan/matrix.server.ts'
import { endAction } from '../../../../app/meetings/plan/plan.server.ts'
import { planUpdate } from '../../../../app/meetings/plan/update.server.ts'
import { referCase } from '../../../cases.ts'
import { givenAction } from '../../../transfer.ts'
import { by, type Contest, count, given, type Players, twice, twin, why } from './contest.ts'
import { meetingIn } from './meetings.ts'

const accepted = { way: 'accepted', accepted: why }
const people = [
  ['child', '1'],
  ['child', '2'],
  ['perpetrator', '1'],
] as const

/** A case of Lea's whose plan has no gaps. */
async function whole({ cast }: Players): Promise<string> {
  const id = await referCase(cast.lea)
  for (const [kind, nth] of people) await answerRisk.run(cast.lea, { id, kind, nth, ...accepted })
  return id
}

export const planContests: Contest[] = [
  {
    kind: 'end of an action',
    operations: ['case.action.end'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      const action = await givenAction(cast, id)
      return {
        tries: [
          by(endAction, cast.mall, { id, action, end: 'done', outcome: why }),
          by(endAction, cast.lea, { id, action, end: 'impossible', outcome: why }),
        ],
        effects: () => count(players, 'case_action where id = $1 and ended_at is not null', [action]),
      }
    },
  },
  {
    kind: 'action handed on and ended',
    operations: ['case.action.end', 'case.action.hand'],
    told: 'gone',
    both: true,
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      const action = await givenAction(cast, id)
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(handAction, lea, { id, action, owner: cast.lea.id }),
          by(endAction, again, { id, action, end: 'impossible', outcome: why }),
        ],
        effects: () => count(players, `case_action where id = $1 and state = 'impossible'`, [action]),
      }
    },
  },
  {
    kind: 'how she is told what was decided',
    operations: ['case.action.contact', 'case.action.end'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      const of = await meetingIn(players, 'sitting')
      await decideItem.run(cast.lea, { ...of, outcome: 'planned', words: why, reason: why })
      const action = await given(players, `select id from case_action where case_id = $1 and kind = 'update'`, [
        of.case,
      ])
      const [lea, again] = await twice(cast, cast.lea)
      const plan = { channel: 'call', day: '23.11.2099', time: '10', because: `${why}, mis on küllalt pikk` }
      return {
        tries: [
          by(planUpdate, lea, { id: of.case, action, ...plan }),
          by(endAction, again, { id: of.case, action, end: 'impossible', outcome: why }),
        ],
        effects: () => count(players, `case_action where id = $1 and state = 'impossible'`, [action]),
      }
    },
  },
  {
    kind: 'answer to a risk',
    operations: ['case.matrix.answer'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      return {
        tries: [cast.lea, cast.mall].map((who) =>
          by(answerRisk, who, { id, kind: 'child', nth: '1', way: 'accepted', accepted: `${why}: ${who.name}` }),
        ),
        effects: () => count(players, `risk_answer where case_id = $1 and superseded_at is null`, [id]),
      }
    },
  },
  {
    kind: 'plan asked about',
    operations: ['case.plan.ask'],
    stage: async (players) => {
      const id = await whole(players)
      return {
        tries: await twin(players.cast, askForPlan, players.cast.lea, { id }),
        effects: () => count(players, 'plan_approval where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'plan approved or sent back',
    operations: ['case.plan.answer'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('truncate meeting, network_rhythm cascade')
      const id = await whole(players)
      await askForPlan.run(cast.mall, { id })
      const { plan } = (await openAnswerPlan.run(cast.lea, { id })).standing
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(answerPlan, lea, { id, plan, answer: 'approved', words: '' }),
          by(answerPlan, again, { id, plan, answer: 'returned', words: why }),
        ],
        effects: () => count(players, 'plan_approval where case_id = $1 and answered_at is not null', [id]),
      }
    },
  },
]
