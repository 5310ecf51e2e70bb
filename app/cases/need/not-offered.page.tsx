// How is it said why nobody was offered to her?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { NotOffered } from './need.ts'
import { explainNotOffered, openNotOffered, versionOf } from './not-offered.server.ts'

export const notOfferedPage = form(
  openNotOffered,
  explainNotOffered,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} tab="support" title="cases.need.notOffered">
        <p class="tv-lead">{page.t('cases.need.notOfferedLead')}</p>
        <Form page={page} draft={page.path}>
          <KeptNow
            page={page}
            of={NotOffered}
            version={versionOf(page.data.before)}
            kept={{ why: page.data.before?.why }}
          />
          <Field page={page} of={NotOffered} name="why" rows={3} value={page.data.before?.why} />
          <Button>{page.t('cases.need.save')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_said, { id }) => ({ to: `/cases/${id}/support`, said: 'cases.need.notOfferedSaved' }),
)
