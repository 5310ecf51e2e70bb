// From which meeting is Lou expected back in a test, and how does time go by for everybody who is out?
import type { Client } from 'pg'
import type { Person } from '../app/core/user.ts'
import { planNext } from '../app/support/next/next.server.ts'
import type { Cast } from './cast.ts'
import { dayFromNow } from './substitution.ts'

/** It began `began` minutes ago and should have been over `late` minutes ago. Past the form, which plans nothing in the past. */
export async function expectedBack(
  cast: Cast,
  assignment: string,
  { began = 90, late = 0, reach }: { began?: number; late?: number; reach?: string } = {},
): Promise<string> {
  const because = 'Näidis-põhjus, mis on küllalt pikk'
  const plan = { id: assignment, channel: 'in_person', day: dayFromNow(1), time: '10', until: '11', reach, because }
  await planNext.run(cast.lou, plan)
  const { rows } = await cast.admin.query<{ id: string }>(
    `update outing set begins_at = now() - make_interval(mins => $2), until_at = now() - make_interval(mins => $3), recorded_at = now() - interval '3 hours'
     where id = (select id from outing where assignment_id = $1 order by recorded_at desc limit 1) returning id`,
    [assignment, began, late],
  )
  return rows[0]?.id ?? ''
}

/** From a meeting that was planned nobody came back, and everybody who may be told was. */
export async function searchedFor(cast: Cast, helper: Person, id: string, reach: string): Promise<string> {
  const because = 'Näidis-põhjus, mis on küllalt pikk'
  const plan = { id, channel: 'in_person', day: dayFromNow(3), time: '10', until: '11', reach, because }
  await planNext.run(helper, plan)
  const { rows } = await cast.admin.query<{ id: string }>(
    `with told as (update outing set rung = 3 where assignment_id = $1 returning id, until_at),
       steps as (insert into outing_step (outing_id, until_at, step, due_at, told) select id, until_at, step, now(), 1 from told, unnest(array[1, 2, 3]) step)
     select id from told`,
    [id],
  )
  return rows[0]?.id ?? ''
}

const far = `interval '100 years'`

/** So many seconds go by: everything that was is so much longer ago. By way of another century, where nothing is in its way. */
export async function pass(admin: Client, seconds: number): Promise<void> {
  for (const by of [`make_interval(secs => ${seconds}) + ${far}`, `-${far}`]) {
    const move = (table: string, columns: string) =>
      admin.query(`update ${table} set ${columns.split(' ').map((column) => `${column} = ${column} - (${by})`)}`)
    await move('outing', 'begins_at until_at in_at ended_at heard_at recorded_at')
    await move('outing_step', 'until_at due_at taken_at answered_at')
  }
}
