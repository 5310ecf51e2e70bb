// Which document does a person get of a report?
import { z } from 'zod'
import { mustBeFresh } from '../access/fresh.ts'
import { query } from '../core/operation.server.ts'
import type { File } from '../core/page.tsx'
import type { Person } from '../core/user.ts'
import { locales, type T } from '../i18n/i18n.ts'
import { renderers } from './document/renderers.ts'
import { databaseNow, publishedAt } from './figures.server.ts'
import { oneAtATime } from './in-line.ts'
import { ReportId } from './report.ts'
import { aboutReport, readers, reportFor } from './reports.server.ts'
import { writtenReport } from './written.ts'

const DocumentOf = ReportId.extend({
  kind: z.enum(['pdf', 'docx', 'xlsx']),
  audience: z.enum(['inside', 'outside']).catch('inside'),
  lang: z.enum(locales).catch('et'),
})

/**
 * A report for a file. What goes outside never holds a figure that must be hidden, whoever asks; what stays inside holds
 * what the person may see: everything for the coordinator, the published figures for everybody else.
 */
export const reportDocument = oneAtATime(
  query(
    'report.document',
    { roles: readers, input: DocumentOf, about: aboutReport, turn: 'export' },
    async (db, input, me) => {
      mustBeFresh(me)
      const report = await reportFor(db, me, input.id)
      const choice = { kind: input.kind, audience: input.audience, locale: input.lang }
      if (input.audience === 'inside' || !report.exact) return { ...choice, report }
      const row = await db.selectFrom('periodReport').select('figures').where('id', '=', input.id).executeTakeFirst()
      const kept = row?.figures as { shown: typeof report.shown } | null
      const shown =
        kept && !report.writable
          ? kept.shown
          : (await publishedAt(db, report.period, await databaseNow(db))).stored.shown
      return { ...choice, report: { ...report, exact: false, shown } }
    },
  ),
)

/** The file of a report. Its name says the period and nothing else. */
export async function reportFile(
  answer: Awaited<ReturnType<(typeof reportDocument)['run']>>,
  t: T,
  _me: Person,
): Promise<File> {
  const { kind, audience, locale, report } = answer
  const { load, type } = renderers[kind]
  const render = await load()
  const body = await render(writtenReport(report, t, locale, audience))
  return { body, type, name: `report-${report.period.key}.${kind}` }
}
