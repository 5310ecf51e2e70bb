// How does a person name and remove a passkey?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { fresh } from '../fresh.ts'
import { RenamePasskey } from './passkey.ts'
import { openPasskey, removePasskey, renamePasskey } from './passkeys.server.ts'

export const renamePasskeyPage = fresh(
  form(
    openPasskey,
    renamePasskey,
    {
      title: 'access.account.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href="/account">{page.t('access.account.title')}</BackLink>
          <h1>{page.t('access.keys.renameTitle')}</h1>
          <Form page={page}>
            <Field page={page} of={RenamePasskey} name="name" value={page.data.key.name} />
            <Button>{page.t('access.account.save')}</Button>
          </Form>
        </div>
      ),
    },
    () => ({ to: '/account', said: 'access.keys.renamed' }),
  ),
)

/** What will happen; nothing happens before the button. */
export const removePasskeyPage = fresh(
  form(
    openPasskey,
    removePasskey,
    {
      title: 'access.account.title',
      body: (page) => {
        const { t, data } = page
        return (
          <div class="tv-narrow">
            <BackLink href="/account">{t('access.account.title')}</BackLink>
            <h1>{t('access.keys.removeTitle', { name: data.key.name })}</h1>
            <p>{t('access.keys.removeText')}</p>
            {data.mine ? (
              <Callout kind="attention">
                <p>{t('access.keys.removeMine')}</p>
              </Callout>
            ) : null}
            <Form page={page}>
              <Button kind="danger">{t('access.keys.remove')}</Button>
            </Form>
          </div>
        )
      },
    },
    () => ({ to: '/account', said: 'access.keys.removed' }),
  ),
)
