// On which form is a talk with somebody who leaves written down?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { HoldExit } from './exit.ts'
import { holdExit, openExit } from './exits.server.ts'

type Opened = Awaited<ReturnType<typeof openExit.run>>

export const exitTalkPage = form(
  openExit,
  holdExit,
  { title: 'papers.tab', body: (page) => <Exit page={page} /> },
  ({ id }) => ({ to: `/volunteers/${id}/papers`, said: 'papers.exit.done' }),
)

function Exit({ page }: { page: PageContext<Opened> }) {
  const { t, data, path } = page
  const field = { page, of: HoldExit }
  return (
    <div class="tv-narrow">
      <BackLink href={`/volunteers/${data.id}/papers`}>{t('papers.ofVolunteer', { name: data.name })}</BackLink>
      <h1>{t('papers.exit.title')}</h1>
      <p class="tv-lead">{t('papers.exit.lead')}</p>
      <Form page={page} draft={path}>
        <Field {...field} name="heldOn" value={data.today} />
        <Field {...field} name="good" rows={4} />
        <Field {...field} name="hard" rows={4} />
        <Field {...field} name="better" rows={4} />
        <Field {...field} name="back" />
        <Button>{t('papers.exit.save')}</Button>
      </Form>
    </div>
  )
}
