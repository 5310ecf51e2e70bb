// Of those who decide about one case at once, who wins?
import { askGlass } from '../../../app/cases/break-glass/ask.server.ts'
import { answerGlass } from '../../../app/cases/break-glass/watch.server.ts'
import { closeCase, reopenCase } from '../../../app/cases/closing/closing.server.ts'
import { acceptTransfer, refuseTransfer, revokeTransfer } from '../../../app/cases/transfer/answer.server.ts'
import { today } from '../../../app/core/clock.server.ts'
import { askErasure, confirmErasure, refuseErasure } from '../../../app/safekeeping/erasure/erasures.server.ts'
import { referCase } from '../../cases.ts'
import type { Cast } from '../../cast.ts'
import { ending, givenClosed, givenDone } from '../../closing.ts'
import { givenAsked } from '../../transfer.ts'
import { type Contest, count, why } from './contest.ts'

export const casesContests: Contest[] = [
  {
    kind: 'closing of a case',
    operations: ['case.close'],
    stage: async (players) => {
      const id = await givenDone(players.cast, today())
      return {
        tries: ['esimene', 'teine'].map(
          (words) => () => closeCase.run(players.cast.lea, { id, ...ending, words: `Näidis-kokkuvõte: ${words}` }),
        ),
        effects: () => count(players, 'case_closing where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'reopening of a case',
    operations: ['case.reopen'],
    stage: async (players) => {
      const id = await givenClosed(players.cast, today())
      return {
        tries: [1, 2, 3].map(
          (nth) => () => reopenCase.run(players.cast.lea, { id, why: `${why}, mis on ${nth}. omast` }),
        ),
        effects: () => count(players, 'case_closing where case_id = $1 and reopened_at is not null', [id]),
      }
    },
  },
  {
    kind: 'transfer to another network',
    operations: ['transfer.accept', 'transfer.refuse', 'transfer.revoke'],
    stage: async (players) => {
      const { cast } = players
      const { transfer: id } = await givenAsked(cast)
      return {
        tries: [
          () => acceptTransfer.run(cast.max, { id }),
          () => refuseTransfer.run(cast.max, { id, because: 'capacity', words: why }),
          () => revokeTransfer.run(cast.lea, { id, because: 'mistake' }),
        ],
        // The case is where its answer says.
        effects: () =>
          count(
            players,
            `case_transfer t join case_file c on c.id = t.case_id where t.id = $1 and t.answered_at is not null
            and c.network_id = case t.state when 'accepted' then $2::uuid else $3::uuid end`,
            [id, cast.networks.harju, cast.networks.ida],
          ),
      }
    },
  },
  {
    kind: 'emergency let in',
    operations: ['glass.answer'],
    stage: async (players) => {
      const { cast } = players
      const id = await askedGlass(cast)
      return {
        tries: [
          () => answerGlass.run(cast.kim, { id, answer: 'yes' }),
          () => answerGlass.run(cast.lea, { id, answer: 'no' }),
        ],
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
    kind: 'erasure',
    operations: ['erasure.confirm', 'erasure.refuse'],
    stage: async (players) => {
      const { cast } = players
      const caseId = await referCase(cast.lea)
      const { rows } = await cast.admin.query('select number from case_file where id = $1', [caseId])
      const { id } = await askErasure.run(cast.kim, { number: rows[0].number, ground: 'wish', reason: why })
      return {
        tries: [
          () => confirmErasure.run(cast.aino, { id, sure: 'on' }),
          () => refuseErasure.run(cast.aino, { id }),
          () => confirmErasure.run(cast.aino, { id, sure: 'on' }),
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
]

/** Max of another network asks to be let into a case of Lea's. */
async function askedGlass(cast: Cast): Promise<string> {
  await cast.admin.query('delete from break_glass')
  const caseId = await referCase(cast.lea)
  const { rows: numbers } = await cast.admin.query('select number from case_file where id = $1', [caseId])
  await askGlass.run(cast.max, { number: numbers[0].number, ground: 'police', words: `${why}, mis on küllalt pikk` })
  const { rows } = await cast.admin.query<{ id: string }>('select id from break_glass')
  return rows[0]?.id ?? ''
}
