// What does PostgreSQL alone do with the floor's statements, without Node and without HTTP?
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Script, Value, Words } from '../floor/script.ts'
import type { Place } from '../place/place.ts'
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

/** Transactions a second of each of the floor's scripts, ten clients, ten people or cases in turn. */
export async function measurePgbench({ place, crowd, plan, options }: Session): Promise<Row[]> {
  const program = findPgbench()
  if (!program) return [notRun('pgbench', 'no pgbench here; Debian has it in postgresql-contrib')]
  const rows: Row[] = []
  for (const { method, path, script } of plan.pages) {
    const guests = method === 'POST' ? crowd.volunteers : path.startsWith('/scan') ? crowd.coordinators : crowd.network
    const files = Array.from({ length: 10 }, (_, at) => {
      const guest = guests[at % guests.length] as (typeof guests)[number]
      const words = { ...crowd.words[guest.cookie], ...(method === 'GET' ? { case: crowd.cases[at * 7] } : {}) }
      return written(script, words, guest.claim)
    })
    const rate = await run(program, place, script, files, options.quick ? 3 : 8)
    rows.push(told(`pgbench, ${method} ${path}`, rate, { unit: 'transactions/s' }))
  }
  return rows
}

async function run(
  program: string,
  place: Place,
  { access }: Script,
  files: string[],
  seconds: number,
): Promise<number> {
  const url = new URL(place.urlOf(access === 'read' ? 'tugivork_read' : 'tugivork_write'))
  const folder = join(place.folder, 'pgbench')
  mkdirSync(folder, { recursive: true })
  const scripts = files.flatMap((text, at) => {
    const file = join(folder, `${at}.sql`)
    writeFileSync(file, text)
    return ['-f', file]
  })
  const who = ['-h', decodeURIComponent(url.hostname), '-p', url.port || '5432', '-U', url.username]
  const how = ['-n', '-M', 'prepared', '-c', '10', '-j', '1', '-T', String(seconds)]
  const env = { PATH: process.env.PATH, PGPASSWORD: decodeURIComponent(url.password) }
  const { stdout } = await promisify(execFile)(program, [...how, ...scripts, ...who, url.pathname.slice(1)], { env })
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
}
