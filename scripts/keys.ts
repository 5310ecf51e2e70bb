// How does the administrator see and change the keys? Nothing is shown of a key but its name and its age.
import { Client } from 'pg'
import { bilingual } from '../app/i18n/bilingual.ts'
import { type Config, readConfig } from '../app/process/config.server.ts'
import { loadSecrets } from '../app/process/secrets.server.ts'
import { ageInDays } from '../db/keys/doctor.ts'
import { rotateMaster } from '../db/keys/rotate-master.ts'
import { openDatabase } from '../db/open.ts'

/** Changes the master key; the program may go on running. Exit code 1 where keys were found that do not open. */
async function rotate(config: Config): Promise<void> {
  const database = await openDatabase(config)
  const client = new Client({ connectionString: database.adminUrl })
  try {
    await client.connect()
    const { id, rewrapped, broken } = await rotateMaster(client, config.secretsFile)
    const args = { id, count: String(broken.length || rewrapped), owners: broken.join(', ') }
    if (broken.length > 0) throw new Error(bilingual('safekeeping.keys.broken', args))
    console.log(bilingual('safekeeping.keys.rotated', args))
  } finally {
    await client.end()
    await database.close()
  }
}

async function status({ secretsFile }: Config): Promise<void> {
  const { earlier, process, ...single } = loadSecrets(secretsFile)
  for (const { id, created } of [...Object.values(single), ...earlier, ...process]) {
    console.log(bilingual('safekeeping.keys.line', { id, date: created, days: ageInDays(created) }))
  }
}

const tasks: Record<string, (config: Config) => Promise<void>> = { 'rotate-master': rotate, status }

async function main(): Promise<void> {
  const task = tasks[process.argv[2] ?? '']
  if (!task) throw new Error(bilingual('safekeeping.keys.usage'))
  await task(readConfig())
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
