// How is an installation opened – database, keys, mail – by the process and by each command line alike?
import { startEmbedded } from '../../db/embedded.ts'
import { refuseRetired } from '../../db/keys/retired.ts'
import { sealOnce } from '../../db/keys/seal-rows.ts'
import { migrate } from '../../db/migrate.ts'
import { type LoginRole, loginRoles, type RolePasswords } from '../../db/roles.ts'
import { connect, disconnect } from '../core/db.server.ts'
import { useKeys } from '../core/keys/ring.server.ts'
import type { Config } from './config.server.ts'
import { keyFile, keysOf } from './key-file.server.ts'
import { useLedger } from './ledger.server.ts'
import { useMail } from './mail.server.ts'
import { useScanner } from './scanner.server.ts'
import { loadSecrets, rolePassword, type Secrets } from './secrets.server.ts'

export type Installation = {
  adminUrl: string
  jobsUrl: string
  secrets: Secrets
  /** Resolves when the embedded database ends without having been asked to. */
  lost: Promise<void>
  close: () => Promise<void>
}

/** Brings up the database (embedded unless DATABASE_URL names one), migrates it and connects as the login roles. */
export async function openInstallation(config: Config): Promise<Installation> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir })
  const adminUrl = embedded?.adminUrl ?? config.databaseUrl ?? ''
  try {
    const secrets = loadSecrets(config.secretsFile)
    const rolePasswords = Object.fromEntries(
      loginRoles.map((role) => [role, rolePassword(secrets, role)]),
    ) as RolePasswords
    await migrate(adminUrl, { rolePasswords })
    const urlOf = (role: LoginRole) => as(adminUrl, role, rolePasswords[role])
    connect({
      readUrl: urlOf('tugivork_read'),
      writeUrl: urlOf('tugivork_write'),
      doorUrl: urlOf('tugivork_door'),
    })
    await refuseRetired(adminUrl, secrets.master.id)
    useKeys(keysOf(secrets), keyFile(config.secretsFile))
    if (!secrets.sealed) await sealOnce(adminUrl, config.secretsFile)
    useLedger(config.ledgerFile)
    useMail({ ...config.mail, origin: config.origin })
    useScanner(config.scanner)
    const close = async () => {
      await disconnect()
      await embedded?.stop()
    }
    return {
      adminUrl,
      jobsUrl: urlOf('tugivork_jobs'),
      secrets,
      lost: embedded?.exited ?? new Promise(() => undefined),
      close,
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

function as(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl)
  url.username = role
  url.password = password
  return url.href
}
