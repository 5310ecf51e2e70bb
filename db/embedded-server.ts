// How is the database server's process started, watched and stopped?
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Told } from '../app/i18n/bilingual.ts'
import type { RunAs } from './embedded-binaries.ts'

export type Server = {
  binaries: string
  pgDir: string
  socketDir: string
  logFile: string
  runAs: RunAs
  fsync: boolean
}

// Nothing of a statement or of its values is ever written to the log: they are people's lives.
const settings: Record<string, string> = {
  cluster_name: 'tugivork',
  listen_addresses: '',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_timezone: 'UTC',
  max_connections: '100',
  password_encryption: 'scram-sha-256',
  port: '5432',
  shared_buffers: '64MB',
  timezone: 'UTC',
  unix_socket_permissions: '0700',
}

/** The address of the database `tugivork` behind a Unix socket. */
export function embeddedUrl(socketDir: string, password: string): string {
  return `postgres://postgres:${password}@${encodeURIComponent(socketDir)}:5432/tugivork`
}

/** The environment of the server's programs: nothing of ours, secrets least of all. */
export const serverEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches only us and we stop it when our last request is
 * answered. Where the machine has setpriv the kernel sends the server SIGINT (fast shutdown) when we are killed.
 */
export function launchServer(server: Server): ChildProcess {
  keepLogSmall(server.logFile)
  const log = openSync(server.logFile, 'a', 0o600)
  const durable = server.fsync ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  const all = { ...settings, ...durable, unix_socket_directories: server.socketDir }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [join(server.binaries, 'bin', 'postgres'), '-D', server.pgDir, ...flags]
  const [program = '', ...args] = [...dieWithUs(), ...command]
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    detached: true,
    env: serverEnv,
    cwd: '/',
    uid: server.runAs?.uid,
    gid: server.runAs?.gid,
  })
  closeSync(log)
  return child
}

let setpriv: string[] | undefined

// The uid is changed before setpriv runs, because changing it would make the kernel forget the signal.
function dieWithUs(): string[] {
  setpriv ??=
    spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0
      ? ['setpriv', '--pdeathsig', 'INT', '--']
      : []
  return setpriv
}

/** Asks the server to end at once but cleanly (SIGINT); after ten seconds to drop everything (SIGQUIT). */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGINT')
  const hurry = setTimeout(() => child.kill('SIGQUIT'), 10_000)
  await gone
  clearTimeout(hurry)
}

/** What the server wrote about itself into its data folder: its process and its socket. */
export function readPostmaster(pgDir: string): { pid: number; socketDir: string } | undefined {
  try {
    const [pid, , , , socketDir] = readFileSync(join(pgDir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), socketDir: socketDir ?? '' }
  } catch {
    return undefined
  }
}

/** Stops a server that outlived the process that started it. The caller holds the lock, so nobody else works with it. */
export async function stopOrphan(pgDir: string): Promise<void> {
  const left = readPostmaster(pgDir)
  if (!left) return
  if (isServerOn(left.pid, pgDir)) await stopServerOn(left.pid, pgDir)
  // One that was killed and that nobody has buried yet has no command line any more, but a next server takes it for alive.
  for (let waited = 0; isUnburied(left.pid) && waited < 3_000; waited += 50) await pause()
  // The number may belong to some other program by now, and the server would take that for itself and refuse.
  if (isRunning(left.pid)) rmSync(join(pgDir, 'postmaster.pid'), { force: true })
}

async function stopServerOn(pid: number, pgDir: string): Promise<void> {
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isServerOn(pid, pgDir); waited += 50) {
    if (waited === 10_000) process.kill(pid, 'SIGQUIT')
    if (waited > 20_000) throw new Told('core.start.orphan', { pid: String(pid) })
    await pause()
  }
}

const pause = () => new Promise((done) => setTimeout(done, 50))

function isUnburied(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === ''
  } catch {
    return false
  }
}

function isServerOn(pid: number, pgDir: string): boolean {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return basename(program) === 'postgres' && args[args.indexOf('-D') + 1] === pgDir
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    return statSync(`/proc/${pid}`).isDirectory()
  } catch {
    return false
  }
}

function keepLogSmall(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) renameSync(file, `${file}.1`)
}

/** The last lines of the server's log, for the message that says why it did not start. */
export function lastLog(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-6).join('\n')
}
