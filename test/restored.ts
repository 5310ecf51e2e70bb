// How does a test make a backup, lose everything, and bring it back elsewhere?
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keysBeside, makeBackup } from '../db/backup/backup.ts'
import { makePair } from '../db/backup/container.ts'
import { type Restored, type RestoreOptions, restore } from '../db/backup/restore.ts'
import { verifyLog } from '../scripts/audit-verify.ts'
import { emptyDatabase } from './database.ts'
import { testSecrets, writeTestSecrets } from './secrets.ts'

export type Vaults = {
  folder: string
  publicKeyFile: string
  privateKeyFile: string
  secretsFile: string
  ledgerFile: string
}

/** A folder with a pair of keys for backups, the file of keys of tests, and a place for the ledger. */
export function makeVaults(folder: string): Vaults {
  const { publicPem, privatePem } = makePair()
  const [publicKeyFile, privateKeyFile] = [join(folder, 'backup.pub'), join(folder, 'seif.pem')]
  writeFileSync(publicKeyFile, publicPem)
  writeFileSync(privateKeyFile, privatePem)
  const secretsFile = writeTestSecrets(folder)
  return { folder, publicKeyFile, privateKeyFile, secretsFile, ledgerFile: join(folder, 'ledger', 'erasures.jsonl') }
}

export async function backUp(adminUrl: string, vaults: Vaults, name: string) {
  const { publicKeyFile, ledgerFile } = vaults
  const to = join(vaults.folder, name)
  return makeBackup({ adminUrl, to, publicKeyFile, indexId: testSecrets.index.id, ledgerFile })
}

export type Back = Restored & { said: string[]; drop: () => Promise<void> }

/** Restores into an empty database of the run's cluster. */
export async function bringBack(vaults: Vaults, from: string, change: Partial<RestoreOptions> = {}): Promise<Back> {
  const empty = await emptyDatabase()
  try {
    return { ...(await bringBackInto(empty.adminUrl, vaults, from, change)), drop: empty.close }
  } catch (error) {
    await empty.close()
    throw error
  }
}

/** Restores into the empty database of that address. */
export async function bringBackInto(
  databaseUrl: string,
  vaults: Vaults,
  from: string,
  change: Partial<RestoreOptions> = {},
): Promise<Restored & { said: string[] }> {
  const said: string[] = []
  const restored = await restore({
    ...vaults,
    databaseUrl,
    dataDir: join(vaults.folder, 'unused'),
    from,
    keysFrom: keysBeside(from),
    say: (key) => void said.push(key),
    verify: async (client, head) => {
      const { code, text } = await verifyLog(client, head ? [{ size: head.seq, head: head.hash }] : [])
      if (code !== 0) throw new Error(text)
    },
    ...change,
  })
  return { ...restored, said }
}
