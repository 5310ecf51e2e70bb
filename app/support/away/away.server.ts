// Who is away, who has her cases meanwhile, and what has to be renewed by the day she is back?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { holdersOf } from '../../access/holders.server.ts'
import { leadsOf } from '../../cases/tasks.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { formatDate } from '../../i18n/format.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { daysBetween } from '../../ui/date.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { oneVolunteer } from '../../volunteers/records.server.ts'
import { standingOf } from '../../volunteers/standing.server.ts'
import type { EvidenceKind } from '../../volunteers/volunteer.ts'
import { ownVolunteer } from '../visit/supported.server.ts'
import { type Away, EndAway, longestAway, overlaps, TellAway, toldAhead } from './away.ts'

const about = (_: unknown, output: { id: string }) => ({ kind: 'volunteer', id: output.id })

/** Absences that are not over, the earliest first. */
async function awayOf(db: Db, volunteerId: string): Promise<Away[]> {
  return db
    .selectFrom('volunteerAway')
    .select(['id', 'fromOn', 'toOn'])
    .where('volunteerId', '=', volunteerId)
    .where('endedAt', 'is', null)
    .where('toOn', '>=', today())
    .orderBy('fromOn')
    .execute()
}

/** Papers she works by that will have lapsed on the day after the last absence, with their last day. */
async function toRenew(db: Db, volunteerId: string, aways: readonly Away[]) {
  const last = aways.at(-1)
  if (!last) return []
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'childContact', 'maxCases'])
    .where('id', '=', volunteerId)
    .executeTakeFirstOrThrow()
  const { papers, needed } = await standingOf(db, row, await settingsOn(db))
  const back = addDays(last.toOn, 1)
  return needed.flatMap((kind): { kind: EvidenceKind; until: string }[] => {
    const { until } = papers[kind]
    return until !== null && until < back ? [{ kind, until }] : []
  })
}

async function opened(db: Db, volunteerId: string) {
  const row = await db
    .selectFrom('volunteer')
    .leftJoin('person as guide', 'guide.id', 'supervisorId')
    .select(['volunteer.id', 'volunteer.name', 'guide.name as guide'])
    .where('volunteer.id', '=', volunteerId)
    .executeTakeFirstOrThrow()
  const aways = await awayOf(db, volunteerId)
  return { ...row, today: today(), aways, renew: await toRenew(db, volunteerId, aways) }
}
export type Opened = Awaited<ReturnType<typeof opened>>

/** Her own days away, with who keeps in touch meanwhile. */
export const openOwnAway = query(
  'volunteer.away.own',
  { roles: ['volunteer'], input: z.object({}), about },
  async (db, _, me) => opened(db, (await ownVolunteer(db, me)).id),
)

export const openAway = query(
  'volunteer.away.open',
  { roles: ['coordinator'], input: z.object({ id: id() }), about },
  (db, input) => opened(db, input.id),
)

async function check(db: Db, { id, fromOn, toOn }: z.output<typeof TellAway>): Promise<void> {
  if (fromOn < today()) throw new Invalid({ fromOn: { key: 'support.away.past' } })
  if (toOn < fromOn) throw new Invalid({ toOn: { key: 'support.away.order' } })
  if (daysBetween(fromOn, toOn) >= longestAway)
    throw new Invalid({ toOn: { key: 'support.away.long', args: { days: longestAway } } })
  const same = (await awayOf(db, id)).find((one) => overlaps(one, { fromOn, toOn }))
  if (!same) return
  const args = { from: formatDate(same.fromOn), to: formatDate(same.toOn) }
  throw new Invalid({ fromOn: { key: 'support.away.overlap', args } })
}

/** Whoever guides her and the leads of the cases she helps in hear of it, past the walls before these; in a letter that says nothing. */
async function tellOthers(db: Db, volunteerId: string, me: Person): Promise<void> {
  const running = await db
    .selectFrom('assignment')
    .select(['networkId', 'caseId'])
    .where('volunteerId', '=', volunteerId)
    .where('status', '=', 'active')
    .execute()
  const heard = new Set([me.id])
  for (const { networkId, caseId } of running) {
    const near = [
      ...(await guidesOf(db, volunteerId)),
      ...(await holdersOf(db, 'coordinator')),
      ...(await leadsOf(db, networkId)),
    ]
    for (const who of near.filter((one) => !heard.has(one))) {
      await mailAbout(db, caseId, who, 'new-task')
      heard.add(who)
    }
  }
}

/** No case that would begin in these days is proposed to her, and in those that run somebody else keeps in touch. */
export const tellAway = command(
  'volunteer.away.tell',
  { roles: ['coordinator', 'volunteer'], input: TellAway, about, oneByOne: oneVolunteer },
  async (db, input, me) => {
    await db.selectFrom('volunteer').select('id').where('id', '=', input.id).executeTakeFirstOrThrow()
    await check(db, input)
    const { id: volunteerId, fromOn, toOn } = input
    await db
      .insertInto('volunteerAway')
      .values({ id: randomUUID(), volunteerId, fromOn, toOn, toldBy: me.id })
      .execute()
    await tellOthers(db, volunteerId, me)
    return { id: volunteerId, keeps: me.roles.includes('coordinator') }
  },
)

/** She is back, or does not go after all. */
export const endAway = command(
  'volunteer.away.end',
  { roles: ['coordinator', 'volunteer'], input: EndAway, about, oneByOne: ({ away }) => `away/${away}` },
  async (db, { away }, me) => {
    const row = await db
      .selectFrom('volunteerAway')
      .select(['volunteerId', 'endedAt'])
      .where('id', '=', away)
      .executeTakeFirstOrThrow()
    if (row.endedAt) throw new Conflict({ key: 'support.away.over' })
    await db
      .updateTable('volunteerAway')
      .set({ endedBy: me.id, endedAt: sql<Date>`now()` })
      .where('id', '=', away)
      .execute()
    return { id: row.volunteerId, keeps: me.roles.includes('coordinator') }
  },
)

export type AwayLine = Away & {
  volunteerId: string
  code: string
  name: string
  county: string
  supports: number
  cover: string | null
}

/** Who is away when, all over the country, the earliest first; with how many supports and who keeps in touch in them. */
export const listAways = query(
  'volunteer.away.list',
  {
    ...{ roles: ['coordinator'], input: z.object({}) },
    about: (_: unknown, { aways }: { aways: unknown[] }) => ({ kind: 'volunteer', hits: aways.length }),
  },
  async (db) => {
    const { rows } = await sql<AwayLine>`
      select w.id, w.from_on, w.to_on, v.id as volunteer_id, v.code, v.name, c.name as county, coalesce(q.name, p.name) as cover,
        (select count(*)::int from assignment a where a.volunteer_id = v.id and a.status = 'active' and (a.end_on is null or a.end_on >= w.from_on)) as supports
      from volunteer_away w join volunteer v on v.id = w.volunteer_id join county c on c.code = v.county_code
        left join person p on p.id = v.supervisor_id left join person q on q.id = supervision_duty(v.id)
      where w.ended_at is null and w.to_on >= ${today()}::date and v.status <> 'ended' order by w.from_on, w.to_on, v.code`.execute(
      db,
    )
    return { today: today(), aways: rows }
  },
)

export type AwayFrom = Away & {
  assignment: string
  caseId: string
  number: string
  code: string
  name: string
  cover: string | null
}

/** Running supports whose support person is away now or soon, with who keeps in touch meanwhile; of those that the person who asks sees. */
export async function supportsAway(db: Db): Promise<AwayFrom[]> {
  const { rows } = await sql<AwayFrom>`
    select w.id, w.from_on, w.to_on, a.id as assignment, a.case_id, a.number, v.code, v.name, coalesce(q.name, p.name) as cover
    from volunteer_away w join volunteer v on v.id = w.volunteer_id join assignment a on a.volunteer_id = v.id
      left join person p on p.id = v.supervisor_id left join person q on q.id = supervision_duty(v.id)
    where a.status = 'active' and (a.end_on is null or a.end_on >= w.from_on) and w.ended_at is null
      and w.to_on >= ${today()}::date and w.from_on <= ${addDays(today(), toldAhead)}::date
    order by w.from_on, a.number`.execute(db)
  return rows
}
