// How does a person add a passkey?
import type { Context } from 'hono'
import { dropDraft, findDraft } from '../../core/drafts.server.ts'
import { Conflict } from '../../core/errors.ts'
import { invalid } from '../../core/form/fields.ts'
import { Errors, Field } from '../../core/form/form.tsx'
import { type Env, follow, type Page, type PageContext, show, signedIn } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { deviceOf, safePath } from '../access.ts'
import { fresh, mustBeFresh } from '../fresh.ts'
import { letIn } from '../sign-in/step.server.ts'
import { creationOptions, makerIn, newKey } from './ceremony.server.ts'
import { KeyForm, keyScripts } from './key-form.tsx'
import { firstPlace, helperOwes, morePlace, onTo, PasskeyName } from './passkey.ts'
import { addPasskey, listPasskeys } from './passkeys.server.ts'

type More = Parameters<typeof show>[4]

/** The question for a new key. */
export const newKeyOptionsPage: Page = {
  operations: [listPasskeys] as unknown as Page['operations'],
  post: async (c) => {
    const me = signedIn(c)
    mustBeFresh(me)
    const { email } = await listPasskeys.run(me, {})
    return c.json(await creationOptions(c, makerIn(me, email)))
  },
}

export const newPasskeyPage: Page = fresh({
  operations: [listPasskeys, addPasskey] as unknown as Page['operations'],
  get: async (c) => {
    const me = signedIn(c)
    return showNew(c, { values: me.drafts.includes(c.req.path) ? await findDraft(me, c.req.path) : {} })
  },
  post: async (c) => {
    const me = signedIn(c)
    const t = translator(c.get('locale'))
    const values = c.get('values')
    const again = (errors: Record<string, string>, status = 422) => showNew(c, { values, errors, status })
    const read = PasskeyName.safeParse(values)
    if (!read.success) {
      const { name } = invalid(read.error).fields
      return again({ name: name ? t(name.key, name.args) : t('core.error.missing') })
    }
    const key = await newKey(c, { id: me.id, use: 'register', session: me.sessionId }, values.credential)
    if (!key) return again({ '': t('access.keys.notAdded') })
    const added = await addPasskey.run(me, { ...key, name: read.data.name }).catch((error: unknown) => {
      if (error instanceof Conflict) return null
      throw error
    })
    if (!added) return again({ '': t('access.keys.known') }, 409)
    if (me.drafts.includes(c.req.path)) await dropDraft(me, c.req.path)
    if (helperOwes(me)) {
      // It has just been used before our eyes: from here on she is in by it, and not by the password.
      await letIn(c, me, { method: 'passkey', key: added.id, again: true })
      return follow(c, { to: onTo(morePlace, safePath(c.req.query('to'))), said: 'access.keys.added' })
    }
    return follow(c, { to: me.owes ? firstPlace : '/account', said: 'access.keys.added' })
  },
})

function showNew(c: Context<Env>, more: More) {
  const me = signedIn(c)
  const [href, place] = me.owes
    ? ([firstPlace, helperOwes(me) ? 'access.keys.add' : 'access.keys.firstTitle'] as const)
    : (['/account', 'access.account.title'] as const)
  const device = deviceOf(c.req.header('user-agent'))
  const body = (page: PageContext<null>) => (
    <div class="tv-narrow">
      <BackLink href={href}>{page.t(place)}</BackLink>
      <h1>{page.t('access.keys.add')}</h1>
      <p class="tv-lead">{page.t('access.keys.what')}</p>
      <Errors page={page} />
      <KeyForm
        page={page}
        kind="create"
        options="/account/passkeys/options"
        to={onTo('/account/passkeys/new', safePath(c.req.query('to')))}
        go={page.t('access.keys.make')}
        without={page.t('access.keys.withoutNew')}
      >
        <Field page={page} of={PasskeyName} name="name" value={device} />
      </KeyForm>
    </div>
  )
  return show(c, { title: 'access.account.title', body, scripts: keyScripts }, null, me, more)
}
