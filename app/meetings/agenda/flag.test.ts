// Is there one flag, whichever list shows it and wherever it is taken off?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenDone } from '../../../test/closing.ts'
import { closeCase } from '../../cases/closing/closing.server.ts'
import { liftFlags, listFlags } from '../../cases/closing/flags.server.ts'
import { addDays, addMonths } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { openMeeting } from './agenda.server.ts'
import { liftFlag } from './arrange.server.ts'

let cast: Cast
let first: string
let second: string
beforeAll(async () => {
  cast = await openCast()
  first = await referCase(cast.lea)
  second = await referCase(cast.lea)
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from marac_flag_lift; delete from agenda_item; delete from meeting')
})

const inDays = (days: number) => addDays(today(), days)

/** As if a meeting had been and a plan had come of the case. */
async function heard(caseId: string, onDate: string): Promise<void> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into meeting (network_id, mode, on_date, cut_off_on, phase, invited_at, closed_at, begun_at, ended_at, created_by)
     values ($1, 'sitting', $2, $2, 'held', now(), now(), now(), now(), $3) returning id`,
    [cast.networks.ida, onDate, cast.lea.id],
  )
  await cast.admin.query('alter table agenda_item disable trigger agenda_item_late')
  await cast.admin.query(
    `insert into agenda_item (network_id, case_id, meeting_id, kind, position, outcome, heard_at, heard_by)
     values ($1, $2, $3, 'new', 1, 'planned', now(), $4)`,
    [cast.networks.ida, caseId, rows[0]?.id, cast.lea.id],
  )
  await cast.admin.query('alter table agenda_item enable trigger agenda_item_late')
}

const call = async () =>
  (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: inDays(20) })).id
const coming = async (id: string) =>
  (await openMeeting.run(cast.lea, { id })).coming.filter(({ kind }) => kind === 'twelve').map(({ caseId }) => caseId)
const listed = async () => (await listFlags.run(cast.lea, {})).flags.map((flag) => [flag.id, flag.since])

test('the agenda and the list tell the same of it, and whichever takes it off takes it off both', async () => {
  await heard(first, inDays(-400))
  await heard(second, inDays(-380))
  const id = await call()
  expect(await coming(id)).toEqual([first, second])
  expect(await listed()).toEqual([
    [first, inDays(-400)],
    [second, inDays(-380)],
  ])
  await liftFlags.run(cast.lea, { case: [second] })
  expect([await coming(id), await listed()]).toEqual([[first], [[first, inDays(-400)]]])
  await liftFlag.run(cast.lea, { id, case: first })
  expect([await coming(id), await listed()]).toEqual([[], []])
})

test('by the day of the meeting the months are over, today they are not: then the flag stays until that day', async () => {
  await heard(first, addDays(addMonths(today(), -12), 10))
  await heard(second, inDays(-40))
  const id = await call()
  expect(await coming(id)).toEqual([first])
  await expect(liftFlag.run(cast.lea, { id, case: first })).rejects.toMatchObject({
    said: { key: 'meetings.lift.early' },
  })
  expect(await listed()).toEqual([])
})

test('closing a case counts its months anew, on the agenda as on the list', async () => {
  const done = await givenDone(cast, today())
  await heard(done, inDays(-400))
  const id = await call()
  expect([await coming(id), await listed()]).toEqual([[done], [[done, inDays(-400)]]])
  const words = { reason: 'goal_reached', outcome: 'safer', words: 'Näidis-kokkuvõte' }
  await closeCase.run(cast.lea, { id: done, ...words })
  expect([await coming(id), await listed()]).toEqual([[], []])
  await cast.admin.query('update case_closing set closed_on = $2 where case_id = $1', [done, inDays(-370)])
  expect([await coming(id), await listed()]).toEqual([[done], [[done, inDays(-370)]]])
})
