// When was the last backup, when was the last drill, and does the ledger know of every erasure?

import { existsSync } from 'node:fs'
import type { Client } from 'pg'
import { useKeys } from '../../app/core/seal.server.ts'
import { Told } from '../../app/i18n/bilingual.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { type Erased, readLedger } from '../../app/process/ledger.server.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'
import { type Finding, finding } from '../doctor.ts'
import { settingInForce } from '../keys/doctor.ts'

type Places = { secretsFile: string; ledgerFile: string; backupKeyFile: string }

/** What there is to say about backups, drills and the ledger. */
export async function judgeBackups(client: Client, places: Places): Promise<Finding[]> {
  const noKey = !existsSync(places.backupKeyFile)
  return [
    finding(noKey && 'warn', 'safekeeping.doctor.backupKey.ok', 'safekeeping.doctor.backupKey.none', {
      path: places.backupKeyFile,
    }),
    await judgeAge(client, 'backup', await settingInForce(client, 'backupDays')),
    await judgeAge(client, 'drill', await settingInForce(client, 'drillDays')),
    await judgeLedger(client, places),
  ]
}

async function judgeAge(client: Client, kind: 'backup' | 'drill', limit: number): Promise<Finding> {
  const { rows } = await client.query<{ at: string | null; late: boolean }>(
    `select to_char(max(at) at time zone 'Europe/Tallinn', 'DD.MM.YYYY HH24:MI') as at,
       coalesce(max(at) < now() - make_interval(days => $2), true) as late from upkeep where kind = $1`,
    [kind, limit],
  )
  const { at = null, late = true } = rows[0] ?? {}
  const bad = at === null ? (`safekeeping.doctor.${kind}.never` as const) : (`safekeeping.doctor.${kind}.old` as const)
  return finding(late && 'warn', `safekeeping.doctor.${kind}.ok`, bad, { at: at ?? '', limit: String(limit) })
}

async function judgeLedger(client: Client, { secretsFile, ledgerFile: path }: Places): Promise<Finding> {
  useKeys(keysOf(loadSecrets(secretsFile)))
  let known: Erased[]
  try {
    known = readLedger(path)
  } catch (error) {
    if (error instanceof Told) return { level: 'fail', said: error.said }
    throw error
  }
  const { rows } = await client.query<Pick<Erased, 'kind' | 'owner'>>(
    `select kind, owner_id as owner from erasure where outcome = 'done'`,
  )
  const written = (done: Pick<Erased, 'kind' | 'owner'>) =>
    known.some((entry) => entry.owner === done.owner && entry.kind === done.kind)
  const count = rows.filter((done) => !written(done)).length
  const args = { path, count: count || known.length }
  return finding(count > 0 && 'fail', 'safekeeping.doctor.ledger.ok', 'safekeeping.doctor.ledger.short', args)
}
