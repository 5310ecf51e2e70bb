// Of those who hold, call off, cover or review what is guided at once, who wins?
import { nameDeputy } from '../../../../app/supervision/coverage.server.ts'
import { joinCovision } from '../../../../app/supervision/covision/covisions.server.ts'
import { endAbsence } from '../../../../app/supervision/duty.server.ts'
import { openChecklist, writeChecklist } from '../../../../app/supervision/sample/checklist.server.ts'
import { lookAt, replyFromLook, topicFromLook } from '../../../../app/supervision/sample/looks.server.ts'
import { drawRound, endRound } from '../../../../app/supervision/sample/rounds.server.ts'
import { callOffSession, holdSession, planSession } from '../../../../app/supervision/sessions.server.ts'
import { seeCheckin, writeCheckin } from '../../../../app/supervision/wellbeing/checkins.server.ts'
import { answered, drawnBy, lastDays, onlyEntries } from '../../../sample.ts'
import { dayFromNow } from '../../../substitution.ts'
import { anotherSupervisor, away } from '../../../supervision.ts'
import { givenVolunteer } from '../../../volunteers.ts'
import { by, type Contest, count, type Players, twice, twin, why } from './contest.ts'

const held = { heldOn: dayFromNow(0), topics: ['wellbeing'], words: why }
const talk = async ({ cast }: Players): Promise<string> =>
  (await planSession.run(cast.sirje, { kind: 'individual', volunteers: cast.volunteer, day: dayFromNow(0) })).id
/** A round of Sirje in which an entry was drawn. */
async function drawn({ cast }: Players): Promise<{ round: string; entry: string }> {
  await onlyEntries(cast, 3)
  const { round, drawn: entries } = await drawnBy(
    cast,
    cast.sirje,
    'own',
    lastDays(10, { percent: '50', confidence: '80' }),
  )
  return { round, entry: entries[0]?.id ?? '' }
}

export const supervisionContests: Contest[] = [
  {
    kind: 'talk held or called off',
    operations: ['supervision.session.callOff', 'supervision.session.hold'],
    stage: async (players) => {
      const { cast } = players
      const id = await talk(players)
      const [sirje, again] = await twice(cast, cast.sirje)
      return {
        tries: [
          by(holdSession, sirje, { id, came: cast.volunteer, ...held }),
          by(holdSession, again, { id, came: cast.volunteer, ...held }),
          by(callOffSession, again, { id }),
        ],
        effects: () =>
          count(
            players,
            `supervision_session s where id = $1 and (held_on is not null) <> (called_off_at is not null)
             and (select count(*) from supervision_note n where n.session_id = s.id) = (held_on is not null)::int`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'covision joined and called off',
    operations: ['supervision.covision.join', 'supervision.session.callOff'],
    told: 'gone',
    both: true,
    stage: async (players) => {
      const { cast } = players
      const other = await anotherSupervisor(cast)
      const hers = await givenVolunteer(cast, { supervisorId: other.id })
      const mine = [cast.volunteer, await givenVolunteer(cast, { supervisorId: cast.sirje.id })]
      const { id } = await planSession.run(cast.sirje, {
        kind: 'covision',
        volunteers: mine,
        day: dayFromNow(5),
        shared: 'yes',
      })
      return {
        tries: [by(joinCovision, other, { id, volunteers: hers }), by(callOffSession, cast.sirje, { id })],
        effects: () => count(players, 'supervision_session where id = $1 and called_off_at is not null', [id]),
      }
    },
  },
  {
    kind: 'deputy named',
    operations: ['supervision.deputy.name'],
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const others = [await anotherSupervisor(cast), await anotherSupervisor(cast, 'Eha Näidis-Eller')]
      return {
        tries: others.map((one, at) =>
          by(nameDeputy, kims[at] ?? cast.kim, { supervisor: cast.sirje.id, deputy: one.id }),
        ),
        effects: () =>
          count(players, 'supervision_deputy where supervisor_id = $1 and ended_at is null', [cast.sirje.id]),
      }
    },
  },
  {
    kind: 'back from being away',
    operations: ['supervision.away.end'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from supervision_absence')
      const id = await away(cast)
      return {
        tries: [by(endAbsence, cast.sirje, { id }), by(endAbsence, cast.kim, { id })],
        effects: () => count(players, 'supervision_absence where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'how it goes seen',
    operations: ['supervision.checkin.see'],
    stage: async (players) => {
      const { cast } = players
      const { id } = await writeCheckin.run(cast.lou, { level: 'hard', carries: 'no', talk: 'soon' })
      return {
        tries: await twin(cast, seeCheckin, cast.sirje, { id }),
        effects: () => count(players, 'wellbeing_checkin where id = $1 and seen_at is not null', [id]),
      }
    },
  },
  {
    kind: 'questions of a review',
    operations: ['supervision.checklist.write'],
    stage: async (players) => {
      const [{ version }] = await openChecklist.run(players.cast.kim, {})
      const typed = { version, et: 'Üks?', en: 'One?', ru: 'Один?' }
      return {
        tries: await twin(players.cast, writeChecklist, players.cast.kim, typed),
        effects: () => count(players, 'sample_checklist where version = $1', [version + 1]),
      }
    },
  },
  {
    kind: 'lot drawn',
    operations: ['supervision.sample.draw'],
    stage: async (players) => {
      const { cast } = players
      await onlyEntries(cast, 3)
      const span = lastDays(10, { percent: '50', confidence: '80' })
      return {
        tries: await twin(cast, drawRound, cast.sirje, { scope: 'own', ...span }),
        effects: () => count(players, 'sample_round where true', []),
      }
    },
  },
  {
    kind: 'review ended',
    operations: ['supervision.sample.end'],
    stage: async (players) => {
      const { round } = await drawn(players)
      return {
        tries: await twin(players.cast, endRound, players.cast.sirje, { round }),
        effects: () => count(players, 'sample_round where id = $1 and ended_at is not null', [round]),
      }
    },
  },
  {
    kind: 'entry looked at',
    operations: ['supervision.sample.look'],
    stage: async (players) => {
      const of = await drawn(players)
      return {
        tries: await twin(players.cast, lookAt, players.cast.sirje, { ...of, ...answered() }),
        effects: () => count(players, 'sample_look where entry_id = $1', [of.entry]),
      }
    },
  },
  {
    kind: 'reply made of a review',
    operations: ['supervision.sample.reply'],
    stage: async (players) => {
      const of = await drawn(players)
      await lookAt.run(players.cast.sirje, { ...of, ...answered([1]) })
      return {
        tries: await twin(players.cast, replyFromLook, players.cast.sirje, of),
        effects: () => count(players, 'visit_reading where entry_id = $1', [of.entry]),
      }
    },
  },
  {
    kind: 'topic made of a review',
    operations: ['supervision.sample.topic'],
    stage: async (players) => {
      const of = await drawn(players)
      await lookAt.run(players.cast.sirje, { ...of, ...answered([1]) })
      return {
        tries: await twin(players.cast, topicFromLook, players.cast.sirje, of),
        effects: () => count(players, 'sample_topic where entry_id = $1', [of.entry]),
      }
    },
  },
]
