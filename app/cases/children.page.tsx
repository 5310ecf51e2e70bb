// How is it recorded that child protection has been told?
import { Field, Form } from '../core/form/form.tsx'
import { action, form } from '../core/page.tsx'
import { Button } from '../ui/buttons.tsx'
import { CaseFormFrame } from './frame.tsx'
import { ChildrenTold, finishTask, openChildren, tellChildProtection } from './tasks.server.ts'

export const childrenPage = form(
  openChildren,
  tellChildProtection,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.children.title">
          <p class="tv-lead">{t('cases.children.lead')}</p>
          <Form page={page}>
            <Field page={page} of={ChildrenTold} name="on" value={data.head.today} />
            <Field page={page} of={ChildrenTold} name="whom" />
            <Button>{t('cases.children.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}`, said: 'cases.children.saved' }),
)

export const finishTaskAction = action(finishTask, (_result, params) => ({
  to: `/cases/${params.id}`,
  said: 'cases.task.finished',
}))
