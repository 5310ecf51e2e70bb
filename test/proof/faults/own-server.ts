// How does a test keep a database server that it may kill, with the cast at work in it?
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type Embedded, startEmbedded } from '../../../db/embedded.ts'
import { chooseUser, privateFolder } from '../../../db/embedded-binaries.ts'
import { readPostmaster, serverEnv } from '../../../db/embedded-server.ts'
import { migrate } from '../../../db/migrate.ts'
import { databaseUrl, letHurry } from '../../cluster.ts'
import type { TestDatabase } from '../../database.ts'
import { until } from '../../keepers.ts'
import { testPasswords } from '../../secrets.ts'

export type OwnServer = {
  database: TestDatabase
  /** Its version, as it says itself. */
  engine: string
  /** Ends every process of the server as a power cut would, all at once. */
  kill: () => Promise<void>
  /** Ends it in order, as an upgrade would. */
  stop: () => Promise<void>
  start: () => Promise<void>
  close: () => Promise<void>
}

// `TUGIVORK_PROOF_POSTGRES=/usr/lib/postgresql/15` tries the same with another server's programs.
const binaries = process.env.TUGIVORK_PROOF_POSTGRES

/** A server in a folder of its own that really writes to the disk; at the same address after each start. */
export async function openServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-fault-'))
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  if (binaries) await makeCluster(dataDir, binaries)
  let running: Embedded = await startEmbedded({ dataDir, binaries })
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
    engine: await versionOf(adminUrl),
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
      running = await startEmbedded({ dataDir, binaries })
    },
    close,
  }
}

async function versionOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return `PostgreSQL ${rows[0]?.server_version.split(' ')[0]}`
}

// Older servers do not know the locale that ours has built in.
async function makeCluster(dataDir: string, programs: string): Promise<void> {
  mkdirSync(dataDir)
  chmodSync(dataDir, 0o711)
  const runAs = await chooseUser(join(dataDir, 'pg'))
  await privateFolder(join(dataDir, 'pg'), runAs)
  const [password, file] = [randomBytes(16).toString('hex'), join(dataDir, 'pg.secret')]
  writeFileSync(join(dataDir, 'database.key'), password, { mode: 0o600 })
  writeFileSync(file, password, { mode: 0o600 })
  if (runAs) chownSync(file, runAs.uid, runAs.gid)
  const rules = [
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${file}`,
  ]
  const made = spawnSync(join(programs, 'bin/initdb'), ['-D', join(dataDir, 'pg'), ...rules], {
    ...{ encoding: 'utf8', env: serverEnv, cwd: '/' },
    ...{ uid: runAs?.uid, gid: runAs?.gid },
  })
  if (made.status !== 0) throw new Error(made.stderr)
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
