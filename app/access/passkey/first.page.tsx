// How does an administrator come to two keys before anything else can be done?
import { get, type Page, type PageContext, signedIn } from '../../core/page.tsx'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { firstPlace, keysOfAdmin } from './passkey.ts'
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
  get: async (c) => (signedIn(c).owes ? (first.get?.(c) as Promise<Response>) : c.redirect('/', 303)),
}

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
