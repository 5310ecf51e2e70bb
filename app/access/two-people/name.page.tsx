// How does one ask that somebody is called otherwise – of another, and of oneself?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { Waiting } from './change-notice.tsx'
import { AskName, AskOwnName, type Confirmation } from './confirmation.ts'
import { askName, askOwnName, keepOwnName, openName, openOwnName } from './names.server.ts'

export const namePage = fresh(
  form(
    openName,
    askName,
    {
      title: 'access.name.title',
      body: (page) => (
        <div class="tv-narrow">
          <h1>{page.t('access.name.for', { name: page.data.name })}</h1>
          <p class="tv-lead">{page.t('access.name.lead')}</p>
          <p>{page.t('access.name.what')}</p>
          <Form page={page}>
            <Field page={page} of={AskName} name="name" value={page.data.name} autocomplete="off" />
            <Field page={page} of={AskName} name="way" />
            <Field page={page} of={AskName} name="reason" rows={3} />
            <Button>{page.t('access.recover.begin')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/confirmations/${id}`, said: 'access.recover.begun' }),
  ),
)

type Own = PageContext<{ waiting: Confirmation | null }>

export const ownNamePage = fresh(
  form(
    openOwnName,
    askOwnName,
    {
      title: 'access.name.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/account">{page.t('access.account.title')}</BackLink>
          {page.data.waiting ? (
            <Waiting page={page} now={page.me.name} waiting={page.data.waiting} />
          ) : (
            <Ask page={page} />
          )}
        </div>
      ),
    },
    () => ({ to: '/account', said: 'access.name.asked' }),
  ),
)

function Ask({ page }: { page: Own }) {
  const { t, me } = page
  return (
    <>
      <h1>{t('access.name.own')}</h1>
      <p class="tv-lead">{t('access.name.lead')}</p>
      <p>{t('access.name.ownWhat')}</p>
      <Form page={page}>
        <Field page={page} of={AskOwnName} name="name" value={me.name} autocomplete="name" />
        <Field page={page} of={AskOwnName} name="reason" rows={3} />
        <Button>{t('access.recover.begin')}</Button>
      </Form>
    </>
  )
}

/** The proof comes before the button counts, and one presses it again where it stands. */
export const keepNameAction = fresh(
  action(keepOwnName, () => ({ to: '/account', said: 'access.name.kept' })),
  { back: () => '/account/name' },
)
