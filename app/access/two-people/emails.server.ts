// How is the address to which somebody's letters go changed by two, and how does she say that she did not ask for it?
import { z } from 'zod'
import { Invalid } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { changeOfMine, keep, whose } from './changes.server.ts'
import { AskEmail } from './confirmation.ts'
import { aboutPerson, deciders, isTaken, propose } from './confirmations.server.ts'

/** Whose address I may ask to be changed, and what it is today; of everybody else this page does not exist. */
export const openEmail = query(
  'people.openEmail',
  { roles: deciders, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => ({ id: input.id, ...(await whose(db, 'email', input.id)) }),
)

/** The first of two has seen who it is and where her letters shall go. She hears of it at once, at both addresses. */
export const askEmail = command(
  'people.askEmail',
  { roles: deciders, inPerson: true, input: AskEmail, about: aboutPerson },
  async (db, { id, email, way, reason }, me) => {
    mustBeFresh(me)
    await whose(db, 'email', id)
    // Whose it is, is told to nobody.
    const made = await propose(db, me, { kind: 'email', personId: id, newEmail: email, way, reason }).catch((error) => {
      throw isTaken(error) ? new Invalid({ email: { key: 'access.email.taken' } }) : error
    })
    return { id: made.id }
  },
)

export const openOwnEmail = query(
  'account.openEmail',
  { roles: everybody, input: z.object({}) },
  async (db, _, me) => ({
    waiting: await changeOfMine(db, me, 'email'),
  }),
)

export const keepOwnEmail = command(
  'account.keepEmail',
  { roles: everybody, input: z.object({ id: id() }), about: ({ id }) => ({ kind: 'confirmation', id }) },
  (db, input, me) => keep(db, me, 'email', input.id),
)
