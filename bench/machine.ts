// On which machine was it measured? Absolute figures mean nothing without it, and ratios little.
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'

export type Machine = { processor: string; cores: number; memory: string; kernel: string; node: string; load: number }

export function readMachine(): Machine {
  const [first] = cpus()
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `${systemName()}, Linux ${release()}`,
    node: process.version,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}

function systemName(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.+)"/)?.[1] ?? 'Linux'
  } catch {
    return 'Linux'
  }
}
