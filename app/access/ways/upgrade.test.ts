// What becomes, with the upgrade, of accounts that were closed before it and still held their old keys?
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '../../../db/migrate.ts'
import { readMigrations } from '../../../db/migration-files.ts'
import { emptyDatabase } from '../../../test/database.ts'
import { testPasswords } from '../../../test/secrets.ts'

const [closed, open, ott, kim] = [1, 2, 3, 4].map((nth) => `00000000-0000-4000-8000-00000000000${nth}`)

const before = `
  insert into person (id, email, name, status) values ('${closed}', 'uku@naidis.example', 'Uku Näidis-Uus', 'disabled'),
    ('${open}', 'ulla@naidis.example', 'Ulla Näidis-Uus', 'active'), ('${ott}', 'ott@naidis.example', 'Ott Näidis-Orav', 'active'),
    ('${kim}', 'kim@naidis.example', 'Kim Näidis-Koort', 'active');
  insert into credential (person_id, password_hash, totp_confirmed_at) values ('${closed}', 'x', now()), ('${open}', 'x', now());
  insert into recovery_code (person_id, code_hash) values ('${closed}', '\\x01'), ('${open}', '\\x01');
  insert into passkey (id, person_id, credential_id, public_key, backed_up, name) values
    ('${closed}', '${closed}', '\\x01', '\\x01', true, 'Näidis-võti'), ('${open}', '${open}', '\\x02', '\\x01', true, 'Näidis-võti');
  insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, ended_at, ended_why, passkey_id)
    values ('${closed}', sha256('x'), 'passkey', 2, 10, now(), now(), now(), 'disabled', '${closed}');
  insert into person_identity (person_id, subject_index, linked_by) values
    ('${closed}', decode(repeat('ab', 16), 'hex'), '${closed}'), ('${open}', decode(repeat('cd', 16), 'hex'), '${open}');
  insert into calendar_feed (person_id, token_hash) values ('${closed}', sha256('a')), ('${open}', sha256('b'));
  insert into confirmation (kind, person_id, way, reason, proposed_by, expires_at) values
    ('recover', '${closed}', 'video', 'x', '${ott}', now() + interval '1 day'), ('recover', '${open}', 'video', 'x', '${ott}', now() + interval '1 day'),
    ('reopen', '${closed}', null, 'x', '${ott}', now() + interval '1 day');
  insert into confirmation (kind, person_id, reason, proposed_by, expires_at, decision, decided_by, decided_at) values
    ('reopen', '${open}', 'x', '${ott}', now() + interval '1 day', 'confirmed', '${kim}', now())`

test('they keep none of them, and what nobody has seen with their own eyes is asked anew', async () => {
  const database = await emptyDatabase()
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const files = await readMigrations(join(import.meta.dirname, '../../../db/migrations'))
    const ours = files.find(({ name }) => name.endsWith('_ways_that_end.sql'))?.number ?? 0
    await migrate(database.adminUrl, { rolePasswords: testPasswords, upTo: ours - 1 })
    await client.query(before)
    await migrate(database.adminUrl, { rolePasswords: testPasswords })
    for (const table of ['credential', 'recovery_code', 'passkey', 'person_identity', 'calendar_feed'])
      expect((await client.query(`select person_id from ${table}`)).rows, table).toEqual([{ person_id: open }])
    const waits = await client.query('select kind, person_id from confirmation where expires_at > now()')
    expect(waits.rows).toEqual([{ kind: 'recover', person_id: open }])
  } finally {
    await client.end()
    await database.close()
  }
})
