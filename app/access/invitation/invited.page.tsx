// How does somebody come in who holds a link and has heard a code?
import type { Context } from 'hono'
import { Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { translator } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { attemptOf, passed, secondOf, tryDoor } from '../door.server.ts'
import { DeadLink } from '../sign-in/dead-link.tsx'
import { goTo, openPage, standAtStep, stepPage, tooEarly } from '../sign-in/step.server.ts'
import { codeLength, codeTyped } from './invitation.ts'
import { invitationOf, takeInvitation } from './invitations.server.ts'

/**
 * The address in the letter: exchanged at once for a sealed cookie and a clean address, so that it stays in no history. Looking changes
 * nothing – a mail filter that follows every link spends no invitation.
 */
export const invitationLinkPage: Page = {
  operations: [],
  get: async (c) => {
    const invitation = await invitationOf(c.req.param('token') ?? '')
    if (!invitation) return openPage(c, 'access.invited.title', deadLink, { status: 404 })
    // Whoever clicks in a web mail comes from another site, and a Strict cookie would not come along.
    standAtStep(c, { id: invitation.id, stage: 'invitation', to: '/' }, 'Lax')
    return c.redirect('/sign-in/invitation', 303)
  },
}

const deadLink = ({ t }: FormPage) => (
  <DeadLink t={t} text={t('access.invited.deadText')} to={{ href: '/sign-in', said: t('access.signIn.title') }} />
)

type Shown = Parameters<typeof openPage>[3]

const showCode = (c: Context<Env>, more?: Shown) => openPage(c, 'access.invited.title', codeForm, more)

export const invitedPage = stepPage(
  'invitation',
  (c, _step, more) => showCode(c, more),
  async (c, step) => {
    const t = translator(c.get('locale'))
    const code = codeTyped(c.get('values').code)
    const values = { code: String(c.get('values').code ?? '') }
    if (code.length !== codeLength) {
      const key = code ? 'access.invited.length' : 'access.code.missing'
      return showCode(c, { status: 422, values, errors: { code: t(key) } })
    }
    const attempt = attemptOf('code', `invitation/${step.id}`, addressOf(c))
    const wait = await tryDoor(attempt)
    if (wait > 0) return showCode(c, { values, ...tooEarly(c, wait) })
    const taken = await takeInvitation(step.id, code)
    if (!taken) return showCode(c, { status: 422, values, errors: { code: t('access.invited.wrong') } })
    await passed(attempt)
    // Whoever only helps makes a passkey or brings her card; whoever works here a second factor and a password.
    const stage = (await secondOf(taken.id))?.helps ? 'ways' : 'setup'
    return goTo(c, { id: taken.id, invitation: step.id, stage, to: '/', ended: taken.ended })
  },
)

const codeForm = (page: FormPage) => (
  <div class="tv-narrow">
    <h1>{page.t('access.invited.title')}</h1>
    <p class="tv-lead">{page.t('access.invited.lead')}</p>
    <Form page={page} to="/sign-in/invitation">
      <TextInput
        t={page.t}
        id="code"
        name="code"
        label={page.t('access.invited.code')}
        hint={page.t('access.invited.codeHint')}
        error={page.errors.code}
        value={String(page.values.code ?? '')}
        width={10}
        autocomplete="off"
        maxLength={20}
      />
      <Button>{page.t('access.code.go')}</Button>
    </Form>
  </div>
)
