// Who is about to go away in the synthetic Estonia, and what did they promise?
import { randomUUID } from 'node:crypto'
import { today as now } from '../../app/core/clock.server.ts'
import { sealForProcess } from '../../app/core/seal.server.ts'
import type { SeedWorld } from './cases.ts'
import { plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const promises = [
  ['Näidis: helistada Lääne-Viru võrgustiku juhile ja öelda, millal uus tugiisik alustab.', 9],
  ['Näidis: vastata Tartu ülikooli kirjale koolituse ruumi kohta.', 12],
] as const

/** The coordinator is away for two weeks from next week on; the project manager stands in. */
export async function seedSubstitution(db: SeedDb, { staff, today }: SeedWorld): Promise<void> {
  // Nothing is lent in the past, whatever day the rest is laid down for.
  const day = today < now() ? now() : today
  const id = randomUUID()
  await db
    .insertInto('substitution')
    .values({
      ...{ id, giverId: staff.coordinator, takerId: staff.manager, role: 'coordinator', createdBy: staff.coordinator },
      ...{ validFrom: plusDays(day, 7), validTo: plusDays(day, 20) },
    })
    .execute()
  for (const [words, due] of promises) {
    const line = randomUUID()
    const textSealed = sealForProcess(`promise/${line}/text`, words)
    const row = { id: line, substitutionId: id, dueOn: plusDays(day, due), textSealed, addedBy: staff.coordinator }
    await db.insertInto('substitutionPromise').values(row).execute()
  }
}
