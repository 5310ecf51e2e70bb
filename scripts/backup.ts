// How does the administrator write a backup? It is closed for the holder of a key that is not on this machine, or not written.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bilingual } from '../app/i18n/bilingual.ts'
import { readConfig } from '../app/process/config.server.ts'
import { loadSecrets } from '../app/process/secrets.server.ts'
import { makeBackup } from '../db/backup/backup.ts'
import { openDatabase } from '../db/open.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string' } } })
  if (!values.to) throw new Error(bilingual('safekeeping.backup.usage'))
  const config = readConfig()
  const database = await openDatabase(config)
  try {
    const slash = values.to.endsWith('/') ? '/' : ''
    const made = await makeBackup({
      adminUrl: database.adminUrl,
      // Named from where the person stood, not from our folder.
      to: `${resolve(process.env.INIT_CWD ?? '.', values.to)}${slash}`,
      publicKeyFile: config.backupKeyFile,
      indexId: loadSecrets(config.secretsFile).index.id,
      ledgerFile: config.ledgerFile,
    })
    const megabytes = (made.bytes / 1e6).toFixed(1).replace('.', ',')
    console.log(bilingual('safekeeping.backup.made', { ...made, megabytes }))
    console.log(bilingual('safekeeping.backup.apart', { secrets: config.secretsFile, ledger: config.ledgerFile }))
  } finally {
    await database.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
