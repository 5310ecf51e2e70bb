// How does a test keep a database server that it may kill, with the cast at work in it?
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Embedded, startEmbedded } from '../../../db/embedded.ts'
import { readPostmaster } from '../../../db/embedded-server.ts'
import { migrate } from '../../../db/migrate.ts'
import { databaseUrl, letHurry } from '../../cluster.ts'
import type { TestDatabase } from '../../database.ts'
import { until } from '../../keepers.ts'
import { testPasswords } from '../../secrets.ts'

export type OwnServer = {
  database: TestDatabase
  /** Ends every process of the server as a power cut would, all at once. */
  kill: () => Promise<void>
  /** Ends it in order, as an upgrade would. */
  stop: () => Promise<void>
  start: () => Promise<void>
  close: () => Promise<void>
}

/** A server in a folder of its own that really writes to the disk; at the same address after each start. */
export async function openServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-fault-'))
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  let running: Embedded = await startEmbedded({ dataDir })
  await migrate(running.adminUrl, { rolePasswords: testPasswords })
  await letHurry(running.adminUrl)
  const { adminUrl } = running
  const as = (role: keyof typeof testPasswords) => databaseUrl(adminUrl, 'tugivork', role)
  const stop = () => running.stop()
  const close = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    database: {
      ...{ adminUrl, readUrl: as('tugivork_read'), writeUrl: as('tugivork_write'), doorUrl: as('tugivork_door') },
      ...{ jobsUrl: as('tugivork_jobs'), close },
    },
    kill: async () => {
      killTree(readPostmaster(join(dataDir, 'pg'))?.pid)
      await running.exited
      await stop()
    },
    stop,
    start: async () => {
      running = await startEmbedded({ dataDir })
    },
    close,
  }
}

// The children first, so that none of them can tidy up when its parent is gone.
function killTree(pid: number | undefined): void {
  if (!pid) throw new Error('no server to kill')
  process.kill(pid, 'SIGSTOP')
  for (const child of childrenOf(pid)) process.kill(child, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number)
}

function parentOf(pid: string): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
  } catch {
    return 0
  }
}

/** Waits until somebody has said so, but not for ever. */
export const whenever = (isTrue: () => boolean): Promise<void> => until(isTrue, 30_000)
