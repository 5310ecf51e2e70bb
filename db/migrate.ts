// How does a database, empty or older, become the one that this version of the program needs?
import { join } from 'node:path'
import { Client } from 'pg'
import { Told } from '../app/i18n/bilingual.ts'
import { type AppliedMigration, pendingMigrations, readMigrations } from './migration-files.ts'
import { applyPolicies, policiesInForce, readPolicies } from './policy-files.ts'
import { admitRoles, ensureRoles, type RolePasswords } from './roles.ts'
import { runFile } from './run-file.ts'

/** `upTo`: only the first so many migrations and no policies, for a backup of an older version that is about to be loaded. */
type Options = { rolePasswords: RolePasswords; migrationsDir?: string; appDir?: string; upTo?: number }

const root = join(import.meta.dirname, '..')

// Any number that nobody else uses: two processes starting on one database take turns.
const turn = 7_319_205_411

/**
 * Makes the roles, runs the migrations that were not run yet and puts the row policies of the files in force. Each
 * migration is one transaction, the policies together are one. `applied` names what was run, `version` is the last number.
 */
export async function migrate(adminUrl: string, options: Options): Promise<{ applied: string[]; version: number }> {
  const { migrationsDir = join(root, 'db/migrations'), appDir = join(root, 'app'), rolePasswords, upTo } = options
  const [files, policies] = await Promise.all([readMigrations(migrationsDir), readPolicies(appDir)])
  const client = new Client({ connectionString: adminUrl, application_name: 'tugivork-migrate' })
  await enter(client)
  try {
    await ensureRoles(client, rolePasswords)
    await client.query('select pg_advisory_lock($1)', [turn])
    await admitRoles(client)
    const pending = pendingMigrations(files, await readApplied(client)).filter(
      ({ number }) => number <= (upTo ?? number),
    )
    for (const file of pending) {
      await client.query('begin')
      try {
        await runFile(client, file)
        await client.query('reset role')
        await client.query('insert into meta.migration (number, name, checksum) values ($1, $2, $3)', [
          file.number,
          file.name,
          file.checksum,
        ])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    }
    if (upTo !== undefined) return { applied: pending.map((file) => file.name), version: upTo }
    // Policies that are already in force are left alone, so that an ordinary start takes no lock on any table.
    if (pending.length > 0 || !(await policiesInForce(client, policies))) await applyPolicies(client, policies)
    return { applied: pending.map((file) => file.name), version: files.length }
  } finally {
    await client.end()
  }
}

/** Connects; only a superuser may make the roles and take from everybody the functions that get around the policies. */
async function enter(client: Client): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    throw new Told('core.migrate.noServer', { why: (error as Error).message }, { cause: error })
  }
  const { rows } = await client.query<{ name: string; may: boolean; old: boolean }>(
    `select rolname as name, rolsuper as may, current_setting('server_version_num')::int < 150000 as old
     from pg_roles where rolname = current_user`,
  )
  const problem = rows[0]?.old ? 'core.migrate.old' : rows[0]?.may ? undefined : 'core.migrate.superuser'
  if (!problem) return
  await client.end()
  throw new Told(problem, { name: rows[0]?.name })
}

/** What this database has run so far. The record has a schema of its own, to which no login role has a right. */
async function readApplied(client: Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('meta.policy') is not null as there`)
  if (!rows[0]?.there) {
    await client.query(`
      grant usage, create on schema public to tugivork_owner;
      create schema if not exists meta;
      create table if not exists meta.migration (
        number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now());
      create table if not exists meta.policy (written text not null, found text not null, applied_at timestamptz not null default now());
    `)
  }
  const applied = await client.query<AppliedMigration>(
    'select number, name, checksum from meta.migration order by number',
  )
  return applied.rows
}
