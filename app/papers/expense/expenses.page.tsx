// Where does the coordinator decide on what support persons have paid, and get the list for accounting?
import { fresh } from '../../access/fresh.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, download, form, get, type PageContext } from '../../core/page.tsx'
import { formatMoney, formatMonth } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import {
  approveExpense,
  listExpenses,
  type Opened,
  openExpense,
  receiptFile,
  receiptFileOf,
  returnExpense,
} from './decide.server.ts'
import { ReturnExpense } from './expense.ts'
import { columnsOf, factsOf, StateTag } from './parts.tsx'
import { openPayments, paymentsDocument, paymentsFile } from './payments.server.ts'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const expensesPage = get(listExpenses, { title: 'papers.tab', body: (page) => <Expenses page={page} /> })
export const expensePage = get(openExpense, { title: 'papers.tab', body: (page) => <One page={page} /> })
export const receiptPage = fresh(download(receiptFile, receiptFileOf), {
  back: (path) => path.replace(/\/receipt$/, ''),
})
export const paymentsPage = get(openPayments, { title: 'papers.tab', body: (page) => <Paid page={page} /> })
export const paymentsFilePage = fresh(download(paymentsDocument, paymentsFile), { back: () => '/expenses/payments' })

export const approveExpenseAction = action(approveExpense, () => ({ to: '/expenses', said: 'papers.expense.approved' }))
export const returnExpensePage = form(
  openExpense,
  returnExpense,
  { title: 'papers.tab', body: (page) => <Return page={page} /> },
  () => ({ to: '/expenses', said: 'papers.expense.returned' }),
)

function Expenses({ page: { t, data } }: { page: Answer<typeof listExpenses> }) {
  return (
    <>
      <BackLink href="/papers">{t('papers.title')}</BackLink>
      <h1>{t('papers.expense.title')}</h1>
      <ButtonLink kind="secondary" href="/expenses/payments">
        {t('papers.payments.title')}
      </ButtonLink>
      <Table
        caption={t('papers.expense.waiting')}
        columns={columnsOf(t, true)}
        rows={data.waits}
        empty={<p>{t('papers.expense.waitingNone')}</p>}
      />
      <Table
        caption={t('papers.expense.lately')}
        columns={columnsOf(t, true)}
        rows={data.decided}
        empty={<p>{t('papers.expense.latelyNone')}</p>}
      />
    </>
  )
}

function One({ page }: { page: PageContext<Opened> }) {
  const { t, data, me } = page
  const decides = page.can(returnExpense) && !data.own && data.state === 'sent'
  const back = page.can(listExpenses) && !data.own ? '/expenses' : '/my-expenses'
  return (
    <div class="tv-narrow">
      <BackLink href={back}>{t(back === '/expenses' ? 'papers.expense.title' : 'papers.expense.own')}</BackLink>
      <h1>{data.own ? t('papers.expense.one') : t('papers.expense.of', { name: data.name })}</h1>
      <p>
        <StateTag t={t} state={data.state} />
      </p>
      <Summary rows={factsOf(t, data)} />
      {decides && me.standsInFor ? (
        <Callout>
          <p>{t('core.error.inPerson', { name: me.standsInFor.name })}</p>
        </Callout>
      ) : null}
      {decides ? (
        <ButtonGroup>
          {page.can(approveExpense) ? (
            <form method="post" action={`/expenses/${data.id}/approve`}>
              <Tokens page={page} />
              <Button>{t('papers.expense.approve')}</Button>
            </form>
          ) : null}
          <ButtonLink kind="secondary" href={`/expenses/${data.id}/return`}>
            {t('papers.expense.return')}
          </ButtonLink>
        </ButtonGroup>
      ) : null}
      {data.own && me.roles.includes('volunteer') ? <OwnSteps page={page} /> : null}
    </div>
  )
}

function OwnSteps({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  if (data.state === 'sent')
    return (
      <form method="post" action={`/my-expenses/${data.id}/withdraw`}>
        <Tokens page={page} />
        <Button kind="secondary">{t('papers.expense.withdraw')}</Button>
      </form>
    )
  if (data.state !== 'returned' || data.followed) return null
  return <ButtonLink href={`/my-expenses/new?follows=${data.id}`}>{t('papers.expense.mend')}</ButtonLink>
}

function Return({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/expenses/${data.id}`}>{t('papers.expense.of', { name: data.name })}</BackLink>
      <h1>{t('papers.expense.return')}</h1>
      <Form page={page}>
        <Field page={page} of={ReturnExpense} name="reason" />
        <Button>{t('papers.expense.return')}</Button>
      </Form>
    </div>
  )
}

function Paid({ page: { t, data, locale } }: { page: Answer<typeof openPayments> }) {
  const total = formatMoney(data.payments.reduce((sum, { cents }) => sum + cents, 0))
  const other = monthBefore(data.month)
  return (
    <div class="tv-narrow">
      <BackLink href="/expenses">{t('papers.expense.title')}</BackLink>
      <h1>{t('papers.payments.documentTitle', { month: formatMonth(data.month, locale) })}</h1>
      <p class="tv-lead">{t('papers.payments.lead')}</p>
      <Table
        caption={t('papers.payments.people')}
        captionLook="hidden"
        columns={[
          { name: t('papers.who'), cell: (one) => `${one.name}, ${one.code}` },
          { name: t('papers.payments.claims'), number: true, cell: (one) => one.claims },
          { name: t('papers.payments.km'), number: true, cell: (one) => one.km },
          { name: t('papers.payments.sum'), number: true, cell: (one) => formatMoney(one.cents) },
        ]}
        rows={data.payments}
        empty={<p>{t('papers.payments.none')}</p>}
        foot={data.payments.length > 0 ? [t('papers.payments.total'), '', '', total] : undefined}
      />
      {data.payments.length > 0 ? (
        <ButtonLink href={`/expenses/payments/document?month=${data.month}`} download>
          {t('papers.payments.download')}
        </ButtonLink>
      ) : null}
      <p>
        <a href={`/expenses/payments?month=${other}`}>{formatMonth(other, locale)}</a>
      </p>
    </div>
  )
}

/** `2026-01` → `2025-12` */
function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}
