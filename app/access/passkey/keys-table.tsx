// Which passkeys does a person have, and what can be done about each?
import type { PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import type { Passkey } from './passkey.ts'

/** The keys on one's own account, with what can be done about each. */
export function Passkeys({ page, keys }: { page: PageContext<unknown>; keys: Passkey[] }) {
  const { t } = page
  return (
    <>
      <h2>{t('access.keys.title')}</h2>
      <p>{t('access.keys.what')}</p>
      <Table<Passkey>
        caption={t('access.keys.title')}
        captionLook="hidden"
        rows={keys}
        empty={<p>{t('access.keys.none')}</p>}
        columns={[
          { name: t('access.keys.name'), cell: (key) => key.name },
          { name: t('access.keys.since'), cell: (key) => formatDate(key.createdAt) },
          {
            name: t('access.keys.used'),
            cell: (key) => (key.lastUsedAt ? formatInstant(key.lastUsedAt) : t('access.keys.never')),
          },
          { name: t('access.account.change'), silent: true, cell: (key) => <Doings page={page} of={key} /> },
        ]}
      />
      <ButtonLink kind="secondary" href="/account/passkeys/new">
        {t('access.keys.add')}
      </ButtonLink>
    </>
  )
}

function Doings({ page: { t }, of }: { page: PageContext<unknown>; of: Passkey }) {
  const about = <span class="govuk-visually-hidden"> {of.name}</span>
  return (
    <>
      <a href={`/account/passkeys/${of.id}`}>
        {t('access.keys.rename')}
        {about}
      </a>
      {' · '}
      <a href={`/account/passkeys/${of.id}/remove`}>
        {t('access.keys.remove')}
        {about}
      </a>
    </>
  )
}
