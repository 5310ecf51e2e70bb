// Of those who ask for, open, close or link one account at once, who wins?
import { randomUUID } from 'node:crypto'
import { linkIdentity, unlinkPerson } from '../../../../app/access/oidc/identities.server.ts'
import {
  addPerson,
  disablePerson,
  enablePerson,
  endRole,
  giveRole,
} from '../../../../app/access/people/people.server.ts'
import { confirm, refuse, withdraw } from '../../../../app/access/two-people/confirmations.server.ts'
import { askEmail, keepOwnEmail } from '../../../../app/access/two-people/emails.server.ts'
import { askName, askOwnName, keepOwnName } from '../../../../app/access/two-people/names.server.ts'
import { beginRecovery } from '../../../../app/access/two-people/recovery.server.ts'
import { rowSeal } from '../../../../app/core/keys/row-seal.server.ts'
import { testCode } from '../../../tara.ts'
import { newcomer } from '../../../two-people.ts'
import { seen } from './access.ts'
import { by, type Contest, count, given, type Players, why } from './contest.ts'

const both = ({ cast, olev }: Players) => [cast.ott, olev]
const nobodyAsked = ({ cast }: Players) => cast.admin.query('delete from invitation; delete from confirmation')
const waiting = (players: Players, kind: string, person: string) =>
  count(players, 'confirmation where kind = $1 and person_id = $2 and decision is null', [kind, person])
const role = { role: 'auditor', validFrom: '2026-01-01', validTo: '2099-12-31', reason: why }

export const accountContests: Contest[] = [
  {
    kind: 'role asked for',
    operations: ['people.giveRole'],
    stage: async (players) => {
      await nobodyAsked(players)
      const { id } = players.cast.jaan
      return {
        tries: both(players).map((who) => by(giveRole, who, { id, ...role })),
        effects: () => waiting(players, 'role', id),
      }
    },
  },
  {
    kind: 'closed account asked for',
    operations: ['people.enable'],
    stage: async (players) => {
      await nobodyAsked(players)
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      await disablePerson.run(players.cast.ott, { id })
      return {
        tries: both(players).map((who) => by(enablePerson, who, { id, ...seen })),
        effects: () => waiting(players, 'reopen', id),
      }
    },
  },
  {
    kind: 'way back begun',
    operations: ['people.beginRecovery'],
    stage: async (players) => {
      await nobodyAsked(players)
      const { id } = players.cast.mall
      return {
        tries: both(players).map((who) => by(beginRecovery, who, { id, ...seen })),
        effects: () => waiting(players, 'recover', id),
      }
    },
  },
  {
    kind: 'new address asked for',
    operations: ['people.askEmail'],
    stage: async (players) => {
      await nobodyAsked(players)
      const { id } = players.cast.jaan
      return {
        tries: both(players).map((who, at) => by(askEmail, who, { id, email: `jaan${at}@naidis.example`, ...seen })),
        effects: () => waiting(players, 'email', id),
      }
    },
  },
  {
    kind: 'new name asked for',
    operations: ['account.askName', 'people.askName'],
    stage: async (players) => {
      await nobodyAsked(players)
      const { jaan } = players.cast
      const name = 'Jaan Näidis-Uus'
      return {
        tries: [
          ...both(players).map((who) => by(askName, who, { id: jaan.id, name, ...seen })),
          by(askOwnName, jaan, { name, reason: why }),
        ],
        effects: () => waiting(players, 'name', jaan.id),
      }
    },
  },
  {
    kind: 'address changed by two',
    operations: ['account.keepEmail', 'confirmation.confirm', 'confirmation.refuse', 'confirmation.withdraw'],
    stage: async (players) => {
      const { cast, olev } = players
      const email = await given(players, `select gen_random_uuid() || '@naidis.example'`, [])
      const { id } = await askEmail.run(cast.ott, { id: cast.lea.id, email, ...seen })
      return {
        tries: [
          by(confirm, olev, { id, way: 'document' }),
          by(refuse, olev, { id, reason: why }),
          by(withdraw, cast.ott, { id }),
          by(keepOwnEmail, cast.lea, { id }),
        ],
        effects: () =>
          count(
            players,
            `confirmation c join person p on p.id = c.person_id where c.id = $1 and (c.decision is not null or c.stopped_at is not null)
             and (c.decision is not distinct from 'confirmed') = (p.email = $2)`,
            [id, email],
          ),
      }
    },
  },
  {
    kind: 'name changed by two',
    operations: ['account.keepName', 'confirmation.confirm', 'confirmation.refuse', 'confirmation.withdraw'],
    stage: async (players) => {
      const { cast, olev } = players
      const name = await given(players, `select 'Lea Näidis-' || gen_random_uuid()`, [])
      const { id } = await askName.run(cast.ott, { id: cast.lea.id, name, ...seen })
      return {
        tries: [
          by(confirm, olev, { id, way: 'document' }),
          by(refuse, olev, { id, reason: why }),
          by(withdraw, cast.ott, { id }),
          by(keepOwnName, cast.lea, { id }),
        ],
        effects: () =>
          count(
            players,
            `confirmation c join person p on p.id = c.person_id where c.id = $1 and (c.decision is not null or c.stopped_at is not null)
             and (c.decision is not distinct from 'confirmed') = (p.name = $2)`,
            [id, name],
          ),
      }
    },
  },
  {
    kind: 'account made',
    operations: ['people.add'],
    told: 'field',
    stage: async (players) => {
      const email = await given(players, `select gen_random_uuid() || '@naidis.example'`, [])
      return {
        tries: both(players).map((who) => by(addPerson, who, { name: 'Uku Näidis-Uus', email, ...role })),
        effects: () => count(players, 'person where email = $1', [email]),
      }
    },
  },
  {
    kind: 'account closed',
    operations: ['people.disable'],
    stage: async (players) => {
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      return {
        tries: both(players).map((who) => by(disablePerson, who, { id })),
        effects: () => count(players, `person where id = $1 and status = 'disabled'`, [id]),
      }
    },
  },
  {
    kind: 'role ended',
    operations: ['people.endRole'],
    stage: async (players) => {
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      const roleId = await given(players, 'select id from person_role where person_id = $1', [id])
      return {
        tries: both(players).map((who) => by(endRole, who, { id, roleId })),
        effects: () => count(players, 'person_role where id = $1 and valid_to < current_date', [roleId]),
      }
    },
  },
  {
    kind: 'card of another shut out',
    operations: ['people.unlinkIdentity'],
    told: 'gone',
    stage: async (players, race) => {
      const id = await newcomer(players.cast, randomUUID(), 'trainer')
      const subject = Buffer.alloc(16, race + 1)
      await players.cast.admin.query(
        'insert into person_identity (person_id, subject_index, linked_by, seal) values ($1, $2, $1, $3)',
        [id, subject, rowSeal('card', id, [subject])],
      )
      await players.cast.admin.query(`insert into credential (person_id, password_hash) values ($1, 'x')`, [id])
      return {
        tries: both(players).map((who) => by(unlinkPerson, who, { id })),
        effects: async () => 1 - (await count(players, 'person_identity where person_id = $1', [id])),
      }
    },
  },
  {
    kind: 'one card at two accounts',
    operations: ['account.linkIdentity'],
    stage: async (players, race) => {
      const { cast } = players
      await cast.admin.query('delete from person_identity')
      const code = testCode(40 + race)
      return {
        tries: [cast.tiia, cast.jaan].map((who) => by(linkIdentity, who, { code })),
        effects: () => count(players, 'person_identity where true', []),
      }
    },
  },
]
