// Does whoever guides her today hear of everything that concerns a support person – the deputy on duty, and a new supervisor instead of the old one?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenAssessment } from '../../test/closing.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { anotherSupervisor, away, deputyOfSirje } from '../../test/supervision.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { givenAsked } from '../../test/transfer.ts'
import { acceptTransfer } from '../cases/transfer/answer.server.ts'
import { today } from '../core/clock.server.ts'
import type { Person } from '../core/user.ts'
import { acceptProposal } from '../matching/assignment/answer.server.ts'
import { endAssignment } from '../matching/assignment/steer.server.ts'
import { askHelp } from '../support/concern/concerns.server.ts'
import { nextMonth } from '../support/report/month-report.ts'
import { writeReport } from '../support/report/own-reports.server.ts'
import { monthOf } from '../support/visit/visit.ts'
import { correctVisit, logVisit } from '../support/visit/visits.server.ts'
import { writeCheckin } from './wellbeing/checkins.server.ts'

let cast: Cast
let support: Support
let endel: Person
let piia: Person
beforeAll(async () => {
  cast = await openCast()
  endel = await deputyOfSirje(cast)
  piia = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
})
beforeEach(async () => {
  await cast.admin.query(
    'truncate month_report_event, month_report, assignment_event, need_event, supervision_absence cascade',
  )
  await cast.admin.query(`update assignment set status = 'ended', end_on = start_on where status = 'active'`)
  await cast.admin.query('update volunteer set supervisor_id = $1 where id = $2', [cast.sirje.id, cast.volunteer])
  support = await givenSupport(cast, dayFromNow(-60))
})
afterAll(() => cast.close())

// No hour of a Sunday is safe in the case of the tests.
const sunday = () =>
  [1, 2, 3, 4, 5, 6, 7].map((ago) => dayFromNow(-ago)).find((day) => new Date(`${day}T12:00Z`).getUTCDay() === 0) ?? ''
const visitOn = (day: string) => logVisit.run(cast.lou, { ...usualVisit, assignment: support.assignment, day })

/** What concerns her, up to what has to be there before; then what is told of. */
const happenings: [what: string, arrange: () => Promise<() => Promise<unknown>>][] = [
  ['a visit outside what was agreed', async () => () => visitOn(sunday())],
  [
    'a visit that was put right and is outside now',
    async () => {
      const day = new Date(`${today()}T12:00Z`).getUTCDay() === 0 ? dayFromNow(-1) : today()
      const { id } = await visitOn(day)
      return () => correctVisit.run(cast.lou, { ...usualVisit, id, day: sunday(), reason: 'Vale päev' })
    },
  ],
  [
    'a case that goes over to another network',
    async () => {
      await givenAssessment(cast, support.caseId, today())
      const { transfer } = await givenAsked(cast, support.caseId)
      return () => acceptTransfer.run(cast.max, { id: transfer })
    },
  ],
  ['a call for help', async () => () => askHelp.run(cast.lou, { assignment: support.assignment })],
  [
    'a report',
    async () => () => {
      const month = nextMonth(monthOf(today()), -1)
      return writeReport.run(cast.lou, { month, step: 'submit', summary: 'Näidis-kuu.', supervisionNeed: 'no' })
    },
  ],
  [
    'how she is',
    async () => () => writeCheckin.run(cast.lou, { level: 'hard', carries: 'no', talk: 'soon', words: 'Näidis-jutt' }),
  ],
  [
    'a yes',
    async () => {
      const id = support.assignment
      await cast.admin.query(`update assignment set status = 'proposed', start_on = null where id = $1`, [id])
      return () => acceptProposal.run(cast.lou, { id, noConflict: 'yes' })
    },
  ],
  [
    'the end of a support, said by the lead',
    async () => () => endAssignment.run(cast.lea, { id: support.assignment, reason: 'goal_reached' }),
  ],
]

/** Which of those who guide are written to. */
async function heardOf(happen: () => Promise<unknown>): Promise<string[]> {
  await cast.admin.query('delete from mail_outbox')
  await happen()
  const { rows } = await cast.admin.query<{ name: string }>(
    'select distinct p.name from mail_outbox m join person p on p.id = m.person_id where p.id = any ($1) order by 1',
    [[cast.sirje.id, endel.id, piia.id]],
  )
  return rows.map((row) => row.name)
}

test.each(happenings)('of %s the supervisor hears, and beside her a deputy who is on duty', async (_, arrange) => {
  const happen = await arrange()
  await away(cast)
  expect(await heardOf(happen)).toEqual([endel.name, cast.sirje.name])
})

test.each(happenings)('of %s a deputy who is not on duty hears nothing', async (_, arrange) => {
  expect(await heardOf(await arrange())).toEqual([cast.sirje.name])
})

test.each(happenings)(
  'of %s whoever guides her now hears, not whoever did when the support began',
  async (_, arrange) => {
    const happen = await arrange()
    await cast.admin.query('update volunteer set supervisor_id = $1 where id = $2', [piia.id, cast.volunteer])
    expect(await heardOf(happen)).toEqual([piia.name])
  },
)
