// Which sessions has a supervisor planned and held, with whom, and what was spoken of?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../core/errors.ts'
import { command, query } from '../core/operation.server.ts'
import { findVault, keepVault } from '../core/seal.server.ts'
import { readSittings } from '../core/setting.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { mailTo } from '../process/mail.server.ts'
import { guidedByMe } from '../support/visit/supported.server.ts'
import { topicsWith } from './sample/waiting.server.ts'
import { checkSize, HoldSession, type Kind, PlanSession, readTime, SessionId, type Topic } from './supervision.ts'

const roles = ['supervisor'] as const
const about = (_: unknown, { id }: { id: string }) => ({ kind: 'supervision-session', id })
const oneSession = ({ id }: { id: string }) => `session/${id}`

/** Whom the person who asks may sit with: everybody whom she guides and who has not left, never herself. */
export async function guidedPeople(db: Db, me: Person) {
  return db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'personId', 'supervisorId'])
    .where('id', '=', guidedByMe)
    .where('status', '<>', 'ended')
    .where((row) => row.or([row('personId', 'is', null), row('personId', '<>', me.id)]))
    .orderBy('name')
    .execute()
}

export type Session = {
  id: string
  kind: Kind
  plannedOn: string
  plannedAt: string | null
  heldOn: string | null
  calledOff: boolean
  /** A covision to which others bring those whom they guide. */
  shared: boolean
  leader: string
  leaderId: string
  who: string[]
  whoIds: string[]
}

const sessionsWhere = (more = sql`true`) => sql<Session>`
  select s.id, s.kind, s.planned_on, s.planned_at, s.held_on, s.called_off_at is not null as called_off, s.shared, p.name as leader,
    s.led_by as leader_id, array(select o.name from session_people(s.id) o) as who, array(select o.id from session_people(s.id) o) as who_ids
  from supervision_session s join person p on p.id = s.led_by where ${more}`

/** Sessions that are still to come or to be written down, the earliest first; of others' only covisions to which one may bring somebody. */
export async function openSessions(db: Db): Promise<Session[]> {
  const open = sessionsWhere(sql`s.held_on is null and s.called_off_at is null`)
  return (await sql<Session>`${open} order by s.planned_on, s.planned_at`.execute(db)).rows
}

/** … of those whom the person who asks guides. */
export const plannedSessions = async (db: Db): Promise<Session[]> =>
  (await openSessions(db)).filter(({ whoIds }) => whoIds.length > 0)

export const listSessions = query(
  'supervision.session.list',
  {
    roles,
    input: z.object({}),
    about: (_: unknown, { open, held }: { open: Session[]; held: Session[] }) => ({
      kind: 'supervision-session',
      hits: open.length + held.length,
    }),
  },
  async (db) => {
    const held = sql<Session>`${sessionsWhere(sql`s.held_on is not null`)} order by s.held_on desc limit 50`
    return { today: today(), open: await openSessions(db), held: (await held.execute(db)).rows }
  },
)

/** The kinds in which people sit together by the order in force. */
const kindsOn = async (db: Db): Promise<Kind[]> => readSittings((await settingsOn(db)).supervisionKinds) ?? []

export const openPlan = query('supervision.session.form', { roles, input: z.object({}) }, async (db, _, me) => ({
  ...{ today: today(), kinds: await kindsOn(db) },
  people: await guidedPeople(db, me),
}))

type Planned = { kind: Kind; day: string; time: string | null; volunteers: string[]; shared: boolean }

async function insertSession(db: Db, me: Person, planned: Planned): Promise<string> {
  const id = randomUUID()
  const { kind, day, time, volunteers, shared } = planned
  await db
    .insertInto('supervisionSession')
    .values({ id, kind, plannedOn: day, plannedAt: time, ledBy: me.id, shared })
    .execute()
  const rows = volunteers.map((volunteerId) => ({ sessionId: id, volunteerId, ledBy: me.id }))
  await db.insertInto('supervisionParticipant').values(rows).execute()
  return id
}

/** Plans one session; those who have an account hear that something new waits for them. */
export const planSession = command(
  'supervision.session.plan',
  { roles, input: PlanSession, about },
  async (db, input, me) => {
    const time = readTime(input.time)
    checkSize(input.kind, input.volunteers.length, input.shared)
    if (!(await kindsOn(db)).includes(input.kind)) throw new Invalid({ kind: { key: 'supervision.error.kind' } })
    const known = await guidedPeople(db, me)
    const chosen = known.filter(({ id }) => input.volunteers.includes(id))
    if (chosen.length !== input.volunteers.length) throw new Invalid({ volunteers: { key: 'core.error.choose' } })
    const id = await insertSession(db, me, { ...input, time })
    if (input.day >= today()) for (const { personId } of chosen) if (personId) await mailTo(db, personId, 'new-task')
    return { id }
  },
)

const notePlace = (row: string) => ({ table: 'supervision_note', column: 'words_sealed', row })

async function noteOf(db: Db, id: string) {
  const note = await db
    .selectFrom('supervisionNote')
    .leftJoin('person', 'person.id', 'writtenBy')
    .select(['supervisionNote.id', 'topics', 'wordsSealed', 'writtenAt', 'person.name as by'])
    .where('sessionId', '=', id)
    .executeTakeFirst()
  if (!note) return null
  const vault = note.wordsSealed ? await findVault(db, id) : null
  const words = note.wordsSealed && vault ? vault.open(notePlace(note.id), note.wordsSealed) : null
  return {
    topics: note.topics as Topic[],
    by: note.by,
    writtenAt: note.writtenAt,
    words,
    closed: note.wordsSealed !== null && words === null,
  }
}

type Participant = { id: string; code: string; name: string; personId: string | null; attended: boolean | null }

/** Everybody, for whoever writes it down; otherwise those whom the person who asks guides. */
export async function participantsOf(db: Db, id: string): Promise<Participant[]> {
  return (await sql<Participant>`select * from session_people(${id})`.execute(db)).rows
}

/** One session with its people; with what was spoken of, where that is for the person who asks. */
export const openSession = query(
  'supervision.session.open',
  {
    roles,
    input: SessionId,
    about: (_: unknown, { session }: { session: Session }) => about(_, session),
  },
  async (db, { id }) => {
    const { rows } = await sql<Session & { mine: boolean }>`
      select one.*, one.id = any ((select auth_session_notes())::uuid[]) as mine from (${sessionsWhere(sql`s.id = ${id}`)}) one`.execute(
      db,
    )
    const [session] = rows
    if (!session) throw new NotFound()
    const people = await participantsOf(db, id)
    const found =
      session.heldOn || session.calledOff
        ? []
        : await topicsWith(
            db,
            people.map((one) => one.id),
          )
    return { today: today(), session, people, note: await noteOf(db, id), found }
  },
)

/** Writes a session down: when it was, who came, what it was about; and plans the next one, with the same people. */
export const holdSession = command(
  'supervision.session.hold',
  { roles, input: HoldSession, about, oneByOne: oneSession },
  async (db, input, me) => {
    const { id, came } = input
    const people = await participantsOf(db, id)
    if (people.length === 0) throw new NotFound()
    checkHeld(
      input,
      people.map((person) => person.id),
    )
    const session = await endable(db, id)
    for (const { id: volunteerId } of people)
      await db
        .updateTable('supervisionParticipant')
        .set({ attended: came.includes(volunteerId) })
        .where('sessionId', '=', id)
        .where('volunteerId', '=', volunteerId)
        .execute()
    await writeNote(db, me, input)
    await end(db, id, { heldOn: input.heldOn })
    if (!input.nextOn) return { id, next: null }
    const mine = new Set((await guidedPeople(db, me)).map((person) => person.id))
    const volunteers = people.flatMap((person) => (mine.has(person.id) ? [person.id] : []))
    const { kind, plannedAt: time, shared } = session
    return { id, next: await insertSession(db, me, { kind, day: input.nextOn, time, volunteers, shared }) }
  },
)

function checkHeld({ heldOn, came, nextOn }: z.output<typeof HoldSession>, people: string[]): void {
  if (heldOn > today()) throw new Invalid({ heldOn: { key: 'supervision.error.future' } })
  if (!came.every((one) => people.includes(one))) throw new Invalid({ came: { key: 'core.error.choose' } })
  if (nextOn && nextOn <= heldOn) throw new Invalid({ nextOn: { key: 'supervision.error.next' } })
}

type Endable = Pick<Session, 'kind' | 'plannedAt' | 'shared'>

async function endable(db: Db, id: string): Promise<Endable> {
  const { rows } = await sql<Endable & { open: boolean }>`
    select kind, planned_at, shared, held_on is null and called_off_at is null as open from supervision_session
    where id = ${id} and id = any ((select auth_session_notes())::uuid[])`.execute(db)
  const [session] = rows
  if (!session) throw new NotFound()
  if (!session.open) throw new Conflict({ key: 'supervision.error.over' })
  return session
}

async function writeNote(db: Db, me: Person, { id, topics, words }: z.output<typeof HoldSession>): Promise<void> {
  const noteId = randomUUID()
  const vault = words ? await keepVault(db, { kind: 'session', id }) : null
  const wordsSealed = words && vault ? vault.seal(notePlace(noteId), words) : null
  await db
    .insertInto('supervisionNote')
    .values({ id: noteId, sessionId: id, topics, wordsSealed, writtenBy: me.id })
    .execute()
}

async function end(db: Db, id: string, how: { heldOn: string } | { calledOffAt: ReturnType<typeof sql<Date>> }) {
  const done = await db.updateTable('supervisionSession').set(how).where('id', '=', id).executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'supervision.error.over' })
}

/** A session that does not take place; whoever was asked hears of it. */
export const callOffSession = command(
  'supervision.session.callOff',
  { roles, input: SessionId, about, oneByOne: oneSession },
  async (db, { id }) => {
    await endable(db, id)
    await end(db, id, { calledOffAt: sql<Date>`now()` })
    for (const { personId } of await participantsOf(db, id)) if (personId) await mailTo(db, personId, 'new-task')
    return { id }
  },
)
