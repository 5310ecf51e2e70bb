// What does a device fetch when it has network: the supports that run, the month so far, the open reports, and each card on its own?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import { id } from '../core/form/fields.ts'
import { query } from '../core/operation.server.ts'
import type { Person } from '../core/user.ts'
import { heads, ownView } from '../matching/assignment/assignments.server.ts'
import { ownOutings } from '../support/outing/outings.server.ts'
import { nextMonth } from '../support/report/month-report.ts'
import { monthOwn, ownReports } from '../support/report/own-reports.server.ts'
import { loggable, ownVolunteer } from '../support/visit/supported.server.ts'
import { monthOf } from '../support/visit/visit.ts'
import { OneDevice } from './device.ts'
import { mustStand, rulesFor } from './devices.server.ts'

const running = async (db: Db, me: Person) => (await loggable(db, me)).filter((one) => one.mine)

async function monthFor(db: Db, me: Person, month: string) {
  const { visits, figures, report } = await monthOwn(db, me, month)
  const log = visits.map(({ id, number, onDate, way, minutes, danger }) => ({
    id,
    number,
    onDate,
    way,
    minutes,
    danger,
  }))
  const { version = 0, summary = null, supervisionNeed: need = 'no' } = report ?? {}
  return { month, log, figures, version, summary, need }
}

async function guideOf(db: Db, me: Person) {
  const { supervisorId } = await ownVolunteer(db, me)
  if (!supervisorId) return null
  return (
    (await db.selectFrom('person').select(['name', 'phone']).where('id', '=', supervisorId).executeTakeFirst()) ?? null
  )
}

// From which meetings she is expected back today: the number, the times and the way, no place and nobody.
const outingsFor = async (db: Db, me: Person) =>
  (await ownOutings(db, me)).map(({ id, number, assignmentId, channel, beginsAt, untilAt, inAt }) => ({
    ...{ id, number, assignmentId, channel, beginsAt, untilAt, inAt },
  }))

/** This month and the last: numbers, days and lengths, no word of any note; and the reports that are still hers to write. */
export const openState = query(
  'field.state',
  {
    roles: ['volunteer'],
    input: OneDevice,
    about: (_: unknown, { device, supports }: { device: string; supports: unknown[] }) => ({
      ...{ kind: 'field-device', id: device, hits: supports.length },
    }),
  },
  async (db, { device }, me) => {
    await mustStand(db, me, device)
    const month = monthOf(today())
    const open = (await ownReports(db, me)).filter(({ status }) => status === 'draft' || status === 'returned')
    const months = [await monthFor(db, me, nextMonth(month, -1)), await monthFor(db, me, month)]
    return {
      ...{ device, rules: await rulesFor(db), guide: await guideOf(db, me) },
      supports: (await running(db, me)).map(({ id, number, startOn }) => ({ id, number, startOn })),
      outings: await outingsFor(db, me),
      months: months.map((one) => {
        const report = open.find((line) => line.month === one.month)
        return { ...one, open: report ? { status: report.status, dueOn: report.dueOn } : null }
      }),
    }
  },
)

/** As little as she needs where there is no network: what to do and what to take care of. No name, no place, nobody whom she could be looked for through. */
export const openCard = query(
  'field.card',
  {
    roles: ['volunteer'],
    input: OneDevice.extend({ assignment: id() }),
    about: (_: unknown, { of }: { of: { id: string; caseId: string; networkId: string } }) => ({
      ...{ kind: 'assignment', id: of.id, caseId: of.caseId, networkId: of.networkId },
    }),
  },
  async (db, { device, assignment }, me) => {
    await mustStand(db, me, device)
    const of = (await running(db, me)).find((one) => one.id === assignment)
    if (!of) throw new NotFound()
    const { language } = await heads(db).where('assignment.id', '=', assignment).executeTakeFirstOrThrow()
    const { tasks, safetyNote, rules } = (await ownView(db, of)) ?? { tasks: null, safetyNote: null, rules: null }
    return { of, language, tasks, safetyNote, rules: rules && { ...rules, mayAnswer: null, feared: null } }
  },
)
