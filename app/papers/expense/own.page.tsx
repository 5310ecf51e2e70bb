// Where does a support person see what she has claimed, and claim what she has paid?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatMoney } from '../../i18n/format.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { FileInput } from '../../ui/fields.tsx'
import { Table } from '../../ui/table.tsx'
import { Claim, kinds } from './expense.ts'
import { claimExpense, listOwnExpenses, type Opened, openClaim, withdrawExpense } from './own.server.ts'
import { columnsOf } from './parts.tsx'

export const ownExpensesPage = get(listOwnExpenses, {
  title: 'papers.tab',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <BackLink href="/my-profile">{t('volunteers.own.tab')}</BackLink>
      <h1>{t('papers.expense.own')}</h1>
      <p class="tv-lead">
        {t('papers.expense.lead', {
          rate: formatMoney(data.rules.kmCents),
          month: formatMoney(data.rules.monthEuros * 100),
          days: data.rules.days,
        })}
      </p>
      <ButtonLink href="/my-expenses/new">{t('papers.expense.add')}</ButtonLink>
      <Table
        caption={t('papers.expense.own')}
        captionLook="hidden"
        columns={columnsOf(t, false)}
        rows={data.lines}
        empty={<p>{t('papers.expense.ownNone')}</p>}
      />
    </div>
  ),
})

export const claimPage = form(
  openClaim,
  claimExpense,
  { title: 'papers.tab', body: (page) => <Ask page={page} /> },
  () => ({ to: '/my-expenses', said: 'papers.expense.sent' }),
)

export const withdrawExpenseAction = action(withdrawExpense, () => ({
  to: '/my-expenses',
  said: 'papers.expense.withdrawn',
}))

function Ask({ page }: { page: PageContext<Opened> }) {
  const { t, data, values, errors } = page
  const { before, supports } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/my-expenses">{t('papers.expense.own')}</BackLink>
      <h1>{t('papers.expense.add')}</h1>
      {before?.reason ? <p class="tv-lead">{t('papers.expense.returnedBecause', { reason: before.reason })}</p> : null}
      <Form page={page} files>
        {before ? <input type="hidden" name="follows" value={before.id} /> : null}
        <Kinds page={page} />
        <Field page={page} of={Claim} name="onDate" value={before?.onDate ?? data.today} />
        <Field page={page} of={Claim} name="words" value={before?.words} />
        {supports.length > 0 ? (
          <Field
            page={page}
            of={Claim}
            name="assignment"
            options={supports.map(({ id, number }) => ({ value: id, label: number }))}
            value={supports.length === 1 ? supports[0]?.id : null}
            list
          />
        ) : null}
        <FileInput
          t={t}
          id="file"
          name="file"
          label={t('papers.expense.receipt')}
          hint={t(before?.receiptForm ? 'papers.expense.receiptKept' : 'papers.expense.receiptHint')}
          error={errors.file}
          accept="image/jpeg,image/png,image/webp,application/pdf"
        />
        {values.kind && !errors.file ? <p class="tv-quiet">{t('papers.expense.fileAgain')}</p> : null}
        <Button>{t('papers.expense.send')}</Button>
      </Form>
    </div>
  )
}

/** By the own car so many kilometres, for anything else the sum of the receipt. */
function Kinds({ page }: { page: PageContext<Opened> }) {
  const { t, data, values, errors } = page
  const { before, rules } = data
  const chosen = values.kind ?? before?.kind
  const sum = before && before.km === null ? (before.cents / 100).toFixed(2).replace('.', ',') : undefined
  const amount = (name: 'km' | 'sum') => (
    <Field
      page={page}
      of={Claim}
      name={name}
      value={name === 'km' ? before?.km : sum}
      suffix={name === 'km' ? 'km' : '€'}
    />
  )
  return (
    <>
      <Radios
        t={t}
        id="kind"
        name="kind"
        label={t('papers.expense.kind')}
        hint={t('papers.expense.kindHint', { rate: formatMoney(rules.kmCents) })}
        error={errors.kind}
        value={typeof chosen === 'string' ? chosen : undefined}
        options={kinds.map((value) => ({
          value,
          label: t(`papers.expense.kind.${value}`),
          reveal: value === 'car' ? amount('km') : undefined,
        }))}
      />
      {amount('sum')}
    </>
  )
}
