// How is a server under measurement started, watched and stopped – the product or the floor, each a process of its own?
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import packaged from '../../package.json' with { type: 'json' }
import type { Place } from './place.ts'

export type Running = {
  pid: number
  origin: string
  port: number
  startedIn: number
  stop: () => Promise<void>
  kill: () => Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** Starts a program with the bench's Node and waits for its first 200; `startedIn` is that time in milliseconds. */
export async function start(of: {
  name: string
  args: string[]
  env: Record<string, string>
  folder: string
  port: number
  health: string
}): Promise<Running> {
  const log = join(of.folder, `${of.name}.log`)
  const out = openSync(log, 'a')
  const began = performance.now()
  const child = spawn(process.execPath, of.args, {
    cwd: root,
    stdio: ['ignore', out, out],
    env: { PATH: process.env.PATH ?? '', ...of.env },
  })
  closeSync(out)
  const last = () => child.kill('SIGKILL')
  process.once('exit', last)
  const end = (signal: 'SIGTERM' | 'SIGKILL') => ended(child, signal).finally(() => process.off('exit', last))
  const origin = `http://127.0.0.1:${of.port}`
  await untilHealthy(child, `${origin}${of.health}`, log)
  return {
    pid: child.pid ?? 0,
    origin,
    port: of.port,
    startedIn: performance.now() - began,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill(signal)
  await gone
}

async function untilHealthy(child: ChildProcess, url: string, log: string): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    if (child.exitCode !== null) break
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((done) => setTimeout(done, 10))
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not start; its log ends:\n${readFileSync(log, 'utf8').slice(-2000)}`)
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

export type ProductOptions = {
  name?: string
  port?: number
  profile?: string
  env?: Record<string, string>
  databaseUrl?: string
}

/** The product as `npm start` runs it, with the same flags, on the bench's database. */
export async function startProduct(place: Place, options: ProductOptions = {}): Promise<Running> {
  const port = options.port ?? (await freePort())
  const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []
  return start({
    name: options.name ?? 'product',
    args: [...packaged.config.serverFlags.split(' '), ...profiling, '--import', './scripts/jsx.mjs', 'app/server.ts'],
    env: {
      TUGIVORK_MODE: 'demo',
      TUGIVORK_DATA: join(place.folder, 'product'),
      TUGIVORK_SECRETS: place.secretsFile,
      DATABASE_URL: options.databaseUrl ?? place.adminUrl,
      PORT: String(port),
      TUGIVORK_ORIGIN: `http://127.0.0.1:${port}`,
      ...options.env,
    },
    folder: place.folder,
    port,
    health: '/health',
  })
}

/** The floor: see floor/server.ts for what it does and what it leaves out. */
export async function startFloor(place: Place, plan: string): Promise<Running> {
  const port = await freePort()
  return start({
    name: 'floor',
    args: ['bench/floor/server.ts'],
    env: {
      PORT: String(port),
      READ_URL: place.urlOf('tugivork_read'),
      WRITE_URL: place.urlOf('tugivork_write'),
      FLOOR_PLAN: plan,
      TUGIVORK_SECRETS: place.secretsFile,
    },
    folder: place.folder,
    port,
    health: '/health',
  })
}
