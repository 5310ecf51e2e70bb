// How do tests start, hear and kill a program that keeps an embedded database?
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

type Said = { adminUrl?: string; refused?: string; kept?: number }
type Keeper = {
  pid: number
  said: Said[]
  ended: Promise<number | null>
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** A folder that does not exist yet, removed with all that is in it when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-keeper-'))
  chmodSync(folder, 0o711)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

/** Starts the program and waits for its first word: the address, or why it was refused. */
export async function keeper(dataDir: string, task?: 'write', env: Record<string, string> = {}): Promise<Keeper> {
  const script = join(import.meta.dirname, 'database-keeper.ts')
  const args = [script, dataDir, ...(task ? [task] : [])]
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: Said[] = []
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => said.push(JSON.parse(line) as Said))
  await new Promise((done) => lines.once('line', done))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { pid: child.pid ?? 0, said, ended, end }
}

/** The process number of the database server that works on the folder. */
export function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** True while the process runs; one that has ended and waits to be noticed does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Waits until something is true, ten seconds unless told otherwise. */
export async function until(isTrue: () => boolean, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; !isTrue(); ) {
    if (Date.now() > end) throw new Error(`it did not come true within ${patience} ms`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
