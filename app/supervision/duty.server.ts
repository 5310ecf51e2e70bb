// Who is away, who has whose duty, and what does somebody who steps in find waiting?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../access/fresh.ts'
import { holdersOf } from '../access/holders.server.ts'
import { today } from '../core/clock.server.ts'
import { asPerson, type Db } from '../core/db.server.ts'
import { Conflict, Invalid } from '../core/errors.ts'
import { id } from '../core/form/fields.ts'
import { command, query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { mailTo } from '../process/mail.server.ts'
import { openConcerns } from '../support/concern/concerns.server.ts'
import { supervisees } from '../support/report/supervision.server.ts'
import { daysBetween } from '../ui/date.ts'
import { supervisorsIn } from '../volunteers/volunteers.server.ts'
import { plannedSessions } from './sessions.server.ts'
import { longestAway, type Standing, TellAbsence } from './supervision.ts'

/** How the supervision of each volunteer stands, as far as the person who asks may know of them. */
export async function standings(db: Db): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing>`select * from supervision_standing()`.execute(db)
  return new Map(rows.map((row) => [row.volunteerId, row]))
}

export type Absence = {
  id: string
  supervisorId: string
  name: string
  fromOn: string
  toOn: string
  deputy: string | null
  /** She answers for a network: then the others of it step in, and nobody has to be named. */
  leads: boolean
}

/** Absences that are not over, the earliest first, with who steps in. */
export async function absences(db: Db): Promise<Absence[]> {
  const { rows } = await sql<Absence>`
    select a.id, a.supervisor_id, p.name, a.from_on, a.to_on, q.name as deputy, a.supervisor_id = any (${(await workersIn(db)).map(({ id }) => id)}::uuid[]) as leads
    from supervision_absence a join person p on p.id = a.supervisor_id
      left join supervision_deputy d on d.supervisor_id = a.supervisor_id and d.ended_at is null left join person q on q.id = d.deputy_id
    where a.ended_at is null and a.to_on >= ${today()}::date order by a.from_on, p.name`.execute(db)
  return rows
}

const deputyOf = (db: Db, supervisorId: string) =>
  db
    .selectFrom('supervisionDeputy')
    .innerJoin('person', 'person.id', 'deputyId')
    .select(['person.id', 'person.name'])
    .where('supervisorId', '=', supervisorId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()

const alphabet = new Intl.Collator('et')

const awayRoles = ['supervisor', 'lead', 'coordinator'] as const

/** The victim support workers in office, with the networks for which they answer. */
async function workersIn(db: Db): Promise<{ id: string; name: string; networks: string[] }[]> {
  const { rows } = await sql<{ id: string; name: string; networks: string[] }>`
    select p.id, p.name, array_agg(r.network_id) as networks from person p join person_role r on r.person_id = p.id and r.role = 'lead'
    where p.status = 'active' and ${today()}::date between r.valid_from and r.valid_to group by p.id order by p.name collate "et-x-icu"`.execute(
    db,
  )
  return rows
}

/** Who hears that somebody is away: her deputy, or the others who answer for her networks; where there is nobody, the coordinators. */
async function standInsOf(db: Db, who: string): Promise<{ by: 'deputy' | 'others' | null; told: string[] }> {
  const deputy = await deputyOf(db, who)
  const workers = await workersIn(db)
  const own = workers.find(({ id }) => id === who)?.networks ?? []
  const others = workers.filter(({ id, networks }) => id !== who && networks.some((network) => own.includes(network)))
  if (deputy || others.length > 0)
    return {
      by: deputy ? 'deputy' : 'others',
      told: [...new Set([...(deputy ? [deputy.id] : []), ...others.map(({ id }) => id)])],
    }
  return { by: null, told: await holdersOf(db, 'coordinator') }
}

/** The form on which somebody says that she – or for the coordinator, somebody else – is away. */
export const openAway = query('supervision.away.form', { roles: awayRoles, input: z.object({}) }, async (db, _, me) => {
  const speaksForAll = me.roles.includes('coordinator')
  const all = await absences(db)
  return {
    today: today(),
    supervisors: speaksForAll ? await peopleIn(db) : [],
    deputy: speaksForAll ? null : ((await deputyOf(db, me.id))?.name ?? null),
    absences: speaksForAll ? all : all.filter(({ supervisorId }) => supervisorId === me.id),
  }
})

/** Of whom it can be said: supervisors and victim support workers, each once. */
async function peopleIn(db: Db): Promise<{ id: string; name: string }[]> {
  const all = [...(await supervisorsIn(db)), ...(await workersIn(db))]
  return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()].toSorted((a, b) =>
    alphabet.compare(a.name, b.name),
  )
}

/**
 * From the first day to the last the deputy has the duty, and what is urgent goes to whoever else answers for the network; it comes back by itself.
 */
export const tellAbsence = command(
  'supervision.away.tell',
  { roles: awayRoles, input: TellAbsence, about: (_: unknown, { id }: { id: string }) => ({ kind: 'absence', id }) },
  async (db, { supervisor, fromOn, toOn }, me) => {
    const speaksForAll = me.roles.includes('coordinator')
    // Of herself she says it as it comes; who says it of somebody else hands her duty on.
    if (speaksForAll) mustBeFresh(me)
    const who = speaksForAll ? supervisor : me.id
    const known = (await peopleIn(db)).some((one) => one.id === who)
    if (!who || !known) throw new Invalid({ supervisor: { key: 'core.error.choose' } })
    if (fromOn < today()) throw new Invalid({ fromOn: { key: 'supervision.error.past' } })
    if (toOn < fromOn) throw new Invalid({ toOn: { key: 'supervision.error.order' } })
    if (daysBetween(fromOn, toOn) >= longestAway)
      throw new Invalid({ toOn: { key: 'supervision.error.long', args: { days: longestAway } } })
    const id = randomUUID()
    await db.insertInto('supervisionAbsence').values({ id, supervisorId: who, fromOn, toOn, toldBy: me.id }).execute()
    const { by, told } = await standInsOf(db, who)
    for (const person of told) if (person !== me.id) await mailTo(db, person, 'new-task')
    return { id, covered: by !== null, by }
  },
)

/** She is back: the duty is hers again at once. */
export const endAbsence = command(
  'supervision.away.end',
  {
    roles: awayRoles,
    input: z.object({ id: id() }),
    about: (input) => ({ kind: 'absence', id: input.id }),
    oneByOne: (input) => `absence/${input.id}`,
  },
  async (db, input, me) => {
    const found = await db
      .selectFrom('supervisionAbsence')
      .select(['supervisorId', 'endedAt'])
      .where('id', '=', input.id)
      .$if(!me.roles.includes('coordinator'), (own) => own.where('supervisorId', '=', me.id))
      .executeTakeFirstOrThrow()
    if (found.endedAt) throw new Conflict({ key: 'supervision.error.back' })
    await db
      .updateTable('supervisionAbsence')
      .set({ endedBy: me.id, endedAt: sql<Date>`now()` })
      .where('id', '=', input.id)
      .execute()
    return { id: input.id, guides: (await supervisorsIn(db)).some(({ id }) => id === found.supervisorId) }
  },
)

/** What a deputy finds: whom she guides for whom, why and until when, and everything of theirs that waits. */
export async function dutyBrief(db: Db, me: Person) {
  const known = await standings(db)
  const people = (await supervisees(db)).filter((person) => person.supervisorId !== me.id)
  if (people.length === 0) return []
  const names = new Map((await supervisorsIn(db)).map(({ id, name }) => [id, name]))
  const [worries, sessions] = [await openConcerns(db), await plannedSessions(db)]
  const groups = Map.groupBy(people, (person) => person.supervisorId ?? '')
  return [...groups].map(([supervisorId, own]) => ({
    supervisor: names.get(supervisorId) ?? '',
    until: own.map((person) => known.get(person.id)?.until ?? null).find((day) => day !== null) ?? null,
    people: own.map((person) => {
      const standing = known.get(person.id)
      return {
        ...person,
        why: standing?.why ?? null,
        dueOn: standing?.dueOn ?? null,
        worries: worries.filter((worry) => worry.volunteerId === person.id),
        sessions: sessions.filter((session) => session.whoIds.includes(person.id)),
      }
    }),
  }))
}
export type Brief = Awaited<ReturnType<typeof dutyBrief>>[number]

export const openDuty = query(
  'supervision.duty',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, { briefs }: { briefs: Brief[] }) => ({
      kind: 'volunteer',
      hits: briefs.reduce((sum, brief) => sum + brief.people.length, 0),
    }),
  },
  async (db, _, me) => ({ today: today(), briefs: await dutyBrief(db, me) }),
)

/**
 * Every morning: a duty that has moved is told to whom it came and from whom it went. Where nobody has it, an overdue talk is told to
 * the supervisor at once and to the coordinators after the days of grace – at once where there is no supervisor in office to tell.
 */
export const dutiesMove: Job = { name: 'supervision.duties', cron: '40 6 * * *', run: tellOfDuties }

type Around = { coordinators: string[]; supervisors: Set<string>; away: Set<string>; graceDays: number }

async function tellOfDuties(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const around: Around = {
      coordinators: await holdersOf(db, 'coordinator'),
      supervisors: new Set((await supervisorsIn(db)).map(({ id }) => id)),
      away: new Set((await absences(db)).flatMap((one) => (one.fromOn <= today() ? [one.supervisorId] : []))),
      graceDays: (await settingsOn(db)).supervisionGraceDays,
    }
    let told = 0
    for (const one of (await standings(db)).values()) {
      for (const [key, person] of lettersOf(one, around)) {
        await mailTo(db, person, 'reminder', key)
        told += 1
      }
    }
    return told
  })
}

type Letter = [key: string, person: string]

// Whether there is a deputy says nothing: she may be out of office, or be the volunteer herself. Only a duty that is hers counts.
// A deputy who is away herself keeps what she may do, but cannot be the only one who knows: then the coordinators hear at once.
function lettersOf(one: Standing, { coordinators, supervisors, away, graceDays }: Around): Letter[] {
  const { volunteerId, onDuty, supervisorId, dueOn } = one
  const about = (what: string, who: string[]) =>
    who.map((person): Letter => [`duty/${what}/${volunteerId}/${dueOn}/${person}`, person])
  const days = dueOn === null ? 0 : daysBetween(dueOn, today())
  const nobody = onDuty && away.has(onDuty) && days > 0 ? about('nobody', coordinators) : []
  if (onDuty && one.why === 'away') {
    const begun: Letter = [`duty/away/${supervisorId}/${one.until}/${onDuty}`, onDuty]
    return days > 0 ? [begun, ...about('late', [onDuty]), ...nobody] : [begun]
  }
  if (onDuty) return [...about('lapse', supervisorId ? [onDuty, supervisorId] : [onDuty]), ...nobody]
  if (days <= 0) return []
  const guide = supervisorId && supervisors.has(supervisorId) ? [supervisorId] : []
  const unanswered = guide.length === 0 || days > graceDays
  return [...about('late', guide), ...about('nobody', unanswered ? coordinators : [])]
}
