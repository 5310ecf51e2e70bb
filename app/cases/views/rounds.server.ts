// Who looked at more than their work asks? The rules are gone through every hour over the log; the auditors hear of what is new.
import { sql } from 'kysely'
import { watchersBut } from '../../audit/walls/walls.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { allOperations } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { surnamesIn } from '../repeat/surnames.server.ts'

/** Opens what is sealed: who somebody is, where she is. */
const reveals = ['case.reveal', 'assignment.look', 'case.plan.look']
/** Tells a personal code, begins a case under one, or looks for somebody. */
const codes = ['relation.person', 'case.refer.start', 'case.find']

/** What is looked at, and what is done: by the operations there are. */
function actionsOf() {
  const named = (access: 'read' | 'write') =>
    allOperations().flatMap((one) => (one.access === access && !reveals.includes(one.name) ? [one.name] : []))
  return { looks: [...named('read'), ...reveals], works: named('write') }
}

type Pair = { personId: string; name: string; caseId: string }

async function namesIn(db: Db, looks: string[]): Promise<string> {
  const { rows } = await sql<Pair>`select * from watch_pairs(${looks}::text[])`.execute(db)
  return JSON.stringify(
    rows.flatMap(({ personId, name, caseId }) =>
      surnamesIn(caseId, name).map((index) => ({ person_id: personId, case_id: caseId, index })),
    ),
  )
}

/** One letter a day at most to each who judges, that says nothing; none to whom it is about, none past a wall. */
export async function goThroughRules(system: Person): Promise<number> {
  const { looks, works } = actionsOf()
  return asPerson('write', system.claim, async (db) => {
    const names = await namesIn(db, looks)
    const { rows } = await sql<{ personId: string; caseId: string | null }>`
      select person_id, case_id from watch_look(${looks}::text[], ${reveals}::text[], ${works}::text[], ${codes}::text[], ${names}::jsonb)`.execute(
      db,
    )
    for (const { personId, caseId } of rows)
      for (const watcher of await watchersBut(db, [personId]))
        await mailAbout(db, caseId, watcher, 'new-task', `watch/${today()}/${watcher}`)
    return rows.length
  })
}

export const rulesGoneThrough: Job = { name: 'watch', cron: '50 * * * *', run: goThroughRules }
