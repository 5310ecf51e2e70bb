// How is a second database server made that follows the first and can take its place?
import { chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Embedded, startEmbedded } from '../../db/embedded.ts'
import { readPostmaster } from '../../db/embedded-server.ts'
import { connected, type Place } from '../place/place.ts'

export type Standby = Embedded & { socket: string }

export const socketOf = (dataDir: string) => join(readPostmaster(join(dataDir, 'pg'))?.socketDir ?? '', '.s.PGSQL.5432')

/** A copy taken while the first one works (a base backup by the server's own functions), which then follows its log. */
export async function makeStandby(place: Place): Promise<Standby> {
  const [from, dataDir] = [join(place.folder, 'data'), join(place.folder, 'standby')]
  await mkdir(dataDir, { mode: 0o711 })
  await cp(join(from, 'database.key'), join(dataDir, 'database.key'))
  const backup = await connected(place.adminUrl)
  await backup.query(`select pg_backup_start('standby', true)`)
  const pg = join(dataDir, 'pg')
  const skipped = /\/(postmaster\.(pid|opts)|pg_wal\/.+|pg_replslot\/.+|pg_stat_tmp\/.+|pgsql_tmp.*)$/
  await copyOwned(join(from, 'pg'), pg, skipped)
  const { rows } = await backup.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  await backup.end()
  const { uid, gid } = await stat(join(from, 'pg'))
  const write = async (name: string, text: string, flag = 'w') => {
    await writeFile(join(pg, name), text, { mode: 0o600, flag })
    await chown(join(pg, name), uid, gid)
  }
  await write('backup_label', rows[0]?.labelfile ?? '')
  await write('standby.signal', '')
  const password = await readFile(join(from, 'database.key'), 'utf8')
  const upstream = `host=${join(socketOf(from), '..')} port=5432 user=postgres password=${password} application_name=standby`
  await write('postgresql.auto.conf', `primary_conninfo = '${upstream}'\n`, 'a')
  const embedded = await startEmbedded({ dataDir })
  return { ...embedded, socket: socketOf(dataDir) }
}

// Copies files that vanish while we look, and keeps their owner, who is not always we.
async function copyOwned(from: string, to: string, skipped: RegExp): Promise<void> {
  const { uid, gid } = await stat(from)
  const own: string[] = []
  await cp(from, to, {
    recursive: true,
    preserveTimestamps: true,
    filter: async (source, target) => {
      if (skipped.test(source) || !(await stat(source).catch(() => null))) return false
      own.push(target)
      return true
    },
  })
  for (const path of own) await chown(path, uid, gid).catch(() => undefined)
  await rm(join(to, 'postmaster.pid'), { force: true })
}
