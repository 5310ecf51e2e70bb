// Of those who give, confirm or end what opens a door at once, who wins?
import { invite, voidInvitation } from '../../../app/access/invitation/invitations.server.ts'
import { giveRole } from '../../../app/access/people/people.server.ts'
import { setSetting } from '../../../app/access/settings/set.server.ts'
import {
  askSubstitution,
  confirmSubstitution,
  endSubstitution,
} from '../../../app/access/substitution/substitutions.server.ts'
import { confirm, refuse, withdraw } from '../../../app/access/two-people/confirmations.server.ts'
import { dayFromNow } from '../../substitution.ts'
import { type Contest, count, type Players, why } from './contest.ts'

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
          () => confirm.run(olev, { id }),
          () => confirm.run(olev, { id }),
          () => refuse.run(olev, { id, reason: why }),
          () => withdraw.run(cast.ott, { id }),
        ],
        // One decision, and a role where it was yes.
        effects: () =>
          count(
            players,
            `confirmation c where id = $1 and decided_at is not null and (decision = 'confirmed')::int =
            (select count(*) from person_role r where r.person_id = $2 and r.role = 'steering' and r.valid_from = $3)`,
            [id, cast.tiia.id, role.validFrom],
          ),
      }
    },
  },
  {
    kind: 'substitution',
    operations: ['substitution.confirm', 'substitution.end'],
    stage: async (players) => {
      const { cast, olev } = players
      await cast.admin.query('delete from substitution')
      const term = { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(3) }
      const { id } = await askSubstitution.run(cast.peep, term)
      return {
        tries: [() => confirmSubstitution.run(cast.ott, { id }), () => confirmSubstitution.run(olev, { id })],
        effects: () =>
          count(players, 'substitution where id = $1 and confirmed_at is not null and ended_at is null', [id]),
      }
    },
  },
  {
    kind: 'substitution ended',
    operations: ['substitution.end'],
    stage: async (players) => {
      const { cast, olev } = players
      await cast.admin.query('delete from substitution')
      const term = { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(3) }
      const { id } = await askSubstitution.run(cast.peep, term)
      return {
        tries: [cast.ott, olev, cast.peep].map((who) => () => endSubstitution.run(who, { id })),
        effects: () => count(players, 'substitution where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'invitation taken back',
    operations: ['people.voidInvitation'],
    stage: async (players) => {
      const { cast, olev } = players
      const id = await newcomer(players)
      await invite.run(cast.ott, { id })
      return {
        tries: [cast.ott, olev].map((who) => () => voidInvitation.run(who, { id })),
        effects: () => count(players, 'invitation where person_id = $1 and voided_at is not null', [id]),
      }
    },
  },
  {
    kind: 'setting of one day',
    operations: ['setting.set'],
    stage: async (players, race) => {
      const [name, validFrom] = ['unusedMonths', dayFromNow(race + 1)]
      return {
        tries: [2, 3, 4].map(
          (value, at) => () =>
            setSetting.run(players.kims[at] ?? players.cast.kim, { name, value: String(value), validFrom, note: why }),
        ),
        effects: () => count(players, 'setting where name = $1 and valid_from = $2', [name, validFrom]),
      }
    },
  },
]

/** Somebody new with a role who has no keys yet. */
async function newcomer({ cast }: Players): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `with made as (insert into person (email, name) values (gen_random_uuid() || '@naidis.example', 'Uku Näidis-Uus') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'trainer', '2020-01-01', '2999-12-31' from made returning person_id as id`,
  )
  return rows[0]?.id ?? ''
}
