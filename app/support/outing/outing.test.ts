// Does a support person say when she should be back, and with one press that she is?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectedBack } from '../../../test/outing.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport, type Support } from '../../../test/support.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openVolunteerHome } from '../../home/support.server.ts'
import { openNext, planNext, withdrawNext } from '../next/next.server.ts'
import { logVisit, openVisitForm } from '../visit/visits.server.ts'
import { answerOuting } from './ladder.server.ts'
import { readOuting } from './outing.ts'
import { openOuting, pressOuting } from './outings.server.ts'
import { tookOf } from './took.ts'

let cast: Cast
let of: Support
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from outing_step; delete from outing; delete from contact_plan'))

const because = 'Näidis-põhjus, mis on küllalt pikk'
const meeting = (more: Record<string, string | undefined> = {}) => ({
  ...{ id: of.assignment, channel: 'in_person', day: dayFromNow(1), time: '10', until: '11.30', because, ...more },
})
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })
const outings = async () => (await cast.admin.query('select * from outing')).rows

test('who goes to meet her says when it begins and when it is over; another contact is waited for where she says so', async () => {
  await expect(planNext.run(cast.lou, meeting({ time: '', until: '' }))).rejects.toEqual(wrongAt('time', 'until'))
  await expect(planNext.run(cast.lou, meeting({ until: '9' }))).rejects.toEqual(wrongAt('until'))
  await planNext.run(cast.lou, meeting({ channel: 'call', until: '' }))
  expect(await outings()).toEqual([])
  await planNext.run(cast.lou, meeting({ channel: 'call', until: '10.20' }))
  await planNext.run(cast.lou, meeting({ reach: 'Õe telefon 5551 2345' }))
  const rows = await outings()
  expect(rows.map((row) => (row.until_at - row.begins_at) / 60_000)).toEqual([20, 90])
  expect(rows[1]).toMatchObject({ number: of.number, volunteer_id: cast.volunteer, case_id: of.caseId, rung: 0 })
  expect(rows[1].reach_sealed.toString('latin1')).not.toContain('5551')
  expect((await openOuting.run(cast.lou, { id: rows[1].id })).reach).toBe('Õe telefon 5551 2345')
  const { waited, plans } = await openNext.run(cast.lou, { id: of.assignment })
  expect(waited.map(({ planId }) => planId).toSorted()).toEqual(rows.map((row) => row.plan_id).toSorted())
  expect(plans).toHaveLength(3)
})

test('it is judged to its end, and what is over already is not waited for', async () => {
  // Working days from nine to twelve are safe for her; that she stays longer has to be said.
  const monday = '30.11.2099'
  await planNext.run(cast.lou, meeting({ day: monday, because: undefined }))
  const late = meeting({ day: monday, until: '12.30', because: undefined })
  await expect(planNext.run(cast.lou, late)).rejects.toEqual(wrongAt('time', 'because'))
  expect(readOuting({ channel: 'call', day: monday, time: '22:00', until: '00:30' })).toEqual({
    onDate: monday,
    from: 1320,
    minutes: 150,
  })
  const past = meeting({ day: dayFromNow(0), time: '0', until: '0.01' })
  await expect(planNext.run(cast.lou, past)).rejects.toEqual(wrongAt('until'))
})

test('she is there, takes longer, and is back: and the entry knows the day, the way and the length', async () => {
  const id = await expectedBack(cast, of.assignment, { began: 50, late: -10 })
  const home = await openVolunteerHome.run(cast.lou, {})
  expect(home.outings).toMatchObject([{ id, number: of.number, inAt: null, rung: 0 }])
  await pressOuting.run(cast.lou, { id, what: 'in' })
  await cast.admin.query(`update outing set in_at = now() - interval '47 minutes' where id = $1`, [id])
  const [before] = await outings()
  await pressOuting.run(cast.lou, { id, what: 'longer' })
  const [longer] = await outings()
  expect(longer.until_at - before.until_at).toBe(30 * 60_000)
  // So far; what is known at the end is another version of it.
  expect((await openVisitForm.run(cast.lou, { outing: id })).known).toMatchObject({ minutes: 45, version: '' })
  await pressOuting.run(cast.lou, { id, what: 'out' })
  expect((await openVisitForm.run(cast.lou, { outing: id })).known).toMatchObject({
    ...{ assignment: of.assignment, onDate: dayFromNow(0), minutes: 45, way: 'meeting', danger: false, note: null },
  })
  expect((await openVolunteerHome.run(cast.lou, {})).outings).toEqual([])
  await expect(pressOuting.run(cast.lou, { id, what: 'out' })).rejects.toBeInstanceOf(Conflict)
  const [row] = await outings()
  expect(row).toMatchObject({ ending: 'out', ended_by: cast.lou.id, reach_sealed: null })
  // It is no visit until she has written one.
  expect((await cast.admin.query('select 1 from visit')).rowCount).toBe(0)
  expect((await openVolunteerHome.run(cast.lou, {})).figures).toMatchObject({ contacts: 0, minutes: 0 })
})

test('what came to nothing is over, and what she takes back is not waited for', async () => {
  const id = await expectedBack(cast, of.assignment)
  await pressOuting.run(cast.lou, { id, what: 'otherwise' })
  expect(await outings()).toMatchObject([{ ending: 'otherwise', in_at: null }])
  await expect(openVisitForm.run(cast.lou, { outing: id })).rejects.toBeInstanceOf(NotFound)
  await planNext.run(cast.lou, meeting())
  const { waited } = await openNext.run(cast.lou, { id: of.assignment })
  await withdrawNext.run(cast.lou, { id: of.assignment, plan: waited[0]?.planId })
  expect((await outings()).map((row) => row.ending)).toEqual(['otherwise', 'otherwise'])
})

test('no more than a day can be taken', async () => {
  const id = await expectedBack(cast, of.assignment)
  await cast.admin.query(
    `update outing set begins_at = now() - interval '20 hours', until_at = now() + interval '3 hours 45 minutes'`,
  )
  await pressOuting.run(cast.lou, { id, what: 'longer' })
  const [row] = await outings()
  expect((row.until_at - row.begins_at) / 3_600_000).toBe(24)
  await expect(pressOuting.run(cast.lou, { id, what: 'longer' })).rejects.toBeInstanceOf(Conflict)
})

test('it is hers to press, also when the help has ended meanwhile; before that it is nobody’s but hers and her supervisor’s', async () => {
  const id = await expectedBack(cast, of.assignment, { reach: 'Õe telefon' })
  for (const who of [cast.kim, cast.sirje, cast.lea, cast.max])
    await expect(pressOuting.run(who, { id, what: 'out' })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.lea, cast.mall, cast.max, cast.aino])
    await expect(openOuting.run(who, { id })).rejects.toBeInstanceOf(Refused)
  await expect(openOuting.run(cast.kim, { id })).rejects.toBeInstanceOf(NotFound)
  // Her supervisor may know of it, but of how to reach her only when she has to.
  expect(await openOuting.run(cast.sirje, { id })).toMatchObject({ of: { volunteer: cast.lou.name }, reach: null })
  await cast.admin.query(`update assignment set status = 'ended', end_on = current_date - 1 where id = $1`, [
    of.assignment,
  ])
  await pressOuting.run(cast.lou, { id, what: 'out' })
  // No visit is written of it any more, nor under another help that goes on.
  const { assignment } = await givenSupport(cast, '2026-05-01')
  await expect(openVisitForm.run(cast.lou, { outing: id })).rejects.toBeInstanceOf(NotFound)
  const visit = { outing: id, assignment, day: dayFromNow(0), way: 'meeting', minutes: '45' }
  await expect(logVisit.run(cast.lou, visit)).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update assignment set status = 'active', end_on = null where id = $1`, [of.assignment])
  expect(await outings()).toMatchObject([{ ending: 'out' }])
  await logVisit.run(cast.lou, visit)
  expect((await cast.admin.query('select 1 from visit')).rowCount).toBe(1)
})

test('how long it took is told by five minutes, from when she was there', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 10, minute))
  const took = (inAt: number | null, endedAt: number, channel = 'in_person') =>
    tookOf({ inAt: inAt === null ? null : at(inAt), beginsAt: at(0), endedAt: at(endedAt), channel })
  expect(took(null, 52)).toEqual({ minutes: 50, way: 'meeting' })
  expect(took(10, 43, 'call')).toEqual({ minutes: 35, way: 'phone' })
  // Over before it was to begin.
  expect(took(null, -20, 'text')).toEqual({ minutes: 5, way: 'other' })
})

test('what was agreed when she was looked for closes with the case to whoever guides her', async () => {
  const id = await expectedBack(cast, of.assignment, { late: 20 })
  await answerOuting.run(cast.sirje, { id, how: 'safe', note: 'Näidis: jäi õe juurde.' })
  const noted = async (who: Person) => (await openOuting.run(who, { id })).note
  expect([await noted(cast.sirje), await noted(cast.lou)]).toEqual(Array(2).fill('Näidis: jäi õe juurde.'))
  await cast.admin.query(
    `update assignment set status = 'ended', start_on = '2026-01-01', end_on = '2026-04-01' where id = $1`,
    [of.assignment],
  )
  expect(await noted(cast.sirje)).not.toBeNull()
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status, figures) values ($1, '2026-04-01', '2026-05-05', 'approved', '{}')`,
    [cast.volunteer],
  )
  expect(await noted(cast.sirje)).toBeNull()
  await cast.admin.query(
    `update assignment set status = 'active', start_on = '2026-05-01', end_on = null where id = $1`,
    [of.assignment],
  )
})

test('with her, and with the case, the words about it go', async () => {
  const words = async (erased: string, id: string) => {
    const outing = await expectedBack(cast, of.assignment, { reach: 'Õe telefon' })
    await cast.admin.query(`select ${erased}($1)`, [id])
    return (await outings()).find((row) => row.id === outing)?.reach_sealed
  }
  await cast.admin.query('begin')
  expect(await words('erase_case', of.caseId)).toBeNull()
  await cast.admin.query('rollback')
  expect(await words('erase_volunteer', cast.volunteer)).toBeNull()
})
