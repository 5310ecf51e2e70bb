// Which choices of a list has somebody kept, to come back to them with one press?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../db.server.ts'
import { Invalid, NotFound } from '../errors.ts'
import { id, text } from '../form/fields.ts'
import { command, query } from '../operation.server.ts'
import { openForProcess, sealForProcess } from '../seal.server.ts'
import type { Person, Role } from '../user.ts'

export const savedLists = ['cases', 'volunteers'] as const
export type SavedList = (typeof savedLists)[number]
export type SavedFilter = { id: string; list: SavedList; name: string; query: string }

/** More than these nobody finds again. */
export const mostSaved = 12

const keepers: readonly Role[] = ['coordinator', 'manager', 'lead', 'member', 'supervisor', 'auditor']
const Choice = z.object({
  list: z.enum(savedLists),
  /** As it stands in the address of the list; which of it means something the list itself decides, each time anew. */
  query: z
    .string()
    .max(400)
    .regex(/^[\w.~%&=+*-]+$/),
})
export const KeepFilter = Choice.extend({
  name: text({ label: 'core.saved.name', hint: 'core.saved.nameHint', max: 60 }),
})

const useOf = (personId: string, row: string) => `saved-filter/${personId}/${row}`

/** Mine, the oldest first. */
export async function savedFilters(db: Db, me: Person, list?: SavedList): Promise<SavedFilter[]> {
  const rows = await db
    .selectFrom('savedFilter')
    .select(['id', 'list', 'wordsSealed'])
    .where('personId', '=', me.id)
    .$if(list !== undefined, (chosen) => chosen.where('list', '=', list ?? ''))
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const { name, query } = JSON.parse(openForProcess(useOf(me.id, row.id), row.wordsSealed))
    return { id: row.id, list: row.list as SavedList, name, query }
  })
}

// An address typed by hand chooses nothing; the page says then where choices are made.
const Offered = z.object({ list: Choice.shape.list.catch('cases'), query: Choice.shape.query.catch('') })

export const openKeepFilter = query(
  'filter.keep.open',
  { roles: keepers, input: Offered },
  async (_db, chosen) => chosen,
)

export const keepFilter = command(
  'filter.keep',
  { roles: keepers, input: KeepFilter, about: (_input, output: SavedFilter) => ({ kind: 'filter', id: output.id }) },
  async (db, { list, query: kept, name }, me) => {
    if ((await savedFilters(db, me)).length >= mostSaved)
      throw new Invalid({ name: { key: 'core.saved.enough', args: { count: mostSaved } } })
    const row = randomUUID()
    const wordsSealed = sealForProcess(useOf(me.id, row), JSON.stringify({ name, query: kept }))
    await db.insertInto('savedFilter').values({ personId: me.id, id: row, list, wordsSealed }).execute()
    return { id: row, list, name, query: kept }
  },
)

export const listSavedFilters = query(
  'filter.list',
  { roles: keepers, input: z.object({}), about: (_input, output: SavedFilter[]) => ({ hits: output.length }) },
  async (db, _input, me) => savedFilters(db, me),
)

export const dropFilter = command(
  'filter.drop',
  { roles: keepers, input: z.object({ id: id() }), about: ({ id: row }) => ({ kind: 'filter', id: row }) },
  async (db, { id: row }, me) => {
    const { numDeletedRows } = await db
      .deleteFrom('savedFilter')
      .where('personId', '=', me.id)
      .where('id', '=', row)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    return { id: row }
  },
)
