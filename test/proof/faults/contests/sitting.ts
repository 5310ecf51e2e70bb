// Of those who sit in one meeting, or write it down, at once, who wins?
import { today } from '../../../../app/core/clock.server.ts'
import { formatDate } from '../../../../app/i18n/format.ts'
import { setSeat } from '../../../../app/meetings/core-group/seats.server.ts'
import { markPresent, recordApologies } from '../../../../app/meetings/live/attendance.server.ts'
import { decideItem } from '../../../../app/meetings/live/live.server.ts'
import { markAnnex } from '../../../../app/meetings/minutes/mark-annex.server.ts'
import { approveMinutes, correctDecision, writeMinutes } from '../../../../app/meetings/minutes/minutes.server.ts'
import { answerResearch } from '../../../../app/meetings/research/research.server.ts'
import { sayView } from '../../../../app/meetings/view/views.server.ts'
import { by, type Contest, count, given, type Players, twice, twin, why } from './contest.ts'
import { decision, meetingIn } from './meetings.ts'

const standing = (players: Players, table: string, { id, case: caseId }: { id: string; case: string }) =>
  count(players, `${table} where meeting_id = $1 and case_id = $2 and superseded_at is null`, [id, caseId])
const seenOf = (players: Players, table: string, { id, case: caseId }: { id: string; case: string }) =>
  given(players, `select id from ${table} where meeting_id = $1 and case_id = $2 and superseded_at is null`, [
    id,
    caseId,
  ])

export const sittingContests: Contest[] = [
  {
    kind: 'decision about a case',
    operations: ['meeting.decide'],
    stage: async (players) => {
      const of = await meetingIn(players, 'sitting')
      return {
        tries: (await twice(players.cast, players.cast.lea)).map((lea, at) =>
          by(decideItem, lea, { ...of, ...decision, words: `${why} ${at}` }),
        ),
        effects: () => standing(players, 'case_decision', of),
      }
    },
  },
  {
    kind: 'who is there',
    operations: ['meeting.attendance.apologies', 'meeting.attendance.present'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      const { id } = await meetingIn(players, 'sitting')
      const [lea, again] = await twice(cast, cast.lea)
      const person = cast.mall.id
      return {
        tries: [
          by(markPresent, lea, { id, person }),
          by(recordApologies, again, { id, person, sent: why, sentOn: formatDate(today()) }),
        ],
        effects: () =>
          count(players, 'meeting_attendance where meeting_id = $1 and person_id = $2 and superseded_at is null', [
            id,
            person,
          ]),
      }
    },
  },
  {
    kind: 'for whom somebody speaks',
    operations: ['meeting.group.seat'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      const seat = { network: cast.networks.ida, person: cast.mall.id }
      return {
        tries: (await twice(cast, cast.lea)).map((lea) => by(setSeat, lea, { ...seat, agency: 'victim_support' })),
        effects: () => count(players, 'agency_seat where person_id = $1 and superseded_at is null', [seat.person]),
      }
    },
  },
  {
    kind: 'what an agency tells',
    operations: ['meeting.research.answer'],
    stage: async (players) => {
      const of = await meetingIn(players, 'closed')
      return {
        tries: (await twice(players.cast, players.cast.mall)).map((mall) =>
          by(answerResearch, mall, { ...of, known: 'nothing' }),
        ),
        effects: () => standing(players, 'research', of),
      }
    },
  },
  {
    kind: 'what she herself says',
    operations: ['meeting.view.say'],
    stage: async (players) => {
      const { cast } = players
      const of = await meetingIn(players, 'closed')
      const said = {
        asked: 'yes',
        on: formatDate(today()),
        way: 'call',
        by: cast.lea.id,
        wants: why,
        fears: why,
        safer: why,
      }
      return {
        tries: [cast.lea, cast.mall].map((who) => by(sayView, who, { ...of, ...said })),
        effects: () => standing(players, 'victim_view', of),
      }
    },
  },
  {
    kind: 'minutes drawn up',
    operations: ['meeting.minutes.write'],
    stage: async (players) => {
      const { id } = await meetingIn(players, 'held')
      return {
        tries: await twin(players.cast, writeMinutes, players.cast.lea, { id, ground: 'internal' }),
        effects: () => count(players, 'minutes where meeting_id = $1', [id]),
      }
    },
  },
  {
    kind: 'minutes approved',
    operations: ['meeting.minutes.approve'],
    stage: async (players) => {
      const { id } = await meetingIn(players, 'held')
      await writeMinutes.run(players.cast.lea, { id, ground: 'internal' })
      return {
        tries: await twin(players.cast, approveMinutes, players.cast.mall, { id }),
        effects: () => count(players, 'minutes where meeting_id = $1 and approved_at is not null', [id]),
      }
    },
  },
  {
    kind: 'decision put right',
    operations: ['meeting.minutes.correct'],
    stage: async (players) => {
      const of = await meetingIn(players, 'held')
      await writeMinutes.run(players.cast.lea, { id: of.id, ground: 'internal' })
      const seen = await seenOf(players, 'case_decision', of)
      return {
        tries: await twin(players.cast, correctDecision, players.cast.lea, { ...of, words: why, reason: why, seen }),
        effects: async () => (await count(players, 'case_decision where meeting_id = $1', [of.id])) - 1,
      }
    },
  },
  {
    kind: 'mark of an annex',
    operations: ['meeting.minutes.mark'],
    stage: async (players) => {
      const of = await meetingIn(players, 'held')
      await writeMinutes.run(players.cast.lea, { id: of.id, ground: 'internal' })
      return {
        tries: await twin(players.cast, markAnnex, players.cast.lea, { ...of, ground: 'death', from: '01.01.2024' }),
        effects: () => standing(players, 'annex_mark', of),
      }
    },
  },
]
