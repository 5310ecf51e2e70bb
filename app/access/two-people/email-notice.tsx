// How does the owner of an account see that somebody wants her letters to go elsewhere?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import type { Confirmation } from './confirmation.ts'
import { byWords } from './words.tsx'

/** On the account of whoever is signed in, while a new address waits for a second person. */
export function EmailNotice({ t, waiting }: { t: T; waiting: Confirmation | null }) {
  if (!waiting) return null
  const { newEmail, proposer, proposedAt, expiresAt } = waiting
  return (
    <Callout kind="danger" title={t('access.email.notice')}>
      <p>
        {t('access.email.noticeText', {
          email: newEmail ?? '–',
          by: byWords(t, proposer, proposedAt),
          until: formatDate(expiresAt),
        })}
      </p>
      <ButtonLink kind="danger" href="/account/email">
        {t('access.email.look')}
      </ButtonLink>
    </Callout>
  )
}
