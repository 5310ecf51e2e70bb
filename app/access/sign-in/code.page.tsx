// Is it really the person: the code from the authenticator, or one of the recovery codes?
import type { FormPage } from '../../core/form/form.tsx'
import { Form } from '../../core/form/form.tsx'
import { translator } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { attemptBy } from '../browser.server.ts'
import { noteFailure, passed, secondOf, tryDoor } from '../door.server.ts'
import { useCode } from '../factor.server.ts'
import { CodeInput } from './code-input.tsx'
import { letIn, openPage, stepPage, tooEarly } from './step.server.ts'

export const codePage = stepPage(
  'code',
  (c, _step, more) => openPage(c, 'access.code.title', codeForm, more),
  async (c, step) => {
    const t = translator(c.get('locale'))
    const show = (more: Parameters<typeof openPage>[3]) => openPage(c, 'access.code.title', codeForm, more)
    const code = c.get('values').code
    if (typeof code !== 'string' || !code.trim())
      return show({ status: 422, errors: { code: t('access.code.missing') } })
    const attempt = await attemptBy(c, 'code', { id: step.id })
    const wait = await tryDoor(attempt)
    if (wait > 0) return show(tooEarly(c, wait))
    const second = await secondOf(step.id)
    if (!second?.totp_sealed || !second.totp_confirmed) return c.redirect('/sign-in?late=1', 303)
    if (!(await useCode(step.id, second.totp_sealed, code))) {
      await noteFailure('access.codeFailed', step.id)
      return show({ status: 422, errors: { code: t('access.code.wrong') } })
    }
    await passed(attempt)
    await letIn(c, { id: step.id, roles: second.roles }, { method: 'password' })
    return c.redirect(step.to, 303)
  },
)

const codeForm = (page: FormPage) => (
  <div class="tv-narrow">
    <h1>{page.t('access.code.title')}</h1>
    <Form page={page}>
      <CodeInput page={page} label={page.t('access.code.label')} hint={page.t('access.code.hint')} />
      <Button>{page.t('access.code.go')}</Button>
    </Form>
    <p>
      <a href="/sign-in">{page.t('access.code.back')}</a>
    </p>
  </div>
)
