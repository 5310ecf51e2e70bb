// Which drills of missing somebody were there in the synthetic Estonia, and how quickly did each answer?
import { randomUUID } from 'node:crypto'
import type { SeedWorld } from './cases.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const later = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000)

/** One in which everybody answered, and one in which the supervisor did not before it was stopped. */
export async function seedDrills(db: SeedDb, { staff, volunteers, today }: SeedWorld): Promise<void> {
  const lou = volunteers.find((one) => one.lou)
  if (!lou?.account) return
  const people = [lou.account, lou.supervisor, staff.coordinator]
  for (const [ago, answered] of [
    [96, [6, null, 5]],
    [12, [1, 4, 2]],
  ] as const) {
    const [id, begun] = [randomUUID(), at(plusDays(today, -ago), 11)]
    const whole = answered.every((minutes) => minutes !== null)
    const ended = later(begun, whole ? 7 : 40)
    await db
      .insertInto('outing')
      .values({
        ...{
          id,
          volunteerId: lou.id,
          beginsAt: later(begun, -1),
          untilAt: begun,
          rung: 3,
          recordedBy: staff.coordinator,
        },
        ...{ recordedAt: begun, ending: whole ? 'drilled' : 'stopped', endedAt: ended, heardAt: ended },
        endedBy: staff.coordinator,
      })
      .execute()
    for (const [nth, minutes] of answered.entries()) {
      const takenAt = later(begun, nth * 2)
      const answer = minutes === null ? {} : { answeredAt: later(takenAt, minutes), answeredBy: people[nth] ?? null }
      await db
        .insertInto('outingStep')
        .values({ outingId: id, untilAt: begun, step: nth + 1, dueAt: takenAt, takenAt, told: 1, ...answer })
        .execute()
    }
  }
}
