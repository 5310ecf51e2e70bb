// How does one transaction run as one person? The only file that knows the connection.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../db/tables.gen.ts'
import { hear } from './clock.server.ts'
import { translated } from './database-errors.server.ts'
import { Unavailable, Unclear } from './errors.ts'

/** The transaction of one person. There is no other connection to use by mistake. */
export type Db = Kysely<DB>

export type DatabaseUrls = { readUrl: string; writeUrl: string; doorUrl: string }
export type Access = 'read' | 'write'
type Pools = Record<Access | 'door', pg.Pool>

// A date has no time and no zone; as a JavaScript Date it would move at midnight.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

let pools: Pools | null = null

// Running or waiting, and how many of them for each connection: a page holds one for some milliseconds.
let transactions = 0
const mostWaiting = 12

// Longer than the database lets any statement take: only a line on which nothing comes back any more is given up by us.
const silence = { connecting: 4500, answering: 5500 }
const patience = new WeakMap<Db, number>()

/** What may take longer than a page is waited for so long, in this transaction. */
export const waitFor = (db: Db, milliseconds: number): unknown => patience.set(db, milliseconds)

/** Opens the pools: GET reads through a login that can write nothing, POST writes, the door signs in. */
export function connect(urls: DatabaseUrls, size = 8, { connecting, answering } = silence): void {
  const open = (url: string, max: number) => {
    // Statements that do not wait for one another's answers travel together.
    const waits = { connectionTimeoutMillis: connecting, query_timeout: answering }
    const pool = new pg.Pool({ connectionString: url, max, ...waits, pipeline: true })
    // An idle connection that breaks is replaced by the pool; the next request says so if the database is gone.
    pool.on('error', () => undefined)
    // One that breaks in the middle of somebody's work says so to that work; without this it would end the whole process.
    pool.on('connect', (client) => client.on('error', () => undefined))
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
  return `begin; set local app.claim = '${wellFormed(claim)}'`
}

function wellFormed(claim: string): string {
  if (!claimPattern.test(claim)) throw new Error('malformed claim')
  return claim
}

// A transaction that has begun as somebody, with nothing done in it yet.
type Begun = { access: Access; claim: string; client: pg.PoolClient }
const requests = new AsyncLocalStorage<{ begun: Begun | null }>()

/**
 * Runs one request. The transaction in which `recognise` resolved its claim is kept for the first piece of work, so that a page
 * costs one transaction and not two; what nobody took is given back at the end.
 */
export async function oneRequest<R>(work: () => Promise<R>): Promise<R> {
  const request = { begun: null }
  try {
    return await requests.run(request, work)
  } finally {
    await giveBack(request)
  }
}

// Whoever is about to wait for another connection must not sit on this one: two such requests could wait for each other.
function giveBack(request: { begun: Begun | null } | undefined): Promise<void> | undefined {
  const begun = request?.begun
  if (!request || !begun) return undefined
  request.begun = null
  return end(begun.client, 'rollback')
}

/** With what it knows of the bearer the database says what time it is. */
type Told = pg.QueryResultRow & { heard_at: Date }
type Opening<Row> = (client: pg.PoolClient) => Promise<Row[]>

async function begin<Row>(access: Access, opening: Opening<Row>): Promise<{ client: pg.PoolClient; rows: Row[] }> {
  transactions++
  const client = await pool(access)
    .connect()
    .catch((error: unknown) => {
      transactions--
      throw translated(error)
    })
  try {
    return { client, rows: await opening(client) }
  } catch (error) {
    await end(client, 'rollback')
    throw translated(error)
  }
}

// Committed is what the database says it has committed: in a transaction where something failed it answers ROLLBACK.
// To give up cannot fail: what a broken connection had begun is given up with it.
async function end(client: pg.PoolClient, how: 'commit' | 'rollback'): Promise<void> {
  let broken = true
  try {
    const { command } = await client.query(how)
    broken = false
    if (how === 'commit' && command !== 'COMMIT') throw new Error('the transaction was aborted')
  } catch (error) {
    if (how === 'commit') throw kept(translated(error))
  } finally {
    transactions--
    client.release(broken)
  }
}

// Whoever goes away while keeping it may have kept it before.
const kept = (error: unknown) => (error instanceof Unavailable ? new Unclear(error) : error)

/** Runs `work` in one transaction as the bearer of the claim; commits, or leaves nothing behind. */
export async function asPerson<R>(access: Access, claim: string, work: (db: Db) => Promise<R>): Promise<R> {
  const request = requests.getStore()
  const begun = request?.begun
  let client: pg.PoolClient
  if (request && begun?.access === access && begun.claim === claim) {
    request.begun = null
    client = begun.client
  } else {
    await giveBack(request)
    const text = preamble(claim)
    client = (await begin(access, async (fresh) => (await fresh.query(text)).rows)).client
  }
  let result: R
  try {
    result = await work(bound(client))
  } catch (error) {
    await end(client, 'rollback')
    throw translated(error)
  }
  await end(client, 'commit')
  return result
}

/** Who bears this claim? Within `oneRequest` the transaction that was begun for asking waits for the first piece of work. */
export async function recognise<Row>(access: Access, claim: string): Promise<Row[]> {
  const request = requests.getStore()
  if (request?.begun) await giveBack(request)
  const text = 'select *, clock_timestamp() as heard_at from auth_open($1)'
  const asked = { name: 'open', text, values: [wellFormed(claim)] }
  // Both travel together; the claim is set by the same statement that asks whose it is, whose plan the database keeps.
  const { client, rows } = await begin(access, async (fresh) => {
    const [, answer] = await Promise.all([fresh.query('begin'), fresh.query<Row & Told>(asked)])
    if (answer.rows[0]) hear(answer.rows[0].heard_at)
    return answer.rows
  })
  if (request && rows.length > 0) request.begun = { access, claim, client }
  else await end(client, 'rollback')
  return rows
}

/** Calls a function of the door: what the sign-in may do before anybody is known. */
export async function knock<Row extends pg.QueryResultRow>(call: string, args: unknown[]): Promise<Row[]> {
  if (!/^door_[a-z_]+$/.test(call)) throw new Error(`not a function of the door: ${call}`)
  await giveBack(requests.getStore())
  const places = args.map((_, index) => `$${index + 1}`).join(', ')
  const result = await pool('door')
    .query<Row>(`select * from ${call}(${places})`, args)
    .catch((error: unknown) => {
      throw translated(error)
    })
  return result.rows
}

/** True where more transactions run or wait for a connection than can be served within a moment. */
export function isCrowded(): boolean {
  return pools !== null && transactions >= (pools.read.options.max + pools.write.options.max) * mostWaiting
}

/** True where the database answers; for the health endpoint. */
export async function databaseAnswers(): Promise<boolean> {
  await giveBack(requests.getStore())
  return pool('read')
    .query('select 1')
    .then(
      () => true,
      () => false,
    )
}

// One for all: it remembers how each name is written.
const camelCase = new CamelCasePlugin()

function bound(client: pg.PoolClient): Db {
  const connection = {
    query: async (text: string, values: unknown[]) => {
      if (lasting.test(text)) throw new Error('not a statement of a page')
      // By this protocol one call is one statement.
      const asked = { name: preparedName(text), text, values, queryMode: 'extended', query_timeout: patience.get(db) }
      return client.query(asked as pg.QueryConfig)
    },
    release: () => undefined,
  } as unknown as pg.PoolClient
  const single = { connect: async () => connection, end: async () => undefined } as unknown as pg.Pool
  const db: Db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: single }), plugins: [camelCase] })
  return db
}

// What would outlive a transaction on its connection – a cursor, a setting, a plan, a word that is listened for – or is more than a statement.
const own = 'local\\s+(?:work_mem|statement_timeout|app\\.glass)|transaction|constraints'
const lasting = RegExp(
  `^\\s*(?:declare|prepare|execute|deallocate|discard|reset|listen|notify|do|copy|load|set(?!\\s+(?:${own})\\b))\\b`,
  'i',
)

const names = new Map<string, string>()
const mostNames = 500

// Planning under the policies costs more than running, so the database keeps the plan of what is asked twice. Texts that grow with
// their lists are never all kept: each name holds memory on every connection.
function preparedName(text: string): string | undefined {
  const name = names.get(text)
  if (name) return name
  if (name === undefined && names.size < mostNames) names.set(text, '')
  else if (name === '') {
    names.set(text, `q${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`)
    return names.get(text)
  }
  return undefined
}
