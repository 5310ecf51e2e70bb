// What is in force on a given day?
import { today } from './clock.server.ts'
import type { Db } from './db.server.ts'
import { Settings } from './setting.ts'

/** The settings in force on `day` (default today): the latest line not after it, otherwise the default. */
export async function settingsOn(db: Db, day: string = today()): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('validFrom', '<=', day)
    .orderBy('name')
    .orderBy('validFrom', 'desc')
    .execute()
  return Settings.parse(Object.fromEntries(rows.map((row) => [row.name, row.value])))
}
