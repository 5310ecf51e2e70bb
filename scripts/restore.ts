// How does everything come back, step by step? Exit code 0: restored and proven · 1: refused, and nothing was left behind.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { type Anchors, readAnchors } from '../app/audit/checkpoint/anchors.ts'
import { bilingual } from '../app/i18n/bilingual.ts'
import { type Config, readConfig } from '../app/process/config.server.ts'
import { keysBeside, noteUpkeep } from '../db/backup/backup.ts'
import { type RestoreOptions, restore } from '../db/backup/restore.ts'
import { openDatabase } from '../db/open.ts'
import { verifyLog } from './audit-verify.ts'

const options = {
  from: { type: 'string' },
  keys: { type: 'string' },
  key: { type: 'string' },
  anchor: { type: 'string', multiple: true },
  'public-key': { type: 'string', multiple: true },
  drill: { type: 'boolean' },
} as const

/** The log against the end it had when the backup was made, and against what was kept elsewhere. */
const verifier =
  ({ anchors, faults }: Anchors): RestoreOptions['verify'] =>
  async (client, head) => {
    const end = head ? [{ size: head.seq, head: head.hash }] : []
    // Checkpoints that are newer than the backup tell how much is lost, not that anybody meddled.
    const known = anchors.filter(({ size }) => size <= (head?.seq ?? 0))
    const { code, text } = await verifyLog(client, [...known, ...end], faults)
    if (code !== 0) throw new Error(text)
    const last = anchors.at(-1)?.size ?? 0
    if (known.length < anchors.length) console.log(bilingual('safekeeping.restore.lost', { seq: String(last) }))
    console.log(bilingual('safekeeping.restore.audit', { seq: String(head?.seq ?? 0) }))
  }

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (!values.from || !values.key) throw new Error(bilingual('safekeeping.restore.usage'))
  const whereTheyStood = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)
  const from = whereTheyStood(values.from)
  const config = readConfig()
  const kept = readAnchors(values.anchor ?? [], values['public-key'] ?? [], whereTheyStood)
  if (kept.unproven) throw new Error(bilingual('audit.verify.unproven'))
  const given = {
    from,
    keysFrom: values.keys ? whereTheyStood(values.keys) : keysBeside(from),
    privateKeyFile: whereTheyStood(values.key),
    secretsFile: config.secretsFile,
    ledgerFile: config.ledgerFile,
    verify: verifier(kept),
    say: ((key, args) => console.log(bilingual(key, args))) as RestoreOptions['say'],
  }
  if (values.drill) return drill(config, given)
  const { close, ...found } = await restore({ ...given, databaseUrl: config.databaseUrl, dataDir: config.dataDir })
  await close()
  console.log(bilingual('safekeeping.restore.done', found))
}

/** The same in a database that is thrown away afterwards; the one that is in use learns only that it was done. */
async function drill(config: Config, given: Omit<RestoreOptions, 'databaseUrl' | 'dataDir'>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tugivork-drill-'))
  try {
    const {
      close,
      adminUrl: _,
      ...found
    } = await restore({ ...given, databaseUrl: null, dataDir: join(folder, 'data') })
    await close()
    await remember(config, found)
    console.log(bilingual('safekeeping.restore.drilled', found))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function remember(config: Config, found: object): Promise<void> {
  const database = await openDatabase(config)
  const client = new Client({ connectionString: database.adminUrl })
  try {
    await client.connect()
    await noteUpkeep(client, 'drill', found)
  } finally {
    await client.end()
    await database.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
