// How much processor time have a program and the database's processes used so far, and how much memory do they hold?
import { readdirSync, readFileSync } from 'node:fs'

/** The fields of /proc/PID/stat that count: own time and that of children already buried, in clock ticks. */
export type Stat = { parent: number; own: number; buried: number }

/** Reads one line of /proc/PID/stat; the program's name in brackets may hold blanks and brackets itself. */
export function parseStat(line: string): Stat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const at = (index: number) => Number(fields[index - 3])
  return { parent: at(4), own: at(14) + at(15), buried: at(16) + at(17) }
}

// Linux has counted a hundred to the second on every machine since 2.6.
const tick = 10

function statOf(pid: number): Stat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // Gone since we listed it.
    return null
  }
}

/** Milliseconds of processor time of a process and of everything below it, the ended ones included. */
export function cpuOfTree(pid: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(Number(name))
      return stat ? [{ pid: Number(name), ...stat }] : []
    })
  return tick * ticksOf(pid, all)
}

/** The same from a list of processes. */
export function ticksOf(pid: number, all: (Stat & { pid: number })[]): number {
  const self = all.find((one) => one.pid === pid)
  if (!self) return 0
  const below = all.filter((one) => one.parent === pid).map((one) => ticksOf(one.pid, all))
  return self.own + self.buried + below.reduce((sum, one) => sum + one, 0)
}

/**
 * Memory in megabytes: what is a process's own and its share of what it holds together with others (the text of Node itself, of which each would
 * otherwise count sixty as its own), and the highest mark of what was resident, shares or not.
 */
export function memoryOf(pid: number): { now: number; peak: number } {
  const megabytes = (file: string, name: string) => {
    const text = readFileSync(`/proc/${pid}/${file}`, 'utf8')
    return Number(text.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))?.[1] ?? 0) / 1024
  }
  return { now: megabytes('smaps_rollup', 'Pss'), peak: megabytes('status', 'VmHWM') }
}
