// Which rounds of review are there in the world of the matrix, and whose is what was drawn?
import { lookAt } from '../../../../app/supervision/sample/looks.server.ts'
import { drawRound } from '../../../../app/supervision/sample/rounds.server.ts'
import type { Cast } from '../../../cast.ts'
import { dayFromNow } from '../../../substitution.ts'
import type { Others } from '../actors.ts'
import type { CaseThing } from './cases.ts'
import type { Thing, Things } from './thing.ts'

const days = { fromOn: dayFromNow(-40), toOn: dayFromNow(0), percent: '10', confidence: '95' }

/** One of each who guides, and one of the country; of each case an entry, with something found in it. */
export async function samplesOf(cast: Cast, others: Others, cases: CaseThing[]): Promise<Things> {
  const rounds: Thing[] = []
  const drawn: Thing[] = []
  for (const [name, who] of [
    ['sirje', cast.sirje],
    ['siim', others.siim],
  ] as const) {
    const { id: round } = await drawRound.run(who, { scope: 'own', ...days })
    rounds.push({ name, ids: { round }, facts: { supervisor: name } })
    const { rows } = await cast.admin.query<{ entry: string; of: string }>(
      `select distinct on (case_id) id as entry, case_id as of from sample_entry where round_id = $1 and drawn_as is not null order by case_id, ticket`,
      [round],
    )
    for (const { entry, of } of rows) {
      const one = cases.find(({ ids }) => ids.id === of)
      if (!one) continue
      const note = `Kanaar-found-${one.name}`
      const answers = Object.fromEntries([1, 2, 3, 4, 5].map((nth) => [`answer${nth}`, 'no']))
      await lookAt.run(who, { round, entry, ...answers, note1: note })
      drawn.push({
        name: one.name,
        ids: { round, entry },
        words: { note },
        facts: { supervisor: name, walled: one.walled },
      })
    }
  }
  const { id: round } = await drawRound.run(cast.kim, { scope: 'country', ...days })
  return { rounds: [...rounds, { name: 'country', ids: { round }, facts: {} }], drawn }
}
