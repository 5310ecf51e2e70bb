// Which rows stand behind a number, and what does the number mean?
import type { Child } from 'hono/jsx'
import type { T } from '../i18n/i18n.ts'

type FigureProps = {
  /** Unique on the page. */
  id: string
  value: string
  definition: string
  /** Its rows; left out for those who may not see them. */
  href?: string
}

/** A number set in a sentence: underlined, opens its rows; what it means shows on hover and focus and is read with it. */
export function Figure({ id, value, definition, href }: FigureProps) {
  return (
    <span class="tv-figure">
      {href ? (
        <a class="tv-figure__value" href={href} aria-describedby={`${id}-meaning`}>
          {value}
        </a>
      ) : (
        <span class="tv-figure__value">{value}</span>
      )}
      <span class="tv-figure__meaning" role="tooltip" id={`${id}-meaning`}>
        {definition}
      </span>
    </span>
  )
}

type TileProps = FigureProps & { t: T; label: string; hint?: string }

/** A number that stands alone with its name; what it means unfolds below. */
export function FigureTile({ t, id, value, label, hint, definition, href }: TileProps) {
  return (
    <div class="tv-tile">
      <p class="tv-tile__line">
        <span class="tv-tile__value">
          {href ? (
            <a href={href} aria-describedby={`${id}-label`}>
              {value}
            </a>
          ) : (
            value
          )}
        </span>
        <span class="tv-tile__label" id={`${id}-label`}>
          {label}
        </span>
      </p>
      {hint ? <p class="tv-tile__hint">{hint}</p> : null}
      <details class="tv-tile__meaning">
        <summary>
          {t('ui.figure.meaning')}
          <span class="govuk-visually-hidden">: {label}</span>
        </summary>
        <p>{definition}</p>
      </details>
    </div>
  )
}

/** Tiles side by side, as many as fit. */
export function FigureRow({ children }: { children: Child }) {
  return <div class="tv-tiles">{children}</div>
}
