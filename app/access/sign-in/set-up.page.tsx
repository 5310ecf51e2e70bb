// How does somebody who was invited make a second factor and a password that nobody else has seen?
import type { Context } from 'hono'
import { knock } from '../../core/db.server.ts'
import { Form, type FormPage } from '../../core/form/form.tsx'
import type { Env } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { translator } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { attemptOf, passed, secondOf, tryDoor } from '../door.server.ts'
import { newCodes, newFactor, sealFactor, shownFactor, stepOf } from '../factor.server.ts'
import { EndedWays, NotYet } from '../invitation/ended.tsx'
import type { Ended } from '../invitation/invitation.ts'
import { hashPassword } from '../passwords.server.ts'
import { CodeInput } from './code-input.tsx'
import { CodesOnce, FactorSteps, secretOf } from './factor-parts.tsx'
import { newPassword, PasswordFields } from './new-password.tsx'
import { letIn, openPage, type Step, standAtStep, stepPage, tooEarly } from './step.server.ts'

type Shown = Parameters<typeof openPage>[3]

export const setUpPage = stepPage('setup', showSetUp, async (c, step) => {
  const t = translator(c.get('locale'))
  const secret = secretOf(c, step.id)
  const second = await secondOf(step.id)
  if (!secret || !second || second.totp_confirmed || !second.password_once) return c.redirect('/sign-in?late=1', 303)
  const attempt = attemptOf('code', step.id, addressOf(c))
  const wait = await tryDoor(attempt)
  if (wait > 0) return showSetUp(c, step, tooEarly(c, wait))
  const at = stepOf(secret, String(c.get('values').code ?? '').replace(/\s/g, ''))
  if (at === null) return showSetUp(c, step, { status: 422, errors: { code: t('access.setUp.wrong') } })
  const codes = newCodes(step.id)
  const [done] = await knock<{ door_factor_set: boolean }>('door_factor_set', [
    step.invitation,
    sealFactor(step.id, secret),
    at,
    codes.kept,
  ])
  if (!done?.door_factor_set) return c.redirect('/sign-in?late=1', 303)
  await passed(attempt)
  standAtStep(c, { id: step.id, invitation: step.invitation, stage: 'password', to: step.to })
  return openPage(c, 'access.codes.title', ({ t }) => <CodesOnce t={t} codes={codes.shown} next="/sign-in/password" />)
})

async function showSetUp(c: Context<Env>, step: Step, more?: Shown) {
  const second = await secondOf(step.id)
  if (!second) return c.redirect('/sign-in?late=1', 303)
  const secret = secretOf(c, step.id) ?? newFactor()
  const shown = await shownFactor(secret, second.email)
  const sealed = sealFactor(step.id, secret).toString('base64url')
  return openPage(
    c,
    'access.setUp.title',
    (page) => <SetUp page={page} shown={shown} sealed={sealed} ended={step.ended} />,
    more,
  )
}

type SetUpProps = { page: FormPage; shown: { picture: string; letters: string }; sealed: string; ended?: Ended }

function SetUp({ page, shown, sealed, ended }: SetUpProps) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <h1>{t('access.setUp.title')}</h1>
      <EndedWays t={t} ended={ended} />
      <p class="tv-lead">{t('access.setUp.why')}</p>
      <Form page={page} to="/sign-in/setup">
        <input type="hidden" name="secret" value={sealed} />
        <FactorSteps t={t} shown={shown} />
        <CodeInput page={page} label={t('access.setUp.code')} hint={t('access.setUp.codeHint')} />
        <Button>{t('access.setUp.go')}</Button>
      </Form>
    </div>
  )
}

export const firstPasswordPage = stepPage('password', showFirst, async (c, step) => {
  const second = await secondOf(step.id)
  if (!second?.totp_confirmed || !second.password_once) return c.redirect('/sign-in?late=1', 303)
  const read = newPassword(c, [second.name, second.email])
  if ('errors' in read) return showFirst(c, step, { status: 422, errors: read.errors })
  const [done] = await knock<{ door_password_set: boolean }>('door_password_set', [
    step.invitation,
    await hashPassword(read.password),
  ])
  if (!done?.door_password_set) return c.redirect('/sign-in?late=1', 303)
  if (second.roles.length === 0) return openPage(c, 'access.invited.ready', NotYet)
  await letIn(c, { id: step.id, roles: second.roles }, { method: 'password' })
  return c.redirect(step.to, 303)
})

function showFirst(c: Context<Env>, _step: Step, more?: Shown) {
  const body = (page: FormPage) => (
    <div class="tv-narrow">
      <h1>{page.t('access.password.title')}</h1>
      <p class="tv-lead">{page.t('access.password.first')}</p>
      <Form page={page} to="/sign-in/password">
        <PasswordFields page={page} />
        <Button>{page.t('access.password.save')}</Button>
      </Form>
    </div>
  )
  return openPage(c, 'access.password.title', body, more)
}
