// How is it said that a volunteer knows nobody there any more?
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { openTie, WithdrawTie, withdrawTie } from './ties.server.ts'

export const withdrawTiePage = form(
  openTie,
  withdrawTie,
  {
    title: 'volunteers.tab',
    body: (page) => {
      const { t, data, me } = page
      const keeps = me.roles.includes('coordinator')
      return (
        <div class="tv-narrow">
          <BackLink href={keeps ? `/volunteers/${data.volunteerId}` : '/my-profile'}>{t('ui.back')}</BackLink>
          <h1>{t('volunteers.tie.withdrawTitle', { place: data.municipality })}</h1>
          <p class="tv-lead">{t('volunteers.tie.withdrawLead')}</p>
          <p>{data.reason}</p>
          <Form page={page}>
            <Field page={page} of={WithdrawTie} name="why" />
            <Button>{t('volunteers.tie.withdraw')}</Button>
          </Form>
        </div>
      )
    },
  },
  ({ volunteerId, keeps }) => ({
    to: keeps ? `/volunteers/${volunteerId}` : '/my-profile',
    said: 'volunteers.tie.withdrawn',
  }),
)
