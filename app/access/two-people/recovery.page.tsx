// How does one help somebody back in who lost the keys – and say that it was not oneself who asked?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { Begin } from './confirmation.ts'
import { beginRecovery, openRecovery, stopRecovery } from './recovery.server.ts'

export const recoverPage = fresh(
  form(
    openRecovery,
    beginRecovery,
    {
      title: 'access.recover.title',
      body: (page) => (
        <div class="tv-narrow">
          <h1>{page.t('access.recover.for', { name: page.data.name })}</h1>
          <p class="tv-lead">{page.t('access.recover.lead')}</p>
          <p>{page.t('access.recover.what')}</p>
          <Form page={page}>
            <Field page={page} of={Begin} name="way" />
            <Field page={page} of={Begin} name="reason" rows={3} />
            <Button>{page.t('access.recover.begin')}</Button>
          </Form>
        </div>
      ),
    },
    ({ id }) => ({ to: `/confirmations/${id}`, said: 'access.recover.begun' }),
  ),
)

export const stopRecoveryPage = fresh(
  action(stopRecovery, () => ({ to: '/account', said: 'access.recover.stopped' })),
  { back: () => '/account' },
)
