// How is it asked who else is in danger?
import { Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { addAdult, openAddAdult } from './adults.server.ts'
import { AdultFields } from './fields.tsx'

export const addAdultPage = form(
  openAddAdult,
  addAdult,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} title="cases.adult.add">
        <p class="tv-lead">{page.t('cases.adult.lead')}</p>
        <Form page={page} draft={page.path}>
          <AdultFields page={page} />
          <Button>{page.t('cases.adult.save')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.adult.saved' }),
)
