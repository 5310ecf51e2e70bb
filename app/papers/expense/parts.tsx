// In which words does a claim stand in a list and on its page?
import { formatDate, formatMoney } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import type { SummaryRow } from '../../ui/summary.tsx'
import type { Column } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { State } from './expense.ts'
import type { ExpenseLine } from './lines.server.ts'

const looks: Record<State, TagKind> = { sent: 'wait', approved: 'ok', returned: 'attention', withdrawn: 'neutral' }

export const StateTag = ({ t, state }: { t: T; state: State }) => (
  <Tag kind={looks[state]}>{t(`papers.expense.state.${state}`)}</Tag>
)

/** "Oma auto, 34 km" */
export const kindWords = (t: T, { kind, km }: Pick<ExpenseLine, 'kind' | 'km'>): string =>
  km === null
    ? t(`papers.expense.kind.${kind}`)
    : `${t(`papers.expense.kind.${kind}`)}, ${t('papers.expense.kmOf', { km })}`

export function columnsOf(t: T, named: boolean): Column<ExpenseLine>[] {
  return [
    {
      name: t('papers.expense.onDate'),
      cell: (one) => <a href={`/expenses/${one.id}`}>{formatDate(one.onDate)}</a>,
    },
    ...(named ? [{ name: t('papers.who'), cell: (one: ExpenseLine) => `${one.name}, ${one.code}` }] : []),
    { name: t('papers.expense.kind'), cell: (one) => kindWords(t, one) },
    { name: t('papers.expense.sum'), number: true, cell: (one) => formatMoney(one.cents) },
    { name: t('papers.state'), cell: (one) => <StateTag t={t} state={one.state} /> },
  ]
}

export function factsOf(t: T, one: ExpenseLine): (SummaryRow | null)[] {
  return [
    { name: t('papers.expense.onDate'), value: formatDate(one.onDate) },
    { name: t('papers.expense.kind'), value: kindWords(t, one) },
    {
      name: t('papers.expense.sum'),
      value: formatMoney(one.cents),
      hint: one.centsPerKm === null ? undefined : t('papers.expense.rate', { rate: formatMoney(one.centsPerKm) }),
    },
    { name: t('papers.expense.words'), value: one.words ?? t('papers.expense.forgotten') },
    one.number ? { name: t('papers.expense.assignment'), value: one.number } : null,
    {
      name: t('papers.expense.receipt'),
      value: one.receiptForm ? (
        <a href={`/expenses/${one.id}/receipt`}>{t('papers.expense.open')}</a>
      ) : (
        t('papers.expense.noReceipt')
      ),
    },
    one.decidedAt
      ? {
          name: t('papers.expense.decidedBy'),
          value: [formatDate(one.decidedAt), one.decidedBy].filter(Boolean).join(', '),
        }
      : null,
    one.reason ? { name: t('papers.expense.reason'), value: one.reason } : null,
  ]
}
