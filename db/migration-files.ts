// Which migration files lie on the disk, and may they be run on a database that has already run some?
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Told } from '../app/i18n/bilingual.ts'

export type MigrationFile = { number: number; name: string; text: string; checksum: string }
export type AppliedMigration = { number: number; name: string; checksum: string }

/** Reads `NNNN_name.sql` in order; throws where a name is wrong, a number is missing or taken twice. */
export async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  const files: MigrationFile[] = []
  for (const name of names) {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(number)) throw new Told('core.migrate.name', { name })
    const before = files.at(-1)
    if (before?.number === number) throw new Told('core.migrate.twice', { first: before.name, second: name })
    if (number !== files.length + 1) {
      throw new Told('core.migrate.gap', { name, missing: String(files.length + 1).padStart(4, '0') })
    }
    const text = await readFile(join(folder, name), 'utf8')
    // A file that ended our transaction itself could be left half applied.
    if (/^\s*(begin|start|commit|rollback)(\s+(work|transaction)\b[^;]*)?\s*;/im.test(text)) {
      throw new Told('core.migrate.transaction', { name })
    }
    files.push({ number, name, text, checksum: checksum(text) })
  }
  return files
}

/** The files still to be run; throws where an applied one was changed or is no longer here. */
export function pendingMigrations(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  for (const done of applied) {
    const file = files[done.number - 1]
    if (!file) throw new Told('core.migrate.newer', { name: done.name })
    if (file.checksum !== done.checksum) throw new Told('core.migrate.changed', { name: file.name })
  }
  return files.slice(applied.length)
}

/** The fingerprint of a text, blind to how its lines end. */
export function checksum(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}
