// Of those who judge, lift, erase or let in what stands before a case at once, who wins?
import { askToLift, keepWall, liftWall } from '../../../../app/audit/walls/walls.server.ts'
import { retireBait } from '../../../../app/audit/watch/baits.server.ts'
import { judgeFinding } from '../../../../app/audit/watch/findings.server.ts'
import { askGlass, endGlass } from '../../../../app/cases/break-glass/ask.server.ts'
import { answerGlass, reviewGlass } from '../../../../app/cases/break-glass/watch.server.ts'
import { askDueErasures } from '../../../../app/safekeeping/erasure/due.server.ts'
import { askErasure, confirmErasure, refuseErasure } from '../../../../app/safekeeping/erasure/erasures.server.ts'
import { askKeyChange } from '../../../../app/safekeeping/keys/key-changes.server.ts'
import { givenBaits, givenLongAgo } from '../../../bait.ts'
import { referCase } from '../../../cases.ts'
import { givenVolunteer } from '../../../volunteers.ts'
import { givenFinding } from '../../../watch.ts'
import { by, type Contest, count, given, type Players, twin, why } from './contest.ts'

const words = 'Näidis-põhjus, mis on küllalt pikk'
const numberOf = (players: Players, id: string) => given(players, 'select number from case_file where id = $1', [id])

/** A case of Lea's that is not there for Lou. */
async function walled(players: Players): Promise<string> {
  const { cast } = players
  return given(
    players,
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 day' from case_file where id = $2 returning id`,
    [cast.lou.id, await referCase(cast.lea)],
  )
}

/** Max of another network has asked to be let into a case of Lea's. */
async function askedIn(players: Players): Promise<string> {
  const { cast } = players
  await cast.admin.query('delete from break_glass')
  const number = await numberOf(players, await referCase(cast.lea))
  await askGlass.run(cast.max, { number, ground: 'police', words })
  return given(players, 'select id from break_glass', [])
}

export const watchContests: Contest[] = [
  {
    kind: 'wall to be lifted',
    operations: ['wall.ask'],
    stage: async (players) => {
      const id = await walled(players)
      return {
        tries: await twin(players.cast, askToLift, players.cast.aino, { id, reason: words }),
        effects: () => count(players, 'wall where id = $1 and lift_asked_by is not null', [id]),
      }
    },
  },
  {
    kind: 'wall lifted or kept',
    operations: ['wall.keep', 'wall.lift'],
    told: 'gone',
    stage: async (players) => {
      const { cast, olev } = players
      const id = await walled(players)
      await askToLift.run(cast.aino, { id, reason: words })
      return {
        tries: [by(liftWall, cast.ott, { id }), by(keepWall, olev, { id }), by(liftWall, olev, { id })],
        effects: () => count(players, 'wall where id = $1 and (lifted_at is not null or lift_asked_by is null)', [id]),
      }
    },
  },
  {
    kind: 'finding judged',
    operations: ['watch.judge'],
    stage: async (players) => {
      const id = await givenFinding(players.cast, 'kim')
      return {
        tries: await twin(players.cast, judgeFinding, players.cast.aino, { id, judgement: 'explained', words }),
        effects: () => count(players, 'watch_finding where id = $1 and judged_at is not null', [id]),
      }
    },
  },
  {
    kind: 'bait taken away',
    operations: ['watch.bait.retire'],
    told: 'gone',
    stage: async (players, race) => {
      const { cast } = players
      if (race === 0)
        await givenLongAgo(cast, cast.networks.ida, { 'M-2023-004': '2023-02-11', 'M-2023-011': '2023-08-30' })
      const [bait] = await givenBaits(cast)
      return {
        tries: await twin(cast, retireBait, cast.aino, { bait }),
        effects: async () => 1 - (await count(players, 'bait_case where case_id = $1 and retired_at is null', [bait])),
      }
    },
  },
  {
    kind: 'emergency let in',
    operations: ['glass.answer'],
    stage: async (players) => {
      const { cast } = players
      const id = await askedIn(players)
      return {
        tries: [by(answerGlass, cast.kim, { id, answer: 'yes' }), by(answerGlass, cast.lea, { id, answer: 'no' })],
        effects: () =>
          count(
            players,
            '(select second_at as at from break_glass where id = $1 union all select refused_at from break_glass where id = $1) a where at is not null',
            [id],
          ),
      }
    },
  },
  {
    kind: 'emergency judged',
    operations: ['glass.review'],
    stage: async (players) => {
      const { cast } = players
      const id = await askedIn(players)
      await answerGlass.run(cast.kim, { id, answer: 'yes' })
      await endGlass.run(cast.max, { id })
      return {
        tries: [
          by(reviewGlass, cast.aino, { id, outcome: 'justified', words }),
          by(reviewGlass, cast.lea, { id, outcome: 'unjustified', words }),
        ],
        effects: () => count(players, 'break_glass where id = $1 and reviewed_at is not null', [id]),
      }
    },
  },
  {
    kind: 'erasure asked for',
    operations: ['erasure.ask'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      const asked = { number: await numberOf(players, id), ground: 'wish', reason: why }
      return {
        tries: [by(askErasure, cast.kim, asked), by(askErasure, cast.aino, asked)],
        effects: () => count(players, 'erasure where owner_id = $1 and outcome is null', [id]),
      }
    },
  },
  {
    kind: 'what fell due asked for',
    operations: ['erasure.ask-due'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from erasure where outcome is null')
      const id = await leftLongAgo(players)
      return {
        tries: [by(askDueErasures, cast.kim, {}), by(askDueErasures, cast.aino, {})],
        effects: () => count(players, `erasure where owner_id = $1 and kind = 'volunteer' and outcome is null`, [id]),
      }
    },
  },
  {
    kind: 'erasure',
    operations: ['erasure.confirm', 'erasure.refuse'],
    stage: async (players) => {
      const { cast } = players
      const number = await numberOf(players, await referCase(cast.lea))
      const { id } = await askErasure.run(cast.kim, { number, ground: 'wish', reason: why })
      return {
        tries: [
          by(confirmErasure, cast.aino, { id, sure: 'on' }),
          by(refuseErasure, cast.aino, { id }),
          by(confirmErasure, cast.aino, { id, sure: 'on' }),
        ],
        effects: () =>
          count(
            players,
            `erasure where id = $1 and outcome is not null and (outcome = 'done') =
             not exists (select from sealed_key k where k.kind = 'case' and k.owner_id = erasure.owner_id and k.wrapped is not null)`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'new key for a case',
    operations: ['case.key.ask'],
    stage: async (players) => {
      const id = await referCase(players.cast.lea)
      return {
        tries: await twin(players.cast, askKeyChange, players.cast.lea, { id, why: 'suspicion' }),
        effects: () => count(players, 'key_change where case_id = $1', [id]),
      }
    },
  },
]

/** Somebody who helped until eleven years ago, and of whom nothing else is kept. */
async function leftLongAgo(players: Players): Promise<string> {
  const { cast } = players
  const id = await givenVolunteer(cast, {})
  await cast.admin.query(`update volunteer_status set from_on = '2001-01-01' where volunteer_id = $1`, [id])
  await cast.admin.query(
    `insert into volunteer_status (volunteer_id, status, from_on, recorded_by) values ($1, 'ended', (now() - interval '11 years')::date, $2)`,
    [id, cast.kim.id],
  )
  await cast.admin.query(`update volunteer set status = 'ended' where id = $1`, [id])
  return id
}
