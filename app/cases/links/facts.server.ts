// What does the network know of the people around a case that is worth comparing and is written nowhere else?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { blinded } from '../../volunteers/circle/circle.server.ts'
import { linkKeys } from '../../volunteers/circle/link-key.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { DropFact, type FactLine, TellFact } from './link.ts'

const keeps = { roles: keepers, about: aboutCase }

async function factsOf(db: Db, caseId: string): Promise<FactLine[]> {
  const rows = await db
    .selectFrom('caseLinkFact')
    .select(['id', 'about', 'kind', 'recordedAt'])
    .where('caseId', '=', caseId)
    .where('removedAt', 'is', null)
    .orderBy('recordedAt')
    .execute()
  return rows as FactLine[]
}

/** Of whom something was told and of which kind; the value itself is kept nowhere. */
export const openFacts = query('case.link.facts', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  return { head, facts: await factsOf(db, head.id) }
})

export const tellFact = command(
  'case.link.tell',
  { ...keeps, input: TellFact, turn: 'circle' },
  async (db, { id, about, kind, value }, me) => {
    const head = await openHead(db, me, id)
    const keys = linkKeys(kind, value)
    if (keys.length === 0) throw new Invalid({ value: { key: `cases.link.tooLittle.${kind}` } })
    const { classes, indexes } = blinded(keys)
    await sql`select link_fact(${head.id}::uuid, ${randomUUID()}::uuid, ${about}, ${kind}, ${classes}::text[], ${indexes}::bytea[])`.execute(
      db,
    )
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

export const dropFact = command('case.link.drop', { ...keeps, input: DropFact }, async (db, { id, fact }, me) => {
  const head = await openHead(db, me, id)
  const { rows } = await sql<{
    done: boolean
  }>`select link_fact_remove(${head.id}::uuid, ${fact}::uuid) as done`.execute(db)
  if (!rows[0]?.done) throw new NotFound()
  return { head: { id: head.id, networkId: head.networkId } }
})
