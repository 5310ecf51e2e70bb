// How are many things of one kind shown, so that they can be compared on a desk and read on a phone?
import type { Child } from 'hono/jsx'
import type { T } from '../i18n/i18n.ts'

/** `name` heads the column and labels the cell on phones; `sort` is the address that sorts by it. */
export type Column<Row> = {
  name: string
  cell: (row: Row) => Child
  /** Numbers stand right, in figures of one width. */
  number?: boolean
  /** The column that says which row this is (`th scope=row`); the first one unless said. */
  head?: boolean
  sort?: { href: string; now?: 'ascending' | 'descending' }
  /** A code or number that must not break over two lines. */
  nowrap?: boolean
  /** A heading that is only heard, e.g. over a column of links. */
  silent?: boolean
}

type TableProps<Row> = {
  caption: string
  /** `hidden` where a heading above says the same. */
  captionLook?: 'm' | 's' | 'hidden'
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** What will appear here and how to begin. Required: an empty table explains nothing. */
  empty: Child
  /** `cards`: a row becomes a card on phones (lists of things). `scroll`: the table moves sideways (figures to compare). */
  phone?: 'cards' | 'scroll'
  foot?: readonly Child[]
  rowId?: (row: Row) => string
}

export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionLook = 'm', columns, rows, phone = 'cards' } = props
  if (rows.length === 0) return <div class="tv-empty">{props.empty}</div>
  const look = captionLook === 'hidden' ? 'govuk-visually-hidden' : `govuk-table__caption--${captionLook}`
  const cells = cellsOf(columns)
  const table = (
    <table class={`govuk-table tv-table tv-table--${phone}`} {...role('table')}>
      <caption class={`govuk-table__caption ${look}`}>{caption}</caption>
      <thead class="govuk-table__head" {...role('rowgroup')}>
        <tr class="govuk-table__row" {...role('row')}>
          {columns.map((column) => (
            <Heading column={column} />
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" {...role('rowgroup')}>
        {rows.map((row) => (
          <tr class="govuk-table__row" id={props.rowId?.(row)} {...role('row')}>
            {columns.map((column, index) => cells[index]?.(column.cell(row)))}
          </tr>
        ))}
      </tbody>
      {props.foot ? <Foot columns={columns} contents={props.foot} /> : null}
    </table>
  )
  if (phone === 'cards') return <div class="tv-table-box">{table}</div>
  return (
    // A region that scrolls must be reachable by keyboard; its name is the caption's.
    <section class="tv-scroll" aria-label={caption} tabindex={0}>
      {table}
    </section>
  )
}

// Cards are made of `display: block`, which makes some browsers forget that this is a table. Said aloud, it stays one.
function role(name: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') {
  return { role: name }
}

function Heading<Row>({ column }: { column: Column<Row> }) {
  const numeric = column.number ? ' govuk-table__header--numeric' : ''
  const text = column.silent ? <span class="govuk-visually-hidden">{column.name}</span> : column.name
  const { sort } = column
  return (
    <th
      scope="col"
      class={`govuk-table__header${numeric}`}
      aria-sort={sort ? (sort.now ?? 'none') : undefined}
      {...role('columnheader')}
    >
      {sort ? (
        <a class="tv-sort" href={sort.href}>
          {column.name}
          <SortMark now={sort.now} />
        </a>
      ) : (
        text
      )}
    </th>
  )
}

function SortMark({ now }: { now: 'ascending' | 'descending' | undefined }) {
  return (
    <svg class="tv-sort__mark" viewBox="0 0 10 16" aria-hidden="true" focusable="false">
      {now === 'descending' ? null : <path fill="currentColor" d="M5 1l4 5H1z" />}
      {now === 'ascending' ? null : <path fill="currentColor" d="M5 15l4-5H1z" />}
    </svg>
  )
}

/** How each column says one thing; worked out once, for a table of fifty rows has hundreds of cells. */
function cellsOf<Row>(columns: readonly Column<Row>[]): ((content: Child) => Child)[] {
  const named = columns.some((column) => column.head)
  return columns.map((column, index) => {
    const label = column.silent ? undefined : column.name
    const nowrap = column.nowrap ? ' tv-nowrap' : ''
    if (named ? column.head : index === 0)
      return (content) => (
        <th
          scope="row"
          class={`govuk-table__header${nowrap}${figures(content)}`}
          data-label={label}
          {...role('rowheader')}
        >
          {content}
        </th>
      )
    const look = `govuk-table__cell${column.number ? ' govuk-table__cell--numeric' : ''}${nowrap}`
    return (content) => (
      <td class={`${look}${figures(content)}`} data-label={label} {...role('cell')}>
        {content}
      </td>
    )
  })
}

// Dates, times and amounts are compared down a column, so their figures are of one width; words keep theirs.
function figures(content: Child) {
  const some = typeof content === 'number' || (typeof content === 'string' && /^[\d\s.,:–−+%€]+$/.test(content))
  return some ? ' tv-number tv-nowrap' : ''
}

function Foot<Row>({ columns, contents }: { columns: readonly Column<Row>[]; contents: readonly Child[] }) {
  return (
    <tfoot {...role('rowgroup')}>
      <tr class="govuk-table__row tv-table__foot" {...role('row')}>
        {cellsOf(columns).map((cell, index) => cell(contents[index] ?? ''))}
      </tr>
    </tfoot>
  )
}

type PaginationProps = { t: T; page: number; perPage: number; total: number; href: (page: number) => string }

/** Which rows of how many are shown, and the way to the others. Shows nothing where all fit on one page. */
export function Pagination({ t, page, perPage, total, href }: PaginationProps) {
  const pages = Math.ceil(total / perPage)
  if (pages <= 1) return null
  const from = (page - 1) * perPage + 1
  return (
    <nav class="tv-pagination" aria-label={t('ui.pagination.label')}>
      <p class="tv-pagination__results">
        {t('ui.pagination.results', { from, to: Math.min(page * perPage, total), total })}
      </p>
      <ul class="tv-pagination__list">
        {page > 1 ? <PageLink href={href(page - 1)} text={t('ui.pagination.previous')} rel="prev" /> : null}
        {nearPages(page, pages).map((number) =>
          number === null ? (
            <li class="tv-only-wide">
              <span class="tv-pagination__gap">…</span>
            </li>
          ) : (
            <PageLink
              href={href(number)}
              text={String(number)}
              label={t('ui.pagination.page', { page: number })}
              current={number === page}
            />
          ),
        )}
        {page < pages ? <PageLink href={href(page + 1)} text={t('ui.pagination.next')} rel="next" /> : null}
      </ul>
    </nav>
  )
}

type PageLinkProps = { href: string; text: string; label?: string; rel?: string; current?: boolean }

// On a phone the way on and back is enough; the numbers would fill two lines.
function PageLink({ href, text, label, rel, current }: PageLinkProps) {
  return (
    <li class={rel ? undefined : 'tv-only-wide'}>
      <a
        class="tv-pagination__link"
        href={href}
        rel={rel}
        aria-label={label}
        aria-current={current ? 'page' : undefined}
      >
        {text}
      </a>
    </li>
  )
}

/** The first, the last and the neighbours of a page; `null` marks what was left out between them. */
export function nearPages(page: number, pages: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages)
  const numbers = [...new Set(wanted)].sort((a, b) => a - b)
  return numbers.flatMap((number, index) => {
    const before = numbers[index - 1]
    if (before === undefined || number === before + 1) return [number]
    return number === before + 2 ? [number - 1, number] : [null, number]
  })
}
