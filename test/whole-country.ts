// What if every county had a network that answers for it?
import type { Cast } from './cast.ts'

/** Adds a network for each county that has none in the cast's database yet. */
export async function coverCountry(cast: Cast): Promise<void> {
  const { rows } = await cast.admin.query(
    'select code, name from county where code not in (select county_code from network_area) order by code',
  )
  for (const { code, name } of rows) {
    const made = await cast.admin.query(
      `insert into network (name, started_on) values ($1, '2019-01-01') returning id`,
      [name],
    )
    await cast.admin.query('insert into network_area (network_id, county_code) values ($1, $2)', [
      made.rows[0].id,
      code,
    ])
  }
}
