// What may be done with a volunteer's papers and status: add, correct, withdraw, move on?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { formatDate } from '../../i18n/format.ts'
import { insertEvidence, type NewEvidence, oneVolunteer } from '../records.server.ts'
import { standingOf } from '../standing.server.ts'
import { type EvidenceKind, evidenceKinds, inOrder, isStage, type NoReason, nextOf, type Status } from '../volunteer.ts'
import { AddEvidence, ChangeStatus, CorrectEvidence, type PaperInput, WithdrawEvidence } from '../volunteer-input.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { id: string }) => ({ kind: 'volunteer', id: input.id })

const head = (db: Db, volunteerId: string) =>
  db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'status', 'childContact', 'maxCases', 'personId'])
    .where('id', '=', volunteerId)
    .executeTakeFirstOrThrow()

/** What the form of a new paper stands on. */
export const openNewEvidence = query(
  'volunteer.evidence.new',
  { ...coordinator, input: z.object({ id: id(), kind: z.enum(evidenceKinds) }), about },
  async (db, { id, kind }, me) => ({ ...(await head(db, id)), kind, checkedBy: me.name }),
)

/** One paper in force, for its correction. */
export const openEvidence = query(
  'volunteer.evidence.open',
  { ...coordinator, input: z.object({ id: id(), evidence: id() }), about },
  async (db, { id, evidence }) => ({ ...(await head(db, id)), paper: await paperOf(db, id, evidence) }),
)

async function paperOf(db: Db, volunteerId: string, evidence: string) {
  const row = await db
    .selectFrom('volunteerEvidence')
    .select(['id', 'kind', 'validFrom', 'validTo', 'passed', 'checkedBy'])
    .where('id', '=', evidence)
    .where('volunteerId', '=', volunteerId)
    .where('supersededAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { ...row, kind: row.kind as EvidenceKind }
}

export const addEvidence = command(
  'volunteer.evidence.add',
  { ...coordinator, input: AddEvidence, about },
  async (db, input, me) => {
    const { id } = await head(db, input.id)
    await insertEvidence(db, me, id, paperFrom(input))
    return { id }
  },
)

/** A slip of the pen: the old line stays readable with the reason, the new one takes its place. */
export const correctEvidence = command(
  'volunteer.evidence.correct',
  { ...coordinator, input: CorrectEvidence, about },
  async (db, input, me) => {
    const { kind } = await supersede(db, input)
    if (kind !== input.kind) throw new NotFound()
    await insertEvidence(db, me, input.id, paperFrom(input))
    return { id: input.id }
  },
)

/** A line that should never have been written, for instance that of another person. */
export const withdrawEvidence = command(
  'volunteer.evidence.withdraw',
  { ...coordinator, input: WithdrawEvidence, about },
  async (db, input) => {
    await supersede(db, input)
    return { id: input.id }
  },
)

async function supersede(db: Db, { id, evidence, reason }: { id: string; evidence: string; reason: string }) {
  const paper = await paperOf(db, id, evidence)
  await db
    .updateTable('volunteerEvidence')
    .set({ supersededAt: sql<Date>`now()`, supersededReason: reason })
    .where('id', '=', evidence)
    .where('supersededAt', 'is', null)
    .returning('id')
    .executeTakeFirstOrThrow()
  return paper
}

// A contract may begin later and has an end; what was passed, signed or checked has already happened.
function paperFrom(input: PaperInput): NewEvidence {
  const { kind, validFrom } = input
  if (kind !== 'contract' && validFrom > today())
    throw new Invalid({ validFrom: { key: 'volunteers.error.future', args: { date: formatDate(validFrom) } } })
  const checkedBy = kind === 'background' ? input.checkedBy : null
  const passed = kind === 'background' || kind === 'training' ? input.passed === 'yes' : true
  // A "no" does not end.
  const validTo = passed ? (input.validTo ?? null) : null
  if (validTo !== null && validTo < validFrom) throw new Invalid({ validTo: { key: 'volunteers.error.order' } })
  return { kind, validFrom, validTo, passed, checkedBy }
}

/** What the form of a change of status stands on: where from, where to, and what an active volunteer still lacks. */
export const openStatus = query(
  'volunteer.status.open',
  { ...coordinator, input: z.object({ id: id() }), about },
  async (db, { id }) => {
    const volunteer = await head(db, id)
    const { now, readiness, load } = await standingOf(db, volunteer, await settingsOn(db))
    return { ...volunteer, now, next: nextOf(volunteer.status as Status), lacks: lacks(readiness), load }
  },
)

const lacks = (readiness: Awaited<ReturnType<typeof standingOf>>['readiness']) =>
  readiness.missing.filter((one) => one.code !== 'notActive' && one.code !== 'paused')

type Change = Omit<z.output<typeof ChangeStatus>, 'untilOn' | 'reason'> & {
  untilOn?: string
  reason?: string
  noReason?: NoReason
  /** What is for coordinators alone, closed, and the line that it stands in. */
  remark?: { line: string; sealed: Buffer }
}

export const changeStatus = command(
  'volunteer.status',
  { ...coordinator, input: ChangeStatus, about, oneByOne: oneVolunteer },
  async (db, input, me) => moveOn(db, input, me),
)

/** Writes the next line of the history where the house allows it; whoever leaves comes in no more. */
export async function moveOn(db: Db, input: Change, me: Pick<Person, 'id'>): Promise<{ id: string }> {
  const volunteer = await head(db, input.id)
  const { now, readiness, load } = await standingOf(db, volunteer, await settingsOn(db))
  if (!nextOf(volunteer.status as Status).includes(input.status))
    throw new Invalid({ status: { key: 'volunteers.error.transition' } })
  if (input.status === 'active' && lacks(readiness).length > 0)
    throw new Invalid({ status: { key: 'volunteers.error.notReady', args: { count: lacks(readiness).length } } })
  const inHand = load.active + load.proposed
  if (input.status === 'ended' && inHand > 0)
    throw new Invalid({ status: { key: 'volunteers.error.hasCases', args: { count: inHand } } })
  await checkDates(db, input)
  await db
    .insertInto('volunteerStatus')
    .values(lineOf(input, now.status, me.id))
    .execute()
  if (input.status === 'ended' && volunteer.personId) await endRole(db, volunteer.personId)
  return { id: input.id }
}

// Every "no" before the first case can be counted; said in the form that asks for words alone, it is one of the others.
function lineOf(input: Change, was: Status, recordedBy: string) {
  const { id: volunteerId, status, fromOn, reason = null, remark } = input
  const untilOn = status === 'paused' ? (input.untilOn ?? null) : null
  const no = isStage(was) ? (input.noReason ?? 'other') : null
  const line = { volunteerId, status, fromOn, untilOn, reason, noReason: status === 'ended' ? no : null, recordedBy }
  return remark ? { ...line, id: remark.line, remarkSealed: remark.sealed } : line
}

async function checkDates(db: Db, { id, status, fromOn, untilOn, reason, remark }: Change) {
  const rows = await db
    .selectFrom('volunteerStatus')
    .select(['status', 'fromOn', 'untilOn', 'recordedAt'])
    .where('volunteerId', '=', id)
    .execute()
  const last = inOrder(rows.map((row) => ({ ...row, status: row.status as Status }))).at(-1)
  if (fromOn > today())
    throw new Invalid({ fromOn: { key: 'volunteers.error.future', args: { date: formatDate(fromOn) } } })
  if (last && fromOn < last.fromOn)
    throw new Invalid({ fromOn: { key: 'volunteers.error.beforeLast', args: { date: formatDate(last.fromOn) } } })
  if (status === 'paused' && untilOn && (untilOn <= fromOn || untilOn <= today()))
    throw new Invalid({ untilOn: { key: 'volunteers.error.backBefore' } })
  if (status === 'ended' && !reason && !remark) throw new Invalid({ reason: { key: 'core.error.missing' } })
}

// From now on: the role's last day was yesterday, or it never was where it had only begun.
async function endRole(db: Db, personId: string) {
  await db
    .updateTable('personRole')
    .set({ validTo: sql<string>`least(valid_to, greatest(${today()}::date, valid_from) - 1)` })
    .where('personId', '=', personId)
    .where('role', '=', 'volunteer')
    .where('validTo', '>=', today())
    .execute()
}
