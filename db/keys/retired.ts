// Is this file of keys the one that the database was last closed with?
import { Client } from 'pg'
import { Told } from '../../app/i18n/bilingual.ts'

/** Throws where the master key has been retired: the file is a copy from before a rotation, and what it closed could soon not be opened. */
export async function refuseRetired(adminUrl: string, masterId: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from master_retired where id = $1', [masterId])
    if (rowCount) throw new Told('safekeeping.keys.retired', { id: masterId })
  } finally {
    await client.end()
  }
}
