// Who does what by when in this case, and which risk is still without an answer?
import { CaseFrame } from '../../cases/frame.tsx'
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { ApprovalPanel } from '../approval/panel.tsx'
import { type Action, isAnswered, isOverdue, type MatrixRow } from './action.ts'
import { ActionTag, Gaps, Planned, rowWords } from './parts.tsx'
import { openPlan } from './plan.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openPlan)['run']>>>

export const planPage = get(openPlan, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFrame page={page} head={data.head} tab="plan">
        <Gaps t={t} gaps={data.gaps} />
        {data.approval ? (
          <ApprovalPanel
            page={page}
            caseId={data.head.id}
            standing={data.approval}
            writes={data.head.writes}
            whole={data.gaps.length === 0}
          />
        ) : null}
        {data.head.own && data.head.status === 'open' ? (
          <ButtonLink href={`/cases/${data.head.id}/plan/new`}>{t('meetings.plan.add')}</ButtonLink>
        ) : null}
        <Table
          caption={t('meetings.plan.actions')}
          rows={data.actions}
          columns={actionColumns(page)}
          empty={<p>{t('meetings.plan.empty')}</p>}
        />
        {data.head.own ? null : (
          <p>
            <a href={`/cases/${data.head.id}/plan/look`}>{t('meetings.plan.look')}</a>
          </p>
        )}
        {data.matrix ? <Matrix page={page} rows={data.matrix} /> : null}
      </CaseFrame>
    )
  },
})

function actionColumns(page: Page): Column<Action>[] {
  const { t, data } = page
  const { head } = data
  const columns: (Column<Action> | false)[] = [
    {
      name: t('meetings.plan.what'),
      head: true,
      cell: (action) => (
        <>
          {action.what ?? t('meetings.plan.hidden')}
          {action.result ? <div class="tv-quiet">{t('meetings.plan.resultIs', { result: action.result })}</div> : null}
          {action.outcome ? <div>{t('meetings.plan.outcomeIs', { outcome: action.outcome })}</div> : null}
          <Planned t={t} plans={data.contacts.filter(({ actionId }) => actionId === action.id)} />
        </>
      ),
    },
    { name: t('meetings.plan.owner'), cell: (action) => `${t(`core.agency.${action.agency}`)}, ${action.owner}` },
    {
      name: t('meetings.plan.dueOn'),
      cell: (action) =>
        action.state === 'open'
          ? `${formatDate(action.dueOn)}, ${dueWords(action.dueOn, head.today, t)}`
          : formatDate(action.dueOn),
    },
    {
      name: t('meetings.column.phase'),
      cell: (action) => (
        <>
          <ActionTag t={t} action={action} today={head.today} />
          {isOverdue(action, data.chairsDay) ? <div class="tv-quiet">{t('meetings.plan.atChair')}</div> : null}
        </>
      ),
    },
    head.own && {
      name: t('meetings.column.arrange'),
      silent: true,
      cell: (action) => <Arrange page={page} action={action} />,
    },
  ]
  return columns.filter((column) => column !== false)
}

/** What its owner, or the lead, does with an open action. */
function Arrange({ page: { t, data, me }, action }: { page: Page; action: Action }) {
  if (action.state !== 'open' || !(data.leads || action.ownerId === me.id)) return null
  const to = (step: string) => `/cases/${data.head.id}/plan/${action.id}/${step}`
  const steps: [step: string, words: Key][] = [['end', 'meetings.plan.endDo']]
  if (action.kind === 'update') steps.unshift(['contact', 'cases.guard.plan'])
  if (data.leads) steps.push(['owner', 'meetings.plan.handDo'])
  return (
    <div class="tv-row-actions">
      {steps.map(([step, words]) => (
        <a href={to(step)}>
          {t(words)}
          <span class="govuk-visually-hidden"> {formatDate(action.dueOn)}</span>
        </a>
      ))}
    </div>
  )
}

function Matrix({ page, rows }: { page: Page; rows: readonly MatrixRow[] }) {
  const { t, locale, data } = page
  return (
    <Table<MatrixRow>
      caption={t('meetings.matrix.title')}
      rows={rows}
      empty={null}
      columns={[
        { name: t('meetings.matrix.asked'), head: true, cell: (row) => rowWords(t, locale, row) },
        { name: t('meetings.matrix.answer'), cell: (row) => <Answer t={t} row={row} today={data.head.today} /> },
        {
          name: t('meetings.column.arrange'),
          silent: true,
          cell: (row) => (
            <a href={`/cases/${data.head.id}/plan/answer/${row.kind}/${row.nth}`}>
              {t(isAnswered(row) ? 'meetings.matrix.change' : 'meetings.matrix.do')}
              <span class="govuk-visually-hidden"> {rowWords(t, locale, row)}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

function Answer({ t, row, today }: { t: T; row: MatrixRow; today: string }) {
  if (row.accepted) return <>{t('meetings.matrix.acceptedIs', { reason: row.accepted })}</>
  if (!row.action) return <Tag kind="attention">{t('meetings.matrix.none')}</Tag>
  return (
    <>
      {row.action.what} <ActionTag t={t} action={row.action} today={today} />
    </>
  )
}
