// What is known of one case, and by whom may which part of it be read?
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { DB } from '../../db/tables.gen.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, NotFound } from '../core/errors.ts'
import { query } from '../core/operation.server.ts'
import { vaultBehind } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { CaseId, type CaseRow } from './case.ts'
import { findCaseRow, readers } from './cases.server.ts'
import { openRules } from './contact/read-safe.server.ts'
import { trendOf } from './risk/risk.ts'
import { nextStep } from './tasks.ts'

/** The head of every page of a case. `own`: a network of one's own, whose words one may read; `writes`: whose facts one may write. */
export type CaseHead = CaseRow & Awaited<ReturnType<typeof caseHead>>

/** The head of a case, with what else `more` asks of it; NotFound where there is none for the person who asks. */
export async function caseHead<More = object>(db: Db, me: Person, caseId: string, more?: RawBuilder<unknown>) {
  const row = await findCaseRow<More>(db, caseId, more)
  if (!row) throw new NotFound()
  const { status, legalBasis: basis, level, draftFor, needStatus, tasks } = row
  const next = nextStep({ status, basis, level, draft: draftFor !== null, need: needStatus, tasks }, today())
  const [latest, before] = row.past
  const own = me.networks.includes(row.networkId)
  const writes = own && status === 'open'
  return { ...row, own, writes, next, trend: latest ? trendOf(latest, before) : null, today: today() }
}

/** The same for whoever is about to write: what is closed is read and no longer written. */
export async function openHead(db: Db, me: Person, caseId: string) {
  const head = await caseHead(db, me, caseId)
  if (head.status === 'closed') throw new Conflict({ key: 'cases.closing.readOnly' })
  return head
}

/** Of two who change what a case stands on at once the second waits for the first. */
export const oneCase = ({ id }: { id: string }): string => `case/${id}`

/** What an audit event should know of a look at a case (R13). */
export const aboutCase = (_input: unknown, output: { head: Pick<CaseRow, 'id' | 'networkId'> }) => ({
  kind: 'case',
  id: output.head.id,
  caseId: output.head.id,
  networkId: output.head.networkId,
})

/** The whole story on one page: facts, who it is about (hidden), where (hidden), what the support person may know. */
export const openCase = query('case.open', { roles: readers, input: CaseId, about: aboutCase }, (db, { id }, me) =>
  wholeCase(db, me, id, 'own'),
)

/** The head with all that stands below it; the words only where the key is for the one who asks. */
export async function wholeCase(db: Db, me: Person, id: string, words: 'own' | 'all' | 'none') {
  const head = await caseHead<Sides>(db, me, id, sidesOf(id))
  const { facts, people, known } = head
  const places = head.places.map((place): PlaceLine => ({ ...place, recordedAt: new Date(place.recordedAt) }))
  const told = words === 'all' || (words === 'own' && head.own)
  return { head, facts, people, known, places, words: told ? await ownWords(db, id) : null }
}

/** `nth`: the number of a child, an adult in danger or, of several, one who used violence; of a contact whose it is; empty for everything else. */
export type PersonLine = { id: string; kind: PersonKind; coded: boolean; nth: number | null }
export type PersonKind = 'victim' | 'perpetrator' | 'adult' | 'child'
export type PlaceLine = { id: string; kind: string; recordedAt: Date; nth: number | null }
type Facts = Pick<
  Selectable<DB['caseFile']>,
  'language' | 'interpreter' | 'source' | 'childCount' | 'childrenToldOn' | 'legalBasis' | 'consentOn' | 'consentWay'
> & {
  consentRecordedBy: string | null
  municipality: string | null
  /** When it was written down what she said of herself; to her own network alone. */
  diversityOn: string | null
  /** When her safety plan was last written down; to her own network alone. */
  safetyOn: string | null
  /** It came from outside the network; known to the network alone. */
  referred: boolean
  earlierNumber: string | null
  earlierId: string | null
}
// As JSON tells it: an instant is a text.
type Sides = {
  facts: Facts
  people: PersonLine[]
  /** Somebody whose code or name is alike has been here before; told to the lead alone. */
  known: boolean
  places: (Omit<PlaceLine, 'recordedAt'> & { recordedAt: string })[]
}

// Asked together with the head, in one trip.
const sidesOf = (id: string) => sql`,
  (select to_json(f) from (select c.language, c.interpreter, c.source, c.child_count, c.children_told_on, c.legal_basis, c.consent_on, c.consent_way,
    by.name as consent_recorded_by, m.name as municipality,
    (select (d.recorded_at at time zone 'Europe/Tallinn')::date from case_diversity d where d.case_id = c.id and d.superseded_at is null) as diversity_on,
    (select (s.recorded_at at time zone 'Europe/Tallinn')::date from safe_contact s where s.case_id = c.id and s.part = 'plan' and s.superseded_at is null) as safety_on,
    exists (select from referral_of(c.id)) as referred, earlier.number as earlier_number, earlier.id as earlier_id
    from case_file c left join municipality m on m.code = c.municipality_code left join person by on by.id = c.consent_recorded_by
    left join case_file earlier on earlier.id = c.repeat_of where c.id = line.id) f) as facts,
  (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'coded', p.coded, 'nth', a.nth) order by p.at), '[]')
    from people_of(${id}::uuid) with ordinality p (id, kind, coded, at) left join people_numbers(${id}::uuid) a on a.id = p.id) as people, exists (select from known_before(${id}::uuid)) as known,
  (select coalesce(json_agg(json_build_object('id', w.id, 'kind', w.kind, 'recorded_at', w.recorded_at, 'nth', a.nth) order by w.at), '[]')
    from whereabouts_of(${id}::uuid) with ordinality w (id, kind, recorded_at, at) left join adults_of(${id}::uuid) a on a.id = w.id) as places`

// Narrative is for the network alone, though a look with a purpose would give the coordinator the key for some minutes.
async function ownWords(db: Db, caseId: string) {
  const row = await db
    .selectFrom('caseFile')
    .leftJoin('caseBrief', (join) =>
      join.onRef('caseBrief.caseId', '=', 'caseFile.id').on('caseBrief.supersededAt', 'is', null),
    )
    .leftJoin('safeContact', (join) =>
      join
        .onRef('safeContact.caseId', '=', 'caseFile.id')
        .on('safeContact.part', '=', 'rules')
        .on('safeContact.supersededAt', 'is', null),
    )
    .leftJoin('sealedKey', 'sealedKey.ownerId', 'caseFile.id')
    .select(['whyMaracSealed', 'childrenToldWhomSealed', 'childrenNotToldSealed'])
    .select(['caseBrief.id as briefId', 'givenNameSealed', 'safetyNoteSealed', 'tasksSealed', 'caseBrief.recordedAt'])
    .select(['safeContact.id as safeId', 'safeContact.wordsSealed as safeSealed'])
    .select(['sealedKey.kind', 'masterId', 'wrapped', 'wrappedOther'])
    .where('caseFile.id', '=', caseId)
    .executeTakeFirstOrThrow()
  const vault = vaultBehind(row, caseId)
  const open = (table: string, id: string, column: string, sealed: Buffer | null) =>
    sealed ? vault.open({ table, column, row: id }, sealed) : null
  const { briefId, safeId, safeSealed } = row
  return {
    rules: safeId && safeSealed ? openRules(vault, safeId, safeSealed) : null,
    why: open('case_file', caseId, 'why_marac_sealed', row.whyMaracSealed),
    toldWhom: open('case_file', caseId, 'children_told_whom_sealed', row.childrenToldWhomSealed),
    notToldWhy: open('case_file', caseId, 'children_not_told_sealed', row.childrenNotToldSealed),
    brief: briefId
      ? {
          // The name itself is shown only to the support person; here it is enough to know that there is one.
          named: row.givenNameSealed !== null,
          safetyNote: open('case_brief', briefId, 'safety_note_sealed', row.safetyNoteSealed),
          tasks: open('case_brief', briefId, 'tasks_sealed', row.tasksSealed),
          recordedAt: row.recordedAt,
        }
      : null,
  }
}
