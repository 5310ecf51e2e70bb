// How does a visit come into the record, and how is it put right without being overwritten?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { readSafe } from '../../cases/contact/read-safe.server.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault, type Vault, vaultBehind } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { raiseConcern } from '../concern/raise.server.ts'
import { readingsOf } from '../feedback/readings.server.ts'
import { knownVisit } from '../outing/outings.server.ts'
import { type Outside, outsideOf } from './outside.ts'
import { isReported, type Logging, loggable, loggingUnder, monthClosed, rulesUnder } from './supported.server.ts'
import { CorrectVisit, LogVisit, monthOf, own, readVisit, type VisitFacts } from './visit.ts'
import { openVisitRow, type VisitRow } from './visits-read.server.ts'

const asked = id().optional().catch(undefined)

/** What the form needs: under which assignments a visit may be logged, and what day it is. */
export const openVisitForm = query(
  'support.visit.form',
  { roles: ['volunteer', 'supervisor'], input: z.object({ assignment: asked, outing: id().optional() }) },
  async (db, input, me) => {
    const assignments = await loggable(db, me)
    const only = assignments.length === 1 ? assignments[0]?.id : undefined
    const known = input.outing ? await toldOf(db, me, input.outing, assignments) : null
    return { assignments, chosen: known?.assignment ?? input.assignment ?? only ?? null, known, today: today() }
  },
)

/** What she has said of an outing on the way is not typed twice; of one whose help has ended meanwhile no visit is written any more. */
async function toldOf(db: Db, me: Person, outing: string, assignments: readonly { id: string }[]) {
  const known = await knownVisit(db, me, outing)
  if (!known || !assignments.some(({ id }) => id === known.assignment)) throw new NotFound()
  return known
}

type Base = { networkId: string; caseId: string; number: string; volunteerId: string; assignmentId: string | null }
export type Done = {
  id: string
  concernId: string | null
  /** It went against what she asked for. */
  outside: boolean
  month: string
  mine: boolean
  networkId: string
  caseId: string
}

const about = (_: unknown, output: Pick<Done, 'id' | 'caseId' | 'networkId'>) => ({
  kind: 'visit',
  id: output.id,
  caseId: output.caseId,
  networkId: output.networkId,
})

/** Logs one visit; a danger flag tells the supervisor and the region's victim support worker at once (R16). */
export const logVisit = command(
  'support.visit.log',
  {
    roles: ['volunteer', 'supervisor'],
    input: LogVisit.extend({ outing: id().optional() }),
    about,
    stands: ({ assignment }, me) => loggingUnder(assignment, me),
  },
  async (db, { outing, ...input }, me, of) => {
    if (outing) await toldOf(db, me, outing, await loggable(db, me))
    return writeVisit(db, me, input, of)
  },
)

/** The same from wherever it was written. NotFound where she supports nobody there (any more). */
export async function writeVisit(
  db: Db,
  me: Person,
  input: z.output<typeof LogVisit>,
  of: Logging | null,
): Promise<Done> {
  if (!of) throw new NotFound()
  const facts = readVisit(input, { today: today(), from: of.startOn, until: of.endOn })
  refuseUnlessDanger(of.closedMonths.includes(monthOf(facts.onDate)), facts, input.day)
  const { networkId, caseId, number, volunteerId, mine } = of
  const base = { networkId, caseId, number, volunteerId, assignmentId: of.id }
  const outside = outsideOf(facts, rulesUnder(of))
  const vault = facts.note === null ? null : vaultBehind(of, caseId)
  const id = await insertVisit(db, me, base, { facts, outside, vault, correctsId: null })
  const concernId = facts.danger ? await raiseConcern(db, me, base, { kind: 'danger', visitId: id }) : null
  return { id, concernId, outside: outside.length > 0, month: monthOf(facts.onDate), mine, networkId, caseId }
}

// A danger must never be kept from being told by a report that was handed in too early.
function refuseUnlessDanger(reported: boolean, facts: VisitFacts, day: string): void {
  if (reported && !facts.danger) throw monthClosed(day === own ? 'otherDay' : 'day')
}

type Written = { facts: VisitFacts; outside: Outside[]; vault: Vault | null; correctsId: string | null }

async function insertVisit(db: Db, me: Person, base: Base, { facts, outside, vault, correctsId }: Written) {
  const id = randomUUID()
  const { note, ...row } = facts
  const place = { table: 'visit', column: 'note_sealed', row: id }
  const noteSealed = note !== null && vault ? vault.seal(place, note) : null
  await db
    .insertInto('visit')
    .values({ ...base, ...row, id, outside, noteSealed, correctsId, recordedBy: me.id })
    .execute()
  if (outside.length > 0) await tellGuides(db, me, base)
  return id
}

// Whoever guides hears that there is something to talk about, and no more.
async function tellGuides(db: Db, me: Person, of: { caseId: string; volunteerId: string }): Promise<void> {
  for (const person of await guidesOf(db, of.volunteerId))
    if (person !== me.id) await mailAbout(db, of.caseId, person, 'new-task')
}

/** Puts a visit right: a new row takes the place of the old one, which stays with the reason. */
export const correctVisit = command(
  'support.visit.correct',
  { roles: ['volunteer', 'supervisor'], input: CorrectVisit, about },
  async (db, input, me): Promise<Done> => {
    const old = await openVisitRow(db, me, input.id)
    if (!(await mayCorrect(db, me, old))) throw new NotFound()
    const under = (await loggable(db, me)).find((one) => one.id === old.assignmentId)
    if (!under) throw new NotFound()
    const facts = readVisit(input, { today: today(), from: under.startOn, until: under.endOn })
    refuseUnlessDanger(await isReported(db, old.volunteerId, facts.onDate), facts, input.day)
    await supersede(db, old, input.reason)
    const { networkId, caseId, number, volunteerId, assignmentId, mine } = old
    const base = { networkId, caseId, number, volunteerId, assignmentId }
    const vault = facts.note === null ? null : await openVault(db, caseId)
    const outside = outsideOf(facts, (await readSafe(db, caseId)).rules)
    const id = await insertVisit(db, me, base, { facts, outside, vault, correctsId: old.id })
    const worry = { kind: 'danger', visitId: id } as const
    const concernId = facts.danger && !old.danger ? await raiseConcern(db, me, base, worry) : null
    return { id, concernId, outside: outside.length > 0, month: monthOf(facts.onDate), mine, networkId, caseId }
  },
)

async function supersede(db: Db, old: VisitRow, reason: string): Promise<void> {
  const done = await db
    .updateTable('visit')
    .set({ supersededAt: sql<Date>`clock_timestamp()`, supersededReason: reason })
    .where('id', '=', old.id)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new Conflict()
}

/** Own visits and those one has logged for somebody, while the support lasts and the month's report is open. */
export async function mayCorrect(db: Db, me: Person, visit: VisitRow): Promise<boolean> {
  if (visit.supersededAt || visit.wholeMonth || visit.assignmentId === null) return false
  if (!visit.mine && visit.recordedBy !== me.id) return false
  if (!(await loggable(db, me)).some((one) => one.id === visit.assignmentId)) return false
  return !(await isReported(db, visit.volunteerId, visit.onDate))
}

/** One visit with its note, where the key of the case is (still) for the person who asks (R11). */
export const openVisit = query(
  'support.visit.open',
  {
    roles: ['volunteer', 'supervisor'],
    input: z.object({ id: id() }),
    about: (_: unknown, { visit }: { visit: VisitRow }) => about(_, visit),
  },
  async (db, { id }, me) => {
    const visit = await openVisitRow(db, me, id)
    const earlier = visit.correctsId === null ? null : await earlierOf(db, visit.correctsId)
    const readings = visit.mine ? await readingsOf(db, visit) : []
    return { visit, earlier, readings, correctable: await mayCorrect(db, me, visit), today: today() }
  },
)

// The row that a correction took the place of.
const earlierOf = (db: Db, id: string) =>
  db
    .selectFrom('visit')
    .select(['onDate', 'minutes', 'supersededReason', 'supersededAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
