// How does the lead of a network ask for a new key of a case? The process makes it within a minute; nothing has to be looked at for it.
import { sql } from 'kysely'
import { z } from 'zod'
import { aboutCase, caseHead } from '../../cases/case-file.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Erased, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { AskKeyChange, type Why } from './key-change.ts'

/** Since when the key of a case is in use, whether a new one has been asked for, and why that or the last one was. */
async function keyOf(db: Db, caseId: string) {
  const key = await db
    .selectFrom('sealedKey')
    .select(['createdAt', 'changedAt', 'destroyedAt'])
    .where('ownerId', '=', caseId)
    .executeTakeFirst()
  if (!key) throw new NotFound()
  if (key.destroyedAt) throw new Erased()
  const last = await db
    .selectFrom('keyChange')
    .select(['askedAt', 'doneAt', 'why'])
    .where('caseId', '=', caseId)
    .orderBy('askedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  const waits = last?.doneAt === null
  return {
    since: key.changedAt ?? key.createdAt,
    askedAt: waits ? last.askedAt : null,
    why: (last?.why ?? null) as Why,
  }
}

export const openKeyChange = query(
  'case.key.open',
  { roles: ['lead'], input: z.object({ id: id() }), about: aboutCase },
  async (db, input, me) => {
    const { id: caseId, number, networkId } = await caseHead(db, me, input.id)
    return { head: { id: caseId, number, networkId }, ...(await keyOf(db, caseId)) }
  },
)

export const askKeyChange = command(
  'case.key.ask',
  { roles: ['lead'], input: AskKeyChange, about: aboutCase },
  async (db, input, me) => {
    const { id: caseId, networkId } = await caseHead(db, me, input.id)
    if ((await keyOf(db, caseId)).askedAt) throw new Conflict({ key: 'safekeeping.key.asked' })
    await sql`insert into key_change (case_id, network_id, why, asked_by)
      values (${caseId}, ${networkId}, ${input.why}, ${me.id})`.execute(db)
    return { head: { id: caseId, networkId } }
  },
)
