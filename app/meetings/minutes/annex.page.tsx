// Where does the lead say from which day the mark of an annex of the minutes is counted?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { MeetingFormFrame, meetingHref } from '../parts.tsx'
import { MarkAnnex } from './annex.ts'
import { markAnnex, openMarkAnnex } from './mark-annex.server.ts'

export const markAnnexPage = form(
  openMarkAnnex,
  markAnnex,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const { mark, line, head } = data
      const from = mark.ground === 'private_life' ? null : mark.from
      return (
        <MeetingFormFrame t={t} head={head} title={t('meetings.annex.title', { number: line.number })}>
          <p class="tv-lead">{t('meetings.annex.lead', { until: formatDate(mark.until) })}</p>
          <Form page={page}>
            <KeptNow page={page} of={MarkAnnex} version={mark.id} kept={{ ground: mark.ground, from }} />
            <Field page={page} of={MarkAnnex} name="ground" value={mark.ground} />
            <Field page={page} of={MarkAnnex} name="from" value={from} />
            <Button>{t('meetings.annex.save')}</Button>
          </Form>
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: meetingHref(id ?? '', 'minutes'), said: 'meetings.annex.saved' }),
)
