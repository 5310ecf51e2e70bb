// What does the process do by itself, and when? On the same database, so that no second store has to run.
import { today } from '../core/clock.server.ts'
import { knock } from '../core/db.server.ts'
import { log } from '../core/log.server.ts'
import { newSecret, whoBears } from '../core/session.server.ts'
import type { Person } from '../core/user.ts'
import { sendMail } from './mail.server.ts'

/**
 * A piece of work with its own times (cron, clock of Tallinn); runs as the system's own account. `onlyOn`: on which of these days. Twice a minute the
 * last time of every job is reckoned while nobody is answered, and for one that comes by the month the days are walked back: three quarters of it all.
 */
export type Job = {
  name: string
  cron: string
  onlyOn?: (day: string) => boolean
  run: (system: Person) => Promise<number>
}

/** Where all hours and days are alike they are so in every zone of whole hours, and Tallinn's clock need not be reckoned with. */
export const zoneOf = (cron: string): string => (/^\S+ \* \* \* \*$/.test(cron) ? 'UTC' : 'Europe/Tallinn')

export const mailJob: Job = { name: 'mail', cron: '* * * * *', run: sendMail }

/** Signs the process in as itself: a session of a day, renewed at each start and by each job that finds it ended. */
export async function systemPerson(): Promise<Person> {
  const [row] = await knock<{ door_system: string | null }>('door_system', [])
  if (!row?.door_system) throw new Error('there is no system account')
  const { claim, claimHash } = newSecret(row.door_system)
  await knock('door_open', [row.door_system, claimHash, 'service', 2, 1440, '1 day', 1, 'process'])
  const system = await whoBears(claim)
  if (!system) throw new Error('the system account cannot sign in')
  return system
}

/** Starts the jobs; `stop` waits for those that run. One process of many does each piece of work. */
export async function startJobs(url: string, jobs: Job[]): Promise<{ stop: () => Promise<void> }> {
  // A tenth of all that the program reads, and nobody who asks for a page needs it.
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({ connectionString: url, schema: 'pgboss', createSchema: false, max: 2 })
  boss.on('error', (error) => log('jobs-failed', { error }))
  await boss.start()
  let system: Person | null = null
  for (const job of jobs) {
    await boss.createQueue(job.name)
    await boss.schedule(job.name, job.cron, {}, { tz: zoneOf(job.cron) })
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async () => {
      if (job.onlyOn && !job.onlyOn(today())) return
      if (!system || !(await whoBears(system.claim))) system = await systemPerson()
      log('job', { job: job.name, count: await job.run(system) })
    })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5000 }) }
}
