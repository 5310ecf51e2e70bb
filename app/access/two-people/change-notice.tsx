// How does the owner of an account see that an address or a name of hers is to be changed, and say that it stays?
import { Tokens } from '../../core/form/form.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import type { Change, Confirmation } from './confirmation.ts'
import { byWords } from './words.tsx'

// Only these two are changed so.
const changeOf = ({ kind }: Confirmation): Change => (kind === 'email' ? 'email' : 'name')
const wanted = ({ kind, newEmail, newName }: Confirmation): string => (kind === 'email' ? newEmail : newName) ?? '–'
const isHers = ({ proposedBy, personId }: Confirmation): boolean => proposedBy === personId

/** On the account of whoever is signed in, while it waits for a second person. What she asked for herself is no alarm. */
export function ChangeNotice({ t, waiting }: { t: T; waiting: Confirmation }) {
  const { proposer, proposerThen, proposedAt, expiresAt } = waiting
  const [kind, to, until] = [changeOf(waiting), wanted(waiting), formatDate(expiresAt)]
  if (isHers(waiting))
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

type WaitingProps = { page: PageContext<unknown>; now: string; waiting: Confirmation }

/** What it is and was, who asked and why, and the way to say that it stays. What she asked for herself – a name – she takes back. */
export function Waiting({ page, now, waiting }: WaitingProps) {
  const { t } = page
  const [kind, hers] = [changeOf(waiting), isHers(waiting)]
  return (
    <>
      <h1>{t(hers ? 'access.name.noticeOwn' : `access.${kind}.ownTitle`)}</h1>
      <Summary
        rows={[
          { name: t(`access.${kind}.now`), value: now },
          { name: t(`access.${kind}.new`), value: wanted(waiting) },
          { name: t('access.two.reason'), value: waiting.reason ?? '–' },
          {
            name: t('access.two.asked'),
            value: byWords(t, waiting.proposer, waiting.proposedAt, waiting.proposerThen),
          },
          { name: t('access.two.until'), value: formatDate(waiting.expiresAt) },
        ]}
      />
      <p>{t(hers ? 'access.name.ownWaits' : `access.${kind}.ownText`)}</p>
      <form method="post" action={`/account/${kind}/${waiting.id}/keep`}>
        <Tokens page={page} />
        <Button kind={hers ? 'secondary' : 'danger'}>{t(hers ? 'access.two.withdraw' : `access.${kind}.keep`)}</Button>
      </form>
    </>
  )
}
