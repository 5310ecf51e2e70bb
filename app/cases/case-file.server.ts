// What is known of one case, and by whom may which part of it be read?
import { type RawBuilder, sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import { query } from '../core/operation.server.ts'
import { openVault } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { CaseId, type CaseRow } from './case.ts'
import { findCaseRow, readers } from './cases.server.ts'
import { trendOf } from './risk/risk.ts'
import { nextStep } from './tasks.ts'

/** The head of every page of a case. `own`: a network of one's own, whose words one may read and whose facts one may write. */
export type CaseHead = CaseRow & Awaited<ReturnType<typeof caseHead>>

/** The head of a case, with what else `more` asks of it; NotFound where there is none for the person who asks. */
export async function caseHead<More = object>(db: Db, me: Person, caseId: string, more?: RawBuilder<unknown>) {
  const row = await findCaseRow<More>(db, caseId, more)
  if (!row) throw new NotFound()
  const { status, legalBasis: basis, level, draftFor, needStatus, tasks } = row
  const next = nextStep({ status, basis, level, draft: draftFor !== null, need: needStatus, tasks }, today())
  const [latest, before] = row.past
  const own = me.networks.includes(row.networkId)
  return { ...row, own, next, trend: latest ? trendOf(latest, before) : null, today: today() }
}

/** What an audit event should know of a look at a case (R13). */
export const aboutCase = (_input: unknown, output: { head: Pick<CaseRow, 'id' | 'networkId'> }) => ({
  kind: 'case',
  id: output.head.id,
  caseId: output.head.id,
  networkId: output.head.networkId,
})

/** The whole story on one page: facts, who it is about (hidden), where (hidden), what the support person may know. */
export const openCase = query(
  'case.open',
  { roles: readers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    return wholeCase(db, head, head.own)
  },
)

/** What stands below the head; the words only where the key is for the one who asks. */
export async function wholeCase(db: Db, head: CaseHead, withWords: boolean) {
  const facts = await db
    .selectFrom('caseFile')
    .leftJoin('municipality', 'municipality.code', 'caseFile.municipalityCode')
    .leftJoin('person as consentBy', 'consentBy.id', 'caseFile.consentRecordedBy')
    .leftJoin('caseFile as earlier', 'earlier.id', 'caseFile.repeatOf')
    .select([
      'caseFile.language',
      'caseFile.interpreter',
      'caseFile.source',
      'caseFile.childCount',
      'caseFile.childrenToldOn',
    ])
    .select(['caseFile.legalBasis', 'caseFile.consentOn', 'caseFile.consentWay', 'consentBy.name as consentRecordedBy'])
    .select(['municipality.name as municipality', 'earlier.number as earlierNumber', 'earlier.id as earlierId'])
    .where('caseFile.id', '=', head.id)
    .executeTakeFirstOrThrow()
  const people = await sql<PersonLine>`select * from people_of(${head.id}::uuid)`.execute(db)
  const places = await sql<PlaceLine>`select * from whereabouts_of(${head.id}::uuid)`.execute(db)
  return {
    head,
    facts,
    people: people.rows,
    places: places.rows,
    words: withWords ? await ownWords(db, head.id) : null,
  }
}

export type PersonLine = { id: string; kind: 'victim' | 'perpetrator' | 'child'; coded: boolean }
export type PlaceLine = { id: string; kind: string; recordedAt: Date }

// Narrative is for the network alone, though a look with a purpose would give the coordinator the key for some minutes.
async function ownWords(db: Db, caseId: string) {
  const file = await db
    .selectFrom('caseFile')
    .select(['whyMaracSealed', 'childrenToldWhomSealed', 'childrenNotToldSealed'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  const brief = await db
    .selectFrom('caseBrief')
    .select(['id', 'givenNameSealed', 'safetyNoteSealed', 'tasksSealed', 'recordedAt'])
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  const vault = await openVault(db, caseId)
  const open = (table: string, row: string, column: string, sealed: Buffer | null | undefined) =>
    sealed ? vault.open({ table, column, row }, sealed) : null
  return {
    why: open('case_file', caseId, 'why_marac_sealed', file.whyMaracSealed),
    toldWhom: open('case_file', caseId, 'children_told_whom_sealed', file.childrenToldWhomSealed),
    notToldWhy: open('case_file', caseId, 'children_not_told_sealed', file.childrenNotToldSealed),
    brief: brief
      ? {
          // The name itself is shown only to the support person; here it is enough to know that there is one.
          named: brief.givenNameSealed !== null,
          safetyNote: open('case_brief', brief.id, 'safety_note_sealed', brief.safetyNoteSealed),
          tasks: open('case_brief', brief.id, 'tasks_sealed', brief.tasksSealed),
          recordedAt: brief.recordedAt,
        }
      : null,
  }
}
