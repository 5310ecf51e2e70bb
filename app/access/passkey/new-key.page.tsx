// How does a person add a passkey?
import type { Context } from 'hono'
import { dropDraft, findDraft } from '../../core/drafts.server.ts'
import { Conflict } from '../../core/errors.ts'
import { invalid } from '../../core/form/fields.ts'
import { Errors, Field } from '../../core/form/form.tsx'
import { type Env, follow, type Page, type PageContext, show, signedIn } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { deviceOf } from '../access.ts'
import { fresh, mustBeFresh } from '../fresh.ts'
import { creationOptions, newKey } from './ceremony.server.ts'
import { KeyForm, keyScripts } from './key-form.tsx'
import { firstPlace, PasskeyName } from './passkey.ts'
import { addPasskey, listPasskeys } from './passkeys.server.ts'

type More = Parameters<typeof show>[4]

/** The question for a new key. */
export const newKeyOptionsPage: Page = {
  operations: [listPasskeys] as unknown as Page['operations'],
  post: async (c) => {
    const me = signedIn(c)
    mustBeFresh(me)
    const { email } = await listPasskeys.run(me, {})
    return c.json(await creationOptions(c, me, email))
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
    const key = await newKey(c, me, values.credential)
    if (!key) return again({ '': t('access.keys.notAdded') })
    try {
      await addPasskey.run(me, { ...key, name: read.data.name })
    } catch (error) {
      if (error instanceof Conflict) return again({ '': t('access.keys.known') }, 409)
      throw error
    }
    if (me.drafts.includes(c.req.path)) await dropDraft(me, c.req.path)
    return follow(c, { to: me.owes ? firstPlace : '/account', said: 'access.keys.added' })
  },
})

function showNew(c: Context<Env>, more: More) {
  const me = signedIn(c)
  const [href, place] = me.owes
    ? ([firstPlace, 'access.keys.firstTitle'] as const)
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
        to="/account/passkeys/new"
        go={page.t('access.keys.make')}
        without={page.t('access.keys.withoutNew')}
      >
        <Field page={page} of={PasskeyName} name="name" value={device} />
      </KeyForm>
    </div>
  )
  return show(c, { title: 'access.account.title', body, scripts: keyScripts }, null, me, more)
}
