// Which places beside the home county has somebody ticked, and are they all on the map?
import type { Db } from '../../core/db.server.ts'
import { Invalid, type Message } from '../../core/errors.ts'
import { misplaced, placesIn } from '../../partners/places.server.ts'
import type { Area } from '../records.server.ts'

type Ticked = {
  county: string
  municipality?: string | null
  areaCounties: readonly string[]
  areaMunicipalities: readonly string[]
}

/** Whole counties beside the home one, and single municipalities of counties not named whole. */
export async function areasFrom(db: Db, input: Ticked): Promise<Area[]> {
  const places = await placesIn(db)
  const wrong = misplaced(places, input.county, input.municipality ?? null)
  if (wrong) throw new Invalid({ [wrong]: { key: `volunteers.error.${wrong}` } })
  const whole = input.areaCounties.filter((code) => code !== input.county)
  const parts = input.areaMunicipalities.map((code) => places.municipalities.find((one) => one.code === code))
  const known = (code: string) => places.counties.some((county) => county.code === code)
  const choose: Message = { key: 'core.error.choose' }
  if (!whole.every(known)) throw new Invalid({ areaCounties: choose })
  if (parts.includes(undefined)) throw new Invalid({ areaMunicipalities: choose })
  // Those of the home county count for whoever does not go everywhere in it.
  const single = parts.flatMap((one) =>
    one && !whole.includes(one.county) ? [{ county: one.county, municipality: one.code }] : [],
  )
  return [...whole.map((county) => ({ county, municipality: null })), ...single]
}
