// How does somebody who only helps make her first way in: a passkey in one press, or her own card?
import type { Context } from 'hono'
import { Errors, Form, type FormPage, Tokens } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { translator } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { deviceOf } from '../access.ts'
import { attemptOf, passed, type Second, secondOf, tryDoor } from '../door.server.ts'
import { EndedWays, NotYet } from '../invitation/ended.tsx'
import { type Invited, setFirstCard, setFirstKey } from '../invitation/first-ways.server.ts'
import { dropFound, type Found, firstConfirmPath, foundBy } from '../oidc/found.server.ts'
import { isOffered } from '../oidc/provider.server.ts'
import { creationOptions, type Maker, newKey } from '../passkey/ceremony.server.ts'
import { KeyForm, keyScripts } from '../passkey/key-form.tsx'
import { morePlace } from '../passkey/passkey.ts'
import { type By, goTo, letIn, openPage, type Step, stepPage, tooEarly } from './step.server.ts'

type Shown = Parameters<typeof openPage>[3]
type At = Step & { invitation: string }
type Take = (c: Context<Env>, step: At, second: Second) => Response | Promise<Response>

/** Goes on where she still stands before her first way in; otherwise she begins again. */
const first =
  (go: Take) =>
  async (c: Context<Env>, { invitation, ...step }: Step): Promise<Response> => {
    const second = await secondOf(step.id)
    if (!invitation || !second?.helps || !second.password_once) return late(c)
    return go(c, { ...step, invitation }, second)
  }

const late = (c: Context<Env>) => c.redirect('/sign-in?late=1', 303)

const makerOf = ({ id, invitation }: Invited, { name, email }: Second): Maker => {
  return { id, name, email, use: 'first', session: invitation }
}

export const firstWayPage = stepPage(
  'ways',
  first((c, step, second) => showWays(c, step, second)),
  first((c, step, second) => {
    if (c.get('values').way !== 'password') return byKey(c, step, second)
    return second.barred ? late(c) : goTo(c, { ...step, stage: 'setup' })
  }),
)

/** The question for the key. */
export const firstKeyOptionsPage: Page = {
  operations: [],
  post: stepPage(
    'ways',
    late,
    first(async (c, step, second) => c.json(await creationOptions(c, makerOf(step, second)))),
  ).post,
}

async function byKey(c: Context<Env>, step: At, second: Second): Promise<Response> {
  const attempt = attemptOf('passkey', step.id, addressOf(c))
  const wait = await tryDoor(attempt)
  if (wait > 0) return showWays(c, step, second, tooEarly(c, wait))
  const t = translator(c.get('locale'))
  const key = await newKey(c, makerOf(step, second), c.get('values').credential)
  if (!key) return showWays(c, step, second, { status: 422, errors: { '': t('access.keys.notAdded') } })
  const name = deviceOf(c.req.header('user-agent')) || t('access.firstWay.key')
  const made = await setFirstKey(step, key, name)
  if (!made) return late(c)
  await passed(attempt)
  return comeIn(c, step, second, { method: 'passkey', key: made })
}

async function comeIn(c: Context<Env>, step: At, { roles }: Second, by: By): Promise<Response> {
  if (roles.length === 0) return openPage(c, 'access.invited.ready', NotYet)
  await letIn(c, { id: step.id, roles }, by)
  return c.redirect(morePlace, 303)
}

function showWays(c: Context<Env>, step: At, { barred }: Second, more?: Shown) {
  const alone = barred && !isOffered()
  const body = (page: FormPage) => (
    <div class="tv-narrow">
      <h1>{page.t('access.firstWay.title')}</h1>
      <EndedWays t={page.t} ended={step.ended} />
      <p class="tv-lead">{page.t(alone ? 'access.firstWay.leadKey' : 'access.firstWay.lead')}</p>
      <Errors page={page} />
      <h2>{page.t('access.firstWay.key')}</h2>
      <KeyForm
        page={page}
        kind="create"
        options="/sign-in/ways/options"
        to="/sign-in/ways"
        go={page.t('access.keys.make')}
        without={page.t(alone ? 'access.firstWay.without' : 'access.firstWay.withoutBelow')}
      >
        <p>{page.t('access.firstWay.keyText')}</p>
      </KeyForm>
      {isOffered() ? <Card page={page} /> : null}
      {barred ? null : <Password page={page} />}
    </div>
  )
  return openPage(c, 'access.firstWay.title', body, { ...more, scripts: keyScripts })
}

const Card = ({ page: { t } }: { page: FormPage }) => (
  <>
    <h2>{t('access.oidc.title')}</h2>
    <p>{t('access.oidc.text')}</p>
    <ButtonLink href="/sign-in/oidc/first" kind="secondary">
      {t('access.oidc.go')}
    </ButtonLink>
  </>
)

const Password = ({ page }: { page: FormPage }) => (
  <>
    <h2>{page.t('access.firstWay.password')}</h2>
    <p>{page.t(isOffered() ? 'access.firstWay.passwordText' : 'access.firstWay.passwordOnly')}</p>
    <form method="post" action="/sign-in/ways">
      <Tokens page={page} />
      <input type="hidden" name="way" value="password" />
      <Button kind="secondary">{page.t('access.firstWay.passwordGo')}</Button>
    </form>
  </>
)

/** After the trip: this is who was recognised; nothing is linked before the button. */
export const firstCardPage = stepPage(
  'ways',
  first((c, step) => {
    const found = foundBy(c, setOutBy(step))
    if (!found) return c.redirect('/sign-in/ways', 303)
    return openPage(c, 'access.firstWay.title', (page) => <ConfirmCard page={page} found={found} />)
  }),
  first(async (c, step, second) => {
    const found = foundBy(c, setOutBy(step))
    if (!found) return c.redirect('/sign-in/ways', 303)
    dropFound(c)
    const done = await setFirstCard(step, found.code)
    if (done === null) return late(c)
    if (done === 'done') return comeIn(c, step, second, { method: 'oidc' })
    const taken = { '': translator(c.get('locale'))('access.identity.taken') }
    return showWays(c, step, second, { status: 409, errors: taken })
  }),
)

const setOutBy = ({ id, invitation }: Invited) => ({ id, sessionId: invitation })

function ConfirmCard({ page, found }: { page: FormPage; found: Found }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/sign-in/ways">{t('access.firstWay.title')}</BackLink>
      <h1>{t('access.identity.confirm')}</h1>
      <p class="tv-lead">{t('access.identity.found', { name: found.name || t('access.identity.nameless') })}</p>
      <p>{t('access.identity.confirmText')}</p>
      <Form page={page} to={firstConfirmPath}>
        <Button>{t('access.identity.confirmGo')}</Button>
      </Form>
      <p>
        <a href="/sign-in/ways">{t('access.identity.notMe')}</a>
      </p>
    </div>
  )
}
