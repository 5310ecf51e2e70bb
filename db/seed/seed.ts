// What is in a demonstration before anybody has touched it? A synthetic Estonia, the same at every first start.
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { today } from '../../app/core/clock.server.ts'
import type { DB } from '../tables.gen.ts'
import { seedCases } from './cases.ts'
import { seedDrills } from './drills.ts'
import { seedEveryday } from './everyday.ts'
import { seedMeetings } from './meetings.ts'
import { seedPeople } from './people.ts'
import { randomFrom } from './random.ts'
import { seedRecruitment } from './recruitment.ts'
import { seedPeriodReports } from './reports.ts'
import { seedSamples } from './samples.ts'
import { seedSubstitution } from './substitution.ts'
import { seedSupervision } from './supervision.ts'
import { seedVolunteers } from './volunteers.ts'
import { seedWeek } from './week.ts'

/** The owner's connection: what is laid down here has no author who could be asked for a role. */
export type SeedDb = Kysely<DB>

/** Fills an empty database with invented people ("Näidis-…"), in one transaction; leaves any other database alone. */
export async function seedDemo(adminUrl: string, day: string = today()): Promise<boolean> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
  try {
    const inhabited = await db.selectFrom('network').select('id').limit(1).executeTakeFirst()
    if (inhabited) return false
    await db.transaction().execute(async (trx) => {
      const random = randomFrom(2022)
      const staff = await seedPeople(trx, day)
      const volunteers = await seedVolunteers(trx, staff, random, day)
      const world = { staff, volunteers, random, today: day }
      await seedCases(trx, world)
      await seedSupervision(trx, world)
      await seedDrills(trx, world)
      await seedSamples(trx, world)
      await seedMeetings(trx, world)
      await seedPeriodReports(trx, world)
      await seedSubstitution(trx, world)
      await seedRecruitment(trx, world)
      await seedEveryday(trx, world)
      await seedWeek(trx, world)
    })
    return true
  } finally {
    await db.destroy()
  }
}
