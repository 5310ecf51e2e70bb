// Of somebody who gives up two ways in at once, which one stays?
import { unlinkIdentity } from '../../../app/access/oidc/identities.server.ts'
import { removePasskey } from '../../../app/access/passkey/passkeys.server.ts'
import { type Contest, count } from './contest.ts'

export const waysContests: Contest[] = [
  {
    kind: 'last way in',
    operations: ['passkey.remove', 'account.unlinkIdentity'],
    stage: async (players) => {
      const { cast } = players
      const own = [cast.lea.id]
      await cast.admin.query('delete from passkey where person_id = $1', own)
      await cast.admin.query('delete from person_identity where person_id = $1', own)
      const { rows } = await cast.admin.query<{ id: string }>(
        `with card as (insert into person_identity (person_id, subject_index, linked_by) values ($1, decode(repeat('ab', 16), 'hex'), $1))
         insert into passkey (person_id, credential_id, public_key, backed_up, name)
         values ($1, convert_to(gen_random_uuid()::text, 'UTF8'), '\\x01', true, 'Näidis-võti') returning id`,
        own,
      )
      return {
        tries: [() => removePasskey.run(cast.lea, { id: rows[0]?.id }), () => unlinkIdentity.run(cast.lea, {})],
        effects: () =>
          count(
            players,
            '(select from passkey where person_id = $1 union all select from person_identity where person_id = $1) w',
            own,
          ),
      }
    },
  },
]
