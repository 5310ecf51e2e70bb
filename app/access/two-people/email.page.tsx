// How does one ask that somebody's letters go to another address – and say of one's own that it stays?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { fresh } from '../fresh.ts'
import { Waiting } from './change-notice.tsx'
import { AskEmail } from './confirmation.ts'
import { askEmail, keepOwnEmail, openEmail, openOwnEmail } from './emails.server.ts'

export const emailPage = fresh(
  form(
    openEmail,
    askEmail,
    {
      title: 'access.email.title',
      body: (page) => (
        <div class="tv-narrow">
          <h1>{page.t('access.email.for', { name: page.data.name })}</h1>
          <p class="tv-lead">{page.t('access.email.lead')}</p>
          <p>{page.t('access.email.what')}</p>
          <Summary rows={[{ name: page.t('access.email.now'), value: page.data.email }]} />
          <Form page={page}>
            <Field page={page} of={AskEmail} name="email" autocomplete="off" />
            <Field page={page} of={AskEmail} name="way" />
            <Field page={page} of={AskEmail} name="reason" rows={3} />
            <Button>{page.t('access.recover.begin')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/confirmations/${id}`, said: 'access.recover.begun' }),
  ),
)

export const ownEmailPage = get(openOwnEmail, {
  title: 'access.email.title',
  body: (page) => (
    <div class="tv-narrow">
      <BackLink href="/account">{page.t('access.account.title')}</BackLink>
      {page.data.waiting ? (
        <Waiting page={page} now={page.data.waiting.email ?? '–'} waiting={page.data.waiting} />
      ) : (
        <None page={page} />
      )}
    </div>
  ),
})

function None({ page: { t } }: { page: PageContext<unknown> }) {
  return (
    <>
      <h1>{t('access.email.title')}</h1>
      <p>{t('access.email.none')}</p>
    </>
  )
}

/** The proof comes before the button counts, and one presses it again where it stands. */
export const keepEmailAction = fresh(
  action(keepOwnEmail, () => ({ to: '/account', said: 'access.email.kept' })),
  { back: () => '/account/email' },
)
