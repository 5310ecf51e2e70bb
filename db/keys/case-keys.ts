// Which cases wait for a new key, and who gives it to them? The process, by itself: nobody sees a value for it.
import { sql } from 'kysely'
import { Client } from 'pg'
import { asPerson } from '../../app/core/db.server.ts'
import type { Person } from '../../app/core/user.ts'
import type { Job } from '../../app/process/jobs.server.ts'
import { rotateCaseKey } from './rotate-case.ts'

/** The job of the process; it needs the owner's connection, because no login role may change a sealed value. */
export function caseKeys(adminUrl: string): Job {
  return { name: 'case-keys', cron: '* * * * *', run: (system) => changeAsked(adminUrl, system) }
}

/** Changes the key of every case that somebody asked for; answers how many. */
export async function changeAsked(adminUrl: string, system: Person): Promise<number> {
  const client = new Client({ connectionString: adminUrl, application_name: 'tugivork-keys' })
  await client.connect()
  try {
    const { rows } = await client.query<Asked>(
      'select id, case_id, network_id, why from key_change where done_at is null order by asked_at limit 20',
    )
    for (const asked of rows) {
      const result = await rotateCaseKey(client, asked.case_id)
      await client.query('update key_change set done_at = now() where id = $1', [asked.id])
      await tell(system, asked, result?.broken ?? 0)
    }
    return rows.length
  } finally {
    await client.end()
  }
}

type Asked = Record<'id' | 'case_id' | 'network_id' | 'why', string>

/** The log learns that it was done and why; values that opened under neither key are an alarm. */
async function tell(system: Person, { id, case_id, network_id, why }: Asked, broken: number) {
  await asPerson('write', system.claim, (db) =>
    sql`select audit_append('case.key.changed', 'key', ${id}, ${case_id}::uuid, ${network_id}::uuid,
      ${broken > 0 ? 'alarm' : 'done'}, ${[why]}::text[], ${broken}::int, null)`.execute(db),
  )
}
