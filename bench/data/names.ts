// By which closed keys are the people of the bench found, and how often does one name occur?
import type { Client } from 'pg'
import { nameKeys } from '../../app/cases/repeat/name-key.ts'
import { blindIndex } from '../../app/core/seal.server.ts'

const sounds = ['ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'lu']
const word = (nth: number): string => [...String(nth)].map((digit) => sounds[Number(digit)]).join('')
export const givenName = 'Näidis'

/** One name for some hundred people of the country, however large it is: in a tenfold one there are ten times as many names. */
export const familyName = (nth: number): string => `Mak${word(1000 + nth)}`

/** Gives each victim and perpetrator one of them. `useKeys()` comes first. */
export async function keyNames(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ id: string; names: number }>(
    'select n.id, (select greatest(1, cases / 50) from size) as names from network n',
  )
  for (const { id, names } of rows) {
    const keys = Array.from({ length: names }, (_, nth) =>
      nameKeys({ givenName, familyName: familyName(nth) }).map((key) => blindIndex(`${id}/name`, key)),
    ).flat()
    await admin.query(
      `insert into case_name_key (network_id, case_id, person_row, key_index)
       select p.network_id, p.case_id, p.id, ($2::bytea[])[1 + abs(hashtext(p.case_id::text || p.kind)) % $3] from case_person p where p.network_id = $1`,
      [id, keys, names],
    )
  }
}
