// What came with a case from another network, and what has to be done first?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { query } from '../../core/operation.server.ts'
import { findVault } from '../../core/seal.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead } from '../case-file.server.ts'
import type { Lack } from './transfer.ts'

type Arrival = {
  id: string
  from: string
  on: string
  lacks: Lack['kind'][]
  wordsSealed: Buffer
  groundSealed: Buffer
  whySealed: Buffer | null
}

/** The last time that the case came to the network that has it now. */
async function arrivalOf(db: Db, caseId: string): Promise<Arrival> {
  const { rows } = await sql<Arrival>`
    select t.id, f.name as "from", (t.answered_at at time zone 'Europe/Tallinn')::date as "on", t.lacks, t.words_sealed, t.ground_sealed, t.why_sealed
    from case_transfer t join network f on f.id = t.network_id join case_file c on c.id = t.case_id and c.network_id = t.to_network_id
    where t.case_id = ${caseId} and t.state = 'accepted' order by t.answered_at desc limit 1`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

export const openArrival = query(
  'transfer.arrival',
  { roles: ['lead'], input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    if (!head.own) throw new NotFound()
    const { wordsSealed, groundSealed, whySealed, ...arrival } = await arrivalOf(db, id)
    const vault = await findVault(db, id)
    const open = (column: string, sealed: Buffer | null) =>
      vault && sealed ? vault.open({ table: 'case_transfer', column, row: arrival.id }, sealed) : null
    const said = {
      words: open('words_sealed', wordsSealed),
      ground: open('ground_sealed', groundSealed),
      why: open('why_sealed', whySealed),
    }
    return {
      head,
      arrival: { ...arrival, ...said },
      supports: await supportsOf(db, id),
      decisions: await decisionsOf(db, id),
    }
  },
)

async function supportsOf(db: Db, caseId: string) {
  return db
    .selectFrom('assignment')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .select(['assignment.id', 'volunteer.code', 'startOn'])
    .where('caseId', '=', caseId)
    .where('assignment.status', '=', 'active')
    .orderBy('startOn')
    .execute()
}

// Decisions go over with the case; what the agencies told one another stays where they promised silence.
async function decisionsOf(db: Db, caseId: string) {
  const rows = await db
    .selectFrom('caseDecision')
    .select(['id', 'wordsSealed', 'reasonSealed'])
    .select(sql<string>`(recorded_at at time zone 'Europe/Tallinn')::date`.as('on'))
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .orderBy('recordedAt', 'desc')
    .limit(50)
    .execute()
  const vault = rows.length ? await findVault(db, caseId) : null
  return rows.map(({ id, on, wordsSealed, reasonSealed }) => {
    const open = (column: string, sealed: Buffer) =>
      vault?.open({ table: 'case_decision', column, row: id }, sealed) ?? null
    return { id, on, words: open('words_sealed', wordsSealed), reason: open('reason_sealed', reasonSealed) }
  })
}
