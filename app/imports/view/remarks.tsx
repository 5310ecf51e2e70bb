// What must be known of a row before it is taken: problems, looks, corrections, and what it repeats?
import type { Child } from 'hono/jsx'
import type { Values } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { Checkbox } from '../../ui/choices.tsx'
import { Mark } from '../../ui/tag.tsx'
import { tickedIn } from '../batch/batch.ts'
import type { Plan, PlannedRow } from '../batch/plan.ts'
import { type AnyRow, changes, problems } from '../preview.ts'
import type { CellPreview } from '../sheet.ts'
import { readOf, shownOf } from './cells.tsx'

type Props = { t: T; planned: PlannedRow; plan: Plan; values: Values }

const cellName = ({ column, at }: CellPreview) => (at ? `${column} (${at})` : column)

export function Remarks({ t, planned, plan, values }: Props) {
  const { row, fate } = planned
  const wrong = problems(row)
  const looks = row.cells.flatMap((cell) => cell.checks.map((check) => ({ cell, check })))
  return (
    <>
      {wrong.map((cell) => (
        <p>
          <Mark kind={cell.state === 'refused' ? 'danger' : 'attention'} /> <strong>{cellName(cell)}:</strong>{' '}
          {t(cell.why.key, cell.why.args)}
        </p>
      ))}
      {looks.map(({ cell, check }) => (
        <p>
          <Mark kind="attention" /> <strong>{cellName(cell)}:</strong> {t(check.key, check.args)}
        </p>
      ))}
      <Note t={t} planned={planned} values={values} />
      {fate === 'waits' ? <p>{t('imports.waits')}</p> : null}
      {planned.standing.stopped && fate === 'stopped' ? (
        <p>{t(`imports.stopped.${planned.standing.stopped}`)}</p>
      ) : null}
      <Known t={t} planned={planned} />
      <Repeats t={t} row={row} plan={plan} />
      <Changes t={t} row={row} />
    </>
  )
}

function Note({ t, planned: { id, note, fate }, values }: Omit<Props, 'plan'>) {
  if (fate !== 'take' || note === 'take') return null
  if (note === 'never') return <p>{t('imports.note.dropped')}</p>
  return (
    <>
      <input type="hidden" name="noteSeen" value={id} />
      <Checkbox
        t={t}
        id={`note-${id}`}
        name="keepNote"
        value={id}
        label={t('imports.note.keep')}
        checked={tickedIn(values, ['noteSeen', 'keepNote'], id) ?? note === 'chosen'}
      />
    </>
  )
}

function Known({ t, planned: { standing, fate } }: { t: T; planned: PlannedRow }) {
  if (!standing.known || fate !== 'known') return null
  const { href, number, differs } = standing.known
  return (
    <>
      <p>
        {t('imports.known.there')} {href ? <a href={href}>{number}</a> : number}. {t('imports.known.kept')}
      </p>
      <SideBySide
        heads={[t('imports.rows.column'), t('imports.known.here'), t('imports.known.register')]}
        lines={differs.map(({ column, here, there }) => [column, here, there])}
      />
    </>
  )
}

function Repeats({ t, row, plan }: { t: T; row: AnyRow; plan: Plan }) {
  const { duplicateOf } = row
  if (!duplicateOf) return null
  const sheet = plan.sheets.find(({ name }) => name === duplicateOf.sheet)
  const first = sheet?.rows.find((one) => one.row.row === duplicateOf.row)?.row
  const said = (of: AnyRow | undefined, column: string) => {
    const cell = of?.cells.find((one) => one.column === column)
    return cell ? readOf(cell) : ''
  }
  return (
    <>
      <p>
        {t('imports.repeats.of', { sheet: duplicateOf.sheet, row: duplicateOf.row })}
        {row.differs.length === 0 ? ` ${t('imports.repeats.equal')}` : ''}
      </p>
      <SideBySide
        heads={[
          t('imports.rows.column'),
          t('imports.repeats.this'),
          t('imports.repeats.first', { row: duplicateOf.row }),
        ]}
        lines={row.differs.map((column) => [column, said(row, column), said(first, column)])}
      />
    </>
  )
}

/** Two rows side by side, only where they differ. */
function SideBySide({ heads, lines }: { heads: string[]; lines: Child[][] }) {
  if (lines.length === 0) return null
  return (
    <table class="govuk-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" class="govuk-table__header">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([head, ...cells]) => (
          <tr>
            <th scope="row" class="govuk-table__header">
              {head}
            </th>
            {cells.map((cell) => (
              <td class="govuk-table__cell">{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes({ t, row }: { t: T; row: AnyRow }) {
  const cells = changes(row)
  if (cells.length === 0) return null
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {t('imports.rows.changed', { count: cells.length })}
          <span class="govuk-visually-hidden"> {t('imports.rows.ofRow', { row: row.row })}</span>
        </span>
      </summary>
      <ul class="govuk-details__text">
        {cells.map((cell) => (
          <li>
            <strong>{cellName(cell)}:</strong> „{readOf(cell)}” → {shownOf(cell)}
            {cell.why ? <span class="tv-quiet"> {t(cell.why.key, cell.why.args)}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
