// Which addresses are open to people who have not signed in?
import { accessibilityPage, helpPage, privacyPage } from './access/about/about.page.tsx'
import { lockedOutPage } from './access/about/locked-out.page.tsx'
import { invitationLinkPage, invitedPage } from './access/invitation/invited.page.tsx'
import { codePage } from './access/sign-in/code.page.tsx'
import { demoPage } from './access/sign-in/demo.page.tsx'
import { exitPage, languagePage, signOutPage } from './access/sign-in/leave.page.tsx'
import { firstPasswordPage, setUpPage } from './access/sign-in/set-up.page.tsx'
import { keyOptionsPage, keySignInPage, signInPage } from './access/sign-in/sign-in.page.tsx'
import type { Route } from './core/page.tsx'

export const openRoutes: Route[] = [
  ['/sign-in', signInPage],
  ['/sign-in/passkey', keySignInPage],
  ['/sign-in/passkey/options', keyOptionsPage],
  ['/sign-in/code', codePage],
  ['/sign-in/setup', setUpPage],
  ['/sign-in/password', firstPasswordPage],
  ['/sign-in/help', lockedOutPage],
  ['/sign-in/invitation', invitedPage],
  ['/invitation/:token', invitationLinkPage],
  ['/demo', demoPage],
  ['/sign-out', signOutPage],
  ['/exit', exitPage],
  ['/language', languagePage],
  ['/accessibility', accessibilityPage],
  ['/privacy', privacyPage],
  ['/help', helpPage],
]
