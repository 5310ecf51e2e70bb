// Which of many things does a person want to see?
import type { Child } from 'hono/jsx'
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../buttons.tsx'

/** `href` is the same list without this one. */
export type Selected = { text: string; href: string }
type FilterProps = { t: T; action: string; selected: readonly Selected[]; clear: string; children: Child }

/** A GET form, so that what is filtered has an address. On phones it folds away; on wide screens it stands beside the list. */
export function Filter({ t, action, selected, clear, children }: FilterProps) {
  return (
    <details class="tv-filter">
      <summary class="tv-filter__summary">{t('ui.filter.open', { count: selected.length })}</summary>
      <form method="get" action={action} class="tv-filter__form">
        {selected.length > 0 ? <Chosen t={t} selected={selected} clear={clear} /> : null}
        {children}
        <Button kind="secondary">{t('ui.filter.apply')}</Button>
      </form>
    </details>
  )
}

/** The filter and the list it belongs to. */
export function Filtered({ filter, children }: { filter: Child; children: Child }) {
  return (
    <div class="tv-filtered">
      {filter}
      <div class="tv-filtered__list">{children}</div>
    </div>
  )
}

function Chosen({ t, selected, clear }: { t: T; selected: readonly Selected[]; clear: string }) {
  return (
    <div class="tv-filter__chosen">
      <h2 class="govuk-heading-s">{t('ui.filter.selected')}</h2>
      <ul class="tv-filter__tags">
        {selected.map(({ text, href }) => (
          <li>
            <a class="tv-filter__tag" href={href}>
              <span class="govuk-visually-hidden">{t('ui.filter.remove')}: </span>
              {text}
              <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                <path stroke="currentColor" stroke-width="1.6" d="M1 1l8 8M9 1L1 9" />
              </svg>
            </a>
          </li>
        ))}
      </ul>
      <a href={clear} class="tv-button-quiet">
        {t('ui.filter.clear')}
      </a>
    </div>
  )
}
