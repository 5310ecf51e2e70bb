// How does somebody come in: address and password first?
import type { Context } from 'hono'
import { z } from 'zod'
import { email, invalid, text } from '../../core/form/fields.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { safePath } from '../access.ts'
import { attemptOf, knownBy, passed, secondOf, tryDoor } from '../door.server.ts'
import { addressOf } from './address.ts'
import { goTo, openPage, tooEarly } from './step.server.ts'

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
    const attempt = attemptOf('password', read.data.email, addressOf(c))
    const wait = await tryDoor(attempt)
    if (wait > 0) return showSignIn(c, { ...tooEarly(c, wait), values: typed })
    const id = await knownBy(read.data.email, read.data.password)
    if (!id) return showSignIn(c, { status: 422, values: typed, errors: { '': t('access.signIn.wrong') } })
    await passed(attempt)
    const second = await secondOf(id)
    return goTo(c, { id, stage: second?.totp_confirmed ? 'code' : 'setup', to: safePath(c.req.query('to')) })
  },
}

function showSignIn(c: Context<Env>, more: Parameters<typeof openPage>[3] = {}) {
  const asked = c.req.query()
  const reason = (Object.keys(reasons) as (keyof typeof reasons)[]).find((name) => asked[name] === '1')
  const to = safePath(asked.to)
  const own = to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`
  return openPage(
    c,
    'access.signIn.title',
    (page) => (
      <div class="tv-narrow">
        <h1>{page.t('access.signIn.title')}</h1>
        {reason ? <Callout>{<p>{page.t(reasons[reason])}</p>}</Callout> : null}
        {c.get('frame').demo ? <DemoFirst page={page} to={to} /> : null}
        <Form page={page} to={own}>
          <Field page={page} of={SignIn} name="email" autocomplete="username" />
          <Field page={page} of={SignIn} name="password" autocomplete="current-password" />
          <Button kind={c.get('frame').demo ? 'secondary' : 'primary'}>{page.t('access.signIn.go')}</Button>
        </Form>
        <p>
          <a href="/help">{page.t('access.signIn.help')}</a>
        </p>
      </div>
    ),
    more,
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
