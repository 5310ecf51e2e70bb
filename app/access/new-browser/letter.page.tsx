// How does somebody ask for a letter who has to wait in a new browser because others guess at her password?
import type { Context } from 'hono'
import { z } from 'zod'
import { email, invalid } from '../../core/form/fields.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { openPage } from '../sign-in/step.server.ts'
import { askLetter } from './letters.server.ts'

const AskLetter = z.object({ email: email({ label: 'access.signIn.email' }) })

export const letterPage: Page = {
  operations: [],
  get: async (c) => (c.req.query('sent') === '1' ? openPage(c, 'access.letter.sent', sent) : show(c)),
  post: async (c) => {
    const values = c.get('values')
    const read = AskLetter.safeParse(values)
    if (!read.success) {
      const typed = { email: typeof values.email === 'string' ? values.email : '' }
      const t = translator(c.get('locale'))
      const { key, args } = invalid(read.error).fields.email ?? { key: 'core.error.missing' }
      const said = key === 'core.error.missing' ? t('access.signIn.emailMissing') : t(key, args)
      return show(c, { status: 422, values: typed, errors: { email: said } })
    }
    await askLetter(read.data.email)
    return c.redirect('/sign-in/letter?sent=1', 303)
  },
}

const show = (c: Context<Env>, more?: Parameters<typeof openPage>[3]) => openPage(c, 'access.letter.title', ask, more)

const ask = (page: FormPage) => (
  <div class="tv-narrow">
    <BackLink href="/sign-in">{page.t('access.signIn.title')}</BackLink>
    <h1>{page.t('access.letter.title')}</h1>
    <p class="tv-lead">{page.t('access.letter.lead')}</p>
    <Form page={page} to="/sign-in/letter">
      <Field page={page} of={AskLetter} name="email" autocomplete="username" />
      <Button>{page.t('access.letter.go')}</Button>
    </Form>
  </div>
)

const sent = ({ t }: FormPage) => (
  <div class="tv-narrow">
    <BackLink href="/sign-in">{t('access.signIn.title')}</BackLink>
    <h1>{t('access.letter.sent')}</h1>
    <p>{t('access.letter.sentText')}</p>
    <p>{t('access.letter.none')}</p>
  </div>
)
