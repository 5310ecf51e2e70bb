// What has happened since, and who is asked to look at the risk again?
import { randomUUID } from 'node:crypto'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { addTask, closeTasks, tellLeads } from '../tasks.server.ts'
import { assessAgainBy, type IncidentKind, RecordIncident } from './incident.ts'

export type Incident = {
  id: string
  kind: IncidentKind
  onDate: string
  police: string
  words: string | null
  by: string | null
}

/** The latest first; for the network alone. */
export async function incidentsOf(db: Db, head: CaseHead): Promise<Incident[]> {
  const rows = await db
    .selectFrom('caseIncident')
    .leftJoin('person', 'person.id', 'caseIncident.recordedBy')
    .select(['caseIncident.id', 'kind', 'onDate', 'police', 'wordsSealed', 'person.name as by'])
    .where('caseId', '=', head.id)
    .where('kind', 'is not', null)
    .orderBy('onDate', 'desc')
    .orderBy('recordedAt', 'desc')
    .execute()
  const vault = head.own && rows.length > 0 ? await findVault(db, head.id) : null
  return rows.map(({ wordsSealed, ...row }) => ({
    ...row,
    kind: row.kind as IncidentKind,
    police: row.police ?? 'unknown',
    words:
      wordsSealed && vault
        ? vault.open({ table: 'case_incident', column: 'words_sealed', row: row.id }, wordsSealed)
        : null,
  }))
}

/** What the form stands on: the case, and by when the risk will be looked at again. */
export const openIncident = query(
  'case.incident.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    return { head, dueOn: await dueOn(db, head) }
  },
)

async function dueOn(db: Db, head: CaseHead): Promise<string> {
  const { reassessEventDays } = await settingsOn(db)
  const planned = head.tasks.find((task) => task.kind === 'assess-again')?.dueOn ?? null
  return assessAgainBy(today(), reassessEventDays, planned)
}

/** Writes down what happened; the next look at the risk moves near, and the leads hear of it. */
export const recordIncident = command(
  'case.incident',
  { roles: keepers, input: RecordIncident, about: aboutCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    if (input.on > today()) throw new Invalid({ on: { key: 'cases.error.future' } })
    const of = { networkId: head.networkId, caseId: head.id }
    const row = randomUUID()
    const vault = await openVault(db, head.id)
    const place = { table: 'case_incident', column: 'words_sealed', row }
    await db
      .insertInto('caseIncident')
      .values({
        ...of,
        ...{ id: row, kind: input.kind, onDate: input.on, police: input.police, recordedBy: me.id },
        wordsSealed: input.words ? vault.seal(place, input.words) : null,
      })
      .execute()
    await bringNear(db, me, head)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

// Nobody has assessed yet: the first assessment is the next step anyway.
async function bringNear(db: Db, me: Person, head: CaseHead): Promise<void> {
  if (!head.level) return
  const due = await dueOn(db, head)
  if (head.tasks.some((task) => task.kind === 'assess-again' && task.dueOn === due)) return
  const of = { networkId: head.networkId, caseId: head.id }
  await closeTasks(db, me, of, 'assess-again')
  await addTask(db, of, 'assess-again', due)
  await tellLeads(db, me, of)
}
