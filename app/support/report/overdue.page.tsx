// Which reports are late, and who is reminded?
import { Tokens } from '../../core/form/form.tsx'
import { action, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatMonth } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { listOverdue, type Overdue, remindOfReport } from './overdue.server.ts'
import { Status } from './words.tsx'

type OverduePage = PageContext<Awaited<ReturnType<(typeof listOverdue)['run']>>>

export const overduePage = get(listOverdue, {
  title: 'support.overdue.title',
  body: (page) => <OverdueReports page={page} />,
})

function OverdueReports({ page }: { page: OverduePage }) {
  const { t, locale, data } = page
  const columns: Column<Overdue>[] = [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ volunteerId, name, code }) => (
        <>
          <a href={`/volunteers/${volunteerId}`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>
        </>
      ),
    },
    { name: t('support.report.month'), cell: ({ month }) => formatMonth(month, locale) },
    { name: t('support.report.status'), cell: ({ status }) => <Status t={t} status={status} /> },
    {
      name: t('support.overdue.late'),
      cell: ({ days, dueOn }) => `${t('support.overdue.days', { days })} (${formatDate(dueOn)})`,
    },
    { name: t('support.supervisor'), cell: ({ supervisor }) => supervisor ?? '–' },
    { name: t('support.overdue.remind'), silent: true, cell: (report) => <Remind page={page} report={report} /> },
  ]
  return (
    <>
      <h1>{t('support.overdue.title')}</h1>
      <p class="tv-lead">{t('support.overdue.lead')}</p>
      <Table
        caption={t('support.overdue.title')}
        captionLook="hidden"
        columns={columns}
        rows={data.reports}
        empty={<p>{t('support.overdue.none')}</p>}
      />
    </>
  )
}

function Remind({ page, report }: { page: OverduePage; report: Overdue }) {
  const { t } = page
  if (!report.reachable) return <span class="tv-quiet">{t('support.overdue.noAccount')}</span>
  return (
    <form method="post" action={`/support/overdue/${report.id}/remind`}>
      <Tokens page={page} />
      <Button kind="quiet" about={`${report.name}, ${report.month}`}>
        {t('support.overdue.remind')}
      </Button>
    </form>
  )
}

export const remindAction = action(remindOfReport, () => ({ to: '/support/overdue', said: 'support.overdue.reminded' }))
