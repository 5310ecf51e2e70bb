// How does a person prove again who she is: with a key, or with password and code?
import type { Context } from 'hono'
import { z } from 'zod'
import { text } from '../../core/form/fields.ts'
import { Errors, Field, Form } from '../../core/form/form.tsx'
import { owing } from '../../core/operation.server.ts'
import { type Env, follow, type Page, type PageContext, show, signedIn } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { safePath } from '../access.ts'
import { attemptBy } from '../browser.server.ts'
import { knownBy, noteFailure, passed, type Second, secondOf, tryDoor } from '../door.server.ts'
import { useCode } from '../factor.server.ts'
import { isLinked } from '../oidc/identities.server.ts'
import { StateProof } from '../oidc/ways.tsx'
import { hasKeys, proofOptions, recognise } from '../passkey/ceremony.server.ts'
import { KeyForm, keyScripts } from '../passkey/key-form.tsx'
import { helperOwes } from '../passkey/passkey.ts'
import { CodeInput } from '../sign-in/code-input.tsx'
import { letIn, tooEarly } from '../sign-in/step.server.ts'

type More = Parameters<typeof show>[4]
const Proof = z.object({ password: text({ label: 'access.signIn.password', kind: 'password' }) })

/** The question for one of one's own keys. */
export const proofOptionsPage: Page = {
  operations: [],
  post: async (c) => c.json(await proofOptions(c, signedIn(c))),
}

export const provePage: Page = {
  operations: [],
  get: async (c) => showProof(c, signedIn(c)),
  post: async (c) => (c.get('values').credential === undefined ? byPassword(c, signedIn(c)) : byKey(c, signedIn(c))),
}

async function byKey(c: Context<Env>, me: Person): Promise<Response> {
  const result = await recognise(c, me, c.get('values').credential)
  if ('wait' in result) return showProof(c, me, tooEarly(c, result.wait))
  const wrong = { '': translator(c.get('locale'))('access.keys.wrong') }
  if (!result.known) return showProof(c, me, { status: 422, errors: wrong })
  return proved(c, result.known, { method: 'passkey', key: result.known.key })
}

async function byPassword(c: Context<Env>, me: Person): Promise<Response> {
  // Of an administrator who has a key nothing less is taken, nor of a helper who has one or her card.
  if (me.owes === 'prove') throw owing(me)
  const { password, code } = c.get('values')
  const attempt = await attemptBy(c, 'code', { id: me.id })
  const wait = await tryDoor(attempt)
  if (wait > 0) return showProof(c, me, tooEarly(c, wait))
  const second = await secondOf(me.id)
  const typed = String(password).trim()
  const known = second !== null && counts(me, second) && (await knownBy(second.email, typed, addressOf(c))) === me.id
  const right = known && second.totp_sealed && (await useCode(me.id, second.totp_sealed, String(code)))
  if (known && !right) await noteFailure('access.codeFailed', me.id)
  const wrong = { '': translator(c.get('locale'))('access.proof.wrong') }
  if (!right) return showProof(c, me, { status: 422, errors: wrong })
  await passed(attempt)
  return proved(c, { id: me.id, roles: second.roles }, { method: 'password' })
}

/** A password that does not count with her leads to her first key or card, and to nothing else. */
const counts = (me: Person, { barred }: Pick<Second, 'barred'>) => !barred || me.owes === 'register'

type Shown = { method: 'password' } | { method: 'passkey'; key: string }

/** A new session takes the place of the old one, under a new value. */
async function proved(c: Context<Env>, who: Pick<Person, 'id' | 'roles'>, shown: Shown) {
  await letIn(c, who, { ...shown, again: true })
  return follow(c, { to: safePath(c.req.query('to')), said: 'access.proof.done' })
}

async function showProof(c: Context<Env>, me: Person, more?: More) {
  const keys = await hasKeys(me)
  const second = me.owes === 'prove' ? null : await secondOf(me.id)
  const password = second?.totp_confirmed === true && counts(me, second)
  const card = (me.owes !== 'prove' || helperOwes(me)) && (await isLinked(me))
  const own = `?to=${encodeURIComponent(safePath(c.req.query('to')))}`
  const body = (page: PageContext<null>) => (
    <div class="tv-narrow">
      {me.owes ? null : <BackLink href="/account">{page.t('access.account.title')}</BackLink>}
      <h1>{page.t('access.proof.title')}</h1>
      <p class="tv-lead">{page.t('access.proof.why')}</p>
      <Errors page={page} />
      {keys ? <ByKey page={page} own={own} other={password} /> : null}
      {password ? <ByPassword page={{ ...page, errors: {} }} own={own} other={keys} /> : null}
      {card ? <StateProof page={page} own={own} other={keys || password} /> : null}
      {keys || password || card ? null : <p>{page.t('access.proof.neither')}</p>}
    </div>
  )
  return show(c, { title: 'access.account.title', body, scripts: keyScripts }, null, me, more)
}

type PartProps = { page: PageContext<null>; own: string; other: boolean }

function ByKey({ page, own, other }: PartProps) {
  const { t } = page
  return (
    <KeyForm
      page={page}
      kind="get"
      options="/account/prove/options"
      to={`/account/prove${own}`}
      go={t('access.keys.prove')}
      without={t(other ? 'access.keys.withoutProof' : 'access.keys.withoutAny')}
    />
  )
}

function ByPassword({ page, own, other }: PartProps) {
  const { t } = page
  return (
    <>
      {other ? <h2>{t('access.proof.orPassword')}</h2> : null}
      <Form page={page} to={`/account/prove${own}`}>
        <Field page={page} of={Proof} name="password" autocomplete="current-password" />
        <CodeInput page={page} label={t('access.code.label')} hint={t('access.code.hint')} />
        <Button kind={other ? 'secondary' : 'primary'}>{t('access.proof.go')}</Button>
      </Form>
    </>
  )
}
