// How is another child, or another who used violence, written down?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { PerpetratorFields } from '../referral/perpetrator-fields.tsx'
import { addChild, addPerpetrator, openAnother } from './another.server.ts'
import { AddChild } from './another.ts'

export const addPerpetratorPage = form(
  openAnother,
  addPerpetrator,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} title="cases.perpetrator.add">
        <p class="tv-lead">{page.t('cases.perpetrator.lead')}</p>
        <Form page={page} draft={page.path}>
          <PerpetratorFields page={page} />
          <Button>{page.t('cases.adult.save')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.perpetrator.saved' }),
)

export const addChildPage = form(
  openAnother,
  addChild,
  {
    title: 'cases.title.case',
    body: (page) => (
      <CaseFormFrame t={page.t} head={page.data.head} title="cases.child.add">
        <p class="tv-lead">{page.t('cases.child.lead')}</p>
        <Form page={page}>
          <Field page={page} of={AddChild} name="birthYear" />
          <Button>{page.t('cases.adult.save')}</Button>
        </Form>
      </CaseFormFrame>
    ),
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.child.saved' }),
)
