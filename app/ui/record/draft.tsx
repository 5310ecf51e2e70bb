// Does the person know that what they write is being kept?
import type { T } from '../../i18n/i18n.ts'

/** Stands inside `<form data-draft="KEY">`; the draft script fills it. Without scripts it stays empty: nothing is promised. */
export function DraftStatus({ t, savedAt }: { t: T; savedAt?: string }) {
  const saved = t('ui.draft.saved', { time: '%{time}' })
  return (
    <p class="tv-draft" role="status" data-draft-status data-saved={saved} data-failed={t('ui.draft.failed')}>
      {savedAt ? t('ui.draft.saved', { time: savedAt }) : ''}
    </p>
  )
}
