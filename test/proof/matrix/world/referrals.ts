// Which cases of the world came from outside, and what was added to them?
import { addToReferral } from '../../../../app/cases/referred/bring.server.ts'
import type { Cast } from '../../../cast.ts'
import type { CaseThing } from './cases.ts'
import { one, type Thing, type Things } from './thing.ts'

/** One of each network and one behind a wall, all brought by Piret, who has added something. */
export async function referralsOf(cast: Cast, cases: CaseThing[]): Promise<Things> {
  const brought: Thing[] = []
  for (const { name, network, walled, ids } of cases.filter((of) => ['own', 'foreign', 'walled'].includes(of.name))) {
    const referral = await one(
      cast,
      `insert into referral (network_id, case_id, person_id, agency, sent_to) select network_id, id, $2, 'Näidis-haigla', network_id from case_file where id = $1 returning id`,
      [ids.id, cast.piret.id],
    )
    const added = `Kanaar-added-${name}`
    await addToReferral.run(cast.piret, { id: referral, words: added })
    brought.push({
      name,
      ids: { id: ids.id ?? '', referral },
      words: { added },
      facts: { network, walled, person: 'piret' },
    })
  }
  return { brought }
}
