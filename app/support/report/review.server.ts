// How does a supervisor read a month: the sums, the rows behind them, the words – and send it back or approve it?
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { openConcerns } from '../concern/concerns.server.ts'
import { guidedByMe } from '../visit/supported.server.ts'
import { monthOf } from '../visit/visit.ts'
import { notedVisitsOf, visitsOf } from '../visit/visits-read.server.ts'
import { type Figures, JudgeReport, ReportId, sameFigures } from './month-report.ts'
import { countedOf, eventsOf, reportRow } from './own-reports.server.ts'

/** The volunteer of a report, if it is one whom the person who asks guides – never oneself. */
async function supervisee(db: Db, me: Person, volunteerId: string) {
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'personId', 'phone'])
    .where('id', '=', volunteerId)
    .where('id', '=', guidedByMe)
    .executeTakeFirstOrThrow()
  if (row.personId === me.id) throw new NotFound()
  return row
}

/** A report with its figures, the visits behind them (without notes) and its history. */
export const openReview = query(
  'support.review.open',
  { roles: ['supervisor'], input: ReportId, about: (input) => ({ kind: 'month-report', id: input.id }) },
  async (db, { id }, me) => {
    const report = await reportRow(db, id)
    const volunteer = await supervisee(db, me, report.volunteerId)
    const month = monthOf(report.month)
    const visits = await visitsOf(db, volunteer.id, month)
    const counted = countedOf(visits)
    const handedIn = (report.figures ?? null) as Figures | null
    const worries = (await openConcerns(db)).filter((concern) => concern.volunteerId === volunteer.id)
    return {
      ...{ report, month, volunteer, visits, worries, ...counted, today: today() },
      changed: handedIn !== null && report.status !== 'returned' && !sameFigures(handedIn, counted.total),
      handedIn,
      events: await eventsOf(db, id),
    }
  },
)

/** The visits of one case in the month of a report, with what was noted: one case, one line in its log (R13). */
export const openReviewRows = query(
  'support.review.rows',
  {
    roles: ['supervisor'],
    input: z.object({ id: id(), case: id() }),
    about: (_: unknown, { report, of }: { report: { id: string }; of: { caseId: string; networkId: string } }) => ({
      kind: 'month-report',
      id: report.id,
      ...of,
    }),
  },
  async (db, input, me) => {
    const { id, volunteerId, month } = await reportRow(db, input.id)
    const volunteer = await supervisee(db, me, volunteerId)
    const visits = await notedVisitsOf(db, { volunteerId, month: monthOf(month), caseId: input.case })
    const [first] = visits
    if (!first) throw new NotFound()
    const of = { caseId: first.caseId, networkId: first.networkId }
    return { report: { id }, month: monthOf(month), volunteer, visits, number: first.number, of }
  },
)

/** Approves a report, or returns it with a remark; an approved one goes back where a mistake was found afterwards. */
export const judgeReport = command(
  'support.review.judge',
  {
    roles: ['supervisor'],
    input: JudgeReport,
    about: (input) => ({ kind: 'month-report', id: input.id }),
    oneByOne: ({ id }) => `month-report/${id}`,
  },
  async (db, { id, verdict, remark }, me) => {
    const { volunteerId, status } = await reportRow(db, id)
    const { personId } = await supervisee(db, me, volunteerId)
    const allowed = status === 'submitted' || (status === 'approved' && verdict === 'returned')
    if (!allowed) throw new Conflict({ key: 'support.error.judged' })
    if (verdict === 'returned' && !remark) throw new Invalid({ remark: { key: 'support.error.remark' } })
    await db
      .insertInto('monthReportEvent')
      .values({ reportId: id, kind: verdict, remark: remark ?? null, recordedBy: me.id })
      .execute()
    if (verdict === 'returned' && personId) await mailTo(db, personId, 'new-task')
    return { id, verdict }
  },
)
