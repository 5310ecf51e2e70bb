// What of visits, worries and reports should the first page of a volunteer or a supervisor know?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import { openConcerns } from './concern/concerns.server.ts'
import { nextPlanned } from './next/next.server.ts'
import { sumOf } from './report/month-report.ts'
import { ownReports } from './report/own-reports.server.ts'
import { supervisees } from './report/supervision.server.ts'
import { loggable, ownVolunteer } from './visit/supported.server.ts'
import { monthOf } from './visit/visit.ts'
import { visitsOf } from './visit/visits-read.server.ts'

/** The supervisor's last word on a report, or nothing. */
async function lastWord(db: Db, volunteerId: string) {
  const row = await db
    .selectFrom('monthReportEvent')
    .innerJoin('monthReport', 'monthReport.id', 'monthReportEvent.reportId')
    .leftJoin('person', 'person.id', 'monthReportEvent.recordedBy')
    .select(['remark as text', 'recordedAt as at', 'person.name as by', 'month'])
    .where('volunteerId', '=', volunteerId)
    .where('kind', 'in', ['returned', 'approved'])
    .where('remark', 'is not', null)
    .orderBy('recordedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, text: row.text ?? '', month: monthOf(row.month) } : null
}

/** For the volunteer: own running cases, this month's sums, the report to write next, open worries, the supervisor's last word. */
export async function supportHome(db: Db, me: Person) {
  const { id } = await ownVolunteer(db, me)
  const month = monthOf(today())
  const visits = await visitsOf(db, id, month)
  const reports = await ownReports(db, me)
  const waiting = reports.filter(({ status }) => status === 'draft' || status === 'returned')
  const own = (await loggable(db, me)).filter((one) => one.mine)
  return {
    planned: await nextPlanned(
      db,
      own.map(({ id }) => id),
    ),
    assignments: own.map(({ id, number, startOn }) => ({ id, number, startOn })),
    month,
    figures: sumOf(visits),
    lastVisitOn: visits.at(-1)?.onDate ?? null,
    report: waiting.at(-1) ?? null,
    concerns: (await openConcerns(db)).filter((concern) => concern.volunteerId === id),
    lastWord: await lastWord(db, id),
  }
}

/** For the supervisor: reports that wait for a word, worries that are open, supervisees without contact or with a late report. */
export async function supervisorHome(db: Db) {
  const people = await supervisees(db)
  return {
    waiting: people.flatMap(({ name, waiting }) =>
      waiting.map(({ id, month }) => ({ id, name, month: monthOf(month) })),
    ),
    concerns: await openConcerns(db),
    quiet: people.filter((person) => person.quiet).map(({ id, name, last }) => ({ id, name, last })),
    late: people.flatMap(({ name, late }) =>
      late.map(({ id, month, dueOn }) => ({ id, name, dueOn, month: monthOf(month) })),
    ),
  }
}
