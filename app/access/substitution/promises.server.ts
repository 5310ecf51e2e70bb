// What has the giver promised for the time away, and what became of it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command } from '../../core/operation.server.ts'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import { AddPromise, FinishPromise, lentRoles, type PromiseLine } from './substitution.ts'
import { aboutSubstitution, ownSubstitution } from './substitutions.server.ts'

const useOf = (id: string, part: 'text' | 'answer') => `promise/${id}/${part}`
const sealed = (id: string, part: 'text' | 'answer', words: string) => sealForProcess(useOf(id, part), words)

/** The lines of one substitution, what is due first on top; only the two whom it concerns have any. */
export async function promisesOf(db: Db, substitutionId: string): Promise<PromiseLine[]> {
  const rows = await db
    .selectFrom('substitutionPromise')
    .leftJoin('person', 'person.id', 'doneBy')
    .select(['substitutionPromise.id', 'dueOn', 'textSealed', 'answerSealed', 'doneAt', 'person.name as doneBy'])
    .where('substitutionId', '=', substitutionId)
    .orderBy(sql`due_on nulls last`)
    .orderBy('addedAt')
    .execute()
  return rows.map(({ textSealed, answerSealed, ...row }) => ({
    ...row,
    text: openForProcess(useOf(row.id, 'text'), textSealed),
    answer: answerSealed && openForProcess(useOf(row.id, 'answer'), answerSealed),
  }))
}

export const addPromise = command(
  'substitution.promise.add',
  { roles: lentRoles, inPerson: true, input: AddPromise, about: aboutSubstitution },
  async (db, input, me) => {
    await ownSubstitution(db, me, input.id)
    const id = randomUUID()
    const line = { substitutionId: input.id, dueOn: input.dueOn ?? null, textSealed: sealed(id, 'text', input.text) }
    await db
      .insertInto('substitutionPromise')
      .values({ id, ...line, addedBy: me.id })
      .execute()
    return { id: input.id }
  },
)

/** Done, in whichever capacity: by the one who stood in, or by the giver who thought better of it. */
export const finishPromise = command(
  'substitution.promise.finish',
  { roles: lentRoles, input: FinishPromise, about: aboutSubstitution },
  async (db, input, me) => {
    await ownSubstitution(db, me, input.id)
    const answerSealed = input.answer === undefined ? null : sealed(input.promise, 'answer', input.answer)
    const done = await db
      .updateTable('substitutionPromise')
      .set({ doneBy: me.id, doneAt: sql<Date>`now()`, answerSealed })
      .where('id', '=', input.promise)
      .where('substitutionId', '=', input.id)
      .where('doneAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!done) throw new Conflict({ key: 'access.substitution.error.doneAlready' })
    return { id: input.id }
  },
)
