// How does a person link her account with her identity card, and what can the administrator do about those of others?
import { Field, Form, type FormPage, Tokens } from '../../core/form/form.tsx'
import { action, follow, form, get, type Page, type PageContext, show, signedIn } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { safePath } from '../access.ts'
import { fresh } from '../fresh.ts'
import { helperOwes, morePlace, onTo } from '../passkey/passkey.ts'
import { SetCode } from '../people/account-holder.ts'
import { setCode } from '../people/codes.server.ts'
import { letIn } from '../sign-in/step.server.ts'
import { dropFound, type Found, foundBy } from './found.server.ts'
import { linkIdentity, openIdentity, openPersonIdentity, unlinkIdentity, unlinkPerson } from './identities.server.ts'
import type { Linked } from './identity.ts'
import { isOffered } from './provider.server.ts'

const title = 'access.account.title' as const

const since = (t: T, linked: NonNullable<Linked>) => t('access.identity.since', { date: formatDate(linked.linkedAt) })

export const identityPage = fresh(
  get(openIdentity, {
    title,
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/account">{page.t(title)}</BackLink>
        <h1>{page.t('access.oidc.title')}</h1>
        {page.data.linked?.againAt ? (
          <Callout kind="attention">{<p>{page.t('access.identity.againWhy')}</p>}</Callout>
        ) : null}
        {page.data.linked && !page.data.linked.againAt ? (
          <Own page={page} linked={page.data.linked} />
        ) : (
          <NotYet page={page} />
        )}
      </div>
    ),
  }),
)

function NotYet({ page: { t } }: { page: FormPage }) {
  if (!isOffered()) return <p>{t('access.identity.notOffered')}</p>
  return (
    <>
      <p class="tv-lead">{t('access.identity.why')}</p>
      <p>{t('access.identity.how')}</p>
      <ButtonLink href="/account/identity/go">{t('access.identity.link')}</ButtonLink>
    </>
  )
}

function Own({ page, linked }: { page: PageContext<unknown>; linked: NonNullable<Linked> }) {
  const { t } = page
  return (
    <>
      <p class="tv-lead">{since(t, linked)}</p>
      <p>{t('access.identity.unlinkOwn')}</p>
      <Form page={page} to="/account/identity/unlink">
        <Button kind="danger">{t('access.identity.unlink')}</Button>
      </Form>
    </>
  )
}

export const unlinkIdentityPage = fresh(
  action(unlinkIdentity, () => ({ to: '/account', said: 'access.identity.unlinked' })),
)

/** After the trip: this is who was recognised; nothing is linked before the button. */
export const confirmIdentityPage: Page = fresh({
  operations: [linkIdentity] as unknown as Page['operations'],
  get: async (c) => {
    const me = signedIn(c)
    const found = foundBy(c, me)
    if (!found) return c.redirect('/account/identity', 303)
    return show(c, { title, body: (page) => <Confirm page={page} found={found} /> }, null, me)
  },
  post: async (c) => {
    const me = signedIn(c)
    const found = foundBy(c, me)
    if (!found) return c.redirect('/account/identity', 303)
    dropFound(c)
    await linkIdentity.run(me, { code: found.code })
    if (helperOwes(me)) {
      // She has just shown it: from here on she is in by her card, and not by the password.
      await letIn(c, me, { method: 'oidc', again: true })
      return follow(c, { to: onTo(morePlace, safePath(found.to)), said: 'access.identity.linked' })
    }
    return follow(c, { to: '/account', said: 'access.identity.linked' })
  },
})

function Confirm({ page, found }: { page: PageContext<null>; found: Found }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/account/identity">{t('access.oidc.title')}</BackLink>
      <h1>{t('access.identity.confirm')}</h1>
      <p class="tv-lead">{t('access.identity.found', { name: found.name || t('access.identity.nameless') })}</p>
      <p>{t('access.identity.confirmText')}</p>
      <Form page={page}>
        <Button>{t('access.identity.confirmGo')}</Button>
      </Form>
      <p>
        <a href="/account">{t('access.identity.notMe')}</a>
      </p>
    </div>
  )
}

export const personIdentityPage = fresh(
  form(
    openPersonIdentity,
    setCode,
    {
      title: 'access.people.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href={`/people/${page.data.id}`}>{page.data.name}</BackLink>
          <h1>{page.t('access.identity.ofPerson')}</h1>
          {page.data.linked ? <Theirs page={page} linked={page.data.linked} /> : <Code page={page} />}
        </div>
      ),
    },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.identity.codeSaved' }),
  ),
)

/** The code is for the walls alone; that one's card is linked by oneself stands beside it. */
function Code({ page }: { page: PageContext<unknown> }) {
  const { t } = page
  return (
    <>
      <p class="tv-lead">{t('access.identity.codeWhy')}</p>
      <Form page={page}>
        <Field page={page} of={SetCode} name="personalCode" width={20} />
        <Button>{t('access.identity.codeSave')}</Button>
      </Form>
      <p>{t('access.identity.ownOnly')}</p>
    </>
  )
}

function Theirs({ page, linked }: { page: PageContext<{ id: string }>; linked: NonNullable<Linked> }) {
  const { t } = page
  return (
    <>
      <p class="tv-lead">{linked.againAt ? t('access.identity.againOther') : since(t, linked)}</p>
      {linked.againAt ? null : <p>{t('access.identity.unlinkOther')}</p>}
      <form method="post" action={`/people/${page.data.id}/identity/unlink`}>
        <Tokens page={page} />
        <Button kind="danger">{t('access.identity.unlink')}</Button>
      </form>
    </>
  )
}

export const unlinkPersonPage = fresh(
  action(unlinkPerson, (_done, { id }) => ({ to: `/people/${id}`, said: 'access.identity.unlinked' })),
)
