// Which rows of a sheet does the coordinator look at, and which of them will be taken?
import type { PageContext, Values } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { Checkbox } from '../../ui/choices.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { type Column, Pagination, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { addressOf, isShown, perPage, type Show, shows, tickedIn } from '../batch/batch.ts'
import type { Fate, Plan, PlannedRow, PlannedSheet } from '../batch/plan.ts'
import { AllCells, leadCells, shownOf } from './cells.tsx'
import { Remarks } from './remarks.tsx'

type View = { sheet: number; show: Show; page: number }
type Props = { page: Pick<PageContext<unknown>, 't' | 'values'>; id: string; view: View; waiting: { plan: Plan } }

export function Rows({ page, id, view, waiting: { plan } }: Props) {
  const { t, values } = page
  const sheet = plan.sheets[view.sheet]
  if (!sheet) return null
  const shown = sheet.rows.filter((row) => isShown(row, view.show))
  const rows = shown.slice((view.page - 1) * perPage, view.page * perPage)
  return (
    <>
      <h2 id="rows">{t('imports.rows.title')}</h2>
      <Tabs
        label={t('imports.rows.sheets')}
        tabs={plan.sheets.map(({ name, rows }, place) => ({
          href: `${addressOf(id, { sheet: place })}#rows`,
          text: name,
          current: place === view.sheet,
          count: rows.length,
        }))}
      />
      <Filters t={t} id={id} view={view} sheet={sheet} />
      <input type="hidden" name="sheet" value={String(view.sheet)} />
      <input type="hidden" name="show" value={view.show} />
      <input type="hidden" name="page" value={String(view.page)} />
      <Table
        caption={sheet.name}
        captionLook="hidden"
        columns={columns(t, sheet, plan, values)}
        rows={rows}
        rowId={(row) => `row-${row.id}`}
        empty={<p>{t('imports.rows.none')}</p>}
      />
      <Pagination
        t={t}
        page={view.page}
        perPage={perPage}
        total={shown.length}
        href={(page) => `${addressOf(id, { ...view, page })}#rows`}
      />
    </>
  )
}

function Filters({ t, id, view, sheet }: { t: T; id: string; view: View; sheet: PlannedSheet }) {
  const offered = shows
    .map((show) => ({ show, count: sheet.rows.filter((row) => isShown(row, show)).length }))
    .filter(({ show, count }) => count > 0 || show === view.show)
  return (
    <nav aria-label={t('imports.show.label')} class="govuk-form-group">
      <ul class="tv-filter__tags">
        {offered.map(({ show, count }) => (
          <li>
            {show === view.show ? (
              <span class="tv-filter__tag" aria-current="true">
                <strong>{t(`imports.show.${show}`, { count })}</strong>
              </span>
            ) : (
              <a class="tv-filter__tag" href={`${addressOf(id, { sheet: view.sheet, show })}#rows`}>
                {t(`imports.show.${show}`, { count })}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

const kinds: Record<Fate, TagKind> = {
  take: 'ok',
  known: 'neutral',
  same: 'neutral',
  refused: 'danger',
  stopped: 'attention',
  waits: 'wait',
  leftOut: 'neutral',
}

function columns(t: T, sheet: PlannedSheet, plan: Plan, values: Values): Column<PlannedRow>[] {
  return [
    { name: t('imports.rows.row'), head: true, cell: ({ row }) => String(row.row) },
    { name: t('imports.rows.read'), cell: (row) => <Understood t={t} planned={row} kind={sheet.kind} /> },
    { name: t('imports.rows.know'), cell: (row) => <Remarks t={t} planned={row} plan={plan} values={values} /> },
    { name: t('imports.rows.take'), silent: true, cell: (row) => <Take t={t} planned={row} values={values} /> },
  ]
}

function Understood({ t, planned, kind }: { t: T; planned: PlannedRow; kind: PlannedSheet['kind'] }) {
  const [first, ...rest] = leadCells(planned.row, kind)
  return (
    <>
      <strong>{first ? shownOf(first) : ''}</strong>
      <div class="tv-quiet">
        {rest
          .filter((cell) => shownOf(cell) !== '')
          .map((cell) => `${cell.column}: ${shownOf(cell)}`)
          .join(' · ')}
      </div>
      <AllCells t={t} row={planned.row} />
    </>
  )
}

/** Only what would be taken can be left out; the rest says why it is not taken. */
function Take({ t, planned: { id, fate, row }, values }: { t: T; planned: PlannedRow; values: Values }) {
  if (fate !== 'take' && fate !== 'leftOut') return <Tag kind={kinds[fate]}>{t(`imports.fate.${fate}`)}</Tag>
  return (
    <>
      <input type="hidden" name="seen" value={id} />
      <Checkbox
        t={t}
        id={`take-${id}`}
        name="take"
        value={id}
        label={t('imports.rows.takeRow', { row: row.row }).replaceAll(' ', '\u00a0')}
        checked={tickedIn(values, ['seen', 'take'], id) ?? fate === 'take'}
      />
    </>
  )
}
