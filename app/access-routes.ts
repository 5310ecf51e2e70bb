// Every address at the door, of one's own account, and of what the administrator keeps: the first chapter of routes.ts.

import { accessibilityPage, helpPage, privacyPage } from './access/about/about.page.tsx'
import { lockedOutPage } from './access/about/locked-out.page.tsx'
import { accountPage, editAccountPage, endAllPage, endSessionPage } from './access/account/account.page.tsx'
import { codesPage, factorPage, passwordPage } from './access/account/keys.page.tsx'
import { proofOptionsPage, provePage } from './access/account/prove.page.tsx'
import { calendarFeedPage, endCalendarAction, ownCalendarPage } from './access/calendar/calendar.page.tsx'
import { invitePage, voidInvitationAction } from './access/invitation/invite.page.tsx'
import { invitationLinkPage, invitedPage } from './access/invitation/invited.page.tsx'
import { allowPage } from './access/new-browser/allow.page.tsx'
import { letterPage } from './access/new-browser/letter.page.tsx'
import {
  confirmIdentityPage,
  identityPage,
  personIdentityPage,
  unlinkIdentityPage,
  unlinkPersonPage,
} from './access/oidc/identity.page.tsx'
import { oidcBackPage, oidcFirstPage, oidcLinkPage, oidcPage, oidcProvePage } from './access/oidc/oidc.page.tsx'
import { oidcTroublePage } from './access/oidc/trouble.page.tsx'
import { firstKeysPage, moreWaysPage } from './access/passkey/first.page.tsx'
import { newKeyOptionsPage, newPasskeyPage } from './access/passkey/new-key.page.tsx'
import { removePasskeyPage, renamePasskeyPage } from './access/passkey/passkeys.page.tsx'
import { disablePage, enablePage, endRolePage } from './access/people/account-state.page.tsx'
import { uncodedPage } from './access/people/codes.page.tsx'
import { newPersonPage, peoplePage, personPage } from './access/people/people.page.tsx'
import { giveRolePage } from './access/people/role.page.tsx'
import { askedSettingPage, refuseSettingPage, withdrawSettingAction } from './access/settings/asked.page.tsx'
import { editSettingPage, settingPage, settingsPage } from './access/settings/settings.page.tsx'
import { codePage } from './access/sign-in/code.page.tsx'
import { demoPage } from './access/sign-in/demo.page.tsx'
import { firstCardPage, firstKeyOptionsPage, firstWayPage } from './access/sign-in/first-way.page.tsx'
import { exitPage, languagePage, signOutPage } from './access/sign-in/leave.page.tsx'
import { firstPasswordPage, setUpPage } from './access/sign-in/set-up.page.tsx'
import { keyOptionsPage, keySignInPage, signInPage } from './access/sign-in/sign-in.page.tsx'
import { backPage, beginPage } from './access/substitution/desk.page.tsx'
import { confirmSubstitutionPage, endSubstitutionPage } from './access/substitution/steps.page.tsx'
import {
  askSubstitutionPage,
  giveSubstitutionPage,
  substitutionsPage,
} from './access/substitution/substitutions.page.tsx'
import { confirmationPage, refusePage, withdrawAction } from './access/two-people/confirmation.page.tsx'
import { emailPage, keepEmailAction, ownEmailPage } from './access/two-people/email.page.tsx'
import { keepNameAction, namePage, ownNamePage } from './access/two-people/name.page.tsx'
import { recoverPage, stopRecoveryPage } from './access/two-people/recovery.page.tsx'
import { confirmationsPage } from './access/two-people/waiting.page.tsx'
import {
  declareCasePage,
  declarePersonPage,
  relationsPage,
  removeRelationPage,
} from './access/walls/relations.page.tsx'
import type { Route } from './core/page.tsx'
import { dropFilterAction, keepFilterPage, savedFiltersPage } from './core/saved/saved-filters.page.tsx'
import { openFieldRoutes } from './field-routes.ts'
import { publicRoutes } from './recruitment-routes.ts'

/** Addresses for people who have not signed in. */
export const openRoutes: Route[] = [
  ['/sign-in', signInPage],
  ['/sign-in/passkey', keySignInPage],
  ['/sign-in/passkey/options', keyOptionsPage],
  ['/sign-in/oidc', oidcPage],
  ['/sign-in/oidc/first', oidcFirstPage],
  ['/sign-in/oidc/back', oidcBackPage],
  ['/sign-in/oidc/trouble', oidcTroublePage],
  ['/sign-in/code', codePage],
  ['/sign-in/ways', firstWayPage],
  ['/sign-in/ways/options', firstKeyOptionsPage],
  ['/sign-in/ways/card', firstCardPage],
  ['/sign-in/setup', setUpPage],
  ['/sign-in/password', firstPasswordPage],
  ['/sign-in/help', lockedOutPage],
  ['/sign-in/letter', letterPage],
  ['/sign-in/browser/:token', allowPage],
  ['/sign-in/invitation', invitedPage],
  ['/invitation/:token', invitationLinkPage],
  ['/calendar/:token', calendarFeedPage],
  ['/demo', demoPage],
  ['/sign-out', signOutPage],
  ['/exit', exitPage],
  ['/language', languagePage],
  ['/accessibility', accessibilityPage],
  ['/privacy', privacyPage],
  ['/help', helpPage],
  ...publicRoutes,
  ...openFieldRoutes,
]

/** Addresses for people who have. */
export const accessRoutes: Route[] = [
  ['/account', accountPage],
  ['/account/edit', editAccountPage],
  ['/account/prove', provePage],
  ['/account/prove/oidc', oidcProvePage],
  ['/account/prove/options', proofOptionsPage],
  ['/account/passkeys/first', firstKeysPage],
  ['/account/passkeys/more', moreWaysPage],
  ['/account/passkeys/new', newPasskeyPage],
  ['/account/passkeys/options', newKeyOptionsPage],
  ['/account/passkeys/:id', renamePasskeyPage],
  ['/account/passkeys/:id/remove', removePasskeyPage],
  ['/account/password', passwordPage],
  ['/account/codes', codesPage],
  ['/account/factor', factorPage],
  ['/account/calendar', ownCalendarPage],
  ['/account/calendar/end', endCalendarAction],
  ['/account/relations', relationsPage],
  ['/account/relations/new', declarePersonPage],
  ['/account/relations/case', declareCasePage],
  ['/account/relations/:id/remove', removeRelationPage],
  ['/account/identity', identityPage],
  ['/account/identity/go', oidcLinkPage],
  ['/account/identity/confirm', confirmIdentityPage],
  ['/account/identity/unlink', unlinkIdentityPage],
  ['/account/recovery/stop', stopRecoveryPage],
  ['/account/email', ownEmailPage],
  ['/account/email/:id/keep', keepEmailAction],
  ['/account/name', ownNamePage],
  ['/account/name/:id/keep', keepNameAction],
  ['/account/sessions/end', endAllPage],
  ['/account/sessions/:id/end', endSessionPage],
  ['/substitution', substitutionsPage],
  ['/substitution/new', giveSubstitutionPage],
  ['/substitution/ask', askSubstitutionPage],
  ['/substitution/back', backPage],
  ['/substitution/:id/begin', beginPage],
  ['/substitution/:id/end', endSubstitutionPage],
  ['/substitution/:id/confirm', confirmSubstitutionPage],
  ['/people', peoplePage],
  ['/people/new', newPersonPage],
  ['/people/codes', uncodedPage],
  ['/people/:id', personPage],
  ['/people/:id/roles/new', giveRolePage],
  ['/people/:id/roles/:roleId/end', endRolePage],
  ['/people/:id/invite', invitePage],
  ['/people/:id/invite/void', voidInvitationAction],
  ['/people/:id/recover', recoverPage],
  ['/people/:id/email', emailPage],
  ['/people/:id/name', namePage],
  ['/people/:id/identity', personIdentityPage],
  ['/people/:id/identity/unlink', unlinkPersonPage],
  ['/people/:id/disable', disablePage],
  ['/people/:id/enable', enablePage],
  ['/confirmations', confirmationsPage],
  ['/confirmations/:id', confirmationPage],
  ['/confirmations/:id/refuse', refusePage],
  ['/confirmations/:id/withdraw', withdrawAction],
  ['/filters', savedFiltersPage],
  ['/filters/keep', keepFilterPage],
  ['/filters/:id/drop', dropFilterAction],
  ['/settings', settingsPage],
  ['/settings/asked/:id', askedSettingPage],
  ['/settings/asked/:id/refuse', refuseSettingPage],
  ['/settings/asked/:id/withdraw', withdrawSettingAction],
  ['/settings/:name', settingPage],
  ['/settings/:name/edit', editSettingPage],
]
