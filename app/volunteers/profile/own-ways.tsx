// What can a support person do with what is kept about her, and where?
import type { T } from '../../i18n/i18n.ts'

/** What people come for most stands first. */
export function OwnWays({ t }: { t: T }) {
  const ways = [
    { href: '/my-messages', name: t('volunteers.message.own'), what: t('volunteers.own.way.messages') },
    { href: '/my-expenses', name: t('papers.expense.own'), what: t('volunteers.own.way.expenses') },
    { href: '/my-away', name: t('support.away.own'), what: t('volunteers.own.way.away') },
    { href: '/my-papers', name: t('volunteers.own.papers'), what: t('volunteers.own.way.papers') },
    { href: '/my-limits', name: t('volunteers.limits.own'), what: t('volunteers.own.way.limits') },
    { href: '/my-circle', name: t('volunteers.circle.title'), what: t('volunteers.own.way.circle') },
    { href: '/my-profile/tie', name: t('volunteers.tie.own'), what: t('volunteers.own.way.tie') },
    { href: '/my-devices', name: t('field.devices.own'), what: t('volunteers.own.way.devices') },
  ]
  return (
    <section>
      <h2>{t('volunteers.own.ways')}</h2>
      <ul class="govuk-list govuk-list--spaced">
        {ways.map(({ href, name, what }) => (
          <li>
            <a href={href}>{name}</a>
            <br />
            <span class="tv-quiet">{what}</span>
          </li>
        ))}
      </ul>
      <p>{t('volunteers.own.lead')}</p>
    </section>
  )
}
