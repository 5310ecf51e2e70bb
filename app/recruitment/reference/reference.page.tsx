// What does a referee see, who has a link and no account?
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { speaks } from '../../access/sign-in/language.ts'
import { openPage, tooEarly } from '../../access/sign-in/step.server.ts'
import { invalid } from '../../core/form/fields.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import { addressOf } from '../../core/turn/address.ts'
import { type Args, type Key, translator } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { trap } from '../apply/apply.ts'
import { answer, askedBy, nameBehind } from './door.server.ts'
import { AnswerReference } from './reference.ts'

const tab = 'recruitment.reference.tab'
const formId = 'reference'
const minutes = 120
const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-reference' : 'reference')

/**
 * The address in the letter: exchanged at once for a sealed cookie and a clean address, so that it stays in no history. Looking changes nothing – a
 * mail filter that follows every link uses none up.
 */
export const referenceLinkPage: Page = {
  operations: [],
  get: async (c) => {
    const token = c.req.param('token') ?? ''
    const asked = await askedBy(token, addressOf(c))
    if (asked.wait > 0) return openPage(c, tab, busy, tooEarly(c, asked.wait))
    if (!asked.id) return openPage(c, tab, dead, { status: 404 })
    // Whoever clicks in a web mail comes from another site, and a Strict cookie would not come along.
    const rules = {
      path: '/',
      httpOnly: true,
      secure: c.get('frame').secure,
      sameSite: 'Lax',
      maxAge: minutes * 60,
    } as const
    setCookie(c, nameOf(c), sealForProcess('reference', token).toString('base64url'), rules)
    return c.redirect('/reference', 303)
  },
}

function tokenOf(c: Context<Env>): string | null {
  const sealed = getCookie(c, nameOf(c))
  if (!sealed || sealed.length > 2000) return null
  try {
    return openForProcess('reference', Buffer.from(sealed, 'base64url'))
  } catch {
    return null
  }
}

const dead = ({ t }: FormPage) => (
  <div class="tv-narrow">
    <h1>{t('recruitment.reference.dead')}</h1>
    <p>{t('recruitment.reference.deadText')}</p>
  </div>
)

const busy = ({ t, errors }: FormPage) => (
  <div class="tv-narrow">
    <h1>{t('recruitment.reference.tab')}</h1>
    <p>{errors['']}</p>
    <p>{t('recruitment.reference.busy')}</p>
  </div>
)

type Shown = Parameters<typeof openPage>[3]
type Held = { token: string; id: string }

/** The page for whoever holds a link that leads somewhere; for everybody else that it does not. */
const held = (go: (c: Context<Env>, held: Held) => Response | Promise<Response>) => async (c: Context<Env>) => {
  const token = tokenOf(c)
  if (!token) return openPage(c, tab, dead, { status: 404 })
  const asked = await askedBy(token, addressOf(c))
  if (asked.wait > 0) return openPage(c, tab, busy, tooEarly(c, asked.wait))
  return asked.id ? go(c, { token, id: asked.id }) : openPage(c, tab, dead, { status: 404 })
}

async function showForm(c: Context<Env>, { token }: Held, more: Shown = {}): Promise<Response> {
  const who = await nameBehind(token)
  if (!who) return openPage(c, tab, dead, { status: 404 })
  return openPage(c, tab, (page) => <Questions page={page} who={who} />, { ...more, form: formId })
}

export const referencePage: Page = {
  operations: [],
  get: held((c, found) => showForm(c, found)),
  post: held(async (c, found) => {
    const values = c.get('values')
    if (values[trap]) return c.redirect('/reference/thanks', 303)
    const typed = { ...values, _csrf: '' }
    if (speaks(c)) return showForm(c, found, { values: typed })
    const say = (key: Key, args?: Args) => translator(c.get('locale'))(key, args)
    const read = AnswerReference.safeParse(values)
    if (!read.success) {
      const fields = Object.entries(invalid(read.error).fields)
      const errors = Object.fromEntries(fields.map(([name, { key, args }]) => [name, say(key, args)]))
      return showForm(c, found, { status: 422, values: typed, errors })
    }
    const { worry = null, phone = null, ...rest } = read.data
    const told = await answer(found.token, addressOf(c), found.id, { ...rest, worry, phone })
    if (told > 0) return showForm(c, found, { values: typed, ...tooEarly(c, told) })
    if (told < 0) return openPage(c, tab, dead, { status: 404 })
    deleteCookie(c, nameOf(c), { path: '/', secure: c.get('frame').secure })
    return c.redirect('/reference/thanks', 303)
  }),
}

function Questions({ page, who }: { page: FormPage; who: string }) {
  const { t } = page
  const field = { page, of: AnswerReference }
  return (
    <div class="tv-narrow">
      <h1>{t('recruitment.reference.title', { name: who })}</h1>
      <p class="tv-lead">{t('recruitment.reference.lead')}</p>
      <Form page={page} to="/reference" id={formId}>
        <div class="govuk-visually-hidden" aria-hidden="true">
          <label for={trap}>{t('recruitment.apply.trap')}</label>
          <input type="text" id={trap} name={trap} tabindex={-1} autocomplete="off" />
        </div>
        <Field {...field} name="known" rows={3} />
        <Field {...field} name="silence" />
        <Field {...field} name="choice" />
        <Field {...field} name="calm" rows={5} />
        <Field {...field} name="worry" rows={4} />
        <Field {...field} name="phone" width={20} autocomplete="tel" />
        <Callout title={t('recruitment.apply.notice')}>
          <p>{t('recruitment.reference.notice')}</p>
        </Callout>
        <Button>{t('recruitment.reference.send')}</Button>
      </Form>
    </div>
  )
}

export const referenceThanksPage: Page = {
  operations: [],
  get: (c) =>
    openPage(c, tab, ({ t }) => (
      <div class="tv-narrow">
        <Confirmation title={t('recruitment.reference.thanks')}>
          <p>{t('recruitment.reference.thanksText')}</p>
        </Confirmation>
      </div>
    )) as Promise<Response>,
}
