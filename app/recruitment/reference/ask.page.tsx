// Where does the coordinator ask a referee, send the link again, or take it back?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { AskReference } from './reference.ts'
import { askReference, openAskReference, revokeReference, sendAgain } from './references.server.ts'

type Opened = Awaited<ReturnType<typeof openAskReference.run>>

export const askReferencePage = form(
  openAskReference,
  askReference,
  { title: 'recruitment.tab', body: (page) => <Ask page={page} /> },
  ({ id }) => ({ to: `/recruitment/${id}`, said: 'recruitment.reference.asked' }),
)

export const sendAgainAction = action(sendAgain, ({ id }) => ({
  to: `/recruitment/${id}`,
  said: 'recruitment.reference.asked',
}))

export const revokeReferenceAction = action(revokeReference, ({ id }) => ({
  to: `/recruitment/${id}`,
  said: 'recruitment.reference.revoked',
}))

function Ask({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/recruitment/${data.id}`}>{data.name}</BackLink>
      <h1>{t('recruitment.reference.action')}</h1>
      <p class="tv-lead">{t('recruitment.reference.askLead', { days: data.days })}</p>
      <Form page={page}>
        <Field page={page} of={AskReference} name="name" />
        <Field page={page} of={AskReference} name="email" />
        <Field page={page} of={AskReference} name="locale" value="et" inline />
        <Field page={page} of={AskReference} name="agreed" />
        <Button>{t('recruitment.reference.ask')}</Button>
      </Form>
    </div>
  )
}
