// Does each who guides hear once a week how much waits for her, as numbers alone, and nobody who is away or does not want to?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { openPost, readLetter } from '../../test/letters.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { away, deputyOfSirje, lastTalk } from '../../test/supervision.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { updateAccount } from '../access/account/accounts.server.ts'
import { mondayOf } from '../core/calendar/working-days.ts'
import { standAt, today } from '../core/clock.server.ts'
import type { Person } from '../core/user.ts'
import { jobs } from '../jobs.ts'
import { sendMail } from '../process/mail.server.ts'
import { readEntry } from '../support/feedback/readings.server.ts'
import { logVisit } from '../support/visit/visits.server.ts'
import { weekHasCome, weekLetters } from './week.server.ts'

let cast: Cast
let endel: Person
let [first, second] = [{} as Support, {} as Support]
beforeAll(async () => {
  cast = await openCast()
  endel = await deputyOfSirje(cast)
  ;[first, second] = [await givenSupport(cast, dayFromNow(-20)), await givenSupport(cast, dayFromNow(-20))]
  await log(first)
  await log(first)
  await log(second)
})
// Late in the week its hour has come, whatever day it is.
beforeEach(async () => {
  await cast.admin.query(`delete from mail_outbox; delete from upkeep; delete from supervision_participant`)
  standAt(new Date(`${dayOfWeek(7)}T10:00:00Z`))
})
afterEach(async () => {
  standAt(null)
  await cast.admin.query(
    'delete from supervision_absence; delete from concern; delete from month_report; delete from wall',
  )
  await cast.admin.query('update person set week_letter = true')
})
afterAll(() => cast.close())

const dayOfWeek = (day: number) => {
  const monday = new Date(`${mondayOf(today())}T00:00:00Z`)
  return new Date(monday.getTime() + (day - 1) * 86_400_000).toISOString().slice(0, 10)
}
const log = async (of: Support) =>
  (await logVisit.run(cast.lou, { ...usualVisit, assignment: of.assignment, day: today() })).id
const letters = async () =>
  (
    await cast.admin.query<{ who: string; counts: number[] }>(
      `select p.name as who, m.counts from mail_outbox m join person p on p.id = m.person_id where m.kind = 'week' order by 1`,
    )
  ).rows.map(({ who, counts }) => [who, ...counts])

test('its hour is that of the setting, by the clock of Tallinn, and for the rest of the week where it was slept through', () => {
  const rule = { weekLetterDay: 2, weekLetterHour: 8 }
  const come = (at: string) => weekHasCome(new Date(at), rule)
  expect(['2026-11-23T10:00Z', '2026-11-24T05:59Z'].map(come)).toEqual([false, false])
  expect(['2026-11-24T06:00Z', '2026-11-26T01:00Z', '2026-11-29T21:59Z'].map(come)).toEqual([true, true, true])
  // On Monday a new week has begun.
  expect(come('2026-11-29T22:00Z')).toBe(false)
  expect([jobs.includes(weekLetters), weekLetters.cron]).toEqual([true, '5 * * * *'])
})

test('what waits is counted: entries, reports, worries, talks; and written once a week, however often it is asked', async () => {
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status) values ($1, '2026-02-01', '2026-03-06', 'submitted'), ($1, '2026-03-01', '2026-04-06', 'draft')`,
    [cast.volunteer],
  )
  await cast.admin.query(
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_by) values ($1, $2, $3, $4, 'help', $5)`,
    [cast.networks.ida, first.caseId, first.number, cast.volunteer, cast.lou.id],
  )
  await cast.admin.query(
    `with one as (insert into supervision_session (kind, planned_on, led_by) values ('individual', $2, $3) returning id)
     insert into supervision_participant (session_id, volunteer_id, led_by) select id, $1, $3 from one`,
    [cast.volunteer, dayFromNow(-2), cast.sirje.id],
  )
  const ran = await Promise.all([1, 2, 3].map(() => weekLetters.run(cast.sys)))
  expect(ran.toSorted()).toEqual([0, 0, 1])
  expect(await letters()).toEqual([[cast.sirje.name, 3, 1, 1, 1]])
  expect(await weekLetters.run(cast.sys)).toBe(0)
  standAt(new Date(`${dayFromNow(14)}T10:00:00Z`))
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('weekLetterDay', '2026-01-01', '1', 'x', $1), ('weekLetterHour', '2026-01-01', '0', 'x', $1)`,
    [cast.kim.id],
  )
  expect(await weekLetters.run(cast.sys)).toBe(1)
  await cast.admin.query(`delete from setting where name like 'weekLetter%'`)
})

test('before its hour nothing is written, and where nothing waits there is no letter that week', async () => {
  standAt(new Date(`${dayOfWeek(1)}T05:00:00Z`))
  expect(await weekLetters.run(cast.sys)).toBe(0)
  expect((await cast.admin.query('select 1 from upkeep')).rowCount).toBe(0)
  await cast.admin.query('update volunteer set supervisor_id = null where id = $1', [cast.volunteer])
  standAt(new Date(`${dayOfWeek(1)}T09:00:00Z`))
  expect(await weekLetters.run(cast.sys)).toBe(0)
  await cast.admin.query('update volunteer set supervisor_id = $2 where id = $1', [cast.volunteer, cast.sirje.id])
  // What comes an hour later waits for the next week.
  standAt(new Date(`${dayOfWeek(1)}T10:00:00Z`))
  expect(await weekLetters.run(cast.sys)).toBe(0)
})

test('whoever does not want it gets none, and only those who guide are asked', async () => {
  const own = { locale: 'et' }
  await updateAccount.run(cast.sirje, own)
  await weekLetters.run(cast.sys)
  expect(await letters()).toEqual([])
  await updateAccount.run(cast.sirje, { ...own, weekLetter: 'on' })
  await updateAccount.run(cast.kim, { locale: 'et' })
  const { rows } = await cast.admin.query('select week_letter as on from person where id = any ($1) order by name', [
    [cast.kim.id, cast.sirje.id],
  ])
  expect(rows).toEqual([{ on: true }, { on: true }])
})

test('while she is away the deputy reads her numbers with her own, and she none', async () => {
  await away(cast)
  await weekLetters.run(cast.sys)
  expect(await letters()).toEqual([[endel.name, 3, 0, 0, 0]])
})

test('where a talk has lapsed both hear of it who can hold it', async () => {
  await cast.admin.query(`update assignment set start_on = $1`, [dayFromNow(-100)])
  await lastTalk(cast, 40)
  await weekLetters.run(cast.sys)
  const told = await letters()
  await cast.admin.query(`update assignment set start_on = $1`, [dayFromNow(-20)])
  // The duty has moved: the talk is the deputy's now, the entries are still for both.
  expect(told).toEqual([
    [endel.name, 3, 0, 0, 1],
    [cast.sirje.name, 3, 0, 0, 0],
  ])
})

test('what does not exist for her, or for whom she stands in for, is counted for nobody', async () => {
  const wall = (who: Person, of: Support) =>
    cast.admin.query(
      `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) values ($1, $2, $3, $4, 'declared', gen_random_uuid(), now() - interval '1 minute')`,
      [who.id, cast.networks.ida, of.caseId, of.number],
    )
  await wall(cast.sirje, second)
  await weekLetters.run(cast.sys)
  expect(await letters()).toEqual([[cast.sirje.name, 2, 0, 0, 0]])
  await cast.admin.query('delete from mail_outbox; delete from upkeep')
  await away(cast)
  await weekLetters.run(cast.sys)
  expect(await letters()).toEqual([[endel.name, 2, 0, 0, 0]])
})

test('the letter that leaves has numbers and sentences of ours in it, and leads to the first page', async () => {
  const sent: string[] = []
  const close = await openPost(sent, 'https://leht.example')
  await weekLetters.run(cast.sys)
  expect(await sendMail(cast.sys)).toBe(1)
  await close()
  const { subject, body } = readLetter(sent[0] ?? '')
  expect(subject).toBe('Teade')
  expect(body.replaceAll('\r\n', '\n').trim().split('\n\n')).toEqual([
    'Nädala ülevaade: see ootab sind praegu. Vaata seda turvalises kohas.',
    '– 3 lugemata sissekannet',
    'Kui sa seda kirja ei soovi, lülita see lehel „Minu konto” välja.',
    'https://leht.example',
  ])
})

test('what was read waits no more', async () => {
  const { rows } = await cast.admin.query<{ id: string }>('select id from visit where case_id = $1', [second.caseId])
  await readEntry.run(cast.sirje, { id: rows[0]?.id ?? '' })
  await weekLetters.run(cast.sys)
  expect(await letters()).toEqual([[cast.sirje.name, 2, 0, 0, 0]])
})
