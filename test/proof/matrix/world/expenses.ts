// What have the support persons of the matrix paid, and what became of it?
import { returnExpense } from '../../../../app/papers/expense/decide.server.ts'
import { claimExpense } from '../../../../app/papers/expense/own.server.ts'
import type { Cast } from '../../../cast.ts'
import { pictureOf } from '../../../pictures.ts'
import { dayFromNow } from '../../../substitution.ts'
import type { Others } from '../actors.ts'
import type { Thing, Things } from './thing.ts'

// Of two what they paid: one with a receipt that waits, one by car that was sent back.
export async function expensesOf(cast: Cast, others: Others): Promise<Things> {
  const expenses: Thing[] = []
  for (const [person, who] of [
    ['lou', cast.lou],
    ['vera', others.vera],
  ] as const) {
    const words = `Kanaar-paid-${person}`
    const file = new File([new Uint8Array(await pictureOf('jpeg'))], 'kviitung.jpg')
    const onDate = dayFromNow(0)
    const bought = await claimExpense.run(who, { kind: 'parking', onDate, sum: '2,50', words, file })
    expenses.push({
      name: `${person} waits`,
      ids: { expense: bought.id },
      words: { words },
      facts: { person, file: true },
    })
    const driven = await claimExpense.run(who, { kind: 'car', onDate, km: '10', words: `${words}-car` })
    const reason = `Kanaar-sent-back-${person}`
    await returnExpense.run(cast.kim, { expense: driven.id, reason })
    expenses.push({ name: `${person} returned`, ids: { expense: driven.id }, words: { reason }, facts: { person } })
  }
  return { expenses }
}
