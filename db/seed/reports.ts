// Which reports to the project manager have been written in the synthetic Estonia?
import { randomUUID } from 'node:crypto'
import { type Period, periodOf, previousPeriod } from '../../app/evaluation/period.ts'
import { publishedAt } from '../../app/reports/figures.server.ts'
import { managerReportDueOn } from '../../app/reports/report.ts'
import type { SeedWorld } from './cases.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const words =
  'Perioodi jooksul said uued tugiisikud esimesed määramised ja piirkondade ohvriabitöötajad lugesid sissekandeid korrapäraselt.\n\n' +
  'Mured vaadati koos juhendajatega läbi; igal juhul lepiti kokku, kes mida teeb. Järgmisel perioodil otsime juurde vene keelt rääkivaid tugiisikuid.'

/** The month before last and the last full quarter accepted, last month waiting for the manager; figures as known on those days. */
export async function seedPeriodReports(db: SeedDb, { staff, today }: SeedWorld): Promise<void> {
  const last = previousPeriod(periodOf(today, 'month'))
  const quarter = previousPeriod(periodOf(today, 'quarter'))
  await seedReport(db, { period: previousPeriod(last), staff, today, accepted: true })
  await seedReport(db, { period: quarter, staff, today, accepted: true })
  await seedReport(db, { period: last, staff, today, accepted: false })
}

type Facts = { period: Period; staff: SeedWorld['staff']; today: string; accepted: boolean }

async function seedReport(db: SeedDb, { period, staff, today, accepted }: Facts) {
  const id = randomUUID()
  const dueOn = managerReportDueOn(period, 10)
  const earlier = (day: string) => (day < today ? day : plusDays(today, -1))
  const submittedOn = earlier(plusDays(dueOn, -1))
  const knownAt = at(submittedOn, 9)
  await db
    .insertInto('periodReport')
    .values({
      ...{ id, period: period.key, fromOn: period.from, toOn: period.to, dueOn, ownText: words },
      createdBy: staff.coordinator,
      createdAt: at(submittedOn, 8),
    })
    .execute()
  const { figures, stored } = await publishedAt(db, period, knownAt)
  const eventId = randomUUID()
  const submitted = { id: eventId, reportId: id, kind: 'submitted', ownText: words, recordedBy: staff.coordinator }
  await db
    .insertInto('periodReportEvent')
    .values({ ...submitted, figures: JSON.stringify(stored), recordedAt: knownAt })
    .execute()
  await db
    .insertInto('periodReportSnapshot')
    .values({ eventId, reportId: id, figures: JSON.stringify(figures) })
    .execute()
  if (!accepted) return
  const answer = { reportId: id, kind: 'accepted', recordedBy: staff.manager, recordedAt: at(earlier(dueOn), 12) }
  await db.insertInto('periodReportEvent').values(answer).execute()
}
