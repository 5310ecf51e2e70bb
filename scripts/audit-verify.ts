// Has anybody touched the log? Exit code 0: it is whole · 1: it was tampered with · 2: it cannot be told.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { bilingual } from '../app/i18n/bilingual.ts'
import { type Config, readConfig } from '../app/process/config.server.ts'
import { startEmbedded } from '../db/embedded.ts'
import { readPostmaster } from '../db/embedded-server.ts'

export type Anchor = { seq: number; hash: string }
export type Verdict = { code: 0 | 1; text: string }

/**
 * Recomputes the chain and compares it with what was kept elsewhere. Without an anchor a log that was cut off at its end, or rewritten
 * as a whole by the owner of the database, still looks whole.
 */
export async function verifyLog(client: Client, anchors: Anchor[]): Promise<Verdict> {
  // Whoever may administer the database may stand in for this role; the policies let it read every event.
  await client.query('set role tugivork_definer')
  const broken = await client.query<{ seq: number; why: 'changed' | 'missing' | 'order' }>(
    'select * from audit_first_broken()',
  )
  const [first] = broken.rows
  if (first) return { code: 1, text: bilingual(`audit.verify.${first.why}`, { seq: String(first.seq) }) }
  for (const { seq, hash } of anchors) {
    const found = await client.query(`select 1 from audit_event where seq = $1 and encode(hash, 'hex') = $2`, [
      seq,
      hash,
    ])
    if (found.rowCount === 0) return { code: 1, text: bilingual('audit.verify.anchor', { seq: String(seq) }) }
  }
  const last = await client.query<{ seq: string; hash: string; count: number }>(
    `select seq::text, encode(hash, 'hex') as hash, count(*) over ()::int as count from audit_event order by audit_event.seq desc limit 1`,
  )
  const head = last.rows[0]
  if (!head) return { code: 0, text: bilingual('audit.verify.empty') }
  return { code: 0, text: `${bilingual('audit.verify.fine', head)}\n\n${bilingual('audit.verify.keep', head)}` }
}

/** `1234:9f2c…` as it was printed by an earlier run. */
export function readAnchor(text: string): Anchor {
  const read = /^(\d+):([0-9a-f]{64})$/.exec(text.trim())
  if (!read) throw new Error(bilingual('audit.verify.usage'))
  return { seq: Number(read[1]), hash: read[2] ?? '' }
}

/** The database that is in use, the one that this installation keeps running, or that one started for the moment; null where there is none. */
async function open(config: Config): Promise<{ url: string; close: () => Promise<void> } | null> {
  const nothing = async () => undefined
  if (config.databaseUrl) return { url: config.databaseUrl, close: nothing }
  const pgDir = join(config.dataDir, 'pg')
  if (!existsSync(pgDir)) return null
  const socket = readPostmaster(pgDir)?.socketDir
  const key = join(config.dataDir, 'database.key')
  if (socket && existsSync(key)) {
    const url = `postgres://postgres:${readFileSync(key, 'utf8')}@${encodeURIComponent(socket)}:5432/tugivork`
    if (await answers(url)) return { url, close: nothing }
  }
  const own = await startEmbedded({ dataDir: config.dataDir })
  return { url: own.adminUrl, close: own.stop }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { anchor: { type: 'string', multiple: true } } })
  const anchors = (values.anchor ?? []).map(readAnchor)
  const config = readConfig()
  const database = await open(config)
  if (!database) {
    console.error(bilingual('audit.verify.noData', { folder: config.dataDir }))
    process.exitCode = 2
    return
  }
  const client = new Client({ connectionString: database.url })
  try {
    await client.connect()
    const { code, text } = await verifyLog(client, anchors)
    console.log(text)
    process.exitCode = code
  } finally {
    await client.end()
    await database.close()
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(bilingual('audit.verify.cannot', { why: error instanceof Error ? error.message : String(error) }))
    process.exitCode = 2
  })
}
