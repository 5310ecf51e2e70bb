// How is a name changed by two – asked for by somebody who has seen her, or by herself – and what was she called before?
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { searchName } from '../../i18n/search-name.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { changeOfMine, keep, whose } from './changes.server.ts'
import { AskName, AskOwnName } from './confirmation.ts'
import { aboutPerson, deciders, propose } from './confirmations.server.ts'

/** Whose name I may ask to be changed, and what it is today; of everybody else this page does not exist. */
export const openName = query(
  'people.openName',
  { roles: deciders, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => ({ id: input.id, name: (await whose(db, 'name', input.id)).name }),
)

type NewName = { personId: string; name: string; was: string; way?: string; reason: string }

async function ask(
  db: Db,
  me: Person,
  { personId, name: newName, was, way, reason }: NewName,
): Promise<{ id: string }> {
  if (newName === was) throw new Invalid({ name: { key: 'access.name.same' } })
  const made = await propose(db, me, {
    ...{ kind: 'name', personId, newName, newSearch: searchName(newName), reason },
    ...(way === undefined ? {} : { way }),
  })
  return { id: made.id }
}

/** The first of two has seen who it is. She whose name it is hears of it at once. */
export const askName = command(
  'people.askName',
  { roles: deciders, inPerson: true, input: AskName, about: aboutPerson },
  async (db, { id, ...typed }, me) => {
    mustBeFresh(me)
    return ask(db, me, { personId: id, was: (await whose(db, 'name', id)).name, ...typed })
  },
)

/** What waits for my own name. */
export const openOwnName = query('account.openName', { roles: everybody, input: z.object({}) }, async (db, _, me) => ({
  waiting: await changeOfMine(db, me, 'name'),
}))

/** Whoever marries asks herself; the second is one of those who could help her back in, and has seen her and the paper. */
export const askOwnName = command(
  'account.askName',
  { roles: everybody, inPerson: true, input: AskOwnName },
  async (db, typed, me) => {
    mustBeFresh(me)
    return ask(db, me, { personId: me.id, was: me.name, ...typed })
  },
)

export const keepOwnName = command(
  'account.keepName',
  { roles: everybody, input: z.object({ id: id() }), about: ({ id }) => ({ kind: 'confirmation', id }) },
  (db, input, me) => keep(db, me, 'name', input.id),
)

export type FormerName = { name: string; heldUntil: Date }

/** What somebody was called before, the latest first. */
export const formerNamesOf = (db: Db, personId: string): Promise<FormerName[]> =>
  db
    .selectFrom('formerName')
    .select(['name', 'heldUntil'])
    .where('personId', '=', personId)
    .orderBy('heldUntil', 'desc')
    .execute()
