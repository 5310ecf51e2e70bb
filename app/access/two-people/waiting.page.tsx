// What waits for me as the second person, and what have I asked for myself?
import { Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { Checkboxes } from '../../ui/choices.tsx'
import { Table } from '../../ui/table.tsx'
import { fresh } from '../fresh.ts'
import { AskedTable } from '../settings/asked-table.tsx'
import { type Confirmation, inBulk } from './confirmation.ts'
import { confirmMany, type Lists, listConfirmations } from './confirmations.server.ts'
import { byWords, StateTag, whatWords } from './words.tsx'

const page = form(
  listConfirmations,
  confirmMany,
  { title: 'access.two.title', body: (page) => <Waiting page={page} /> },
  () => ({ to: '/confirmations', said: 'access.two.confirmedMany' }),
)
const guarded = fresh(page)
/** One may look at any time; what one decides wants a fresh proof. */
export const confirmationsPage = { operations: page.operations, get: page.get, post: guarded.post }

function Waiting({ page }: { page: PageContext<Lists> }) {
  const { t, data, me } = page
  const many = data.mine.filter(inBulk)
  const single = data.mine.filter((one) => !inBulk(one))
  const settings = data.settings.filter((one) => one.mine && one.state === 'waiting')
  const ownSettings = data.settings.filter((one) => one.askedBy === me.id)
  return (
    <>
      <h1>{t('access.two.title')}</h1>
      <p class="tv-lead">{t('access.two.lead')}</p>
      {single.length > 0 || many.length + settings.length === 0 ? <Single t={t} rows={single} /> : null}
      {many.length > 0 ? <Many page={page} rows={many} /> : null}
      <AskedTable t={t} rows={settings} caption={t('access.settings.forYou')} />
      {data.asked.length > 0 || ownSettings.length === 0 ? (
        <Table<Confirmation>
          caption={t('access.two.own')}
          rows={data.asked}
          empty={<p>{t('access.two.ownEmpty')}</p>}
          columns={[
            { name: t('access.account.name'), cell: (one) => <a href={`/confirmations/${one.id}`}>{one.name}</a> },
            { name: t('access.two.what'), cell: (one) => whatWords(t, one) },
            { name: t('access.people.state'), cell: (one) => <StateTag t={t} one={one} /> },
          ]}
        />
      ) : null}
      <AskedTable t={t} rows={ownSettings} caption={t('access.settings.own')} />
    </>
  )
}

function Single({ t, rows }: { t: T; rows: readonly Confirmation[] }) {
  return (
    <Table<Confirmation>
      caption={t('access.two.forYou')}
      rows={rows}
      empty={<p>{t('access.two.empty')}</p>}
      columns={[
        { name: t('access.account.name'), cell: (one) => <a href={`/confirmations/${one.id}`}>{one.name}</a> },
        { name: t('access.two.what'), cell: (one) => whatWords(t, one) },
        { name: t('access.two.asked'), cell: (one) => byWords(t, one.proposer, one.proposedAt, one.proposerThen) },
        { name: t('access.two.until'), cell: (one) => formatDate(one.expiresAt) },
      ]}
    />
  )
}

/** Ticked beforehand are those whose contract stands behind them; the others want a thought of their own. */
function Many({ page, rows }: { page: PageContext<Lists>; rows: readonly Confirmation[] }) {
  const { t } = page
  const options = rows.map((one) => ({
    value: one.id,
    label: [one.name, one.code, whatWords(t, one)].filter(Boolean).join(' · '),
    hint: `${one.email ?? ''} · ${one.contract ? t('access.two.contract') : t('access.two.noContract')} · ${byWords(t, one.proposer, one.proposedAt, one.proposerThen)}`,
  }))
  return (
    <Form page={page}>
      <Checkboxes
        t={t}
        id="ids"
        name="ids"
        label={t('access.two.many')}
        hint={t('access.two.manyHint')}
        error={page.errors.ids}
        options={options}
        values={rows.filter((one) => one.contract).map((one) => one.id)}
      />
      <Button>{t('access.two.confirmTicked')}</Button>
      <p>
        {t('access.two.orOne')}{' '}
        {rows.map((one, index) => (
          <>
            {index > 0 ? ', ' : ''}
            <a href={`/confirmations/${one.id}`}>{one.name}</a>
          </>
        ))}
      </p>
    </Form>
  )
}
