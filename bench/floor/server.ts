// How fast could it be? A bare Node HTTP server that does the same SQL as a page and answers the least HTML that shows it.
//
// What it does as the product does: the cookie's claim is set in the transaction, the same row-level security decides, the same
// statements run (written down from the product itself by script.ts, prepared by name, a pool of eight on the same two login roles),
// so the same audit event is written where the page writes one, a note is sealed under the case's key, a form counts once.
// What it leaves out: asking first who it is and keeping the session awake (it knows the guests' cookies beforehand), roles and their
// refusals, reading input by a schema, form tokens and origin, languages, menus, the frame, security headers, drafts, the log.
// A transaction is BEGIN with the claim in one trip, one trip a statement, and COMMIT: plain `pg`, nothing pipelined.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { openKey, useKeys, type Vault, type WrappedKey } from '../../app/core/seal.server.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'
import type { Script, Step, Words } from './script.ts'

/** What the floor is told when it starts: the pages by method and path (`:case` stands for an identifier), and who will ask. */
export type FloorPlan = {
  pages: { method: string; path: string; script: Script }[]
  guests: Record<string, Words>
}

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
useKeys(keysOf(loadSecrets(process.env.TUGIVORK_SECRETS ?? '')))
const plan = JSON.parse(readFileSync(process.env.FLOOR_PLAN ?? '', 'utf8')) as FloorPlan
// A scan that the login role's limit cuts off has answered nothing, quickly: here a statement may take as long as it takes.
const patient = { max: 8, options: '-c statement_timeout=0 -c lock_timeout=0' }
const pools = {
  read: new pg.Pool({ connectionString: process.env.READ_URL, ...patient }),
  write: new pg.Pool({ connectionString: process.env.WRITE_URL, ...patient }),
}

type Row = Record<string, unknown>
type Run = { words: Words; fresh: string[]; key: Row | undefined }

const note = 'Rääkisime turvaplaani läbi. Kõik rahulik. Järgmine kord kohtume neljapäeval.'

function filled(value: Step['values'][number], { words, fresh, key }: Run): unknown {
  if ('word' in value) return words[value.word]
  const newId = (at: number) => (fresh[at] ??= randomUUID())
  if ('fresh' in value) return newId(value.fresh)
  if ('as' in value) return value.as
  const vault: Vault = openKey(key as WrappedKey, words.case ?? '')
  return vault.seal({ table: 'visit', column: 'note_sealed', row: newId(value.sealed) }, note)
}

async function transaction(script: Script, words: Words): Promise<Row[][]> {
  const client = await pools[script.access].connect()
  const run: Run = { words, fresh: [], key: undefined }
  try {
    await client.query(`begin; set local app.claim = '${words.claim}'`)
    const answers: Row[][] = []
    for (const { text, values } of script.steps) {
      const name = createHash('md5').update(text).digest('hex')
      const { rows } = await client.query<Row>({ name, text, values: values.map((value) => filled(value, run)) })
      // The words of the product's columns are its own matter; a wrapped key is known by its name in the database.
      if (rows[0] && 'wrapped' in rows[0]) run.key = wrappedKey(rows[0])
      answers.push(rows)
    }
    await client.query('commit')
    return answers
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const wrappedKey = (row: Row) => ({ ...row, masterId: row.master_id, wrappedOther: row.wrapped_other ?? null })

function html(value: unknown, name = ''): string {
  if (Array.isArray(value))
    return `<table class="${name}">${value.map((one) => `<tr>${html(one)}</tr>`).join('')}</table>`
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, one]) => `<td>${html(one, key)}</td>`)
    .join('')
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

const identifier = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? ''
  const cookie = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const say = (status: number, text: string) =>
    void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text)
  if (path === '/health') return say(200, 'ok')
  const one = identifier.exec(path)?.[0]
  const asked = path.replace(identifier, ':case').replace(/\?.*/, '')
  const page = plan.pages.find((known) => known.method === request.method && known.path === asked)
  if (!page) return say(404, '')
  const words: Words = { ...plan.guests[cookie], ...(one ? { case: one } : {}) }
  if (request.method === 'POST') words.once = (await bodyOf(request)).get('_once') ?? ''
  const answers = await transaction(page.script, words)
  say(request.method === 'POST' ? 303 : 200, `<!doctype html><title>floor</title>${html(answers)}`)
}

createServer((request, response) => {
  answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message))
}).listen(Number(process.env.PORT), '127.0.0.1')

process.on('SIGTERM', () => process.exit(0))
