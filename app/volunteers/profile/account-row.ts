// How far is the volunteer on the way in, and what is the next step?
import type { Person } from '../../core/user.ts'
import type { T } from '../../i18n/i18n.ts'
import type { SummaryAction, SummaryRow } from '../../ui/summary.tsx'
import type { Opened } from './profile.server.ts'

type Account = Pick<Opened, 'account' | 'hasAccount' | 'personId'>

/** `make` is the step that asks for an account where there is none; who stands in for somebody takes no step here. */
export function accountRow(t: T, of: Account, make: SummaryAction[], me: Pick<Person, 'standsInFor'>): SummaryRow {
  const row = standing(t, of, make)
  if (!me.standsInFor || !row.actions?.length) return row
  return { ...row, actions: [], hint: t('core.error.inPerson', { name: me.standsInFor.name }) }
}

function standing(t: T, { account, hasAccount, personId }: Account, make: SummaryAction[]): SummaryRow {
  const name = t('volunteers.field.account')
  const own = (step: 'invite' | 'recover', text: string) => [{ href: `/people/${personId}/${step}`, text }]
  if (account === 'waits') return { name, value: t('access.people.waits'), hint: t('volunteers.account.waitsHint') }
  if (!hasAccount) return { name, value: t('volunteers.account.none'), actions: make }
  if (account === null) return { name, value: t('volunteers.account.open') }
  const value = t(`access.people.signIn.${account}`)
  if (account === 'ready' || account === 'lost')
    return { name, value, actions: own('recover', t('access.recover.open')) }
  return {
    name,
    value,
    actions: own('invite', t(account === 'invited' ? 'access.invite.again' : 'access.invite.send')),
  }
}
