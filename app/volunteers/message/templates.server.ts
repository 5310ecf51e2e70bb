// With which words can a message begin, and how do they become others?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { locales } from '../../i18n/i18n.ts'
import { faultsOf, type Words, WriteTemplate, wordsOf } from './message.ts'

const coordinator = { roles: ['coordinator'] } as const
export type Template = { template: string; version: number; name: string; words: Words }

/** The newest version of each, by name. */
export async function templatesIn(db: Db): Promise<Template[]> {
  const rows = await db
    .selectFrom('messageTemplate')
    .distinctOn('template')
    .select(['template', 'version', 'name', 'words'])
    .orderBy('template')
    .orderBy('version', 'desc')
    .execute()
  return rows
    .map((row) => ({ ...row, words: row.words as Words }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'et'))
}

/** A template that is yet to be has a place already, so that writing it twice makes one. */
export const openNewMessageTemplate = query(
  'volunteer.message.template.new',
  { ...coordinator, input: z.object({}) },
  async (): Promise<Template> => ({ template: randomUUID(), version: 0, name: '', words: {} }),
)

export const openMessageTemplate = query(
  'volunteer.message.template.open',
  { ...coordinator, input: z.object({ wording: id() }) },
  async (db, { wording }) => {
    const found = (await templatesIn(db)).find((one) => one.template === wording)
    if (!found) throw new NotFound()
    return found
  },
)

/** The next version, whole in three languages. What was sent with the one before keeps its words. */
export const writeMessageTemplate = command(
  'volunteer.message.template.write',
  { ...coordinator, input: WriteTemplate },
  async (db, input, me) => {
    const { template, version, name } = input
    const faults = faultsOf(input, { needed: locales, filled: false })
    if (Object.keys(faults).length > 0) throw new Invalid(faults)
    const newest = (await templatesIn(db)).find((one) => one.template === template)?.version ?? 0
    if (newest !== version) throw new Conflict()
    await db
      .insertInto('messageTemplate')
      .values({
        template,
        version: version + 1,
        name,
        words: JSON.stringify(wordsOf(input, locales)),
        createdBy: me.id,
      })
      .execute()
    return { template }
  },
)
