// Which reviews have been held in the synthetic Estonia, and what was found in them?
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findVault } from '../../app/core/seal.server.ts'
import { publishSample } from '../../app/evaluation/sample/publish.ts'
import { drawAgain, ticketOf } from '../../app/supervision/sample/draw.ts'
import { sampleSize } from '../../app/supervision/sample/exact.ts'
import type { Answer, Figures } from '../../app/supervision/sample/sample.ts'
import type { SeedWorld } from './cases.ts'
import { at, plusDays, type Random, randomFrom } from './random.ts'
import type { SeedDb } from './seed.ts'

type Entry = {
  networkId: string
  caseId: string
  visitId: string
  volunteerId: string
  supervisorId: string
  flagged: boolean
}
type Span = { from: number; to: number; supervisor: string | null }

const notes = ['Järgmine samm jäi kirjutamata.', 'Siin piisaks poolest.', 'Lisa, kellele sa sellest rääkisid.']

/** Two of Sirje's own, so that they can be compared, and one of the country; all are over. */
export async function seedSamples(db: SeedDb, world: SeedWorld): Promise<void> {
  const random = randomFrom(2042)
  const [sirje = ''] = world.staff.supervisors
  for (const span of [
    { from: 210, to: 106, supervisor: sirje },
    { from: 105, to: 16, supervisor: sirje },
    { from: 105, to: 16, supervisor: null },
  ])
    await seedRound(db, world, span, random)
}

async function entriesOf(db: SeedDb, today: string, { from, to, supervisor }: Span): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select v.network_id, v.case_id, v.id as visit_id, v.volunteer_id, w.supervisor_id, v.danger or v.outside <> '{}' as flagged
    from visit v join volunteer w on w.id = v.volunteer_id
    where v.on_date between ${plusDays(today, -from)}::date and ${plusDays(today, -to)}::date and w.supervisor_id is not null
      and (${supervisor}::uuid is null or w.supervisor_id = ${supervisor}::uuid)
      and exists (select from assignment a where a.id = v.assignment_id and a.status = 'active') order by v.on_date, v.id`.execute(
    db,
  )
  return rows
}

async function seedRound(db: SeedDb, world: SeedWorld, span: Span, random: Random): Promise<void> {
  const entries = await entriesOf(db, world.today, span)
  if (entries.length === 0) return
  const [id, seed] = [
    randomUUID(),
    createHash('sha256')
      .update(`Näidis-loos ${span.from} ${span.supervisor === null}`)
      .digest('hex'),
  ]
  const size = sampleSize(entries.length, 10, 95)
  const drawn = drawAgain(
    entries.map((one) => ({ id: one.visitId, writer: one.volunteerId, flagged: one.flagged })),
    seed,
    size,
    3,
  )
  const answered = new Map(entries.map((one) => [one.visitId, answersOf(random, span.from > 200)]))
  const looked = entries.flatMap((one) =>
    drawn.get(one.visitId) === 'random' ? [answered.get(one.visitId) ?? []] : [],
  )
  const volunteers = new Set(entries.map(({ volunteerId }) => volunteerId)).size
  const opened = plusDays(world.today, -span.to + 1)
  await db
    .insertInto('sampleRound')
    .values({
      ...{
        id,
        supervisorId: span.supervisor,
        fromOn: plusDays(world.today, -span.from),
        toOn: plusDays(world.today, -span.to),
      },
      ...{
        percent: 10,
        confidence: 95,
        checklist: 1,
        entries: entries.length,
        closed: 0,
        volunteers,
        sample: size,
        flagged: 3,
        seed,
      },
      ...{ openedBy: span.supervisor ?? world.staff.coordinator, openedAt: at(opened), dueOn: plusDays(opened, 14) },
      ...{ endedBy: span.supervisor ?? world.staff.coordinator, endedAt: at(plusDays(opened, 9)) },
      ...figuresOf(looked, span.supervisor === null ? volunteers : null),
    })
    .execute()
  for (const entry of entries)
    await seedEntry(
      db,
      { id, seed, lookedAt: at(plusDays(opened, 5)) },
      entry,
      drawn.get(entry.visitId) ?? null,
      answered.get(entry.visitId) ?? [],
      random,
    )
}

// The next step was wanting more often in the earlier round than in the later one.
function answersOf(random: Random, early: boolean): Answer[] {
  const step = random.chance(early ? 0.4 : 0.25) ? 'no' : 'yes'
  const worry = random.chance(0.7) ? 'na' : random.chance(0.1) ? 'no' : 'yes'
  return [
    random.chance(0.06) ? 'no' : 'yes',
    step,
    random.chance(0.04) ? 'no' : 'yes',
    random.chance(0.12) ? 'no' : 'yes',
    worry,
  ]
}

/** Of one's own as they are; of the country, written by so many, what may be told. */
function figuresOf(looked: readonly (readonly Answer[])[], volunteers: number | null) {
  const count = (question: number, answer: Answer) =>
    looked.filter((answers) => answers[question - 1] === answer).length
  const counts = [
    { question: 0, answer: 'looked', entries: looked.length },
    ...[1, 2, 3, 4, 5].flatMap((question) =>
      (['yes', 'no', 'na'] as const).map((answer) => ({ question, answer, entries: count(question, answer) })),
    ),
  ]
  const own = Object.fromEntries(
    counts
      .filter(({ entries }) => entries > 0)
      .map(({ question, answer, entries }) => [`${question}/${answer}`, entries]),
  )
  const figures: Figures = volunteers === null ? own : publishSample(counts, 5, { volunteers, threshold: 5 })
  return { figures: JSON.stringify(figures), threshold: volunteers === null ? null : 5 }
}

async function seedEntry(
  db: SeedDb,
  round: { id: string; seed: string; lookedAt: Date },
  { networkId, caseId, visitId, volunteerId, supervisorId, flagged }: Entry,
  drawnAs: string | null,
  answers: Answer[],
  random: Random,
): Promise<void> {
  const [id, lookId] = [randomUUID(), randomUUID()]
  const ticket = Buffer.from(ticketOf(round.seed, visitId), 'hex')
  await db
    .insertInto('sampleEntry')
    .values({ networkId, caseId, id, roundId: round.id, visitId, volunteerId, flagged, ticket, drawnAs })
    .execute()
  if (drawnAs === null) return
  const vault = answers.includes('no') ? await findVault(db, caseId) : null
  const noted = JSON.stringify(answers.map((answer) => (answer === 'no' ? random.pick(notes) : '')))
  await db
    .insertInto('sampleLook')
    .values({
      ...{
        networkId,
        caseId,
        id: lookId,
        entryId: id,
        volunteerId,
        answers,
        lookedBy: supervisorId,
        lookedAt: round.lookedAt,
      },
      notesSealed: vault?.seal({ table: 'sample_look', column: 'notes_sealed', row: lookId }, noted) ?? null,
    })
    .execute()
}
