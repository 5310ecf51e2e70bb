// How did the volunteers of the synthetic Estonia visit, worry and report?
import { randomUUID } from 'node:crypto'
import { addWorkingDays } from '../../app/core/calendar/working-days.ts'
import { makeVault } from '../../app/core/seal.server.ts'
import type { SeededAssignment, SeedWorld } from './cases.ts'
import { at, monthStart, plusDays, type Random } from './random.ts'
import type { SeedDb } from './seed.ts'

type Sums = { contacts: number; minutes: number; expenseCents: number }

const notes = [
  'Rääkisime turvaplaani läbi. Kõik rahulik.',
  'Käisime koos perearsti juures.',
  'Saatsin kohtusse, ooteaeg oli pikk.',
  'Telefonikõne: meeleolu parem kui eelmisel nädalal.',
  'Aitasin koguda dokumente elatisnõude jaoks.',
]

/** Visits of every assignment month by month, the worries among them, and the month's reports. */
export async function seedSupport(db: SeedDb, world: SeedWorld, assignments: SeededAssignment[]): Promise<void> {
  const months = new Map<string, Sums>()
  for (const assignment of assignments) await seedVisits(db, world, assignment, months)
  await seedFreshWorry(db, world, assignments, months)
  await seedReports(db, world, assignments, months)
}

/** Yesterday the volunteer whom visitors may be told of a danger, and nobody has answered yet. */
async function seedFreshWorry(
  db: SeedDb,
  { staff, today }: SeedWorld,
  assignments: SeededAssignment[],
  months: Map<string, Sums>,
) {
  const own = assignments.find((assignment) => assignment.volunteer.lou && !assignment.endOn)
  if (!own) return
  const [id, day] = [randomUUID(), plusDays(today, -1)]
  const { networkId, id: caseId, number, vault } = own.of
  const [about, by] = [{ networkId, caseId, number }, own.volunteer.account ?? staff.coordinator]
  const note = 'Ta rääkis, et mees ootas teda eile töö juures. Leppisime kokku, kellele ta helistab.'
  await db
    .insertInto('visit')
    .values({
      ...{
        ...about,
        id,
        assignmentId: own.id,
        volunteerId: own.volunteer.id,
        onDate: day,
        way: 'meeting',
        minutes: 60,
      },
      ...{ noteSealed: vault.seal({ table: 'visit', column: 'note_sealed', row: id }, note), danger: true },
      ...{ recordedBy: by, recordedAt: at(day, 17) },
    })
    .execute()
  await db
    .insertInto('concern')
    .values({
      ...about,
      visitId: id,
      volunteerId: own.volunteer.id,
      kind: 'danger',
      raisedAt: at(day, 17),
      raisedBy: by,
    })
    .execute()
  count(months, own.volunteer.id, day, { minutes: 60, expenseCents: 0 })
}

function count(
  months: Map<string, Sums>,
  volunteerId: string,
  day: string,
  { minutes, expenseCents }: Omit<Sums, 'contacts'>,
): void {
  const key = `${volunteerId} ${monthStart(day)}`
  const sums = months.get(key) ?? { contacts: 0, minutes: 0, expenseCents: 0 }
  months.set(key, {
    contacts: sums.contacts + 1,
    minutes: sums.minutes + minutes,
    expenseCents: sums.expenseCents + expenseCents,
  })
}

async function seedVisits(
  db: SeedDb,
  { random, today, staff }: SeedWorld,
  assignment: SeededAssignment,
  months: Map<string, Sums>,
) {
  const last = assignment.endOn ?? plusDays(today, -1)
  let day = plusDays(assignment.startOn, random.whole(1, 5))
  while (day <= last) {
    const id = randomUUID()
    const { of, volunteer } = assignment
    const minutes = 15 * random.whole(2, 10)
    const expenseCents = random.chance(0.25) ? random.whole(300, 2500) : 0
    const danger = random.chance(0.02)
    const by = volunteer.account ?? staff.coordinator
    const base = { networkId: of.networkId, caseId: of.id }
    const noteSealed = of.vault.seal({ table: 'visit', column: 'note_sealed', row: id }, random.pick(notes))
    await db
      .insertInto('visit')
      .values({
        ...base,
        id,
        number: of.number,
        assignmentId: assignment.id,
        volunteerId: volunteer.id,
        onDate: day,
        way: random.pick(['meeting', 'meeting', 'phone', 'phone', 'accompanying'] as const),
        minutes,
        noteSealed,
        expenseCents,
        expenseNote: expenseCents ? 'Bussipilet' : null,
        danger,
        recordedBy: by,
        recordedAt: at(day, 17),
      })
      .execute()
    if (danger)
      await seedConcern(
        db,
        { ...base, number: of.number, visitId: id, volunteerId: volunteer.id },
        { by, lead: of.lead, day, today },
      )
    count(months, volunteer.id, day, { minutes, expenseCents })
    day = plusDays(day, random.whole(6, 14))
  }
}

type ConcernBase = { networkId: string; caseId: string; number: string; visitId: string; volunteerId: string }

async function seedConcern(
  db: SeedDb,
  base: ConcernBase,
  of: { by: string; lead: string; day: string; today: string },
) {
  const answered = plusDays(of.day, 2) < of.today
  await db
    .insertInto('concern')
    .values({
      ...base,
      kind: 'danger',
      raisedAt: at(of.day, 17),
      raisedBy: of.by,
      seenAt: answered ? at(of.day, 18) : null,
      seenBy: answered ? of.lead : null,
      answeredAt: answered ? at(plusDays(of.day, 1)) : null,
      answeredBy: answered ? of.lead : null,
    })
    .execute()
}

async function seedReports(db: SeedDb, world: SeedWorld, assignments: SeededAssignment[], months: Map<string, Sums>) {
  const { random, today } = world
  const byVolunteer = new Map(assignments.map((assignment) => [assignment.volunteer.id, assignment.volunteer]))
  const lastMonth = monthStart(today, -1)
  for (const [key, sums] of [...months].toSorted(([a], [b]) => (a.slice(-10) < b.slice(-10) ? -1 : 1))) {
    const [volunteerId = '', month = ''] = key.split(' ')
    const volunteer = byVolunteer.get(volunteerId)
    if (!volunteer || month > lastMonth) continue
    // Of the last month some are not in yet and some wait for the supervisor: those of the cast's own among them.
    const drawn = random.pick(['approved', 'approved', 'submitted', 'returned', 'missing', 'missing'] as const)
    const own = volunteer.supervisor === world.staff.supervisors[0] ? 'submitted' : drawn
    const fate = month < lastMonth || volunteer.lou ? 'approved' : own
    await seedReport(db, world, { volunteerId, volunteer, month, sums, fate, late: random.chance(0.15), random })
  }
}

const remarks = {
  returned: 'Palun lisa, kuidas läks kohtus käimine.',
  approved: 'Aitäh, hea et saatsid perearsti juurde.',
} as const

type ReportFacts = {
  volunteerId: string
  volunteer: SeededAssignment['volunteer']
  month: string
  sums: Sums
  fate: 'approved' | 'submitted' | 'returned' | 'missing'
  late: boolean
  random: Random
}

async function seedReport(db: SeedDb, { today, staff }: SeedWorld, facts: ReportFacts) {
  const dueOn = addWorkingDays(plusDays(monthStart(facts.month, 1), -1), 5)
  const id = randomUUID()
  const author = facts.volunteer.account ?? staff.coordinator
  const clamp = (day: string) => (day > today ? today : day)
  const submittedOn = clamp(plusDays(dueOn, facts.late ? facts.random.whole(1, 6) : -facts.random.whole(0, 3)))
  await db
    .insertInto('monthReport')
    .values({ id, volunteerId: facts.volunteerId, month: facts.month, dueOn, createdAt: at(plusDays(dueOn, -4)) })
    .execute()
  const vault = await makeVault(db, { kind: 'report', id })
  const summary = vault.seal(
    { table: 'month_report', column: 'summary_sealed', row: id },
    'Kuu möödus rahulikult. Kokkulepitud tegevused said tehtud.',
  )
  await db.updateTable('monthReport').set({ summarySealed: summary }).where('id', '=', id).execute()
  if (facts.fate === 'missing') return
  const event = (kind: 'submitted' | 'returned' | 'approved', day: string, hour: number, by: string) => ({
    reportId: id,
    kind,
    recordedBy: by,
    recordedAt: at(clamp(day), hour),
    figures: kind === 'submitted' ? JSON.stringify(facts.sums) : null,
    remark: kind === 'submitted' ? null : remarks[kind],
  })
  await db
    .insertInto('monthReportEvent')
    .values(event('submitted', submittedOn, 9, author))
    .execute()
  if (facts.fate === 'returned')
    await db
      .insertInto('monthReportEvent')
      .values(event('returned', plusDays(submittedOn, 1), 10, facts.volunteer.supervisor))
      .execute()
  if (facts.fate === 'approved')
    await db
      .insertInto('monthReportEvent')
      .values(event('approved', plusDays(submittedOn, 2), 10, facts.volunteer.supervisor))
      .execute()
}
