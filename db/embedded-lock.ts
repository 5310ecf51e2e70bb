// Which process, if any, works on this data folder now?
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { Told } from '../app/i18n/bilingual.ts'
import { formatInstant } from '../app/i18n/format.ts'

type Holder = { pid: number; started: string; boot: string; namespace: string; since: string }

const isTaken = (error: unknown) => (error as { code?: string }).code

/**
 * Takes `file` for this process and returns the function that gives it back. A lock left behind by kill -9, a reboot or an
 * ended container is taken over; a living holder is named in the error. `answers` tells whether the holder's database still
 * speaks: the only sign of life across containers, which cannot see one another's processes.
 */
export async function takeLock(file: string, dataDir: string, answers: () => Promise<boolean>): Promise<() => void> {
  const release = await takeTurn(file)
  try {
    const holder = readHolder(file)
    if (holder && (await isAlive(holder, answers))) {
      const facts = { dataDir, pid: String(holder.pid), since: formatInstant(new Date(holder.since)) }
      throw new Told('core.start.locked', facts)
    }
    rmSync(file, { force: true })
    const mine: Holder = { pid: process.pid, ...identity(process.pid), since: new Date().toISOString() }
    writeFileSync(file, `${JSON.stringify(mine)}\n`, { flag: 'wx', mode: 0o600 })
  } finally {
    release()
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}

// Two starts that both find a dead lock must not both take it: an abstract socket has one owner and dies with it.
async function takeTurn(file: string): Promise<() => void> {
  const name = createHash('sha256').update(file).digest('hex')
  for (const end = Date.now() + 5000; ; ) {
    const server = createServer()
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail)
        server.listen(`\0tugivork-turn-${name}`, done)
      })
      return () => server.close()
    } catch (error) {
      if (isTaken(error) !== 'EADDRINUSE' || Date.now() > end) throw error
      await new Promise((done) => setTimeout(done, 20))
    }
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch (error) {
    // A half-written lock is a dead process's; a lock we may not read is not ours to judge.
    if (error instanceof SyntaxError || isTaken(error) === 'ENOENT') return undefined
    throw error
  }
}

async function isAlive(holder: Holder, answers: () => Promise<boolean>): Promise<boolean> {
  const here = identity(process.pid)
  if (holder.boot !== here.boot) return false
  if (holder.namespace !== here.namespace) return answers()
  return identity(holder.pid).started === holder.started
}

/** What tells a process from a later one with the same number: when it began, in which boot, in which container. */
function identity(pid: number): { started: string; boot: string; namespace: string } {
  const read = (get: () => string) => {
    try {
      return get()
    } catch {
      return ''
    }
  }
  return {
    // Field 22; the program's name in field 2 may hold spaces and brackets, so count from its end.
    started: read(() => startOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))),
    boot: read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: read(() => readlinkSync('/proc/self/ns/pid')),
  }
}

// After the name in brackets: the state first, the start as the twentieth. One that was killed and that nobody has buried
// yet (Z, X) still has a line there but holds nothing any more.
function startOf(stat: string): string {
  const [state = '', ...rest] = stat.split(') ').at(-1)?.split(' ') ?? []
  return 'ZX'.includes(state) ? '' : (rest[18] ?? '')
}
