// What stands above a list for whoever comes back to the same choices every day?
import type { T } from '../../i18n/i18n.ts'
import type { SavedFilter, SavedList } from './saved-filters.server.ts'

export const addressOfList = (list: SavedList, query: string): string => (query ? `/${list}?${query}` : `/${list}`)

type SavedProps = {
  t: T
  list: SavedList
  saved: readonly SavedFilter[]
  /** What is chosen now, as it stands in the address; empty where nothing is. */
  query: string
}

/** My choices as links, the present one marked; and, where something new has been chosen, the way to keep it. */
export function Saved({ t, list, saved, query }: SavedProps) {
  const kept = saved.some((one) => one.query === query)
  if (saved.length === 0 && query === '') return null
  return (
    <nav class="tv-saved" aria-label={t('core.saved.title')}>
      {saved.length > 0 ? (
        <ul class="tv-saved__list">
          {saved.map((one) => (
            <li>
              <a
                class="tv-saved__link"
                href={addressOfList(list, one.query)}
                aria-current={one.query === query ? 'page' : undefined}
              >
                {one.name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <p class="tv-saved__more">
        {query && !kept ? (
          <a href={`/filters/keep?${new URLSearchParams({ list, query })}`}>{t('core.saved.keepTitle')}</a>
        ) : null}
        {saved.length > 0 ? <a href="/filters">{t('core.saved.tidy')}</a> : null}
      </p>
    </nav>
  )
}
