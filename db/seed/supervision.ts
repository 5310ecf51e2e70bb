// Who steps in for whom in the synthetic Estonia, and when did each supervisor sit with her people?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { makeVault } from '../../app/core/seal.server.ts'
import type { Kind, Topic } from '../../app/supervision/supervision.ts'
import type { SeedWorld } from './cases.ts'
import { at, plusDays, randomFrom } from './random.ts'
import type { SeedDb } from './seed.ts'
import type { SeededVolunteer } from './volunteers.ts'

const spoken = [
  'Rääkisime, kuidas hoida töö ja oma elu lahus.',
  'Harjutasime, mida öelda, kui helistatakse hilja õhtul.',
  'Vaatasime läbi kohtus käimise ja leppisime kokku, kes saadab.',
  'Kuu oli raske. Järgmisel korral räägime koormusest.',
]
const subjects: Topic[] = [
  'case',
  'safety',
  'boundaries',
  'network',
  'methods',
  'load',
  'wellbeing',
  'papers',
  'growth',
]

type Held = { kind: Kind; day: string; who: SeededVolunteer[]; leader: string }

/** Deputies in pairs, a talk a month with everybody who works, a covision each quarter; somebody is away, somebody was forgotten. */
export async function seedSupervision(db: SeedDb, { staff, volunteers, today }: SeedWorld): Promise<void> {
  const random = randomFrom(1905)
  const [sirje = '', endel = '', piia = '', urve = ''] = staff.supervisors
  await sql`update volunteer set supervisor_since = ${plusDays(today, -400)}::date where supervisor_id is not null`.execute(
    db,
  )
  for (const [supervisorId, deputyId] of [
    [sirje, endel],
    [endel, sirje],
    [piia, urve],
    [urve, piia],
  ] as const)
    await db
      .insertInto('supervisionDeputy')
      .values({ supervisorId, deputyId, fromOn: plusDays(today, -400), setBy: staff.coordinator })
      .execute()
  await db
    .insertInto('supervisionAbsence')
    .values({ supervisorId: endel, fromOn: plusDays(today, -2), toOn: plusDays(today, 5), toldBy: endel })
    .execute()
  const working = volunteers.filter(({ status }) => status === 'active')
  for (const [index, one] of working.entries()) {
    // One in nine has waited for longer than the time and its grace.
    const last = one.lou ? 12 : index % 9 === 8 ? 50 : random.whole(3, 27)
    for (let month = 0; month < 5; month++) {
      const day = plusDays(today, -last - month * 28 - (month && random.whole(0, 3)))
      await seedHeld(db, { kind: 'individual', day, who: [one], leader: one.supervisor }, random)
    }
    if (one.lou || random.chance(0.4))
      await seedPlanned(db, one, plusDays(today, one.lou ? 9 : random.whole(-2, 14)), one.lou ? '14:00' : null)
  }
  for (const leader of staff.supervisors) {
    const who = working.filter(({ supervisor }) => supervisor === leader)
    if (who.length < 2) continue
    for (const ago of [40, 131])
      await seedHeld(db, { kind: 'covision', day: plusDays(today, -ago), who, leader }, random)
  }
}

async function insert(
  db: SeedDb,
  { kind, day, who, leader }: Held,
  more: { heldOn?: string; plannedAt?: string | null },
) {
  const id = randomUUID()
  const made = at(plusDays(day, -14))
  await db
    .insertInto('supervisionSession')
    .values({ id, kind, plannedOn: day, ledBy: leader, madeAt: made, ...more })
    .execute()
  return { id, rows: who.map((one) => ({ sessionId: id, volunteerId: one.id, ledBy: leader })) }
}

async function seedHeld(db: SeedDb, held: Held, random: ReturnType<typeof randomFrom>): Promise<void> {
  const { id, rows } = await insert(db, held, { heldOn: held.day })
  const alone = rows.length === 1
  await db
    .insertInto('supervisionParticipant')
    .values(rows.map((row) => ({ ...row, attended: alone || random.chance(0.8) })))
    .execute()
  const noteId = randomUUID()
  const vault = await makeVault(db, { kind: 'session', id })
  const wordsSealed = vault.seal(
    { table: 'supervision_note', column: 'words_sealed', row: noteId },
    random.pick(spoken),
  )
  const topics = [...new Set([random.pick(subjects), random.pick(subjects)])]
  const writtenAt = at(held.day, 15)
  await db
    .insertInto('supervisionNote')
    .values({ id: noteId, sessionId: id, topics, wordsSealed, writtenBy: held.leader, writtenAt })
    .execute()
}

async function seedPlanned(db: SeedDb, one: SeededVolunteer, day: string, plannedAt: string | null): Promise<void> {
  const { rows } = await insert(db, { kind: 'individual', day, who: [one], leader: one.supervisor }, { plannedAt })
  await db.insertInto('supervisionParticipant').values(rows).execute()
}
