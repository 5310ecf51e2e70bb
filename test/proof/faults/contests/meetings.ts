// Of those who call, arrange, hold or write down one meeting at once, who wins?

import { today } from '../../../../app/core/clock.server.ts'
import {
  addItem,
  closeAgenda,
  keepItem,
  liftFlag,
  raiseItem,
  removeItem,
} from '../../../../app/meetings/agenda/arrange.server.ts'
import { callMeeting, planMeetings } from '../../../../app/meetings/calendar/calendar.server.ts'
import { cancelMeeting, changeMeeting, inviteToMeeting } from '../../../../app/meetings/calendar/change.server.ts'
import { pledgeSilence } from '../../../../app/meetings/live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../../../../app/meetings/live/live.server.ts'
import { referCase } from '../../../cases.ts'
import { dayFromNow } from '../../../substitution.ts'
import { by, type Contest, count, type Players, twice, twin, why } from './contest.ts'

type Phase = 'planned' | 'closed' | 'sitting' | 'held'
export const decision = { outcome: 'planned', words: why, reason: why }

/** The only meeting of Ida-Viru, today, of one case, so far along; Lea and Mall have promised silence there. */
export async function meetingIn(
  players: Players,
  phase: Phase,
  onDate = today(),
): Promise<{ id: string; case: string }> {
  const { cast } = players
  await cast.admin.query('truncate meeting, network_rhythm cascade')
  const caseId = await referCase(cast.lea)
  const call = { network: cast.networks.ida, mode: 'sitting', onDate, chair: cast.mall.id }
  const { id } = await callMeeting.run(cast.lea, call)
  if (phase === 'planned') return { id, case: caseId }
  await addItem.run(cast.lea, { id, case: caseId, reason: why })
  await closeAgenda.run(cast.lea, { id })
  if (phase === 'closed') return { id, case: caseId }
  await beginMeeting.run(cast.lea, { id })
  for (const who of [cast.lea, cast.mall]) await pledgeSilence.run(who, { id, silent: 'yes' })
  if (phase === 'sitting') return { id, case: caseId }
  await decideItem.run(cast.lea, { id, case: caseId, ...decision })
  await endMeeting.run(cast.lea, { id })
  return { id, case: caseId }
}

const inPhase = (players: Players, id: string, phase: string) =>
  count(players, 'meeting where id = $1 and phase = $2', [id, phase])
export const meetingContests: Contest[] = [
  {
    kind: 'meeting of one day',
    operations: ['meeting.call'],
    told: 'field',
    stage: async (players) => {
      await players.cast.admin.query('truncate meeting, network_rhythm cascade')
      const call = { network: players.cast.networks.ida, mode: 'sitting', onDate: dayFromNow(20) }
      return {
        tries: await twin(players.cast, callMeeting, players.cast.lea, call),
        effects: () => count(players, 'meeting where true', []),
      }
    },
  },
  {
    kind: 'meetings planned ahead',
    operations: ['meeting.plan'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('truncate meeting, network_rhythm cascade')
      const rhythm = { network: cast.networks.ida, mode: 'sitting', week: '2', everyMonths: '1', count: '6' }
      return {
        tries: (await twice(cast, cast.lea)).map((lea, at) =>
          by(planMeetings, lea, { ...rhythm, weekday: `${at + 2}` }),
        ),
        // One a month, whoever planned them.
        effects: () =>
          count(players, `(select 6 - count(*) as less from meeting group by network_id) m where less = 0`, []),
      }
    },
  },
  {
    kind: 'meeting moved and given up',
    operations: ['meeting.cancel', 'meeting.change'],
    both: true,
    stage: async (players) => {
      const { id } = await meetingIn(players, 'planned')
      const [lea, again] = await twice(players.cast, players.cast.lea)
      return {
        tries: [
          by(changeMeeting, lea, { id, onDate: dayFromNow(25), mode: 'sitting', reason: why }),
          by(cancelMeeting, again, { id, reason: why }),
        ],
        effects: () => inPhase(players, id, 'cancelled'),
      }
    },
  },
  {
    kind: 'meeting begun or given up',
    operations: ['meeting.begin', 'meeting.cancel'],
    stage: async (players) => {
      const { id } = await meetingIn(players, 'closed')
      const [lea, again] = await twice(players.cast, players.cast.lea)
      return {
        tries: [
          by(beginMeeting, lea, { id }),
          by(beginMeeting, again, { id }),
          by(cancelMeeting, again, { id, reason: why }),
        ],
        effects: () => count(players, `meeting where id = $1 and (phase = 'sitting') <> (phase = 'cancelled')`, [id]),
      }
    },
  },
  {
    kind: 'meeting ended',
    operations: ['meeting.end'],
    stage: async (players) => {
      const of = await meetingIn(players, 'sitting')
      await decideItem.run(players.cast.lea, { ...of, ...decision })
      return {
        tries: await twin(players.cast, endMeeting, players.cast.lea, { id: of.id }),
        effects: () => inPhase(players, of.id, 'held'),
      }
    },
  },
  {
    kind: 'core group invited',
    operations: ['meeting.invite'],
    both: true,
    stage: async (players) => {
      const { id } = await meetingIn(players, 'planned')
      await players.cast.admin.query('delete from mail_outbox')
      return {
        tries: await twin(players.cast, inviteToMeeting, players.cast.lea, { id }),
        // One letter each.
        effects: () => count(players, 'mail_outbox where person_id = $1', [players.cast.mall.id]),
      }
    },
  },
  {
    kind: 'agenda closed',
    operations: ['meeting.agenda.close'],
    stage: async (players) => {
      const { id } = await meetingIn(players, 'planned')
      return {
        tries: await twin(players.cast, closeAgenda, players.cast.lea, { id }),
        effects: () => inPhase(players, id, 'closed'),
      }
    },
  },
  {
    kind: 'case put on the agenda',
    operations: ['meeting.agenda.add'],
    stage: async (players) => {
      const of = await meetingIn(players, 'planned')
      return {
        tries: await twin(players.cast, addItem, players.cast.lea, { ...of, reason: why }),
        effects: () => count(players, 'agenda_item where meeting_id = $1 and case_id = $2', [of.id, of.case]),
      }
    },
  },
  {
    kind: 'case kept on the agenda or left off',
    operations: ['meeting.agenda.keep', 'meeting.agenda.remove'],
    told: 'gone',
    both: true,
    stage: async (players) => {
      const of = await meetingIn(players, 'planned', dayFromNow(20))
      const [lea, again] = await twice(players.cast, players.cast.lea)
      return {
        tries: [by(keepItem, lea, of), by(removeItem, again, { ...of, reason: why })],
        effects: () => count(players, 'agenda_item where meeting_id = $1 and case_id = $2', [of.id, of.case]),
      }
    },
  },
  {
    kind: 'order of the agenda',
    operations: ['meeting.agenda.raise'],
    both: true,
    stage: async (players) => {
      const { cast } = players
      const { id, case: first } = await meetingIn(players, 'planned')
      const cases = [first, await referCase(cast.lea), await referCase(cast.lea)]
      for (const one of cases) await addItem.run(cast.lea, { id, case: one, reason: why })
      return {
        tries: (await twice(cast, cast.lea)).map((lea, at) => by(raiseItem, lea, { id, case: cases[at + 1] })),
        // No two of them at one place.
        effects: () =>
          count(
            players,
            '(select count(distinct position) as places from agenda_item where meeting_id = $1) p where places = 3',
            [id],
          ),
      }
    },
  },
  {
    kind: 'flag lifted at the agenda',
    operations: ['meeting.agenda.lift'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      const { id } = await meetingIn(players, 'planned', dayFromNow(20))
      const flagged = await referCase(cast.lea)
      await heardLongAgo(players, flagged)
      return {
        tries: await twin(cast, liftFlag, cast.lea, { id, case: flagged }),
        effects: () => count(players, 'marac_flag_lift where case_id = $1', [flagged]),
      }
    },
  },
]

/** A meeting of more than a year ago spoke of this case. */
async function heardLongAgo({ cast }: Players, caseId: string): Promise<void> {
  await cast.admin.query('set session_replication_role = replica')
  await cast.admin.query(
    `with held as (insert into meeting (network_id, mode, on_date, cut_off_on, phase, invited_at, closed_at, begun_at, ended_at, created_by)
       values ($1, 'sitting', $3, $3, 'held', now(), now(), now(), now(), $4) returning id)
     insert into agenda_item (network_id, case_id, meeting_id, kind, position, outcome, heard_at, heard_by)
     select $1, $2, id, 'new', 1, 'planned', now(), $4 from held`,
    [cast.networks.ida, caseId, dayFromNow(-400), cast.lea.id],
  )
  await cast.admin.query('set session_replication_role = origin')
  await cast.admin.query('select docket_drawn(array[$1::uuid])', [caseId])
}
