// Which counties and municipalities are there, and which network answers for a place?
import type { Db } from '../core/db.server.ts'

/** `col` and `row` are the county's place on the tile map. */
export type County = { code: string; name: string; prefecture: string; col: number; row: number }
export type Municipality = { code: string; name: string; county: string }
export type Places = { counties: County[]; municipalities: Municipality[] }

const alphabet = new Intl.Collator('et')
const byName = <P extends { name: string }>(places: P[]) => places.toSorted((a, b) => alphabet.compare(a.name, b.name))

// The map of the country comes with the program and does not change while it runs.
let map: Places | null = null

/** All counties and municipalities (EHAK codes), by name in Estonian order. */
export async function placesIn(db: Db): Promise<Places> {
  map ??= await readPlaces(db)
  return map
}

async function readPlaces(db: Db): Promise<Places> {
  const counties = await db
    .selectFrom('county')
    .select(['code', 'name', 'prefecture', 'tileCol as col', 'tileRow as row'])
    .execute()
  const municipalities = await db.selectFrom('municipality').select(['code', 'name', 'countyCode as county']).execute()
  return { counties: byName(counties), municipalities: byName(municipalities) }
}

/**
 * The id of the network that answers for a place: the one that names the municipality, otherwise the one that answers
 * for the whole county; null where there is none. A network that has ended answers for nothing.
 */
export async function networkFor(db: Db, countyCode: string, municipalityCode: string | null): Promise<string | null> {
  const areas = await db
    .selectFrom('networkArea')
    .innerJoin('network', 'network.id', 'networkArea.networkId')
    .select(['networkId', 'municipalityCode'])
    .where('countyCode', '=', countyCode)
    .where('network.status', '=', 'active')
    .execute()
  const named = areas.find((area) => municipalityCode !== null && area.municipalityCode === municipalityCode)
  return (named ?? areas.find((area) => area.municipalityCode === null))?.networkId ?? null
}

/** The places of a form that are no places of ours, or lie in another county than the one named. */
export function misplaced(
  places: Places,
  county: string,
  municipality: string | null,
): 'county' | 'municipality' | null {
  if (!places.counties.some((one) => one.code === county)) return 'county'
  if (municipality === null) return null
  return places.municipalities.some((one) => one.code === municipality && one.county === county) ? null : 'municipality'
}
