// What has somebody told of people close to them, and what becomes of it?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { everybody } from '../access.ts'
import { indexesOf, networkIds } from './own-codes.server.ts'
import { DeclareCase, DeclarePerson, type Relation, RelationId, type RelationKind } from './relation.ts'

const mostRelations = 50

async function relationsOf(db: Db): Promise<Relation[]> {
  const rows = await db
    .selectFrom('declaredRelation')
    .select(['id', 'kind', 'label', 'number', 'declaredAt'])
    .where('removedAt', 'is', null)
    .orderBy('declaredAt')
    .execute()
  const late = await sql<{ relationId: string; networks: string[] }>`select * from relations_unwatched()`.execute(db)
  const unwatched = new Map(late.rows.map((row) => [row.relationId, row.networks]))
  return rows.map((row) => ({ ...row, kind: row.kind as RelationKind, unwatched: unwatched.get(row.id) ?? [] }))
}

export const listRelations = query('relation.list', { roles: everybody, input: z.object({}) }, relationsOf)

/** One of one's own, for the page that asks before it is removed. */
export const openRelation = query('relation.open', { roles: everybody, input: RelationId }, async (db, { id }) => {
  const found = (await relationsOf(db)).find((one) => one.id === id)
  if (!found) throw new NotFound()
  return found
})

// The audit knows that something was told, never what: the fields of the form are no secret, their values are not in it.
const about = () => ({ kind: 'relation' })

async function declare(db: Db, kind: string, label: string, codes: string | null, number: string | null) {
  if ((await relationsOf(db)).length >= mostRelations)
    throw new Invalid({ '': { key: 'access.relation.tooMany', args: { max: mostRelations } } })
  await sql`select relation_declare(${kind}, ${label}, ${codes}::jsonb, ${number})`.execute(db)
}

export const declarePerson = command(
  'relation.person',
  { roles: everybody, input: DeclarePerson, about, turn: 'code' },
  async (db, { personalCode, kind, label }) =>
    declare(db, kind, label, indexesOf(await networkIds(db), personalCode), null),
)

export const declareCase = command(
  'relation.case',
  { roles: everybody, input: DeclareCase, about },
  async (db, { number, kind, label }) => declare(db, kind, label, null, number),
)

export const removeRelation = command(
  'relation.remove',
  { roles: everybody, input: RelationId, about },
  async (db, { id }) => {
    const { rows } = await sql<{ done: boolean }>`select relation_remove(${id}::uuid) as done`.execute(db)
    if (!rows[0]?.done) throw new NotFound()
  },
)
