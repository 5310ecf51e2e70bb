// How does somebody come in: address and password first?
import type { Context } from 'hono'
import { z } from 'zod'
import { email, invalid, text } from '../../core/form/fields.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { translator } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { safePath } from '../access.ts'
import { attemptBy } from '../browser.server.ts'
import { knownBy, noteUnsealed, passed, secondOf, tryDoor } from '../door.server.ts'
import { LetterOffer } from '../new-browser/offer.tsx'
import { isOffered } from '../oidc/provider.server.ts'
import { StateFirst } from '../oidc/ways.tsx'
import { recognise, signInOptions } from '../passkey/ceremony.server.ts'
import { KeyForm, keyScripts } from '../passkey/key-form.tsx'
import { goTo, letIn, openPage, tooEarly } from './step.server.ts'

const SignIn = z.object({
  email: email({ label: 'access.signIn.email' }),
  password: text({ label: 'access.signIn.password', kind: 'password' }),
})

const missing = { email: 'access.signIn.emailMissing', password: 'access.signIn.passwordMissing' } as const

/** Why the person finds herself here again. */
const reasons = {
  kept: 'access.signIn.kept',
  late: 'access.signIn.late',
  out: 'access.signIn.out',
  ended: 'access.signIn.ended',
  known: 'access.signIn.known',
} as const

export const signInPage: Page = {
  operations: [],
  get: async (c) => (c.get('me') ? c.redirect(safePath(c.req.query('to')), 303) : showSignIn(c)),
  post: async (c) => {
    const t = translator(c.get('locale'))
    const values = c.get('values')
    const read = SignIn.safeParse(values)
    const typed = { email: typeof values.email === 'string' ? values.email : '' }
    if (!read.success) {
      const said = Object.entries(invalid(read.error).fields).map(([name, { key, args }]) => [
        name,
        key === 'core.error.missing' ? t(missing[name as keyof typeof missing]) : t(key, args),
      ])
      return showSignIn(c, { status: 422, values: typed, errors: Object.fromEntries(said) })
    }
    const attempt = await attemptBy(c, 'password', { email: read.data.email })
    const wait = await tryDoor(attempt)
    if (wait > 0) return showSignIn(c, { ...tooEarly(c, wait), values: typed })
    const id = await knownBy(read.data.email, read.data.password, addressOf(c))
    if (!id) return showSignIn(c, { status: 422, values: typed, errors: { '': t('access.signIn.wrong') } })
    // A password of one's own has a second factor beside it; where that is gone, somebody has written in the table.
    if (!(await secondOf(id))?.totp_confirmed) {
      await noteUnsealed('password', id, id)
      return showSignIn(c, { status: 422, values: typed, errors: { '': t('access.signIn.wrong') } })
    }
    await passed(attempt)
    return goTo(c, { id, stage: 'code', to: safePath(c.req.query('to')) })
  },
}

/** The question for a key. What was typed is an address or nothing; whether it is somebody's, the answer does not tell. */
export const keyOptionsPage: Page = {
  operations: [],
  post: async (c) => {
    const typed = SignIn.shape.email.safeParse(c.get('values').email)
    return c.json(await signInOptions(c, typed.success ? typed.data : null))
  },
}

/** In with a key alone: it asks for finger, face or PIN by itself, so it is both factors. */
export const keySignInPage: Page = {
  operations: [],
  // A reload after a refusal begins again.
  get: async (c) => c.redirect('/sign-in', 303),
  post: async (c) => {
    const result = await recognise(c, null, c.get('values').credential)
    if ('wait' in result) return showSignIn(c, tooEarly(c, result.wait))
    const wrong = { '': translator(c.get('locale'))('access.keys.wrong') }
    if (!result.known) return showSignIn(c, { status: 422, errors: wrong })
    await letIn(c, result.known, { method: 'passkey', key: result.known.key })
    return c.redirect(safePath(c.req.query('to')), 303)
  },
}

function showSignIn(c: Context<Env>, more: Parameters<typeof openPage>[3] = {}) {
  const asked = c.req.query()
  const reason = (Object.keys(reasons) as (keyof typeof reasons)[]).find((name) => asked[name] === '1')
  const to = safePath(asked.to)
  const then = to === '/' ? '' : `?to=${encodeURIComponent(to)}`
  return openPage(
    c,
    'access.signIn.title',
    (page) => (
      <div class="tv-narrow">
        <h1>{page.t('access.signIn.title')}</h1>
        {reason ? <Callout>{<p>{page.t(reasons[reason])}</p>}</Callout> : null}
        {c.get('frame').demo ? <DemoFirst page={page} to={to} /> : null}
        <StateFirst page={page} to={to} demo={c.get('frame').demo} />
        <Form page={page} to={`/sign-in${then}`}>
          <Field page={page} of={SignIn} name="email" autocomplete="username" />
          <Field page={page} of={SignIn} name="password" autocomplete="current-password" />
          <Button kind={c.get('frame').demo || isOffered() ? 'secondary' : 'primary'}>
            {page.t('access.signIn.go')}
          </Button>
        </Form>
        {more.status === 429 && more.values ? <LetterOffer page={page} /> : null}
        <h2>{page.t('access.keys.signIn')}</h2>
        <KeyForm
          page={page}
          kind="get"
          options="/sign-in/passkey/options"
          email="#email"
          to={`/sign-in/passkey${then}`}
          go={page.t('access.keys.signInGo')}
          without={page.t('access.keys.withoutSignIn')}
          button="secondary"
        >
          <p>{page.t('access.keys.signInHow')}</p>
        </KeyForm>
        <p>
          <a href="/sign-in/help">{page.t('access.signIn.help')}</a>
        </p>
      </div>
    ),
    { ...more, scripts: keyScripts },
  )
}

function DemoFirst({ page, to }: { page: FormPage; to: string }) {
  return (
    <section class="tv-card tv-card--quiet" aria-labelledby="demo-first">
      <h2 id="demo-first">{page.t('access.demo.first')}</h2>
      <p>{page.t('access.demo.firstText')}</p>
      <ButtonLink href={to === '/' ? '/demo' : `/demo?to=${encodeURIComponent(to)}`}>
        {page.t('access.demo.choose')}
      </ButtonLink>
    </section>
  )
}
