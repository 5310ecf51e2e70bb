// Who was asked to support whom, when did they say yes, and when did it end?
import { randomUUID } from 'node:crypto'
import type { SeededAssignment, SeededCase, SeedWorld } from './cases.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'
import type { SeededVolunteer } from './volunteers.ts'

/** An assignment for a case whose need is old enough; nothing where nobody fits. `load` counts what each carries now. */
export async function seedAssignment(
  db: SeedDb,
  world: SeedWorld,
  of: SeededCase,
  load: Map<string, number>,
): Promise<SeededAssignment | null> {
  const { random, today, staff } = world
  const waited = random.whole(2, 12)
  const proposedOn = plusDays(of.need.openedOn, waited)
  if (of.need.declined || plusDays(proposedOn, 3) > today || random.chance(0.04)) return null
  const lou = world.volunteers.find((one) => one.lou)
  const asked = lou && askLou(lou, of, today, load.get(lou.id) ?? 0)
  const fits = world.volunteers.filter(
    (one) =>
      !one.lou &&
      one.status === 'active' &&
      one.languages.includes(of.need.language) &&
      (of.need.wantedSex === 'any' || one.sex === of.need.wantedSex) &&
      (load.get(one.id) ?? 0) < 2,
  )
  const near = fits.filter((one) => one.county === of.need.county)
  const others = near.length ? random.pick(near) : fits.length ? random.pick(fits) : undefined
  const volunteer = asked ? lou : others
  if (!volunteer) return null
  const ended = plusDays(proposedOn, random.whole(110, 290))
  const endOn = !volunteer.lou && ended < today ? ended : null
  if (!endOn) load.set(volunteer.id, (load.get(volunteer.id) ?? 0) + 1)
  const id = randomUUID()
  const base = { networkId: of.networkId, caseId: of.id }
  const startOn = plusDays(proposedOn, random.whole(1, 3))
  await db
    .insertInto('assignment')
    .values({
      ...base,
      id,
      needId: of.need.id,
      number: of.number,
      volunteerId: volunteer.id,
      supervisorId: volunteer.supervisor,
      rationale: 'Räägib kannatanu keelt ja elab lähedal.',
      chosenBySolver: true,
      loadBefore: load.get(volunteer.id) ?? 0,
      victimAgreedOn: of.need.openedOn,
      createdBy: staff.coordinator,
      createdAt: at(proposedOn),
    })
    .execute()
  const event = (kind: 'proposed' | 'accepted' | 'ended', onDate: string, by: string) => ({
    ...base,
    assignmentId: id,
    kind,
    onDate,
    recordedBy: by,
    recordedAt: at(onDate),
    noConflictDeclared: kind === 'accepted' ? true : null,
    reasonCode: kind === 'ended' ? 'goal_reached' : null,
  })
  await db
    .insertInto('assignmentEvent')
    .values(event('proposed', proposedOn, staff.coordinator))
    .execute()
  if (asked === 'asks') return null
  await db
    .insertInto('assignmentEvent')
    .values(event('accepted', startOn, volunteer.account ?? staff.coordinator))
    .execute()
  if (endOn)
    await db
      .insertInto('assignmentEvent')
      .values(event('ended', endOn, staff.coordinator))
      .execute()
  return { id, of, volunteer, startOn, endOn }
}

/** The volunteer of the cast supports one person since some months and has just been asked about a second. */
function askLou(lou: SeededVolunteer, of: SeededCase, today: string, load: number): 'supports' | 'asks' | null {
  const { county, language, wantedSex, openedOn } = of.need
  if (county !== lou.county || !lou.languages.includes(language) || wantedSex === 'M') return null
  if (load === 0 && openedOn > plusDays(today, -220) && openedOn < plusDays(today, -60)) return 'supports'
  return load === 1 && openedOn > plusDays(today, -24) ? 'asks' : null
}
