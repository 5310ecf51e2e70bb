// How does a command of the administrator reach the database, whether or not the program is running?
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from './embedded.ts'
import { embeddedUrl, readPostmaster } from './embedded-server.ts'

type Where = { databaseUrl: string | null; dataDir: string }

/**
 * The administrator's address of the database: that of DATABASE_URL, of the embedded server that the running program
 * keeps, or else of one started now and stopped by `close()`.
 */
export async function openDatabase({
  databaseUrl,
  dataDir,
}: Where): Promise<{ adminUrl: string; close: () => Promise<void> }> {
  if (databaseUrl) return { adminUrl: databaseUrl, close: async () => undefined }
  const running = await findRunning(resolve(dataDir))
  if (running) return { adminUrl: running, close: async () => undefined }
  const { adminUrl, stop } = await startEmbedded({ dataDir })
  return { adminUrl, close: stop }
}

async function findRunning(dataDir: string): Promise<string | undefined> {
  const key = join(dataDir, 'database.key')
  const socketDir = readPostmaster(join(dataDir, 'pg'))?.socketDir
  if (!socketDir || !existsSync(key)) return undefined
  const adminUrl = embeddedUrl(socketDir, readFileSync(key, 'utf8'))
  const client = new Client({ connectionString: adminUrl })
  try {
    await client.connect()
    return adminUrl
  } catch {
    // Whatever is left of a server that was killed; starting anew puts it right.
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}
