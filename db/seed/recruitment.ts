// Who has offered to help in the synthetic Estonia, and how far is it with each of them?
import { randomUUID } from 'node:crypto'
import { makeVault } from '../../app/core/seal.server.ts'
import { factsPlace, remarkPlace } from '../../app/recruitment/apply/apply.server.ts'
import type { Source, Step } from '../../app/recruitment/recruitment.ts'
import { insertVolunteer } from '../../app/volunteers/records.server.ts'
import type { NoReason, Stage } from '../../app/volunteers/volunteer.ts'
import { stages } from '../../app/volunteers/volunteer.ts'
import type { Staff } from './people.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

type World = { staff: Staff; today: string }
type Applicant = {
  name: string
  county: string
  languages: string[]
  source: Source
  call?: 'tartu' | 'narva'
  why: string
  free: string
  /** Days since it arrived. */
  ago: number
  /** How far: not looked at, a stage with the next step in so many days, or a "no". */
  stage?: Stage
  step?: [step: Step, inDays: number]
  no?: [reason: NoReason, words: string]
}

const applicants: readonly Applicant[] = [
  {
    ...{ name: 'Astrid Näidis-Allik', county: '0079', languages: ['et', 'en'], source: 'event', call: 'tartu', ago: 1 },
    ...{ why: 'Olen raamatukoguhoidja ja oskan kuulata.', free: 'Tööpäeva õhtud' },
  },
  {
    ...{
      name: 'Galina Näidis-Belova',
      county: '0045',
      languages: ['ru', 'et'],
      source: 'social',
      call: 'narva',
      ago: 3,
    },
    ...{ why: 'Хочу быть рядом с человеком, которому сейчас трудно.', free: 'По выходным' },
  },
  {
    ...{ name: 'Toomas Näidis-Haab', county: '0060', languages: ['et'], source: 'friend', ago: 11 },
    ...{ why: 'Sõber rääkis, et siin on mehi vähe.', free: 'Iga teine nädalavahetus' },
  },
  {
    ...{ name: 'Elo Näidis-Iher', county: '0079', languages: ['et', 'ru'], source: 'event', call: 'tartu', ago: 9 },
    ...{ why: 'Olen pensionil õpetaja.', free: 'Päeval', stage: 'candidate', step: ['call', 2] },
  },
  {
    ...{ name: 'Jelena Näidis-Jakovleva', county: '0045', languages: ['ru'], source: 'social', call: 'narva', ago: 20 },
    ...{ why: 'Работаю социальным работником.', free: 'Вечером', stage: 'interview', step: ['meet', 1] },
  },
  {
    ...{ name: 'Kersti Näidis-Kuusk', county: '0068', languages: ['et', 'fi'], source: 'media', ago: 31 },
    ...{ why: 'Lugesin lehest ja see jäi meelde.', free: 'Õhtuti', stage: 'background', step: ['background', -9] },
  },
  {
    ...{ name: 'Maris Näidis-Nõmm', county: '0087', languages: ['et', 'ru', 'en'], source: 'work', ago: 62 },
    ...{ why: 'Töötan perearstikeskuses.', free: 'Kokkuleppel', stage: 'contract', step: ['contract', 4] },
  },
  {
    ...{ name: 'Rain Näidis-Rebane', county: '0079', languages: ['et'], source: 'event', call: 'tartu', ago: 40 },
    ...{ why: 'Tahan midagi head teha.', free: 'Harva', no: ['time', 'Saab ainult korra kahe kuu jooksul.'] },
  },
  {
    ...{ name: 'Nadežda Näidis-Orlova', county: '0045', languages: ['ru'], source: 'social', call: 'narva', ago: 47 },
    ...{ why: 'Есть время и желание.', free: 'Всегда', no: ['silent', 'Kolm kõnet ja kaks kirja, vastust ei tulnud.'] },
  },
]

/** Two calls, some people at every stage, and a next step for those who have long been on the way. */
export async function seedRecruitment(db: SeedDb, { staff, today }: World): Promise<void> {
  const target = await seedTargets(db, staff, today)
  const [tartu, narva] = [
    ['Tartu raamatukogud', 'tartu-26', 'event'],
    ['Narva ja Ida-Viru venekeelne kutse', 'narva-26', 'social'],
  ] as const
  const calls = {
    tartu: await seedCall(db, staff, tartu, { from: plusDays(today, -60), target: null }),
    narva: await seedCall(db, staff, narva, { from: plusDays(today, -50), target }),
  }
  for (const one of applicants) await seedApplicant(db, staff, one, { call: one.call ? calls[one.call] : null, today })
  await seedSteps(db, staff, today)
}

/** What was set out when Russian speakers were missing in the north-east, and what came to its end before. The answer is the one that runs. */
async function seedTargets(db: SeedDb, staff: Staff, today: string): Promise<string> {
  const id = randomUUID()
  const seek = (from: number, until: number) => ({
    ...{ setBy: staff.coordinator, setAt: at(plusDays(today, from)), byOn: plusDays(today, until) },
  })
  await db
    .insertInto('recruitingTarget')
    .values([
      {
        ...{ id, kind: 'recruit', countyCodes: ['0045'], languages: ['ru'], people: 3, ...seek(-52, 45) },
        ...{ needs: 4, fitting: 1, places: 1 },
      },
      {
        ...{ kind: 'train', countyCodes: ['0079', '0087'], languages: ['et'], people: 2, ...seek(-150, -60) },
        ...{ endedBy: staff.coordinator, endedAt: at(plusDays(today, -64)), endedWhy: 'reached' },
      },
    ])
    .execute()
  return id
}

type Call = readonly [name: string, code: string, source: Source]

async function seedCall(
  db: SeedDb,
  staff: Staff,
  [name, code, source]: Call,
  { from, target }: { from: string; target: string | null },
) {
  const period = { fromOn: from, untilOn: plusDays(from, 90) }
  const by = { createdBy: staff.coordinator, createdAt: at(from), targetId: target }
  const made = { id: randomUUID(), name, code, source, ...period, ...by }
  await db.insertInto('campaign').values(made).execute()
  return made.id
}

async function seedApplicant(
  db: SeedDb,
  staff: Staff,
  one: Applicant,
  { call, today }: { call: string | null; today: string },
) {
  const id = randomUUID()
  const vault = await makeVault(db, { kind: 'volunteer', id })
  const arrived = plusDays(today, -one.ago)
  const email = `avaldus${one.ago}@naidis.example`
  const facts = { name: one.name, email, phone: `+3725551${4000 + one.ago}`, why: one.why, availability: one.free }
  if (one.stage) await seedStage(db, staff, { id, one, arrived, today, email })
  const outcome = one.stage ? 'taken' : one.no ? 'refused' : null
  await db
    .insertInto('application')
    .values({
      ...{ id, onceKey: randomUUID(), factsSealed: vault.seal(factsPlace(id), JSON.stringify(facts)) },
      ...{ countyCode: one.county, languages: one.languages, locale: one.languages[0] === 'ru' ? 'ru' : 'et' },
      ...{ source: one.source, campaignId: call, arrivedAt: at(arrived, 18), outcome },
      ...{ volunteerId: one.stage ? id : null, noReason: one.no?.[0] ?? null },
      remarkSealed: one.no ? vault.seal(remarkPlace(id), one.no[1]) : null,
      ...{ decidedBy: outcome ? staff.coordinator : null, decidedAt: outcome ? at(plusDays(arrived, 2)) : null },
    })
    .execute()
}

type Seeded = { id: string; one: Applicant; arrived: string; today: string; email: string }

async function seedStage(db: SeedDb, staff: Staff, { id, one, arrived, today, email }: Seeded) {
  const by = staff.coordinator
  const { name, county, languages, free } = one
  const known = { id, name, county, languages, email, phone: `+3725551${4000 + one.ago}`, availability: free }
  const unknown = { municipality: null, birthYear: null, sex: null, occupation: null, hasCar: null, notes: null }
  const rest = { remoteOnly: false, childContact: null, childContactReason: null, maxCases: null, supervisorId: null }
  const status = { status: 'candidate' as const, fromOn: plusDays(arrived, 2), untilOn: null, reason: null }
  const none = { personalCode: null, importKey: null, areas: [], evidence: [] }
  await insertVolunteer(db, { id: by }, { ...known, ...unknown, ...rest, ...none, status })
  const first = db.updateTable('volunteerStatus').set({ recordedAt: at(status.fromOn) })
  await first.where('volunteerId', '=', id).execute()
  const passed = stages.slice(1, stages.indexOf(one.stage as Stage) + 1)
  const pace = Math.max(1, Math.floor((one.ago - 3) / (passed.length + 1)))
  for (const [nth, stage] of passed.entries()) {
    const fromOn = plusDays(arrived, 2 + (nth + 1) * pace)
    const line = { volunteerId: id, status: stage, fromOn, recordedBy: by, recordedAt: at(fromOn) }
    await db.insertInto('volunteerStatus').values(line).execute()
  }
  if (one.step) await seedStep(db, by, id, one.step[0], plusDays(today, one.step[1]))
}

async function seedStep(db: SeedDb, by: string, volunteerId: string, step: Step, dueOn: string) {
  const line = { volunteerId, step, dueOn, ownerId: by, recordedBy: by, recordedAt: at(plusDays(dueOn, -7)) }
  await db.insertInto('recruitmentStep').values(line).execute()
}

// Those who were candidates or in training before there were steps.
async function seedSteps(db: SeedDb, staff: Staff, today: string) {
  const rows = await db
    .selectFrom('volunteer')
    .select(['id', 'status'])
    .where('status', 'in', ['candidate', 'training'])
    .where((e) =>
      e.not(e.exists(e.selectFrom('recruitmentStep').select('id').whereRef('volunteerId', '=', 'volunteer.id'))),
    )
    .orderBy('code')
    .execute()
  for (const [nth, { id, status }] of rows.entries()) {
    // Nobody waits for years: of each the stage they are in now is recent.
    const fromOn = plusDays(today, -4 - 5 * nth)
    const line = db.updateTable('volunteerStatus').set({ fromOn, recordedAt: at(fromOn) })
    await line.where('volunteerId', '=', id).where('status', '=', status).execute()
    // One has come from nowhere to nowhere: nobody has written down what comes next.
    if (nth === 3) continue
    const step = status === 'training' ? 'training' : 'call'
    await seedStep(db, staff.coordinator, id, step, plusDays(today, 1 + (nth % 12)))
  }
}
