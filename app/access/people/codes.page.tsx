// Of whom is no personal code known, and who can put that right?
import { get } from '../../core/page.tsx'
import { BackLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { listUncoded, setCode, type Uncoded } from './codes.server.ts'
import { listPeople } from './people.server.ts'

export const uncodedPage = get(listUncoded, {
  title: 'access.people.title',
  body: ({ t, data, can, me }) => (
    <>
      {can(listPeople) ? (
        <BackLink href="/people">{t('access.people.title')}</BackLink>
      ) : (
        <BackLink href="/walls">{t('audit.wall.title')}</BackLink>
      )}
      <h1>{t('access.uncoded.title')}</h1>
      <p class="tv-lead">{t('access.uncoded.lead')}</p>
      <p>{t(can(setCode) ? 'access.uncoded.do' : 'access.uncoded.ask')}</p>
      <Table<Uncoded>
        caption={t('access.uncoded.title')}
        captionLook="hidden"
        rows={data}
        empty={<p>{t('access.uncoded.none')}</p>}
        columns={[
          { name: t('access.account.name'), head: true, cell: ({ name }) => name },
          {
            name: t('access.people.roles'),
            cell: ({ roles }) => roles.map((role) => t(`core.role.${role}`)).join(', '),
          },
          {
            name: t('access.uncoded.set'),
            silent: true,
            // One’s own is written down by one’s own card, or by another administrator.
            cell: ({ id, name }) =>
              can(setCode) && id !== me.id ? (
                <a href={`/people/${id}/identity`}>
                  {t('access.uncoded.set')}
                  <span class="govuk-visually-hidden">: {name}</span>
                </a>
              ) : null,
          },
        ]}
      />
    </>
  ),
})
