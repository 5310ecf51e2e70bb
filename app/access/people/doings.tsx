// What can one begin from somebody's account?
import { today } from '../../core/clock.server.ts'
import type { PageContext } from '../../core/page.tsx'
import type { Key } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { type Holder, inForce } from './account-holder.ts'
import { disablePerson, enablePerson, giveRole } from './people.server.ts'

/** What may be begun from somebody's account, by whoever looks at it. */
export function Doings({ page }: { page: PageContext<{ holder: Holder }> }) {
  const { t, data, can } = page
  const { holder } = data
  const own = `/people/${holder.id}`
  const working = holder.roles.some((holding) => inForce(holding, today()))
  if (holder.status === 'disabled') {
    if (!can(enablePerson) || holder.waits) return null
    return <ButtonLink href={`${own}/enable`}>{t('access.people.enable')}</ButtonLink>
  }
  const secondary = (step: string, text: Key) => (
    <ButtonLink kind="secondary" href={`${own}/${step}`}>
      {t(text)}
    </ButtonLink>
  )
  const invited = holder.signIn === 'none' || holder.signIn === 'expired' ? 'send' : 'again'
  const stands = holder.signIn === 'ready' || holder.signIn === 'lost'
  return (
    <div class="govuk-button-group">
      {holder.signIn && !stands && !(holder.waits && !working) ? (
        <ButtonLink href={`${own}/invite`}>{t(`access.invite.${invited}`)}</ButtonLink>
      ) : null}
      {can(giveRole) ? secondary('roles/new', 'access.people.giveRole') : null}
      {stands ? secondary('recover', 'access.recover.open') : null}
      {holder.signIn ? secondary('name', 'access.name.open') : null}
      {holder.signIn ? secondary('email', 'access.email.open') : null}
      {can(giveRole) ? secondary('identity', 'access.identity.ofPerson') : null}
      {can(disablePerson) ? (
        <ButtonLink kind="danger" href={`${own}/disable`}>
          {t('access.people.disable')}
        </ButtonLink>
      ) : null}
    </div>
  )
}
