// Does a support person learn that her entry was read, and is silence judged by what was agreed in her own case?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openSupervisorHome, openVolunteerHome } from '../../home/support.server.ts'
import { listSupervisees, openSupervisee } from '../report/supervision.server.ts'
import { logVisit, openVisit } from '../visit/visits.server.ts'
import { daysQuiet } from './feedback.ts'
import { listEntries, openEntry, readEntry } from './readings.server.ts'
import { agreeRhythm, openRhythm } from './rhythm.server.ts'

let cast: Cast
let [often, seldom] = [{} as Support, {} as Support]
beforeAll(async () => {
  cast = await openCast()
  ;[often, seldom] = [await givenSupport(cast, dayFromNow(-60)), await givenSupport(cast, dayFromNow(-60))]
})
afterAll(() => cast.close())

const log = async (of: Support, who = cast.lou) =>
  (await logVisit.run(who, { ...usualVisit, assignment: of.assignment, day: today() })).id

test('an entry waits until it is read; then the support person sees who read it and what was said', async () => {
  const id = await log(often)
  expect((await openSupervisorHome.run(cast.sirje, {})).unread.map((one) => one.id)).toEqual([id])
  expect((await openEntry.run(cast.sirje, { id })).visit.note).toBe(usualVisit.note)
  await readEntry.run(cast.sirje, { id, reply: 'Aitäh, hea et saatsid.' })
  await expect(readEntry.run(cast.sirje, { id })).rejects.toBeInstanceOf(Conflict)
  expect((await openVisit.run(cast.lou, { id })).readings).toMatchObject([
    { by: cast.sirje.name, reply: 'Aitäh, hea et saatsid.' },
  ])
  expect((await openVolunteerHome.run(cast.lou, {})).read).toMatchObject({ visitId: id, replied: true })
  expect((await listEntries.run(cast.sirje, {})).entries).toEqual([])
  const { rows } = await cast.admin.query(`select reply_sealed from visit_reading where visit_id = $1`, [id])
  expect(String(rows[0]?.reply_sealed)).not.toContain('saatsid')
})

test('what a supervisor wrote for her waits for nobody; nobody else reads or is told', async () => {
  const forHer = await log(often, cast.sirje)
  const id = await log(often)
  expect((await listEntries.run(cast.sirje, {})).entries.map((one) => one.id)).not.toContain(forHer)
  for (const wrong of [cast.kim, cast.lou, cast.lea])
    await expect(readEntry.run(wrong, { id })).rejects.toBeInstanceOf(Refused)
  await expect(readEntry.run(cast.sirje, { id: crypto.randomUUID() })).rejects.toBeInstanceOf(NotFound)
})

test('each support has its own rhythm: one is overdue where another with the same silence is not', async () => {
  await cast.admin.query('update visit set on_date = $1', [dayFromNow(-10)])
  expect((await listSupervisees.run(cast.sirje, {})).people[0]?.quiet).toBe(true)
  await agreeRhythm.run(cast.sirje, { id: seldom.assignment, days: '70' })
  expect((await listSupervisees.run(cast.sirje, {})).people[0]?.quiet).toBe(false)
  await agreeRhythm.run(cast.sirje, { id: often.assignment, days: '7' })
  const { supports } = await openSupervisee.run(cast.sirje, { id: cast.volunteer })
  const told = new Map(supports.map((one) => [one.id, [one.agreed, one.quiet]]))
  expect(told.get(often.assignment)).toEqual([7, 3])
  expect(told.get(seldom.assignment)).toEqual([70, 0])
  await agreeRhythm.run(cast.sirje, { id: often.assignment, days: '14' })
  expect((await openRhythm.run(cast.sirje, { id: often.assignment })).support).toMatchObject({ agreed: 14, quiet: 0 })
  for (const days of ['0', '91'])
    await expect(agreeRhythm.run(cast.sirje, { id: often.assignment, days })).rejects.toBeInstanceOf(Invalid)
  await expect(agreeRhythm.run(cast.max, { id: often.assignment, days: '7' })).rejects.toBeInstanceOf(Refused)
})

test('silence is counted from the later of start and last contact, beyond what was agreed or is usual', () => {
  const of = (startOn: string | null, last: string | null, agreed: number | null) =>
    daysQuiet({ startOn, last, agreed }, 21, '2026-11-30')
  expect(of('2026-11-01', null, null)).toBe(8)
  expect([of('2026-11-01', '2026-11-20', null), of('2026-11-01', '2026-11-20', 7)]).toEqual([0, 3])
  expect([of('2026-11-25', '2026-10-01', 3), of(null, null, 3)]).toEqual([2, 0])
})
