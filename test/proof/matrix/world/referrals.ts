// Which cases of the world came from outside, and what was added to them?
import { addToReferral } from '../../../../app/cases/referred/bring.server.ts'
import type { Cast } from '../../../cast.ts'
import { anotherReferrer } from '../../../referrals.ts'
import type { CaseThing } from './cases.ts'
import { one, type Thing, type Things } from './thing.ts'

/** One of each network and one behind a wall; to each something was added. The one of Harju is not Piret's. */
export async function referralsOf(cast: Cast, cases: CaseThing[]): Promise<Things> {
  const brought: Thing[] = []
  const other = await anotherReferrer(cast, 'rein')
  for (const { name, network, walled, ids } of cases.filter((of) => ['own', 'foreign', 'walled'].includes(of.name))) {
    const who = name === 'foreign' ? other : cast.piret
    const referral = await one(
      cast,
      `insert into referral (network_id, case_id, person_id, agency, sent_to) select network_id, id, $2, 'Näidis-haigla', network_id from case_file where id = $1 returning id`,
      [ids.id, who.id],
    )
    const added = `Kanaar-added-${name}`
    await addToReferral.run(who, { id: referral, words: added })
    brought.push({
      name,
      ids: { id: ids.id ?? '', referral },
      words: { added },
      facts: { network, walled, person: name === 'foreign' ? 'rein' : 'piret' },
    })
  }
  return { brought }
}
