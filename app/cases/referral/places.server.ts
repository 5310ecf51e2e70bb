// Who may bring a case, to which network does it go, and where can the victim live?
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import type { Person, Role } from '../../core/user.ts'
import { networkFor, placesIn } from '../../partners/places.server.ts'
import { keepers } from '../cases.server.ts'

/** Who keeps the cases of a network, and who works for a partner organisation without a seat in one. */
export const bringers: readonly Role[] = [...keepers, 'referrer']

/** Brings cases and sees none: to which network it goes is not theirs to choose. */
export const isOutside = (me: Pick<Person, 'roles' | 'networks'>): boolean =>
  me.networks.length === 0 && me.roles.includes('referrer')

type Area = { networkId: string; countyCode: string; municipalityCode: string | null }
type Where = { code: string; name: string; countyCode: string }

/** The networks in which this person may refer, and the municipalities of the counties that they answer for; for whoever belongs to none, the whole country. */
export async function placesOf(db: Db, me: Person) {
  if (isOutside(me)) return { ...(await countryOf(db)), outside: true }
  const networks = await db
    .selectFrom('network')
    .select(['id', 'name'])
    .where('id', '=', (any) => any.fn.any(any.val(me.networks)))
    .orderBy('name')
    .execute()
  const areas: Area[] = await db
    .selectFrom('networkArea')
    .select(['networkId', 'countyCode', 'municipalityCode'])
    .where('networkId', '=', (any) => any.fn.any(any.val(me.networks)))
    .execute()
  const municipalities: Where[] = await db
    .selectFrom('municipality')
    .select(['code', 'name', 'countyCode'])
    .where('countyCode', 'in', areas.length ? areas.map((area) => area.countyCode) : [''])
    .orderBy('name')
    .execute()
  return { networks, areas, municipalities, counties: [] as Where[], outside: false }
}

/** Every municipality, and every county for whoever knows no more. */
async function countryOf(db: Db) {
  const { counties, municipalities } = await placesIn(db)
  return {
    networks: await db.selectFrom('network').select(['id', 'name']).execute(),
    areas: [] as Area[],
    municipalities: municipalities.map(({ county, ...one }): Where => ({ ...one, countyCode: county })),
    counties: counties.map(({ code, name }): Where => ({ code, name, countyCode: code })),
  }
}

/** The county and, where it is known, the municipality of what was chosen, and the network that answers there; Invalid where none does. */
export async function networkAt(db: Db, chosen: string | undefined) {
  const { counties, municipalities } = await placesIn(db)
  const municipality = municipalities.find(({ code }) => code === chosen)
  const countyCode = municipality?.county ?? counties.find(({ code }) => code === chosen)?.code
  if (!countyCode) throw new Invalid({ place: { key: 'core.error.choose' } })
  const municipalityCode = municipality?.code ?? null
  const networkId = await networkFor(db, countyCode, municipalityCode)
  if (!networkId) throw new Invalid({ place: { key: 'cases.error.noNetwork' } })
  return { countyCode, municipalityCode, networkId }
}
