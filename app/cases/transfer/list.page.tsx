// Which cases wait to go over, and which have gone?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { dueWords } from '../../ui/date.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { RiskTag } from '../frame.tsx'
import { becauseOf, StateTag } from './parts.tsx'
import type { TransferLine } from './transfer.ts'
import { listTransfers } from './transfers.server.ts'

type Page = PageContext<Awaited<ReturnType<typeof listTransfers.run>>>

export const transfersPage = get(listTransfers, {
  title: 'transfer.list.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <h1>{t('transfer.list.title')}</h1>
        <p class="tv-lead">{t('transfer.list.lead')}</p>
        <Table
          caption={t('transfer.list.open')}
          rows={data.open}
          columns={openColumns(page)}
          empty={<p>{t('transfer.list.none')}</p>}
        />
        <Table
          caption={t('transfer.list.over')}
          rows={data.over}
          columns={overColumns(t)}
          empty={<p>{t('transfer.list.noneOver')}</p>}
        />
      </>
    )
  },
})

const numberOf = (row: TransferLine) => (
  <a class="tv-nowrap" href={`/transfers/${row.id}`}>
    {row.number}
  </a>
)
const wayOf = (row: TransferLine) => `${row.from} → ${row.to}`

function openColumns({ t, data }: Page): Column<TransferLine>[] {
  return [
    { name: t('cases.column.number'), cell: numberOf },
    { name: t('transfer.column.way'), cell: wayOf },
    { name: t('cases.column.risk'), cell: (row) => <RiskTag t={t} level={row.level} /> },
    { name: t('transfer.field.reason'), cell: (row) => t(`transfer.reason.${row.reason}`) },
    { name: t('transfer.field.urgency'), cell: (row) => t(`transfer.urgency.${row.urgent ? 'urgent' : 'usual'}`) },
    {
      name: t('transfer.column.due'),
      cell: (row) => `${formatDate(row.dueOn)}, ${dueWords(row.dueOn, data.today, t)}`,
    },
  ]
}

function overColumns(t: T): Column<TransferLine>[] {
  return [
    { name: t('cases.column.number'), cell: numberOf },
    { name: t('transfer.column.way'), cell: wayOf },
    { name: t('transfer.column.state'), cell: (row) => <StateTag t={t} state={row.state} /> },
    { name: t('transfer.column.on'), cell: (row) => (row.answeredOn ? formatDate(row.answeredOn) : '–') },
    { name: t('transfer.field.because'), cell: (row) => becauseOf(t, row) ?? '–' },
  ]
}
