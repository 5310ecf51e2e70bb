// How is the one cluster of a test run made, with the migrated database from which every test file gets a copy?
import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import type { RolePasswords } from '../db/roles.ts'
import { testPasswords } from './secrets.ts'

/** What a test file needs to make databases of its own. */
export type ClusterFacts = { serverUrl: string; prefix: string; template: string }
export type Cluster = { facts: ClusterFacts; close: () => Promise<void> }

/** Starts an embedded server in `folder`, or uses that of DATABASE_URL, and migrates the template database in it. */
export async function openCluster(folder: string): Promise<Cluster> {
  // As root the server is another user, who must be able to walk through to its data.
  await chmod(folder, 0o711)
  const own = process.env.DATABASE_URL
    ? undefined
    : await startEmbedded({ dataDir: join(folder, 'data'), fsync: false })
  const serverUrl = own?.adminUrl ?? process.env.DATABASE_URL ?? ''
  const prefix = `tugivork_test_${randomBytes(4).toString('hex')}`
  const facts = { serverUrl, prefix, template: `${prefix}_template` }
  try {
    // The same letters and the same order on every server, whatever locale it was made with.
    await onServer(serverUrl, [
      `create database ${facts.template} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype '${await ctype(serverUrl)}'`,
    ])
    await migrate(databaseUrl(serverUrl, facts.template), { rolePasswords: testPasswords })
    await letHurry(databaseUrl(serverUrl, facts.template))
  } catch (error) {
    await own?.stop()
    throw error
  }
  return { facts, close: () => (own ? own.stop() : dropAll(facts)) }
}

/** A test looks at more in a minute than a person can. */
export async function letHurry(template: string): Promise<void> {
  await onServer(template, [
    `insert into setting (name, valid_from, value, note) values ('looksPerMinute', '2000-01-01', '100000', 'Näidis')`,
  ])
}

/** The address of another database, or of another role, on the same server. */
export function databaseUrl(serverUrl: string, database: string, role?: keyof RolePasswords): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  if (role) {
    url.username = role
    url.password = testPasswords[role]
  }
  return url.href
}

/** Runs statements that no transaction may hold, one by one, outside of any test's database. */
export async function onServer(serverUrl: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function dropAll({ serverUrl, prefix }: ClusterFacts): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  await client.end()
}

// With plain C no letter beyond ASCII has a small form; the built-in locale of newer servers needs no such help.
async function ctype(serverUrl: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  const { rows } = await client.query<{ builtin: boolean }>(
    `select to_jsonb(d) ->> 'datlocprovider' = 'b' as builtin from pg_database d where datname = 'template0'`,
  )
  await client.end()
  return rows[0]?.builtin ? 'C' : 'C.UTF-8'
}
