// Which cases has the synthetic Estonia had in the last fourteen months, and who supported whom?
import { randomUUID } from 'node:crypto'
import { keepNameKeys } from '../../app/cases/repeat/name-keys.server.ts'
import { makeVault, type Vault } from '../../app/core/seal.server.ts'
import { seedAssignment } from './assignments.ts'
import { seedBeside } from './beside.ts'
import { seedClosings } from './closings.ts'
import type { Network, Staff } from './people.ts'
import { at, plusDays, type Random } from './random.ts'
import type { SeedDb } from './seed.ts'
import { seedSupport } from './support.ts'
import type { SeededVolunteer } from './volunteers.ts'

export type SeedWorld = { staff: Staff; volunteers: SeededVolunteer[]; random: Random; today: string }
export type SeededCase = { id: string; networkId: string; number: string; vault: Vault; lead: string; need: SeededNeed }
export type SeededNeed = {
  id: string
  county: string
  language: string
  wantedSex: 'F' | 'M' | 'any'
  openedOn: string
  declined: boolean
}
export type SeededAssignment = {
  id: string
  of: SeededCase
  volunteer: SeededVolunteer
  startOn: string
  endOn: string | null
}

const given = ['Anna', 'Marju', 'Elena', 'Kersti', 'Tatjana', 'Riina', 'Ljudmila', 'Ene', 'Signe', 'Nadežda']
const families = ['Näidis-Allik', 'Näidis-Org', 'Näidis-Kivi', 'Näidis-Volkova', 'Näidis-Luik', 'Näidis-Soo']
const sources = ['police', 'victim_support', 'womens_centre', 'municipality', 'child_protection', 'health'] as const
const safety = ['Helista ainult tööpäeviti kell 10–15.', 'Ära jäta kõneposti teadet.', 'Kohtu ainult avalikus kohas.']
const tasks = [
  'Kaasas käimine politseis ja kohtus.',
  'Turvaplaani meelde tuletamine kord nädalas.',
  'Abi arsti juurde minekul.',
]

/** 72 cases; the newest needs are still open, so that there is something to match. */
export async function seedCases(db: SeedDb, world: SeedWorld): Promise<SeededAssignment[]> {
  const { random, today } = world
  const load = new Map<string, number>()
  const assignments: SeededAssignment[] = []
  const days = Array.from({ length: 72 }, (_, index) =>
    plusDays(today, index < 14 ? -random.whole(3, 24) : -random.whole(25, 420)),
  )
  const numbers = new Map<string, number>()
  for (const [index, day] of days.toSorted().entries()) {
    const year = day.slice(0, 4)
    numbers.set(year, (numbers.get(year) ?? 0) + 1)
    const made = await seedCase(db, world, {
      index,
      day,
      number: `M-${year}-${String(numbers.get(year)).padStart(3, '0')}`,
    })
    await seedBeside(db, made, { index, day })
    const assignment = await seedAssignment(db, world, made, load)
    if (assignment) assignments.push(assignment)
  }
  await seedSupport(db, world, assignments)
  await seedClosings(db, world, assignments)
  return assignments
}

async function seedCase(
  db: SeedDb,
  { staff, random }: SeedWorld,
  of: { index: number; day: string; number: string },
): Promise<SeededCase> {
  const network =
    of.index % 4 === 0
      ? byName(staff.networks, of.index % 8 === 0 ? 'Ida-Viru' : 'Tallinn')
      : random.pick(staff.networks)
  const id = randomUUID()
  const base = { networkId: network.id, caseId: id }
  const language =
    network.county === '0045' ? random.pick(['ru', 'ru', 'et']) : random.pick(['et', 'et', 'et', 'ru', 'en'])
  const children = random.whole(0, 3)
  await db
    .insertInto('caseFile')
    .values({
      networkId: network.id,
      id,
      number: of.number,
      countyCode: network.county,
      municipalityCode: network.municipalities[0] ?? null,
      language,
      source: random.pick(sources),
      referredOn: of.day,
      legalBasis: 'consent',
      consentOn: of.day,
      consentWay: 'written',
      consentRecordedBy: network.lead,
      childCount: children,
      childrenToldOn: children > 0 ? of.day : null,
      createdBy: network.lead,
      createdAt: at(of.day),
    })
    .execute()
  const vault = await makeVault(db, { kind: 'case', id, networkId: network.id })
  await seedIdentity(db, base, vault, { random, network, day: of.day })
  await seedRisk(db, base, vault, { random, network, day: of.day })
  const need = await seedNeed(db, base, of, { random, network, language, children })
  return { id, networkId: network.id, number: of.number, vault, lead: network.lead, need }
}

type Base = { networkId: string; caseId: string }
type Around = { random: Random; network: Network; day: string }

async function seedIdentity(db: SeedDb, base: Base, vault: Vault, { random, network, day }: Around) {
  const [row, name, family] = [randomUUID(), random.pick(given), random.pick(families)]
  const place = (column: string) => ({ table: 'case_person', column, row })
  await db
    .insertInto('casePerson')
    .values({
      ...base,
      id: row,
      kind: 'victim',
      givenNameSealed: vault.seal(place('given_name_sealed'), name),
      familyNameSealed: vault.seal(place('family_name_sealed'), family),
      birthYear: random.whole(1960, 2003),
      sex: 'F',
      recordedBy: network.lead,
      recordedAt: at(day),
    })
    .execute()
  await keepNameKeys(db, { ...base, person: row }, { givenName: name, familyName: family })
  const where = randomUUID()
  const contact = vault.seal(
    { table: 'case_whereabouts', column: 'value_sealed', row: where },
    `+372 5550 ${random.whole(1000, 9999)}, tööpäeviti kell 10–15`,
  )
  await db
    .insertInto('caseWhereabouts')
    .values({
      ...base,
      id: where,
      kind: 'safe_contact',
      valueSealed: contact,
      recordedBy: network.lead,
      recordedAt: at(day),
    })
    .execute()
  const brief = randomUUID()
  const briefPlace = (column: string) => ({ table: 'case_brief', column, row: brief })
  await db
    .insertInto('caseBrief')
    .values({
      ...base,
      id: brief,
      givenNameSealed: vault.seal(briefPlace('given_name_sealed'), name),
      safetyNoteSealed: vault.seal(briefPlace('safety_note_sealed'), random.pick(safety)),
      tasksSealed: vault.seal(briefPlace('tasks_sealed'), random.pick(tasks)),
      whereaboutsIds: [where],
      recordedBy: network.lead,
      recordedAt: at(day),
    })
    .execute()
}

async function seedRisk(db: SeedDb, base: Base, vault: Vault, { random, network, day }: Around) {
  const instrument = await db
    .selectFrom('instrument')
    .select(['id', 'questions', 'highFrom', 'mediumFrom'])
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  const questions = instrument.questions as { id: string; critical: boolean }[]
  const share = 0.45 + random.next() * 0.4
  const answers = Object.fromEntries(
    questions.map((question) => [question.id, random.chance(share) ? 'yes' : random.chance(0.15) ? 'unknown' : 'no']),
  )
  const count = Object.values(answers).filter((answer) => answer === 'yes').length
  const critical = questions.some((question) => question.critical && answers[question.id] === 'yes')
  const byJudgement = count < instrument.highFrom && !critical
  const id = randomUUID()
  const place = (column: string) => ({ table: 'assessment', column, row: id })
  await db
    .insertInto('assessment')
    .values({
      ...base,
      id,
      instrumentId: instrument.id,
      madeOn: day,
      assessorId: network.lead,
      assessorTrainedOn: '2022-03-15',
      withVictim: true,
      answersSealed: vault.seal(place('answers_sealed'), JSON.stringify(answers)),
      yesCount: count,
      byCount: count >= instrument.highFrom,
      byJudgement,
      byEscalation: random.chance(0.2),
      byCritical: critical,
      judgementReasonSealed: byJudgement
        ? vault.seal(
            place('judgement_reason_sealed'),
            'Kannatanu kirjeldatud kontroll ja hirm on tõsisemad, kui punktid näitavad.',
          )
        : null,
      level: 'high',
      state: 'final',
      nextReviewOn: plusDays(day, 180),
      recordedAt: at(day),
    })
    .execute()
}

async function seedNeed(
  db: SeedDb,
  base: Base,
  of: { day: string; number: string },
  about: { random: Random; network: Network; language: string; children: number },
): Promise<SeededNeed> {
  const { random, network, language, children } = about
  const id = randomUUID()
  const declined = random.chance(0.12)
  const openedOn = plusDays(of.day, 2)
  const wantedSex = random.pick(['F', 'F', 'any', 'any', 'any'] as const)
  const place = { countyCode: network.county, municipalityCode: network.municipalities[0] ?? null }
  const wish = { language, wantedSex, childCount: children, fromOn: plusDays(of.day, 7), months: random.whole(5, 11) }
  await db
    .insertInto('need')
    .values({ ...base, id, number: of.number, ...place, ...wish, createdBy: network.lead, createdAt: at(openedOn) })
    .execute()
  const event = (kind: 'offered' | 'declined' | 'opened', hour: number) => ({
    ...base,
    needId: id,
    kind,
    onDate: openedOn,
    recordedBy: network.lead,
    recordedAt: at(openedOn, hour),
  })
  await db.insertInto('needEvent').values(event('offered', 10)).execute()
  await db
    .insertInto('needEvent')
    .values({
      ...event(declined ? 'declined' : 'opened', 11),
      reason: declined ? 'Kannatanul on juba lähedane toetaja.' : null,
    })
    .execute()
  return { id, county: network.county, language, wantedSex, openedOn, declined }
}

function byName(networks: Network[], name: string): Network {
  const found = networks.find((network) => network.name === name)
  if (!found) throw new Error(`no network ${name}`)
  return found
}
