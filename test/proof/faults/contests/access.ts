// Of those who give, confirm or end what opens a door at once, who wins?
import { randomUUID } from 'node:crypto'
import { invite, voidInvitation } from '../../../../app/access/invitation/invitations.server.ts'
import { giveRole } from '../../../../app/access/people/people.server.ts'
import { addPromise, finishPromise } from '../../../../app/access/substitution/promises.server.ts'
import {
  askSubstitution,
  confirmSubstitution,
  endSubstitution,
  giveSubstitution,
} from '../../../../app/access/substitution/substitutions.server.ts'
import {
  confirm,
  confirmMany,
  helperRole,
  propose,
  refuse,
  withdraw,
} from '../../../../app/access/two-people/confirmations.server.ts'
import { beginRecovery, stopRecovery } from '../../../../app/access/two-people/recovery.server.ts'
import { asPerson } from '../../../../app/core/db.server.ts'
import { dayFromNow } from '../../../substitution.ts'
import { newcomer } from '../../../two-people.ts'
import { by, type Contest, count, given, type Players, why } from './contest.ts'

export const seen = { way: 'video', reason: why }
const term = { validFrom: dayFromNow(0), validTo: dayFromNow(3) }
/** Peep has asked to stand in for Kim. */
async function askedToStandIn({ cast }: Players): Promise<string> {
  await cast.admin.query('delete from substitution_promise; delete from substitution')
  return (await askSubstitution.run(cast.peep, { giverId: cast.kim.id, ...term })).id
}

export const accessContests: Contest[] = [
  {
    kind: 'role given by two',
    operations: ['confirmation.confirm', 'confirmation.refuse', 'confirmation.withdraw'],
    stage: async (players, race) => {
      const { cast, olev } = players
      const role = { role: 'steering', validFrom: dayFromNow(race + 1), validTo: '2099-12-31', reason: why }
      const { id } = await giveRole.run(cast.ott, { id: cast.tiia.id, ...role })
      return {
        tries: [
          by(confirm, olev, { id }),
          by(confirm, olev, { id }),
          by(refuse, olev, { id, reason: why }),
          by(withdraw, cast.ott, { id }),
        ],
        effects: () => decidedOnce(players, id, 'steering', cast.tiia.id, role.validFrom),
      }
    },
  },
  {
    kind: 'many confirmed at once',
    operations: ['confirmation.confirm', 'confirmation.confirmMany', 'confirmation.refuse'],
    stage: async (players) => {
      const { cast, olev } = players
      const person = await newcomer(players.cast, randomUUID(), 'trainer')
      const { id } = await asPerson('write', cast.kim.claim, (db) =>
        propose(db, cast.kim, helperRole('volunteer', person)),
      )
      return {
        tries: [
          by(confirmMany, cast.peep, { ids: [id] }),
          by(confirmMany, olev, { ids: [id] }),
          by(confirm, cast.ott, { id }),
          by(refuse, cast.ott, { id, reason: why }),
        ],
        effects: () => decidedOnce(players, id, 'volunteer', person, dayFromNow(0)),
      }
    },
  },
  {
    kind: 'way back that its owner stops',
    operations: ['account.stopRecovery', 'confirmation.confirm', 'confirmation.withdraw'],
    // She stops what has been agreed upon as well.
    both: true,
    stage: async (players) => {
      const { cast, olev } = players
      const { id } = await beginRecovery.run(cast.ott, { id: cast.mall.id, ...seen })
      return {
        tries: [
          by(confirm, olev, { id, way: 'document' }),
          by(withdraw, cast.ott, { id }),
          by(stopRecovery, cast.mall, {}),
        ],
        effects: () =>
          count(
            players,
            `confirmation where id = $1 and (coalesce(decision, '') = 'withdrawn') <> (stopped_at is not null)`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'substitution confirmed',
    operations: ['substitution.confirm'],
    stage: async (players) => {
      const id = await askedToStandIn(players)
      return {
        tries: [players.cast.ott, players.olev].map((who) => by(confirmSubstitution, who, { id })),
        effects: () =>
          count(players, 'substitution where id = $1 and confirmed_at is not null and ended_at is null', [id]),
      }
    },
  },
  {
    kind: 'substitution confirmed and ended',
    operations: ['substitution.confirm', 'substitution.end'],
    stage: async (players) => {
      const id = await askedToStandIn(players)
      return {
        tries: [by(confirmSubstitution, players.cast.ott, { id }), by(endSubstitution, players.olev, { id })],
        effects: () =>
          count(players, 'substitution where id = $1 and (confirmed_at is null) <> (ended_at is null)', [id]),
      }
    },
  },
  {
    kind: 'substitution ended',
    operations: ['substitution.end'],
    stage: async (players) => {
      const id = await askedToStandIn(players)
      const { cast, olev } = players
      return {
        tries: [cast.ott, olev, cast.peep].map((who) => by(endSubstitution, who, { id })),
        effects: () => count(players, 'substitution where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'substitution begun from both sides',
    operations: ['substitution.ask', 'substitution.give'],
    // Who finds somebody there already reads it at the field.
    told: 'field',
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from substitution_promise; delete from substitution')
      return {
        tries: [
          by(askSubstitution, cast.peep, { giverId: cast.kim.id, ...term }),
          by(giveSubstitution, cast.kim, { takerId: cast.peep.id, ...term }),
        ],
        effects: () => count(players, 'substitution where giver_id = $1 and ended_at is null', [cast.kim.id]),
      }
    },
  },
  {
    kind: 'promise of who is away',
    operations: ['substitution.promise.finish'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from substitution_promise; delete from substitution')
      const { id } = await giveSubstitution.run(cast.kim, { takerId: cast.peep.id, ...term })
      await addPromise.run(cast.kim, { id, text: why })
      const promise = await given(players, 'select id from substitution_promise where substitution_id = $1', [id])
      return {
        tries: [cast.kim, cast.peep].map((who) => by(finishPromise, who, { id, promise, answer: why })),
        effects: () => count(players, 'substitution_promise where id = $1 and done_at is not null', [promise]),
      }
    },
  },
  {
    kind: 'invitation sent',
    operations: ['people.invite'],
    // The newer voids the older.
    both: true,
    stage: async (players) => {
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      return {
        tries: [players.cast.ott, players.olev].map((who) => by(invite, who, { id })),
        effects: () => count(players, 'invitation where person_id = $1 and voided_at is null', [id]),
      }
    },
  },
  {
    kind: 'invitation taken back',
    operations: ['people.voidInvitation'],
    stage: async (players) => {
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      await invite.run(players.cast.ott, { id })
      return {
        tries: [players.cast.ott, players.olev].map((who) => by(voidInvitation, who, { id })),
        effects: () => count(players, 'invitation where person_id = $1 and voided_at is not null', [id]),
      }
    },
  },
]

/** One decision, and the role where it was yes. */
const decidedOnce = (players: Players, id: string, role: string, person: string, from: string) =>
  count(
    players,
    `confirmation c where id = $1 and decided_at is not null and (decision = 'confirmed')::int =
     (select count(*) from person_role r where r.person_id = $2 and r.role = $3 and r.valid_from = $4)`,
    [id, person, role, from],
  )
