// What does PostgreSQL alone do with the floor's statements, without Node and without HTTP?
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Script, Value, Words } from '../floor/script.ts'
import { geometricMean, median } from '../load/numbers.ts'
import type { Guest } from '../load/people.ts'
import { notRun, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'

/** Debian's, of whatever version is there. */
function findPgbench(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root) : []
  return versions.map((version) => join(root, version, 'bin/pgbench')).find(existsSync)
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (Array.isArray(value)) return `'{${value.map((one) => `"${String(one)}"`).join(',')}}'`
  if (typeof value === 'object') return literal(value instanceof Date ? value.toISOString() : JSON.stringify(value))
  // pgbench takes `:null` for a variable of its own, in a text too.
  const safe = String(value).replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')
  return `E'${safe}'`
}

function written({ steps }: Script, words: Words, claim: string): string {
  const filled = (value: Value) => {
    if ('word' in value) return value.word === 'once' ? 'gen_random_uuid()' : literal(words[value.word])
    if ('fresh' in value) return 'gen_random_uuid()'
    return 'sealed' in value ? `'\\x${'01'.repeat(157)}'` : literal(value.as)
  }
  // A line of pgbench ends where the statement does; a place is filled from the last, so that $1 leaves $10 alone.
  const lines = steps.map(({ text, values }) =>
    values.reduceRight<string>(
      (sql, value, at) => sql.replaceAll(`$${at + 1}`, () => filled(value)),
      text.replace(/\s+/g, ' '),
    ),
  )
  return ['begin', `set local app.claim = '${claim}'`, ...lines, 'commit'].map((line) => `${line};`).join('\n')
}

/** Transactions a second of one of the floor's scripts: ten clients for so many seconds. */
export type Bare = (seconds: number) => Promise<number>

/** pgbench with the script of one page of the floor, ten people or cases in turn; nothing where there is no pgbench here. */
export function bareOf(
  { place, crowd, plan }: Session,
  method: string,
  path: string,
  guests: readonly Guest[],
): Bare | null {
  const program = findPgbench()
  const script = plan.pages.find((page) => page.method === method && page.path === path)?.script
  if (!program || !script) return null
  const folder = join(place.folder, 'pgbench')
  mkdirSync(folder, { recursive: true })
  const name = `${method}${path}`.replace(/\W/g, '-')
  const files = Array.from({ length: 10 }, (_, at) => {
    const guest = guests[at % guests.length] as Guest
    const words = { ...crowd.words[guest.cookie], ...(method === 'GET' ? { case: crowd.cases[at * 7] } : {}) }
    const file = join(folder, `${name}-${at}.sql`)
    writeFileSync(file, written(script, words, guest.claim))
    return file
  })
  const url = new URL(place.urlOf(script.access === 'read' ? 'tugivork_read' : 'tugivork_write'))
  const who = ['-h', decodeURIComponent(url.hostname), '-p', url.port || '5432', '-U', url.username]
  const env = {
    PATH: process.env.PATH,
    PGPASSWORD: decodeURIComponent(url.password),
    PGOPTIONS: '-c statement_timeout=0 -c lock_timeout=0',
  }
  return async (seconds) => {
    const how = ['-n', '-M', 'prepared', '-c', '10', '-j', '1', '-T', String(Math.ceil(seconds))]
    const given = [...how, ...files.flatMap((file) => ['-f', file]), ...who, url.pathname.slice(1)]
    const { stdout } = await promisify(execFile)(program, given, { env })
    return transactionsIn(stdout)
  }
}

/** What pgbench tells of a run; no figure where a transaction failed. */
export function transactionsIn(said: string): number {
  const failed = Number(/failed transactions: (\d+)/.exec(said)?.[1] ?? 0)
  return failed > 0 ? Number.NaN : Number(/tps = ([\d.]+)/.exec(said)?.[1] ?? Number.NaN)
}

/** The product's requests a second beside what PostgreSQL alone does of the same statements, round by round. */
export function bareRow(title: string, rounds: readonly { product: number; bare?: number | undefined }[]): Row {
  const name = `${title}: against pgbench with its SQL`
  const both = rounds.flatMap(({ product, bare }) => (bare === undefined ? [] : [{ product, bare }]))
  if (both.length === 0) return notRun(name, 'no pgbench here; Debian has it in postgresql-contrib')
  return told(name, geometricMean(both.map(({ product, bare }) => product / bare)), {
    ...{ floor: median(both.map(({ bare }) => bare)), product: median(both.map(({ product }) => product)) },
    note: 'transactions/s in the column of the floor, requests/s beside',
  })
}
