// Into which empty database does a backup come back, and what is taken away again where it did not?
import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { Told } from '../../app/i18n/bilingual.ts'
import { startEmbedded } from '../embedded.ts'

export type Where = { databaseUrl: string | null; dataDir: string }
/** `drop` is for a restore that failed: nothing half is left that somebody could take for whole. */
export type Target = { adminUrl: string; close: () => Promise<void>; drop: () => Promise<void> }

/** The database of DATABASE_URL, or a new one in the data folder; throws where something is there already. */
export async function openTarget({ databaseUrl, dataDir }: Where): Promise<Target> {
  if (databaseUrl) {
    await refuseFilled(databaseUrl)
    return { adminUrl: databaseUrl, close: async () => undefined, drop: () => empty(databaseUrl) }
  }
  const pgDir = join(dataDir, 'pg')
  if (existsSync(pgDir)) throw new Told('safekeeping.restore.filled', { where: dataDir })
  const { adminUrl, stop } = await startEmbedded({ dataDir })
  const drop = async () => {
    await stop()
    await rm(realpathSync(pgDir), { recursive: true, force: true })
    await Promise.all([pgDir, join(dataDir, 'database.key')].map((path) => rm(path, { force: true, recursive: true })))
  }
  return { adminUrl, close: stop, drop }
}

async function refuseFilled(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect().catch((error: Error) => {
    throw new Told('core.migrate.noServer', { why: error.message }, { cause: error })
  })
  try {
    const { rows } = await client.query<{ name: string; tables: number }>(
      `select current_database() as name, (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and (n.nspname in ('public', 'meta', 'pgboss'))) as tables`,
    )
    if (rows[0]?.tables) throw new Told('safekeeping.restore.filled', { where: rows[0].name })
  } finally {
    await client.end()
  }
}

async function empty(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('drop schema if exists meta, pgboss cascade; drop schema public cascade; create schema public')
  await client.end()
}
