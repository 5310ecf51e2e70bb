// How is it written down that something has happened, so that the risk is looked at again?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { RecordIncident } from './incident.ts'
import { openIncident, recordIncident } from './incidents.server.ts'

export const incidentPage = form(
  openIncident,
  recordIncident,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="risk" title="cases.incident.title">
          <p class="tv-lead">{t('cases.incident.lead', { date: formatDate(data.dueOn) })}</p>
          <Callout kind="attention" title={t('cases.incident.danger')}>
            <p>{t('cases.incident.dangerText')}</p>
          </Callout>
          <Form page={page} draft={page.path}>
            <Field page={page} of={RecordIncident} name="kind" />
            <Field page={page} of={RecordIncident} name="on" value={data.head.today} />
            <Field page={page} of={RecordIncident} name="police" inline />
            <Field page={page} of={RecordIncident} name="words" rows={4} />
            <Button>{t('cases.incident.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}/risk`, said: 'cases.incident.saved' }),
)
