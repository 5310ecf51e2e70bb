// Which assignments may this person see, and what is the story of one of them?
import { sql } from 'kysely'
import { z } from 'zod'
import { judgeContact } from '../../cases/contact/judge-contact.ts'
import { openRules } from '../../cases/contact/read-safe.server.ts'
import type { Rules } from '../../cases/contact/safe-contact.ts'
import { openPlanRow } from '../../cases/safety/safety-plan.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { now, today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { casesShown, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { formatTime } from '../../i18n/format.ts'
import { AssignmentId, type AssignmentState, assignmentStates } from './assignment.ts'

/** Who keeps, guides, answers for the case, and does it; which rows each sees is said in the policies. */
export const readers = ['coordinator', 'supervisor', 'lead', 'volunteer'] as const
export const perPage = 40

const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined)
export const AssignmentFilter = z.object({
  status: lenient(z.enum(assignmentStates)),
  /** Asked longer ago than the setting `answerDays` and not answered yet. */
  late: lenient(z.enum(['yes'])),
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
})
export type AssignmentFilter = z.output<typeof AssignmentFilter>

/** When each was asked: the day by which the wait for an answer is counted. */
export function heads(db: Db) {
  return db
    .selectFrom('assignment')
    .leftJoin('need', 'need.id', 'assignment.needId')
    .leftJoin('county', 'county.code', 'need.countyCode')
    .leftJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .leftJoin('person as supervisor', 'supervisor.id', 'assignment.supervisorId')
    .select(['assignment.id', 'assignment.number', 'assignment.caseId', 'assignment.networkId', 'assignment.needId'])
    .select(['assignment.status', 'assignment.startOn', 'assignment.endOn', 'assignment.createdAt', 'volunteer.code'])
    .select(['assignment.volunteerId', 'volunteer.personId', 'supervisor.name as supervisor', 'county.name as county'])
    .select(['need.language', 'need.fromOn', 'need.months', 'need.status as needStatus'])
    .select(sql<string>`(assignment.created_at at time zone 'Europe/Tallinn')::date`.as('askedOn'))
}

/** The last day on which an answer is in time, said as "asked on or before this day is late". */
export async function lateBefore(db: Db): Promise<string> {
  const { answerDays } = await settingsOn(db)
  return addDays(today(), -answerDays)
}

async function list(db: Db, filter: AssignmentFilter) {
  const limit = await lateBefore(db)
  let rows = heads(db)
  if (filter.status) rows = rows.where('assignment.status', '=', filter.status)
  if (filter.late)
    rows = rows
      .where('assignment.status', '=', 'proposed')
      .where(sql<boolean>`(assignment.created_at at time zone 'Europe/Tallinn')::date < ${limit}`)
  const { total } = await db
    .selectFrom(rows.as('found'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const order = sql`array_position(array['proposed', 'active', 'ended', 'declined', 'withdrawn'], assignment.status)`
  const shown = await rows
    .orderBy(order)
    .orderBy('assignment.createdAt', 'desc')
    .limit(perPage)
    .offset((filter.page - 1) * perPage)
    .execute()
  return { filter, total, rows: shown.map((row) => ({ ...row, late: isLate(row, limit) })), today: today() }
}
export type Listed = Awaited<ReturnType<typeof list>>

export const listAssignments = query(
  'assignment.list',
  {
    roles: readers,
    input: AssignmentFilter,
    about: (_, { total, rows }: Listed) => ({
      ...{ kind: 'assignment', hits: total },
      ...casesShown(rows.map(({ caseId }) => caseId)),
    }),
  },
  list,
)

const isLate = (row: { status: string; askedOn: string }, limit: string) =>
  row.status === 'proposed' && row.askedOn < limit

async function story(db: Db, { id }: { id: string }, me: Person) {
  const row = await heads(db).where('assignment.id', '=', id).executeTakeFirstOrThrow()
  const head = { ...row, status: row.status as AssignmentState, late: isLate(row, await lateBefore(db)) }
  const mine = row.personId === me.id
  if (mine) return { head, mine: true as const, own: await ownView(db, row), whole: null }
  return { head, mine: false as const, own: null, whole: await wholeView(db, row, me) }
}
export type Opened = Awaited<ReturnType<typeof story>>

/** The story of one assignment; for the support person herself the little that she needs instead (R11). */
export const openAssignment = query(
  'assignment.open',
  {
    roles: readers,
    input: AssignmentId,
    about: (_, { head: { id, caseId, networkId } }: Opened) => ({ kind: 'assignment', id, caseId, networkId }),
  },
  story,
)
type Head = Awaited<ReturnType<ReturnType<typeof heads>['executeTakeFirstOrThrow']>>

export type PlaceLine = { id: string; kind: string; recordedAt: Date }

/** Given name, safety note, agreed tasks, her safety plan where she agrees to that, how she may be reached and which places may be asked for; only while she helps. */
export async function ownView(db: Db, { caseId, status }: Pick<Head, 'caseId' | 'status'>) {
  if (status !== 'active') return null
  const brief = await db
    .selectFrom('caseBrief')
    .leftJoin('safeContact', (join) =>
      join
        .onRef('safeContact.caseId', '=', 'caseBrief.caseId')
        .on('safeContact.part', '=', 'rules')
        .on('safeContact.supersededAt', 'is', null),
    )
    .leftJoin('safeContact as told', (join) =>
      join
        .onRef('told.caseId', '=', 'caseBrief.caseId')
        .on('told.part', '=', 'told')
        .on('told.supersededAt', 'is', null),
    )
    .select(['caseBrief.id', 'givenNameSealed', 'safetyNoteSealed', 'tasksSealed'])
    .select(['safeContact.id as safeId', 'safeContact.wordsSealed as safeSealed'])
    .select(['told.id as planId', 'told.wordsSealed as planSealed'])
    .where('caseBrief.caseId', '=', caseId)
    .where('caseBrief.supersededAt', 'is', null)
    .executeTakeFirst()
  const places = (await sql<PlaceLine>`select * from whereabouts_of(${caseId}::uuid)`.execute(db)).rows
  const minutes = (await settingsOn(db)).revealMinutes
  const nothing = { givenName: null, safetyNote: null, tasks: null, rules: null, plan: null, unsafeNow: [] }
  if (!brief) return { ...nothing, places, minutes }
  const vault = await openVault(db, caseId)
  const open = (column: string, sealed: Buffer | null) =>
    sealed ? vault.open({ table: 'case_brief', column, row: brief.id }, sealed) : null
  const rules = brief.safeId && brief.safeSealed ? openRules(vault, brief.safeId, brief.safeSealed) : null
  return {
    givenName: open('given_name_sealed', brief.givenNameSealed),
    safetyNote: open('safety_note_sealed', brief.safetyNoteSealed),
    tasks: open('tasks_sealed', brief.tasksSealed),
    plan: brief.planId && brief.planSealed ? openPlanRow(vault, brief.planId, brief.planSealed) : null,
    ...{ rules, unsafeNow: rules ? callNow(rules) : [], places, minutes },
  }
}

/** Why she should not be rung just now; nothing where she may be. */
function callNow(rules: Rules) {
  const [hour = 0, minute = 0] = formatTime(now()).split(':').map(Number)
  const call = { channel: 'call', onDate: today(), minute: hour * 60 + minute, person: null } as const
  return judgeContact(call, { rules, people: null })
}

async function wholeView(db: Db, head: Head, me: Person) {
  const choice = await db
    .selectFrom('assignment')
    .select(['rationale', 'overrideReason', 'chosenBySolver', 'loadBefore', 'solution', 'followsId', 'victimAgreedOn'])
    .where('id', '=', head.id)
    .executeTakeFirstOrThrow()
  const events = await db
    .selectFrom('assignmentEvent as event')
    .leftJoin('person', 'person.id', 'event.recordedBy')
    .select([
      'event.kind',
      'event.onDate',
      'event.reasonCode',
      'event.reason',
      'event.recordedAt',
      'person.name as who',
    ])
    .where('event.assignmentId', '=', head.id)
    .orderBy('event.recordedAt')
    .execute()
  const guides = me.roles.includes('supervisor') && head.status === 'active'
  return {
    choice,
    events,
    next: await db
      .selectFrom('assignment')
      .select(['id', 'status'])
      .where('followsId', '=', head.id)
      .executeTakeFirst(),
    places: guides ? await placesFor(db, head.caseId) : [],
  }
}

/** The places of a case and whether each is open to the support person. Safe contact always is. */
export async function placesFor(db: Db, caseId: string) {
  const brief = await db
    .selectFrom('caseBrief')
    .select('whereaboutsIds')
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  const { rows } = await sql<PlaceLine>`select * from whereabouts_of(${caseId}::uuid)`.execute(db)
  return rows.map((place) => ({ ...place, open: brief?.whereaboutsIds.includes(place.id) ?? false }))
}
