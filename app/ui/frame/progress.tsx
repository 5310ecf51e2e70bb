// How far is the work that takes more than a moment?
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../buttons.tsx'

type ProgressProps = { t: T; title: string; done?: number; total?: number; href: string }

/** The page shows itself again every two seconds: set `refresh: 2` on its `Shell`. `href` is its own address. */
export function Progress({ t, title, done, total, href }: ProgressProps) {
  const known = done !== undefined && total !== undefined && total > 0
  return (
    <div class="tv-narrow">
      <h1 id="progress-title">{title}</h1>
      <p role="status">
        {t('ui.progress.working')} {known ? t('ui.progress.of', { done, total }) : null}
      </p>
      <progress
        class="tv-progress"
        aria-labelledby="progress-title"
        value={known ? done : undefined}
        max={known ? total : undefined}
      />
      <p>
        <ButtonLink href={href} kind="quiet">
          {t('ui.progress.refresh')}
        </ButtonLink>
      </p>
    </div>
  )
}
