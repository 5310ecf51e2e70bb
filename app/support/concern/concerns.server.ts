// How is a worry raised, seen, answered with what was done, and closed – and who has not been answered yet?
import { type SqlBool, sql, type UpdateObject } from 'kysely'
import { z } from 'zod'
import type { DB } from '../../../db/tables.gen.ts'
import { now } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person, Role } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailUrgent } from '../../process/mail.server.ts'
import { loggable, ownVolunteer } from '../visit/supported.server.ts'
import {
  AnswerConcern,
  AskHelp,
  ConcernId,
  type ConcernKind,
  concernStates,
  hoursLeft,
  isUnanswered,
  stateOf,
} from './concern.ts'
import { raiseConcern, toldOf } from './raise.server.ts'

const readers: readonly Role[] = ['supervisor', 'lead', 'coordinator']
const answerers: readonly Role[] = ['supervisor', 'lead']

// Asked one by one: three more joins are more than the types of so many tables can follow.
const nameOf = (column: 'seen_by' | 'answered_by' | 'closed_by') =>
  sql<string | null>`(select p.name from person p where p.id = ${sql.ref(`concern.${column}`)})`

const rows = (db: Db) =>
  db
    .selectFrom('concern')
    .leftJoin('volunteer', 'volunteer.id', 'concern.volunteerId')
    .select(['concern.id', 'concern.networkId', 'concern.caseId', 'concern.number', 'concern.volunteerId'])
    .select(['concern.visitId', 'raisedAt', 'seenAt', 'answeredAt', 'closedAt', 'volunteer.name as volunteer'])
    .select([
      nameOf('seen_by').as('seenBy'),
      nameOf('answered_by').as('answeredBy'),
      nameOf('closed_by').as('closedBy'),
    ])
    .select(sql<ConcernKind>`concern.kind`.as('kind'))

async function listed(db: Db, open: boolean) {
  const { concernHours } = await settingsOn(db)
  const found = await rows(db)
    .where(sql<SqlBool>`(concern.closed_at is null) = ${open}`)
    .orderBy('raisedAt', 'desc')
    .limit(200)
    .execute()
  return found
    .map((row) => ({
      ...row,
      state: stateOf(row),
      late: isUnanswered(row, concernHours, now()),
      left: hoursLeft(row, concernHours, now()),
    }))
    .toSorted((a, b) => concernStates.indexOf(a.state) - concernStates.indexOf(b.state))
}
export type Concern = Awaited<ReturnType<typeof listed>>[number]

/** Worries that are not closed, of those the asker may see, the unanswered and then the newest first; `late` past the hours of the setting. */
export const openConcerns = (db: Db): Promise<Concern[]> => listed(db, true)

export const listConcerns = query(
  'support.concern.list',
  {
    roles: readers,
    input: z.object({ closed: z.literal('yes').optional().catch(undefined) }),
    about: (_: unknown, output: { concerns: unknown[] }) => ({ kind: 'concern', hits: output.concerns.length }),
  },
  async (db, { closed }) => ({ closed: closed === 'yes', concerns: await listed(db, closed !== 'yes') }),
)

type Key = { id: string; caseId: string; networkId: string }
const about = (_: unknown, { concern }: { concern: Key }) => ({
  kind: 'concern',
  id: concern.id,
  caseId: concern.caseId,
  networkId: concern.networkId,
})

/** One worry with what was noted and what was done, where the key of the case is for the person who asks. */
export const openConcern = query(
  'support.concern.open',
  { roles: readers, input: ConcernId, about },
  async (db, { id }, me) => {
    const concern = await rows(db).select('answerSealed').where('concern.id', '=', id).executeTakeFirstOrThrow()
    const { answerSealed, ...row } = concern
    const { concernHours } = await settingsOn(db)
    const vault = await findVault(db, row.caseId)
    const answer = answerSealed && vault ? vault.open(placeOf(id), answerSealed) : null
    const note = row.visitId && vault ? await noteOf(db, row.visitId, vault.open) : null
    const late = isUnanswered(row, concernHours, now())
    const hidden = !vault
    const records = await isWritten(db, me, row)
    return {
      concern: { ...row, state: stateOf(row), late },
      answer,
      note,
      hidden,
      records,
      told: await toldOf(db, row),
    }
  },
)

/** Is the case one of a network of one's own, and still written? */
async function isWritten(db: Db, me: Person, { caseId, networkId }: Key): Promise<boolean> {
  if (!me.networks.includes(networkId)) return false
  const found = await db.selectFrom('caseFile').select('status').where('id', '=', caseId).executeTakeFirst()
  return found?.status === 'open'
}

const placeOf = (row: string) => ({ table: 'concern', column: 'answer_sealed', row })
type Open = Awaited<ReturnType<typeof openVault>>['open']

async function noteOf(db: Db, visitId: string, open: Open): Promise<string | null> {
  const visit = await db.selectFrom('visit').select('noteSealed').where('id', '=', visitId).executeTakeFirst()
  return visit?.noteSealed ? open({ table: 'visit', column: 'note_sealed', row: visitId }, visit.noteSealed) : null
}

/** "I need help now": one touch, and the supervisor and the network know. */
export const askHelp = command(
  'support.help.ask',
  { roles: ['volunteer'], input: AskHelp, about },
  async (db, input, me) => {
    const of = (await loggable(db, me)).find((one) => one.mine && one.id === input.assignment)
    if (!of) throw new NotFound()
    const id = await raiseConcern(db, me, of, { kind: 'help', visitId: null })
    return { concern: { id, caseId: of.caseId, networkId: of.networkId } }
  },
)

/** The page with the numbers: under which assignments help may be asked for, and who would be told. */
export const openHelp = query('support.help.open', { roles: ['volunteer'], input: z.object({}) }, async (db, _, me) => {
  const { id, supervisorId } = await ownVolunteer(db, me)
  // Whoever is there today comes first: it is the number of somebody who answers.
  const guide = (await toldOf(db, { networkId: null, volunteerId: id })).find(({ role }) => role === 'supervisor')
  const assignments = (await loggable(db, me)).filter((one) => one.mine)
  return {
    assignments: assignments.map(({ id, number }) => ({ id, number })),
    supervisor: guide ? { name: guide.name, phone: guide.phone, standsIn: guide.id !== supervisorId } : null,
  }
})

/** What has become of a worry one has raised oneself: who was told, and when it was seen and answered. */
export const openOwnConcern = query(
  'support.help.state',
  { roles: ['volunteer', 'supervisor'], input: ConcernId, about },
  async (db, { id }, me) => {
    const concern = await rows(db)
      .where('concern.id', '=', id)
      .where('concern.raisedBy', '=', me.id)
      .executeTakeFirstOrThrow()
    const told = (await toldOf(db, concern)).filter((person) => person.id !== me.id)
    return { concern: { ...concern, state: stateOf(concern) }, told }
  },
)

type Step = UpdateObject<DB, 'concern', 'concern'>

/** Only the next step that has not been taken yet; the second of two at once is told that somebody was faster. */
async function take(db: Db, id: string, step: 'seenAt' | 'answeredAt' | 'closedAt', values: Step): Promise<Key> {
  const concern = await rows(db).where('concern.id', '=', id).executeTakeFirstOrThrow()
  const done = await db
    .updateTable('concern')
    .set(values)
    .where('id', '=', id)
    .where(step, 'is', null)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'support.error.concernTaken' })
  return concern
}

const clock = sql<Date>`clock_timestamp()`

export const seeConcern = command(
  'support.concern.see',
  { roles: answerers, input: ConcernId, about },
  async (db, { id }, me) => ({ concern: await take(db, id, 'seenAt', { seenAt: clock, seenBy: me.id }) }),
)

/** What was done, in words that only those who hold the case's key can read. */
export const answerConcern = command(
  'support.concern.answer',
  { roles: answerers, input: AnswerConcern, about },
  async (db, { id, answer }, me) => {
    const { caseId } = await db.selectFrom('concern').select('caseId').where('id', '=', id).executeTakeFirstOrThrow()
    const answerSealed = (await openVault(db, caseId)).seal(placeOf(id), answer)
    const seen = {
      seenAt: sql<Date>`coalesce(seen_at, clock_timestamp())`,
      seenBy: sql<string>`coalesce(seen_by, ${me.id}::uuid)`,
    }
    const said = { ...seen, answeredAt: clock, answeredBy: me.id, answerSealed }
    return { concern: await take(db, id, 'answeredAt', said) }
  },
)

/** Nothing more has to be done; only after somebody has said what was. */
export const closeConcern = command(
  'support.concern.close',
  { roles: answerers, input: ConcernId, about },
  async (db, { id }, me) => {
    const row = await db.selectFrom('concern').select('answeredAt').where('id', '=', id).executeTakeFirstOrThrow()
    if (!row.answeredAt) throw new Conflict({ key: 'support.error.concernUnanswered' })
    return { concern: await take(db, id, 'closedAt', { closedAt: clock, closedBy: me.id }) }
  },
)

/** Tells everybody who can do something, once each, of a worry that nobody has answered within the hours of the setting. */
export const concernReminders: Job = { name: 'concerns.unanswered', cron: '10 * * * *', run: remindOfConcerns }

async function remindOfConcerns(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const late = (await openConcerns(db)).filter((concern) => concern.late)
    for (const concern of late) await mailUrgent(db, concern, 'urgent', { key: `concern/${concern.id}/`, late: true })
    return late.length
  })
}
