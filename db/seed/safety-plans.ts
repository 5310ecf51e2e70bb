// Which of the invented victims have gone through with somebody what to do when it gets dangerous?
import { randomUUID } from 'node:crypto'
import type { SafetyPlan } from '../../app/cases/safety/safety-plan.ts'
import type { SeededCase } from './cases.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const plans: Partial<SafetyPlan>[] = [
  {
    ...{ danger: 'Helistan 112, naaber trepikojas teab märki.', place: 'Õe juurde, tema teab.' },
    ...{ leaving: 'Tagauksest, kui ta on garaažis.', bag: 'Dokumendid, ravimid ja laadija on töö juures kapis.' },
    ...{ signal: 'Sõnum „osta leiba“ õele.', digital: 'Telefoni asukoht on välja lülitatud.' },
    keptAt: 'Töö juures, mitte kodus',
  },
  {
    ...{ danger: 'Lähen lastega naabri juurde ja helistan sealt 112.', place: 'Varjupaik, number on peas.' },
    ...{ children: 'Vanem laps teab, et läheb naabri juurde ega jää vahele.', diary: 'Kuupäevad on sõbranna käes.' },
    injuries: 'Perearst teab, pildid on tema juures.',
  },
]

/** Every third case has a plan, and in every second of those whoever helps her sees it; under the case's key as everything of it. */
export async function seedSafetyPlan(db: SeedDb, of: SeededCase, { index, day }: { index: number; day: string }) {
  if (index % 3 !== 0) return
  const reviewedOn = plusDays(day, 3)
  const words = JSON.stringify({ ...plans[index % plans.length], madeWith: 'victim_support', reviewedOn })
  const parts = index % 2 === 0 ? (['plan', 'told'] as const) : (['plan'] as const)
  const rows = parts.map((part) => {
    const id = randomUUID()
    const wordsSealed = of.vault.seal({ table: 'safe_contact', column: 'words_sealed', row: id }, words)
    const base = { id, caseId: of.id, networkId: of.networkId, part, wordsSealed }
    return { ...base, recordedBy: of.lead, recordedAt: at(reviewedOn) }
  })
  await db.insertInto('safeContact').values(rows).execute()
}
