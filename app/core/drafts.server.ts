// What was somebody in the middle of typing? Kept on the server, sealed, for its owner alone; never in the browser.
import { sql } from 'kysely'
import { z } from 'zod'
import { asPerson, knock } from './db.server.ts'
import { command } from './operation.server.ts'
import { openForProcess, sealForProcess } from './seal.server.ts'
import type { Person } from './user.ts'

export type Draft = Record<string, string | string[]>

const Draft = z.record(z.string().max(80), z.union([z.string().max(20_000), z.array(z.string().max(2000)).max(100)]))

const useOf = (ownerId: string, form: string) => `draft/${ownerId}/${form}`

// Passwords, codes and our own hidden fields are not what somebody was typing.
function worthKeeping(values: Record<string, unknown>): Draft {
  const kept = Object.entries(values).filter(([name]) => !name.startsWith('_') && !/password|code$/i.test(name))
  const parsed = Draft.safeParse(
    Object.fromEntries(kept.filter(([, value]) => typeof value === 'string' || Array.isArray(value))),
  )
  return parsed.success ? parsed.data : {}
}

function sealed(ownerId: string, form: string, values: Record<string, unknown>): Buffer {
  return sealForProcess(useOf(ownerId, form), JSON.stringify(worthKeeping(values)))
}

const formPath = z.string().regex(/^\/[\w/-]{1,200}$/)

export const saveDraft = command(
  'draft.save',
  {
    roles: ['coordinator', 'manager', 'lead', 'member', 'supervisor', 'volunteer', 'trainer', 'admin', 'referrer'],
    input: z.object({ form: formPath, values: Draft }),
  },
  async (db, { form, values }, me) => {
    const row = { personId: me.id, form, valuesSealed: sealed(me.id, form, values), updatedAt: sql<Date>`now()` }
    await db
      .insertInto('draft')
      .values(row)
      .onConflict((clash) =>
        clash.columns(['personId', 'form']).doUpdateSet({ valuesSealed: row.valuesSealed, updatedAt: row.updatedAt }),
      )
      .execute()
    return { savedAt: new Date().toISOString() }
  },
)

/** What the person had typed into this form, or nothing; a draft older than 30 days is gone. */
export async function findDraft(me: Person, form: string): Promise<Draft> {
  const row = await asPerson('read', me.claim, (db) =>
    db
      .selectFrom('draft')
      .select('valuesSealed')
      .where('personId', '=', me.id)
      .where('form', '=', form)
      .where('updatedAt', '>', sql<Date>`now() - interval '30 days'`)
      .executeTakeFirst(),
  )
  return row ? Draft.parse(JSON.parse(openForProcess(useOf(me.id, form), row.valuesSealed))) : {}
}

/** Forgets the draft of a form that has been sent. */
export async function dropDraft(me: Person, form: string): Promise<void> {
  await asPerson('write', me.claim, (db) =>
    db.deleteFrom('draft').where('personId', '=', me.id).where('form', '=', form).execute(),
  )
}

/** Keeps what was sent by somebody whose session had just ended; it waits for its owner to sign in again. */
export async function holdForOwner(ownerId: string, form: string, values: Record<string, unknown>): Promise<void> {
  if (!formPath.safeParse(form).success) return
  await knock('door_hold', [ownerId, form, sealed(ownerId, form, values)])
}
