// How do we bring our own PostgreSQL up in a data folder, and down again?
import { type ChildProcess, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Client } from 'pg'
import { Told } from '../app/i18n/bilingual.ts'
import { canReach, chooseUser, findBinaries, ownFolder, privateFolder, type RunAs } from './embedded-binaries.ts'
import { takeLock } from './embedded-lock.ts'
import {
  embeddedUrl,
  lastLog,
  launchServer,
  readPostmaster,
  type Server,
  serverEnv,
  stopOrphan,
  stopServer,
} from './embedded-server.ts'

/** `binaries`: another server's programs than ours, on data that they have made. */
type Options = { dataDir: string; fsync?: boolean; binaries?: string }

/** `exited` resolves when the server ends without having been asked to. */
export type Embedded = { adminUrl: string; stop: () => Promise<void>; exited: Promise<void> }

const socketName = '/.s.PGSQL.5432'
const database = 'tugivork'

/**
 * Starts PostgreSQL on `dataDir/pg` – made on first use – reachable over a Unix socket only. Throws where another process
 * works on the same folder. After kill -9 of the app it stops what was left and recovers. `fsync: false` is for tests.
 */
export async function startEmbedded({ dataDir: folder, fsync = true, binaries: given }: Options): Promise<Embedded> {
  const dataDir = await prepareFolder(resolve(folder))
  const release = await takeLock(join(dataDir, 'app.lock'), dataDir, () => answers(join(dataDir, 'pg')))
  try {
    const runAs = await chooseUser(join(dataDir, 'pg'))
    const binaries = given ?? (await findBinaries(runAs))
    const password = await adminPassword(dataDir)
    const pgDir = await prepareCluster({ dataDir, binaries, runAs, password, fsync })
    await stopOrphan(pgDir)
    await clearSockets(pgDir)
    const socketDir = await prepareSocket(dataDir, runAs)
    const server: Server = { binaries, pgDir, socketDir, logFile: join(dataDir, 'postgres.log'), runAs, fsync }
    const adminUrl = embeddedUrl(socketDir, password)
    const child = await readyServer(server, adminUrl)
    return watch(child, adminUrl, async () => {
      if (socketDir.startsWith(tmpdir())) await rm(socketDir, { recursive: true, force: true })
      release()
    })
  } catch (error) {
    release()
    throw error
  }
}

function watch(child: ChildProcess, adminUrl: string, clean: () => Promise<void>): Embedded {
  let stopping: Promise<void> | undefined
  const exited = new Promise<void>((done) => child.once('exit', () => !stopping && done()))
  // A process that ends without stop() still takes the server with it.
  const last = () => child.kill('SIGINT')
  process.once('exit', last)
  const stop = async () => {
    await stopServer(child)
    process.off('exit', last)
    await clean()
  }
  return { adminUrl, exited, stop: () => (stopping ??= stop()) }
}

async function prepareFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    // As root the server is another user, who must be able to walk through to its own folder; every file in here is 0600.
    await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    return await realpath(dataDir)
  } catch (error) {
    throw new Told('core.start.noFolder', { dataDir, why: (error as Error).message }, { cause: error })
  }
}

async function adminPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'database.key')
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'pg'))) throw new Told('core.start.noKey', { file })
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  return readFile(file, 'utf8')
}

type Cluster = { dataDir: string; binaries: string; runAs: RunAs; password: string; fsync: boolean }

async function prepareCluster({ dataDir, binaries, runAs, password, fsync }: Cluster): Promise<string> {
  const pgDir = join(dataDir, 'pg')
  if (existsSync(pgDir)) return realpath(pgDir)
  // Below a closed folder (root's home) the server's user cannot live: then the data lie in /var/lib, with a link here.
  const reachable = await canReach(dataDir, runAs)
  const home = reachable ? dataDir : await mkdtemp(join(await ownFolder(), 'data-'))
  if (!reachable) await chmod(home, 0o711)
  // What an interrupted first start left behind has never held data.
  const half = join(home, 'pg.new')
  await rm(half, { recursive: true, force: true })
  await privateFolder(half, runAs)
  const secret = join(home, 'pg.secret')
  await writeFile(secret, password, { mode: 0o600 })
  if (runAs) await chown(secret, runAs.uid, runAs.gid)
  const made = runInitdb({ dataDir: half, binaries, runAs, password: secret, fsync })
  await rm(secret)
  if (made.status !== 0) throw new Told('core.start.initdb', { why: made.stderr.trim() || String(made.error) })
  await rename(half, join(home, 'pg'))
  if (!reachable) await symlink(join(home, 'pg'), pgDir)
  return realpath(pgDir)
}

function runInitdb({ dataDir, binaries, runAs, password, fsync }: Cluster) {
  // The built-in UTF-8 locale knows õäöüšž and, unlike a library's, never changes under existing indexes.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const rules = ['--auth=scram-sha-256', '--data-checksums', '--username=postgres', `--pwfile=${password}`]
  const sync = fsync ? [] : ['--no-sync']
  return spawnSync(join(binaries, 'bin', 'initdb'), ['-D', dataDir, ...locale, ...rules, ...sync], {
    encoding: 'utf8',
    env: serverEnv,
    cwd: '/',
    uid: runAs?.uid,
    gid: runAs?.gid,
  })
}

/** The folder of the socket: beside the data, or – its address holds 107 bytes – a short private one. */
async function prepareSocket(dataDir: string, runAs: RunAs): Promise<string> {
  const near = join(dataDir, 'socket')
  const fits = Buffer.byteLength(near + socketName) <= 107
  const place = fits && (await canReach(dataDir, runAs)) ? near : await mkdtemp(join(tmpdir(), 'tugivork-socket-'))
  // A server that was killed leaves its socket and the lock of it behind; nobody else can be using them now.
  await rm(place, { recursive: true, force: true })
  await privateFolder(place, runAs)
  return place
}

async function clearSockets(pgDir: string): Promise<void> {
  const left = readPostmaster(pgDir)?.socketDir
  if (left && dirname(left) === tmpdir() && left.includes('tugivork-socket-'))
    await rm(left, { recursive: true, force: true })
}

async function answers(pgDir: string): Promise<boolean> {
  const socketDir = readPostmaster(pgDir)?.socketDir
  if (!socketDir) return false
  const client = new Client({ host: socketDir, port: 5432, user: 'postgres', database, password: '' })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    // Refusing our password is an answer too; an error of the socket itself is none.
    return !('syscall' in (error as Error))
  }
}

/** The children of a server that was killed hold its memory until they notice; so long the next one is turned away, and tries again. */
async function readyServer(server: Server, adminUrl: string): Promise<ChildProcess> {
  for (let tries = 1; ; tries++) {
    const child = launchServer(server)
    try {
      await untilReady(child, adminUrl, server.logFile)
      return child
    } catch (error) {
      if (tries === 20 || !lastLog(server.logFile).includes('shared memory block')) throw error
      await new Promise((done) => setTimeout(done, 500))
    }
  }
}

async function untilReady(child: ChildProcess, adminUrl: string, logFile: string): Promise<void> {
  let failed: Error | undefined
  child.once('error', (error) => (failed = error))
  for (const end = Date.now() + 60_000; ; ) {
    if (failed || child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      child.kill('SIGQUIT')
      throw new Told('core.start.failed', { log: logFile, why: failed?.message ?? lastLog(logFile) })
    }
    const state = await tryOnce(adminUrl)
    if (state === 'ready') return
    if (state === 'no database') await tryOnce(adminUrl.replace(/[^/]+$/, 'postgres'), `create database ${database}`)
    await new Promise((done) => setTimeout(done, 15))
  }
}

async function tryOnce(url: string, statement = 'select 1'): Promise<'ready' | 'no database' | 'not yet'> {
  const client = new Client({ connectionString: url })
  // A server that ends while it greets us says so twice: to the call, and to whoever listens.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(statement)
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '3D000') return 'no database'
    // Starting up, or no socket yet; anything else will not mend itself.
    if (code === '57P03' || code === 'ENOENT' || code === 'ECONNREFUSED') return 'not yet'
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
