// What do we know about one thing, said as pairs of name and value?
import type { Child } from 'hono/jsx'

/** `about` completes a link's words for those who hear it alone: "Muuda" + "telefon". */
export type SummaryAction = { href: string; text: string; about?: string }
export type SummaryRow = { name: string; value: Child; hint?: string; actions?: readonly SummaryAction[] }
type SummaryProps = { rows: readonly (SummaryRow | null | undefined | false)[]; lines?: boolean }
type CardProps = SummaryProps & { title: string; level?: 2 | 3; actions?: readonly SummaryAction[] }

/** Name–value pairs with links to change them; empty rows (`null`, `false`) are left out. */
export function Summary({ rows, lines = true }: SummaryProps) {
  const shown = rows.filter((row): row is SummaryRow => Boolean(row))
  const anyActions = shown.some((row) => row.actions?.length)
  return (
    <dl class={`govuk-summary-list${lines ? '' : ' govuk-summary-list--no-border'}`}>
      {shown.map((row) => (
        <Row row={row} anyActions={anyActions} />
      ))}
    </dl>
  )
}

/** The same within a card with a heading and actions of its own. */
export function SummaryCard({ title, level = 2, actions = [], rows, lines }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <Heading class="govuk-summary-card__title">{title}</Heading>
        <Actions actions={actions} about={title} kind="card" />
      </div>
      <div class="govuk-summary-card__content">
        <Summary rows={rows} lines={lines} />
      </div>
    </div>
  )
}

function Row({ row, anyActions }: { row: SummaryRow; anyActions: boolean }) {
  const none = anyActions && !row.actions?.length ? ' govuk-summary-list__row--no-actions' : ''
  return (
    <div class={`govuk-summary-list__row${none}`}>
      <dt class="govuk-summary-list__key">{row.name}</dt>
      <dd class="govuk-summary-list__value">
        {row.value}
        {row.hint ? <div class="govuk-hint">{row.hint}</div> : null}
      </dd>
      {row.actions?.length ? (
        <dd class="govuk-summary-list__actions">
          <Actions actions={row.actions} about={row.name.toLowerCase()} kind="row" />
        </dd>
      ) : null}
    </div>
  )
}

type ActionsProps = { actions: readonly SummaryAction[]; about: string; kind: 'card' | 'row' }

function Actions({ actions, about, kind }: ActionsProps) {
  if (actions.length === 0) return null
  const [list, item] =
    kind === 'card'
      ? ['govuk-summary-card__actions', 'govuk-summary-card__action']
      : ['govuk-summary-list__actions-list', 'govuk-summary-list__actions-list-item']
  return (
    <ul class={list}>
      {actions.map((action) => (
        <li class={item}>
          <a class="govuk-link" href={action.href}>
            {action.text}
            <span class="govuk-visually-hidden"> {action.about ?? about}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
