// Of those who choose, answer or end who helps whom at once, who wins?
import { addPlace } from '../../../../app/cases/identity/places.server.ts'
import { answerLink } from '../../../../app/cases/links/links.server.ts'
import { closeNeed, offerSupport } from '../../../../app/cases/need/needs.server.ts'
import { today } from '../../../../app/core/clock.server.ts'
import { acceptProposal, declineProposal } from '../../../../app/matching/assignment/answer.server.ts'
import { assign, assignAll } from '../../../../app/matching/assignment/propose.server.ts'
import {
  endAssignment,
  handOver,
  openToSupport,
  withdrawProposal,
} from '../../../../app/matching/assignment/steer.server.ts'
import { openBoard } from '../../../../app/matching/board/board.server.ts'
import { askLink } from '../../../../app/matching/links/links.server.ts'
import { tellCircle } from '../../../../app/volunteers/circle/circle.server.ts'
import { referCase } from '../../../cases.ts'
import type { Cast } from '../../../cast.ts'
import { openNeed } from '../../../need.ts'
import { dayFromNow } from '../../../substitution.ts'
import { givenSupport } from '../../../support.ts'
import { by, type Contest, count, given, type Players, twice, why } from './contest.ts'

export const matchingContests: Contest[] = [
  {
    kind: 'assignment',
    operations: ['matching.assign'],
    stage: async (players) => {
      await clearMatching(players.cast)
      const need = await openNeed(players.cast)
      const choice = { need: need.id, volunteer: players.cast.volunteer, rationale: why, agreedOn: today() }
      return {
        tries: players.kims.map((kim) => by(assign, kim, choice)),
        effects: () => count(players, 'assignment where need_id = $1', [need.id]),
      }
    },
  },
  {
    kind: 'everything proposed at once',
    operations: ['matching.assign-all'],
    stage: async (players) => {
      await clearMatching(players.cast)
      const need = await openNeed(players.cast)
      const { hash } = await boardNow(players.cast)
      return {
        tries: players.kims.map((kim) => by(assignAll, kim, { hash })),
        effects: () => count(players, 'assignment where need_id = $1', [need.id]),
      }
    },
  },
  {
    kind: 'somebody asked while the need is closed',
    operations: ['case.need.close', 'matching.assign'],
    stage: async (players) => {
      const { cast } = players
      await clearMatching(cast)
      const need = await openNeed(cast)
      const choice = { need: need.id, volunteer: cast.volunteer, rationale: why, agreedOn: today() }
      return {
        tries: [
          by(assign, cast.kim, choice),
          by(closeNeed, cast.lea, { id: need.caseId, need: need.id, reason: 'victim_wish' }),
        ],
        effects: () =>
          count(
            players,
            `need n where id = $1 and (status = 'proposed') = exists (select from assignment a where a.need_id = n.id) and status <> 'open'`,
            [need.id],
          ),
      }
    },
  },
  {
    kind: 'end of a support',
    operations: ['assignment.end', 'assignment.hand-over'],
    stage: async (players) => {
      const { cast, kims } = players
      const { assignment: id } = await givenSupport(cast, dayFromNow(-30))
      return {
        tries: [
          by(endAssignment, cast.kim, { id, reason: 'goal_reached' }),
          by(handOver, kims[1] ?? cast.kim, { id, reason: 'handover' }),
          by(endAssignment, kims[2] ?? cast.kim, { id, reason: 'goal_reached' }),
        ],
        effects: () => count(players, `assignment_event where assignment_id = $1 and kind = 'ended'`, [id]),
      }
    },
  },
  {
    kind: 'place opened to the support person',
    operations: ['assignment.open-place'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      const { assignment: id, caseId } = await givenSupport(cast, dayFromNow(-30))
      for (const value of ['Näidis tänav 1', 'Näidis tänav 2'])
        await addPlace.run(cast.lea, { id: caseId, kind: 'address', value })
      const { rows } = await cast.admin.query(
        `select id from case_whereabouts where case_id = $1 and kind = 'address'`,
        [caseId],
      )
      const desks = await twice(cast, cast.sirje)
      return {
        tries: desks.map((sirje, at) => by(openToSupport, sirje, { id, place: rows[at]?.id, open: 'yes' })),
        // What stands opens both.
        effects: () =>
          count(players, 'case_brief where case_id = $1 and superseded_at is null and whereabouts_ids @> $2', [
            caseId,
            rows.map((row) => row.id),
          ]),
      }
    },
  },
  {
    kind: 'somebody who may be known asked about',
    operations: ['matching.link.ask'],
    // Asked is asked, whoever hears so first.
    both: true,
    stage: async (players) => {
      const { need } = await linked(players)
      return {
        tries: players.kims.map((kim) => by(askLink, kim, { need, volunteer: players.cast.volunteer })),
        effects: () => count(players, `conflict_word where kind = 'asked'`, []),
      }
    },
  },
  {
    kind: 'somebody who may be known',
    operations: ['case.link.answer'],
    stage: async (players) => {
      const { cast } = players
      const { id, need } = await linked(players)
      await askLink.run(cast.kim, { need, volunteer: cast.volunteer })
      const pair = await given(players, 'select id from conflict_pair where case_id = $1', [id])
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(answerLink, lea, { id, pair, verdict: 'clear', reason: why }),
          by(answerLink, again, { id, pair, verdict: 'conflict', reason: why }),
        ],
        effects: () => count(players, `conflict_word where kind <> 'asked'`, []),
      }
    },
  },
  {
    kind: 'answer to a proposal',
    operations: ['matching.accept', 'matching.decline', 'assignment.withdraw'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      await clearMatching(cast)
      const need = await openNeed(cast)
      const choice = { need: need.id, volunteer: cast.volunteer, rationale: why, agreedOn: today() }
      const { id } = await assign.run(cast.kim, choice)
      return {
        tries: [
          by(acceptProposal, cast.lou, { id, noConflict: 'yes' }),
          by(declineProposal, cast.lou, { id, reason: 'no_time' }),
          by(withdrawProposal, cast.kim, { id, reason: 'mistake' }),
        ],
        effects: () => count(players, `assignment_event where assignment_id = $1 and kind <> 'proposed'`, [id]),
      }
    },
  },
]

const clearMatching = (cast: Cast) =>
  cast.admin.query(
    'truncate assignment_event, assignment, need_event, need, volunteer_tie, mail_outbox restart identity cascade',
  )

async function boardNow(cast: Cast) {
  for (;;) {
    const board = await openBoard.run(cast.kim, {})
    if (board.found !== null) return board
  }
}

/** A case of Lea's in which Lou may know somebody, and its need. */
async function linked({ cast }: Players): Promise<{ id: string; need: string }> {
  await cast.admin.query(
    'truncate volunteer_circle, volunteer_link_key, conflict_pair, conflict_link, conflict_word cascade',
  )
  const id = await referCase(cast.lea, {
    perpetrator: { relation: 'Endine', givenName: 'Igor', familyName: 'Näidis-Kuusk' },
  })
  const wanted = { offeredOn: '03.11.2026', answer: 'accepted', language: 'ru', wantedSex: 'any', fromOn: '01.12.2099' }
  const { need } = await offerSupport.run(cast.lea, { id, ...wanted, months: '8' })
  await tellCircle.run(cast.lou, { name: 'Igor Kuusk' })
  return { id, need }
}
