// How does a person change the password, the authenticator and the codes she signs in with?
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { Form, Tokens } from '../../core/form/form.tsx'
import { type Env, follow, get, type Page, type PageContext, reply, show, signedIn } from '../../core/page.tsx'
import type { Person } from '../../core/user.ts'
import { type Key, translator } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { attemptBy } from '../browser.server.ts'
import { passed, secondOf, tryDoor } from '../door.server.ts'
import { newFactor, sealFactor, shownFactor, stepOf, useCode } from '../factor.server.ts'
import { fresh } from '../fresh.ts'
import { CodeInput } from '../sign-in/code-input.tsx'
import { CodesOnce, FactorSteps, secretOf } from '../sign-in/factor-parts.tsx'
import { newPassword, PasswordFields } from '../sign-in/new-password.tsx'
import { tooEarly } from '../sign-in/step.server.ts'
import { changeFactor, changePassword, openAccount, renewCodes } from './accounts.server.ts'

type More = Parameters<typeof show>[4]

/** A page of one's own keys: the way back, a heading, a form. */
function keyPage(c: Context<Env>, me: Person, heading: Key, body: (page: PageContext<null>) => Child, more?: More) {
  const view = {
    title: 'access.account.title' as const,
    body: (page: PageContext<null>) => (
      <div class="tv-narrow">
        <BackLink href="/account">{page.t('access.account.title')}</BackLink>
        <h1>{page.t(heading)}</h1>
        {body(page)}
      </div>
    ),
  }
  return show(c, view, null, me, more)
}

const passwordForm = (page: PageContext<null>) => (
  <Form page={page}>
    <p class="tv-lead">{page.t('access.password.others')}</p>
    <PasswordFields page={page} />
    <Button>{page.t('access.password.save')}</Button>
  </Form>
)

export const passwordPage: Page = fresh({
  operations: [openAccount, changePassword] as Page['operations'],
  get: async (c) => keyPage(c, signedIn(c), 'access.password.title', passwordForm),
  post: async (c) => {
    const me = signedIn(c)
    const { person } = await openAccount.run(me, {})
    const read = newPassword(c, [person.name, person.email])
    if ('errors' in read)
      return keyPage(c, me, 'access.password.title', passwordForm, { status: 422, errors: read.errors })
    await changePassword.run(me, read)
    return follow(c, { to: '/account', said: 'access.password.saved' })
  },
})

const codesPages = {
  ask: get(openAccount, {
    title: 'access.account.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/account">{page.t('access.account.title')}</BackLink>
        <h1>{page.t('access.codes.renew')}</h1>
        <p>{page.t('access.codes.renewText')}</p>
        <form method="post">
          <Tokens page={page} />
          <Button>{page.t('access.codes.renewGo')}</Button>
        </form>
      </div>
    ),
  }),
  tell: reply(renewCodes, {
    title: 'access.account.title',
    body: ({ t, data }) => <CodesOnce t={t} codes={data} next="/account" />,
  }),
}

export const codesPage: Page = fresh({
  operations: [...codesPages.ask.operations, ...codesPages.tell.operations],
  get: codesPages.ask.get,
  post: codesPages.tell.post,
})

export const factorPage: Page = fresh({
  operations: [openAccount, changeFactor] as Page['operations'],
  get: async (c) => showFactor(c, signedIn(c), newFactor()),
  post: async (c) => {
    const me = signedIn(c)
    const t = translator(c.get('locale'))
    const { presentCode, code } = c.get('values')
    const secret = secretOf(c, me.id) ?? newFactor()
    const again = (more: More) => showFactor(c, me, secret, more)
    const attempt = await attemptBy(c, 'code', { id: me.id })
    const wait = await tryDoor(attempt)
    if (wait > 0) return again(tooEarly(c, wait))
    const step = stepOf(secret, String(code).replace(/\s/g, ''))
    if (step === null) return again({ status: 422, errors: { code: t('access.setUp.wrong') } })
    const second = await secondOf(me.id)
    if (!second?.totp_sealed || !(await useCode(me.id, second.totp_sealed, String(presentCode)))) {
      return again({ status: 422, errors: { presentCode: t('access.code.wrong') } })
    }
    await passed(attempt)
    await changeFactor.run(me, { secret, step })
    return follow(c, { to: '/account', said: 'access.factor.saved' })
  },
})

async function showFactor(c: Context<Env>, me: Person, secret: string, more?: More) {
  const { person } = await openAccount.run(me, {})
  const shown = await shownFactor(secret, person.email)
  const form = (page: PageContext<null>) => (
    <Form page={page}>
      <input type="hidden" name="secret" value={sealFactor(me.id, secret).toString('base64url')} />
      <CodeInput
        page={page}
        name="presentCode"
        label={page.t('access.factor.present')}
        hint={page.t('access.factor.presentHint')}
      />
      <FactorSteps t={page.t} shown={shown} />
      <CodeInput page={page} label={page.t('access.setUp.code')} hint={page.t('access.setUp.codeHint')} />
      <Button>{page.t('access.factor.go')}</Button>
    </Form>
  )
  return keyPage(c, me, 'access.factor.title', form, more)
}
