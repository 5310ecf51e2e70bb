// How is it written down, and put right, what a victim said of herself?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { type Diversity, facts, SaveDiversity } from './diversity.ts'

type Of = { networkId: string; caseId: string }

/** What is not answered was not asked; where nothing was, there is no row at all. */
export async function insertDiversity(db: Db, me: Person, of: Of, told: Diversity): Promise<void> {
  const { origin = 'unasked', disability = 'unasked', lgbt = 'unasked' } = told
  if ([origin, disability, lgbt].every((answer) => answer === 'unasked')) return
  await db
    .insertInto('caseDiversity')
    .values({ ...of, id: randomUUID(), origin, disability, lgbt, recordedBy: me.id })
    .execute()
}

async function diversityNow(db: Db, caseId: string) {
  const row = await db
    .selectFrom('caseDiversity')
    .select(['id', 'origin', 'disability', 'lgbt', 'recordedAt'])
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  const told = facts.map((fact) => [fact, row?.[fact] ?? 'unasked'] as const)
  return { id: row?.id ?? null, recordedAt: row?.recordedAt ?? null, told: Object.fromEntries(told) }
}

/** Read by the network alone; `asked`: whether it is asked at all these days. */
export const openDiversity = query(
  'case.diversity.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    return { head, now: await diversityNow(db, head.id), asked: (await settingsOn(db)).diversityAsked === 'yes' }
  },
)

/** What was there before is not kept: of these answers there is no history. */
export const saveDiversity = command(
  'case.diversity',
  { roles: keepers, input: SaveDiversity, about: aboutCase, oneByOne: oneCase },
  async (db, { id, seen, ...told }, me) => {
    const head = await openHead(db, me, id)
    if ((await settingsOn(db)).diversityAsked === 'no') throw new Conflict({ key: 'cases.diversity.off' })
    const now = await diversityNow(db, head.id)
    mustHaveRead(seen, now.id)
    if (now.id) {
      await db
        .updateTable('caseDiversity')
        .set({ supersededAt: sql<Date>`now()` })
        .where('caseId', '=', head.id)
        .where('id', '=', now.id)
        .execute()
    }
    await insertDiversity(db, me, { networkId: head.networkId, caseId: head.id }, told)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
