// Are the keys young enough, and did their last change come to its end?
import type { Client } from 'pg'
import { Settings } from '../../app/core/setting.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'
import { type Finding, finding } from '../doctor.ts'

const day = 86_400_000

/** Whole days since the day on which a key was made. */
export function ageInDays(created: string, now = Date.now()): number {
  return Math.floor((now - Date.parse(created)) / day)
}

/** How old a master key may become: the setting in force today. */
export async function settingInForce(client: Client, name: keyof Settings & `${string}Days`): Promise<number> {
  const { rows } = await client.query<{ value: number }>(
    `select value from setting where name = $1 and valid_from <= (now() at time zone 'Europe/Tallinn')::date
     order by valid_from desc limit 1`,
    [name],
  )
  return Settings.parse({ [name]: rows[0]?.value })[name]
}

/** What there is to say about the keys of this installation. */
export async function judgeKeys(client: Client, secretsFile: string): Promise<Finding[]> {
  const { master, index, earlier } = loadSecrets(secretsFile)
  const limit = await settingInForce(client, 'masterKeyDays')
  const about = { id: master.id, date: master.created, limit: String(limit) }
  const isOld = ageInDays(master.created) > limit
  const names = earlier.map(({ id }) => id).join(', ')
  return [
    finding(isOld && 'warn', 'safekeeping.doctor.master.ok', 'safekeeping.doctor.master.old', about),
    ...(names
      ? [finding('warn', 'safekeeping.doctor.master.ok', 'safekeeping.doctor.master.unfinished', { names })]
      : []),
    { level: 'ok', said: { key: 'safekeeping.doctor.index.ok', args: { id: index.id, date: index.created } } },
  ]
}
