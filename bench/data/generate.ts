// Which data is measured on? The same in every run: drawn from fixed seeds, by SQL, as the administrator.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { sealCases } from './keys.ts'
import { keyNames } from './names.ts'

/** How much there is of everything that grows. */
export type Size = { cases: number; volunteers: number; visits: number }

/** The planned size of the country, as many times as asked for. */
export const sizeOf = (times: number): Size => ({
  cases: Math.round(20_000 * times),
  volunteers: Math.round(2000 * times),
  visits: Math.round(200_000 * times),
})

const folder = import.meta.dirname

/** Fills a migrated, empty database. What triggers would check holds by the way it is made; `generate.test.ts` looks. */
export async function generate(admin: Client, size: Size): Promise<void> {
  // As a replica no trigger runs: neither the foreign keys' nor those that ask who is asking.
  await admin.query('set session_replication_role = replica')
  await admin.query('create temp table size (cases int, volunteers int, visits int)')
  await admin.query('insert into size values ($1, $2, $3)', [size.cases, size.volunteers, size.visits])
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    await admin.query(readFileSync(join(folder, name), 'utf8'))
  }
  await sealCases(admin)
  await keyNames(admin)
  await admin.query(
    'drop table size, place, holder, bench_case, bench_need, bench_help, bench_visit, bench_meeting, bench_item',
  )
  await admin.query('set session_replication_role = origin')
  await admin.query('vacuum (analyze)')
  await admin.query('checkpoint')
}
