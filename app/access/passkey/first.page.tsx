// How does an administrator come to two keys before anything else can be done, and somebody who only helps to her first and to another beside it?
import { get, type Page, type PageContext, show, signedIn } from '../../core/page.tsx'
import { ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { deviceOf, safePath } from '../access.ts'
import { isOffered } from '../oidc/provider.server.ts'
import { KeyForm, keyScripts } from './key-form.tsx'
import { firstPlace, helperOwes, keysOfAdmin, onTo } from './passkey.ts'
import { listPasskeys } from './passkeys.server.ts'

type Shown = PageContext<Awaited<ReturnType<(typeof listPasskeys)['run']>>>

const steps = ['one', 'show', 'two'] as const
const places = {
  one: '/account/passkeys/new',
  show: `/account/prove?to=${encodeURIComponent(firstPlace)}`,
  two: '/account/passkeys/new',
} as const

const first = get(listPasskeys, { title: 'access.account.title', body: (page) => <First page={page} /> })

/** A dead end for nobody: whoever owes nothing goes home from here. */
export const firstKeysPage: Page = {
  operations: first.operations,
  get: async (c) => {
    const me = signedIn(c)
    const to = safePath(c.req.query('to'))
    if (!me.owes) return c.redirect(to, 303)
    if (!helperOwes(me)) return first.get?.(c) as Promise<Response>
    const device = deviceOf(c.req.header('user-agent'))
    const body = (page: PageContext<null>) =>
      me.owes === 'prove' ? <ShowOwn page={page} to={to} /> : <FirstOwn page={page} to={to} device={device} />
    return show(c, { title: 'access.account.title', body, scripts: keyScripts }, null, me)
  },
}

type Own = { page: PageContext<null>; to: string }

/** She has a key or her card, and came in by the old password. */
const ShowOwn = ({ page: { t }, to }: Own) => (
  <div class="tv-narrow">
    <h1>{t('access.proof.title')}</h1>
    <p class="tv-lead">{t('access.firstWay.showText')}</p>
    <ButtonLink href={onTo('/account/prove', to)}>{t('access.proof.go')}</ButtonLink>
    <p>{t('access.firstWay.help')}</p>
  </div>
)

function FirstOwn({ page, to, device }: Own & { device: string }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <h1>{t('access.keys.add')}</h1>
      <p class="tv-lead">{t('access.firstWay.instead')}</p>
      <KeyForm
        page={page}
        kind="create"
        options="/account/passkeys/options"
        to={onTo('/account/passkeys/new', to)}
        go={t('access.keys.make')}
        without={t(isOffered() ? 'access.firstWay.withoutBelow' : 'access.firstWay.withoutOwn')}
      >
        <input type="hidden" name="name" value={device || t('access.firstWay.key')} />
      </KeyForm>
      {isOffered() ? (
        <>
          <h2>{t('access.oidc.title')}</h2>
          <p>{t('access.oidc.text')}</p>
          <ButtonLink href={onTo('/account/identity/go', to)} kind="secondary">
            {t('access.oidc.go')}
          </ButtonLink>
        </>
      ) : null}
      <p>{t('access.firstWay.help')}</p>
    </div>
  )
}

/** After the first way in: whoever has only one has none on the day on which the phone is lost. */
export const moreWaysPage: Page = {
  operations: [listPasskeys] as unknown as Page['operations'],
  get: async (c) => {
    const me = signedIn(c)
    const { keys } = await listPasskeys.run(me, {})
    const to = safePath(c.req.query('to'))
    return show(
      c,
      { title: 'access.account.title', body: (page) => <More page={page} to={to} keys={keys.length} /> },
      null,
      me,
    )
  },
}

const More = ({ page: { t }, to, keys }: Own & { keys: number }) => (
  <div class="tv-narrow">
    <h1>{t('access.firstWay.more')}</h1>
    <p class="tv-lead">{t('access.firstWay.moreText')}</p>
    <ButtonGroup>
      <ButtonLink href="/account/passkeys/new">
        {t(keys > 0 ? 'access.firstWay.moreKey' : 'access.keys.add')}
      </ButtonLink>
      {isOffered() && keys > 0 ? (
        <ButtonLink href="/account/identity" kind="secondary">
          {t('access.identity.link')}
        </ButtonLink>
      ) : null}
      <a href={to}>{t('access.firstWay.later')}</a>
    </ButtonGroup>
  </div>
)

function First({ page: { t, data, me } }: { page: Shown }) {
  const enough = data.keys.length >= keysOfAdmin
  const now = me.owes === 'prove' ? 'show' : data.keys.length === 0 ? 'one' : 'two'
  return (
    <div class="tv-narrow">
      <h1>{t('access.keys.firstTitle')}</h1>
      <p class="tv-lead">{t(enough ? 'access.keys.firstShow' : 'access.keys.firstWhy')}</p>
      {enough ? null : (
        <ol>
          {steps.map((step) => (
            <li>
              {t(`access.keys.first.${step}`)}{' '}
              {steps.indexOf(step) < steps.indexOf(now) ? <Tag kind="ok">{t('access.keys.first.done')}</Tag> : null}
            </li>
          ))}
        </ol>
      )}
      <ButtonLink href={places[now]}>{t(`access.keys.first.${now}`)}</ButtonLink>
      <p>{t('access.keys.firstHelp')}</p>
    </div>
  )
}
