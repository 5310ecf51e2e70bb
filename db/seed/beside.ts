// Who else is in danger in some cases of the synthetic Estonia, and what did its victims say of themselves?
import { randomUUID } from 'node:crypto'
import type { SeededCase } from './cases.ts'
import { at } from './random.ts'
import { seedSafetyPlan } from './safety-plans.ts'
import type { SeedDb } from './seed.ts'

const adults = [
  { relation: 'Kannatanu ema', risk: 'Elab samas majas ja on vahele astunud. Teda on lükatud.' },
  { relation: 'Uus elukaaslane', risk: 'Teda on sõnumites ähvardatud.' },
  { relation: 'Täiskasvanud poeg', risk: 'Vägivallatseja ootab teda tööl ja küsib, kus ema on.' },
]
const origins = ['estonian', 'russian', 'estonian', 'russian', 'estonian', 'ukrainian', 'unsaid', 'other'] as const

/** In every fifth case another adult; most victims were asked, and some would rather not say. */
export async function seedBeside(db: SeedDb, of: SeededCase, { index, day }: { index: number; day: string }) {
  const base = { networkId: of.networkId, caseId: of.id, recordedBy: of.lead, recordedAt: at(day) }
  await seedSafetyPlan(db, of, { index, day })
  if (index % 6 !== 5)
    await db
      .insertInto('caseDiversity')
      .values({
        ...{ ...base, id: randomUUID(), origin: origins[index % origins.length] },
        ...{
          disability: index % 7 === 0 ? 'yes' : 'no',
          lgbt: index % 3 === 0 ? 'unsaid' : index % 11 === 0 ? 'yes' : 'no',
        },
      })
      .execute()
  const adult = adults[(index / 5) % adults.length]
  if (index % 5 !== 0 || !adult) return
  const row = randomUUID()
  const seal = (column: string, text: string) => of.vault.seal({ table: 'case_person', column, row }, text)
  await db
    .insertInto('casePerson')
    .values({
      ...{ ...base, id: row, kind: 'adult', birthYear: 1958 + (index % 30) },
      ...{ relationSealed: seal('relation_sealed', adult.relation), riskSealed: seal('risk_sealed', adult.risk) },
    })
    .execute()
}
