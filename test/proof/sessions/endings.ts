// By what does a session end – each of the ways there are, done as it is done?

import { changePassword, endAllSessions, endOneSession } from '../../../app/access/account/accounts.server.ts'
import { openSession } from '../../../app/access/door.server.ts'
import { disablePerson, endRole } from '../../../app/access/people/people.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { type Cast, type CastName, signIn } from '../../cast.ts'
import type { Visitor } from '../../visitor.ts'

/** Whose it is, the browser that has it, and the cast beside whom it ends. */
export type Held = { who: Person; browser: Visitor; cast: Cast }
type Ending = {
  ends: (held: Held) => Promise<unknown>
  /** Puts back what the next one needs. */
  after?: (held: Held) => Promise<unknown>
  /** The administrator changes nothing of his own. */
  not?: CastName
}

const way = { method: 'password', device: 'Firefox, Linux' } as const
const elsewhere = async ({ cast, who }: Held) => (await signIn(cast.admin, who.id)).person
const administrator = async ({ cast }: Held) => (await signIn(cast.admin, cast.ott.id)).person
const runOut = (column: 'idle_until' | 'absolute_until') => ({
  ends: ({ cast, who }: Held) =>
    cast.admin.query(`update session set ${column} = now() - interval '1 second' where id = $1`, [who.sessionId]),
})

export const endings: Record<string, Ending> = {
  'signed out': { ends: ({ browser }) => browser.post('/sign-out', {}) },
  'left in a hurry': { ends: ({ browser }) => browser.get('/exit') },
  'signed out everywhere from elsewhere': { ends: async (held) => endAllSessions.run(await elsewhere(held), {}) },
  'ended in the list from elsewhere': {
    ends: async (held) => endOneSession.run(await elsewhere(held), { id: held.who.sessionId }),
  },
  'signed in anew in the same browser': { ends: ({ who }) => openSession(who, way, who) },
  'proved again who it is': { ends: ({ who }) => openSession(who, { ...way, again: true }, who) },
  'one session more than may be': {
    ends: async ({ who }) => {
      for (let more = 0; more < 3; more++) await openSession(who, way, null)
    },
  },
  'a new password': {
    ends: async (held) => {
      const me = await elsewhere(held)
      await held.cast.admin.query(
        `insert into credential (person_id, password_hash) values ($1, 'x') on conflict do nothing`,
        [me.id],
      )
      return changePassword.run(me, { password: 'sinine vihm ronib üle katuse' })
    },
  },
  'the account closed': {
    ends: async (held) => disablePerson.run(await administrator(held), { id: held.who.id }),
    after: ({ cast, who }) => cast.admin.query(`update person set status = 'active' where id = $1`, [who.id]),
    not: 'ott',
  },
  'the role ended': {
    ends: async (held) => {
      const { rows } = await held.cast.admin.query<{ id: string }>('select id from person_role where person_id = $1', [
        held.who.id,
      ])
      await endRole.run(await administrator(held), { id: held.who.id, roleId: rows[0]?.id })
    },
    after: ({ cast, who }) =>
      cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [who.id]),
    not: 'ott',
  },
  'not used for too long': runOut('idle_until'),
  'as old as it may be': runOut('absolute_until'),
}
