// Does an overdue talk always reach somebody who can hold it, or who can find somebody that does?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { away, deputyOfSirje, lastTalk } from '../../test/supervision.ts'
import { givenSupport } from '../../test/support.ts'
import type { Person } from '../core/user.ts'
import { dutiesMove } from './duty.server.ts'

let cast: Cast
let endel: Person
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, dayFromNow(-100))
  endel = await deputyOfSirje(cast)
})
beforeEach(() => cast.admin.query('delete from mail_outbox'))
// Endel is the deputy again, both are in office, nobody is away.
afterEach(async () => {
  await cast.admin.query('delete from supervision_absence')
  await cast.admin.query('update supervision_deputy set deputy_id = $1, ended_at = null, ended_by = null', [endel.id])
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where role = 'supervisor'`)
  await cast.admin.query(`delete from person_role where role = 'supervisor' and person_id = $1`, [cast.lou.id])
})
afterAll(() => cast.close())

/** The last talk was so many days ago; who is written to this morning, each as often as letters go to them? */
async function toldAfter(days: number): Promise<string[]> {
  await cast.admin.query('delete from supervision_participant')
  await lastTalk(cast, days)
  await dutiesMove.run(cast.sys)
  await dutiesMove.run(cast.sys)
  const { rows } = await cast.admin.query<{ name: string }>(
    `select p.name from mail_outbox m join person p on p.id = m.person_id where m.unique_key like 'duty/%' order by p.name`,
  )
  return rows.map((row) => row.name)
}
const names = (...people: Person[]) => people.map((person) => person.name).toSorted()
const leaves = (person: Person) =>
  cast.admin.query(`update person_role set valid_to = $2 where role = 'supervisor' and person_id = $1`, [
    person.id,
    dayFromNow(-1),
  ])

test('on the last day nobody is written to; after it the supervisor, while the days of grace run', async () => {
  expect(await toldAfter(28)).toEqual([])
  expect(await toldAfter(29)).toEqual(names(cast.sirje))
})

test('after the days of grace the deputy has the duty and is written to, and the coordinator has no need to be', async () => {
  expect(await toldAfter(35)).toEqual(names(cast.sirje))
  await cast.admin.query('delete from mail_outbox')
  expect(await toldAfter(36)).toEqual(names(endel, cast.sirje))
})

test('without a deputy the coordinator is written to after the days of grace', async () => {
  await cast.admin.query('update supervision_deputy set ended_at = now(), ended_by = $1', [cast.kim.id])
  expect(await toldAfter(35)).toEqual(names(cast.sirje))
  await cast.admin.query('delete from mail_outbox')
  expect(await toldAfter(36)).toEqual(names(cast.kim, cast.sirje))
})

test('a deputy who is out of office, or is the support person herself, silences no letter', async () => {
  await leaves(endel)
  expect(await toldAfter(36)).toEqual(names(cast.kim, cast.sirje))
  await cast.admin.query('delete from mail_outbox')
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'supervisor', '2020-01-01', '2999-12-31')`,
    [cast.lou.id],
  )
  await cast.admin.query('update supervision_deputy set deputy_id = $1', [cast.lou.id])
  expect(await toldAfter(36)).toEqual(names(cast.kim, cast.sirje))
})

test('where the supervisor is out of office no duty moves, and the coordinator is written to at once', async () => {
  await leaves(cast.sirje)
  expect(await toldAfter(29)).toEqual(names(cast.kim))
})

test('a talk that runs out during an absence is told to the deputy, beside the absence itself', async () => {
  await away(cast)
  expect(await toldAfter(28)).toEqual(names(endel))
  expect(await toldAfter(29)).toEqual(names(endel, endel))
})
