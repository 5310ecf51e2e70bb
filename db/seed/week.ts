// What is the week of the synthetic Estonia in which somebody opens it: what has been read, and what waits for whom?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { openVault } from '../../app/core/seal.server.ts'
import type { SeedWorld } from './cases.ts'
import type { Network } from './people.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

/** Whoever guides has read what was written, but for the last few of this week; in both networks of the cast a plan waits for an answer. */
export async function seedWeek(db: SeedDb, world: SeedWorld): Promise<void> {
  await seedReadings(db, world)
  for (const network of world.staff.networks.filter(({ name }) => name === 'Ida-Viru' || name === 'Tallinn'))
    await seedPlan(db, world, network)
}

/** So many of the newest wait for each who guides: a quarter of an hour's reading. */
const waiting = 3
const replies = ['Aitäh, hea et saatsid perearsti juurde.', 'Hästi tehtud. Räägime sellest ka järgmisel vestlusel.']

type Entry = {
  id: string
  networkId: string
  caseId: string
  volunteerId: string
  supervisorId: string
  onDate: string
}

async function seedReadings(db: SeedDb, { volunteers, today }: SeedWorld): Promise<void> {
  const lou = volunteers.find((one) => one.lou)
  const { rows } = await sql<Entry>`
    select id, network_id, case_id, volunteer_id, supervisor_id, on_date from (
      select v.*, w.supervisor_id, row_number() over (partition by w.supervisor_id order by v.on_date desc, v.number) as newest
      from visit v join volunteer w on w.id = v.volunteer_id where w.supervisor_id is not null) all_of_them
    where newest > ${waiting} or on_date < ${plusDays(today, -6)}::date order by on_date desc, number, id`.execute(db)
  let answered = 0
  for (const { id: visitId, networkId, caseId, volunteerId, supervisorId, onDate } of rows) {
    const id = randomUUID()
    const readOn = plusDays(onDate, 3) > today ? today : plusDays(onDate, 3)
    // The last two of the cast's own were answered, too.
    const reply = volunteerId === lou?.id ? replies[answered++] : undefined
    const vault = reply === undefined ? null : await openVault(db, caseId)
    await db
      .insertInto('visitReading')
      .values({
        ...{ id, networkId, caseId, visitId, volunteerId, readBy: supervisorId, readAt: at(readOn, 8) },
        replySealed: vault?.seal({ table: 'visit_reading', column: 'reply_sealed', row: id }, reply as string) ?? null,
      })
      .execute()
  }
}

type Wanted = { kind: string; nth: number; assessmentId: string | null }

/** Somebody of the police or of the women's centre has asked, or the lead has: the other of the two answers. */
async function seedPlan(db: SeedDb, { today }: SeedWorld, network: Network): Promise<void> {
  const action = await db
    .selectFrom('caseAction')
    .innerJoin('agendaItem', 'agendaItem.caseId', 'caseAction.caseId')
    .innerJoin('caseFile', 'caseFile.id', 'caseAction.caseId')
    .select(['caseAction.id', 'caseAction.caseId', 'caseAction.ownerId', 'caseAction.meetingId'])
    .where('caseAction.networkId', '=', network.id)
    .where('caseAction.state', '=', 'open')
    .where('agendaItem.outcome', '=', 'planned')
    .where('caseFile.status', '=', 'open')
    .orderBy('caseFile.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!action?.ownerId) return
  const { caseId } = action
  const { rows } = await sql<Wanted>`
    select 'risk' as kind, nth, a.id as assessment_id from (select id, yes_count from assessment where case_id = ${caseId} and state = 'final'
      and superseded_at is null order by made_on desc, recorded_at desc limit 1) a, generate_series(1, a.yes_count) nth
    union all select kind, nth, null from plan_people_of(${caseId})`.execute(db)
  const vault = await openVault(db, caseId)
  for (const [place, { kind, nth, assessmentId }] of rows.entries()) {
    const id = randomUUID()
    const because = { table: 'risk_answer', column: 'accepted_sealed', row: id }
    // Half is answered by what was agreed, the rest by why nothing more is needed now.
    const answer =
      place % 2 === 0
        ? { actionId: action.id }
        : { acceptedSealed: vault.seal(because, 'Sellega tegeletakse turvaplaanis, uut tegevust praegu vaja ei ole.') }
    await db
      .insertInto('riskAnswer')
      .values({ id, networkId: network.id, caseId, kind, nth, assessmentId, ...answer, recordedBy: network.lead })
      .execute()
  }
  const askedBy = network.name === 'Tallinn' ? network.lead : action.ownerId
  const asked = { networkId: network.id, caseId, id: randomUUID(), askedBy, askedAt: at(plusDays(today, -1), 15) }
  await db.insertInto('planApproval').values(asked).execute()
}
