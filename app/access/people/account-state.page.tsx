// How is a role ended, an account closed, and one that was closed opened again?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { EnablePerson } from './account-holder.ts'
import { disablePerson, enablePerson, endRole, openPerson } from './people.server.ts'

type Opened = PageContext<Awaited<ReturnType<typeof openPerson.run>>>

export const enablePage = fresh(
  form(
    openPerson,
    enablePerson,
    {
      title: 'access.people.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href={`/people/${page.data.holder.id}`}>{page.data.holder.name}</BackLink>
          <h1>{page.t('access.people.enableTitle', { name: page.data.holder.name })}</h1>
          <p>{page.t('access.people.enableText')}</p>
          <Form page={page}>
            <Field page={page} of={EnablePerson} name="way" />
            <Field page={page} of={EnablePerson} name="reason" rows={2} />
            <Button>{page.t('access.people.enable')}</Button>
          </Form>
        </div>
      ),
    },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.enabled' }),
  ),
)

export const disablePage = fresh(
  form(
    openPerson,
    disablePerson,
    { title: 'access.people.title', body: (page) => <Sure page={page} words="disable" /> },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.disabledNow' }),
  ),
)

export const endRolePage = fresh(
  form(
    openPerson,
    endRole,
    { title: 'access.people.title', body: (page) => <Sure page={page} words="end" /> },
    (_done, { id }) => ({ to: `/people/${id}`, said: 'access.people.ended' }),
  ),
)

/** What will happen, and whether it can be taken back; nothing happens before the button. */
function Sure({ page, words }: { page: Opened; words: 'disable' | 'end' }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/people/${data.holder.id}`}>{data.holder.name}</BackLink>
      <h1>{t(`access.people.${words}Title`, { name: data.holder.name })}</h1>
      <p>{t(`access.people.${words}Text`)}</p>
      <Form page={page}>
        <Button kind="danger">{t(`access.people.${words}`)}</Button>
      </Form>
    </div>
  )
}
