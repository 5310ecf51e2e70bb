// How does whoever brought a case add what they have learned since?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout, Phones } from '../../ui/panel.tsx'
import { addToReferral, openAddToReferral } from './bring.server.ts'
import { AddToReferral } from './referred.ts'

export const addToReferralPage = form(
  openAddToReferral,
  addToReferral,
  {
    title: 'cases.title.referral',
    body: (page) => {
      const { t, data } = page
      const on = formatDate(isoDate(data.sent.sentAt))
      return (
        <div class="tv-narrow">
          <BackLink href="/">{t('home.tab')}</BackLink>
          <h1>{t('cases.referred.add')}</h1>
          <p class="tv-lead">{t('cases.referred.addLead', { date: on, network: data.sent.network })}</p>
          <Callout kind="attention">
            <p>
              <Phones text={t('cases.referred.danger')} />
            </p>
          </Callout>
          <Form page={page} draft={page.path}>
            <Field page={page} of={AddToReferral} name="words" rows={6} />
            <Button>{t('cases.referred.addSend')}</Button>
          </Form>
        </div>
      )
    },
  },
  () => ({ to: '/', said: 'cases.referred.addDone' }),
)
