// How does one transaction run as one person? The only file that knows the connection.
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../db/tables.gen.ts'
import { translated } from './database-errors.server.ts'

/** The transaction of one person. There is no other connection to use by mistake. */
export type Db = Kysely<DB>

export type DatabaseUrls = { readUrl: string; writeUrl: string; doorUrl: string }
export type Access = 'read' | 'write'
type Pools = Record<Access | 'door', pg.Pool>

// A date has no time and no zone; as a JavaScript Date it would move at midnight.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

let pools: Pools | null = null

/** Opens the pools: GET reads through a login that can write nothing, POST writes, the door signs in. */
export function connect(urls: DatabaseUrls, size = 8): void {
  const open = (url: string, max: number) => {
    const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 5000 })
    // An idle connection that breaks is replaced by the pool; the next request says so if the database is gone.
    pool.on('error', () => undefined)
    return pool
  }
  pools = { read: open(urls.readUrl, size), write: open(urls.writeUrl, size), door: open(urls.doorUrl, 2) }
}

/** Closes the pools when the process stops or a test file ends. */
export async function disconnect(): Promise<void> {
  const open = pools
  pools = null
  if (open) await Promise.all([open.read.end(), open.write.end(), open.door.end()])
}

function pool(access: Access | 'door'): pg.Pool {
  if (!pools) throw new Error('connect() has not been called')
  return pools[access]
}

const claimPattern = /^[A-Za-z0-9_-]{43}$/

/** Begins a transaction in which the database itself resolves the claim to a person (one round trip). */
function preamble(claim: string): string {
  if (!claimPattern.test(claim)) throw new Error('malformed claim')
  return `begin; set local app.claim = '${claim}'`
}

/** Runs `work` in one transaction as the bearer of the claim; commits, or leaves nothing behind. */
export async function asPerson<R>(access: Access, claim: string, work: (db: Db) => Promise<R>): Promise<R> {
  const client = await pool(access)
    .connect()
    .catch((error: unknown) => {
      throw translated(error)
    })
  let broken = false
  try {
    await client.query(preamble(claim))
    const result = await work(bound(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw translated(error)
  } finally {
    client.release(broken)
  }
}

/** One statement as the bearer of the claim, in a single round trip; for asking who is asking. */
export async function askAs<Row>(claim: string, call: 'auth_whoami' | 'auth_touch'): Promise<Row[]> {
  const results = (await pool('write')
    .query(`${preamble(claim)}; select * from ${call}(); commit`)
    .catch((error: unknown) => {
      throw translated(error)
    })) as unknown as pg.QueryResult[]
  return (results.find((result) => result.command === 'SELECT')?.rows ?? []) as Row[]
}

/** Calls a function of the door: what the sign-in may do before anybody is known. */
export async function knock<Row extends pg.QueryResultRow>(call: string, args: unknown[]): Promise<Row[]> {
  if (!/^door_[a-z_]+$/.test(call)) throw new Error(`not a function of the door: ${call}`)
  const places = args.map((_, index) => `$${index + 1}`).join(', ')
  const result = await pool('door')
    .query<Row>(`select * from ${call}(${places})`, args)
    .catch((error: unknown) => {
      throw translated(error)
    })
  return result.rows
}

/** True where the database answers; for the health endpoint. */
export async function databaseAnswers(): Promise<boolean> {
  return pool('read')
    .query('select 1')
    .then(
      () => true,
      () => false,
    )
}

function bound(client: pg.PoolClient): Db {
  const connection = {
    query: client.query.bind(client),
    release: () => undefined,
  } as unknown as pg.PoolClient
  const single = { connect: async () => connection, end: async () => undefined } as unknown as pg.Pool
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: single }), plugins: [new CamelCasePlugin()] })
}
