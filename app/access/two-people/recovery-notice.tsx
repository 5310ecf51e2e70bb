// How does the owner of an account see that somebody is opening it anew?
import { type FormPage, Tokens } from '../../core/form/form.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'

/** On the account of whoever is signed in, while somebody is opening it anew. */
export function RecoveryNotice({ page, since }: { page: FormPage; since: Date | null }) {
  if (!since) return null
  const { t } = page
  return (
    <Callout kind="danger" title={t('access.recover.notice')}>
      <p>{t('access.recover.noticeText', { at: formatInstant(since) })}</p>
      <form method="post" action="/account/recovery/stop">
        <Tokens page={page} />
        <Button kind="danger">{t('access.recover.notMe')}</Button>
      </form>
    </Callout>
  )
}
