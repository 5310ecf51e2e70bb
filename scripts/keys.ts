// How does the administrator see and change the keys? Nothing is shown of a key but its name and its age.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { useKeys } from '../app/core/seal.server.ts'
import { bilingual } from '../app/i18n/bilingual.ts'
import { type Config, readConfig } from '../app/process/config.server.ts'
import { keyFile, keysOf } from '../app/process/key-file.server.ts'
import { loadSecrets } from '../app/process/secrets.server.ts'
import { makePair } from '../db/backup/container.ts'
import { ageInDays } from '../db/keys/doctor.ts'
import { rotateCaseKey } from '../db/keys/rotate-case.ts'
import { rotateMaster } from '../db/keys/rotate-master.ts'
import { sealRows } from '../db/keys/seal-rows.ts'
import { openDatabase } from '../db/open.ts'

/** Opens the database for the administrator, whether or not the program is running. */
async function withDatabase<R>(config: Config, work: (client: Client) => Promise<R>): Promise<R> {
  const database = await openDatabase(config)
  const client = new Client({ connectionString: database.adminUrl })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
    await database.close()
  }
}

/** Changes the master key; the program may go on running. Exit code 1 where keys were found that do not open. */
async function rotate(config: Config): Promise<void> {
  const { id, rewrapped, broken } = await withDatabase(config, (client) => rotateMaster(client, config.secretsFile))
  const args = { id, count: String(broken.length || rewrapped), owners: broken.join(', ') }
  if (broken.length > 0) throw new Error(bilingual('safekeeping.keys.broken', args))
  console.log(bilingual('safekeeping.keys.rotated', args))
}

/** Changes the key of one case; the administrator sees nothing of it but its number. */
async function rotateCase(config: Config, [number = '']: string[]): Promise<void> {
  useKeys(keysOf(loadSecrets(config.secretsFile)), keyFile(config.secretsFile))
  const result = await withDatabase(config, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from case_file where number = $1', [number])
    const changed = rows[0] ? await rotateCaseKey(client, rows[0].id) : null
    if (changed) {
      await client.query(`select audit_append('case.key.changed', 'key', null, $1, null, $2, '{}', $3, null)`, [
        ...[rows[0]?.id, changed.broken > 0 ? 'alarm' : 'done', changed.broken],
      ])
    }
    return changed
  })
  if (!result) throw new Error(bilingual('safekeeping.key.none', { number: number || '–' }))
  console.log(bilingual('safekeeping.key.changed', { number, values: String(result.values) }))
}

/** Makes the pair for backups: the public half stays, the private one is written once, for the safe. */
async function backupKey({ backupKeyFile: publicFile }: Config, given: string[]): Promise<void> {
  const { values } = parseArgs({ args: given, options: { to: { type: 'string' } } })
  if (!values.to) throw new Error(bilingual('safekeeping.keys.usage'))
  if (existsSync(publicFile)) throw new Error(bilingual('safekeeping.keys.pairThere', { publicFile }))
  const privateFile = resolve(process.env.INIT_CWD ?? '.', values.to)
  const { publicPem, privatePem } = makePair()
  mkdirSync(dirname(publicFile), { recursive: true, mode: 0o700 })
  writeFileSync(privateFile, privatePem, { mode: 0o600, flag: 'wx' })
  writeFileSync(publicFile, publicPem, { mode: 0o644, flag: 'wx' })
  console.log(bilingual('safekeeping.keys.pair', { privateFile, publicFile }))
}

/** After a backup from before seals was brought back: seals again what its log knows, and ends the rest. */
async function seal(config: Config): Promise<void> {
  useKeys(keysOf(loadSecrets(config.secretsFile)), keyFile(config.secretsFile))
  const { sealed, ended, again } = await withDatabase(config, (client) => sealRows(client))
  console.log(bilingual('safekeeping.keys.sealed', { sealed, ended, again }))
}

async function status({ secretsFile }: Config): Promise<void> {
  const { earlier, process, sealed: _, ...single } = loadSecrets(secretsFile)
  for (const { id, created } of [...Object.values(single), ...earlier, ...process]) {
    console.log(bilingual('safekeeping.keys.line', { id, date: created, days: ageInDays(created) }))
  }
}

const tasks: Record<string, (config: Config, given: string[]) => Promise<void>> = {
  status,
  'rotate-master': rotate,
  'rotate-case': rotateCase,
  'backup-key': backupKey,
  seal,
}

async function main(): Promise<void> {
  const task = tasks[process.argv[2] ?? '']
  if (!task) throw new Error(bilingual('safekeeping.keys.usage'))
  await task(readConfig(), process.argv.slice(3))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
