// How does the owner of an account see that an address or a name of hers is to be changed?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import type { Change, Confirmation } from './confirmation.ts'
import { byWords } from './words.tsx'

type Props = { t: T; kind: Change; waiting: Confirmation | null }

/** On the account of whoever is signed in, while it waits for a second person. What she asked for herself is no alarm. */
export function ChangeNotice({ t, kind, waiting }: Props) {
  if (!waiting) return null
  const { newEmail, newName, proposer, proposerThen, proposedAt, expiresAt } = waiting
  const to = (kind === 'email' ? newEmail : newName) ?? '–'
  const until = formatDate(expiresAt)
  if (waiting.proposedBy === waiting.personId)
    return (
      <Callout title={t('access.name.noticeOwn')}>
        <p>{t('access.name.noticeOwnText', { to, until })}</p>
        <ButtonLink kind="secondary" href={`/account/${kind}`}>
          {t('access.name.look')}
        </ButtonLink>
      </Callout>
    )
  return (
    <Callout kind="danger" title={t(`access.${kind}.notice`)}>
      <p>{t(`access.${kind}.noticeText`, { to, by: byWords(t, proposer, proposedAt, proposerThen), until })}</p>
      <ButtonLink kind="danger" href={`/account/${kind}`}>
        {t('access.email.look')}
      </ButtonLink>
    </Callout>
  )
}
