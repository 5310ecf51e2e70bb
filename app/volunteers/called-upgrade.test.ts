// Which of two names has a support person after the upgrade, where account and register differed?
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { readMigrations } from '../../db/migration-files.ts'
import { emptyDatabase } from '../../test/database.ts'
import { testPasswords } from '../../test/secrets.ts'

const [differs, same, erased] = [1, 2, 3].map((nth) => `00000000-0000-4000-8000-00000000000${nth}`)

const before = `
  insert into person (id, email, name) values ('${differs}', 'lou@naidis.example', 'Lou Näidis-Ise'),
    ('${same}', 'mai@naidis.example', 'Mai Näidis-Mets'), ('${erased}', 'kustutatud-x@localhost.invalid', 'TI-9');
  insert into volunteer (person_id, code, name, search_name, county_code, languages, created_by) values
    ('${differs}', 'TI-1', 'Lou Näidis-Lepik', 'lou', '0045', '{et}', '${same}'), ('${same}', 'TI-2', 'Mai Näidis-Mets', 'mai', '0045', '{et}', '${same}'),
    ('${erased}', 'TI-9', 'TI-9', 'ti', '0045', '{et}', '${same}')`

test('the one that the coordinator kept; the one that she wrote herself is kept as a former name, and nobody gets a letter', async () => {
  const database = await emptyDatabase()
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const files = await readMigrations(join(import.meta.dirname, '../../db/migrations'))
    const ours = files.find(({ name }) => name.endsWith('_names.sql'))?.number ?? 0
    await migrate(database.adminUrl, { rolePasswords: testPasswords, upTo: ours - 1 })
    await client.query(before)
    await migrate(database.adminUrl, { rolePasswords: testPasswords })
    const people = await client.query(
      `select p.name, v.name as registered from person p join volunteer v on v.person_id = p.id order by v.code`,
    )
    expect(people.rows).toEqual([
      { name: 'Lou Näidis-Lepik', registered: 'Lou Näidis-Lepik' },
      { name: 'Mai Näidis-Mets', registered: 'Mai Näidis-Mets' },
      { name: 'TI-9', registered: 'TI-9' },
    ])
    const former = await client.query('select person_id, name, held_until <= now() as over from former_name')
    expect(former.rows).toEqual([{ person_id: differs, name: 'Lou Näidis-Ise', over: true }])
    expect((await client.query('select 1 from mail_outbox')).rowCount).toBe(0)
  } finally {
    await client.end()
    await database.close()
  }
})
