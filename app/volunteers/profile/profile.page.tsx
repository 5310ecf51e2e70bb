// Which pages show a volunteer: to those who keep them, and to the volunteer?
import { get } from '../../core/page.tsx'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { openOwnProfile, openVolunteer } from './profile.server.ts'
import { VolunteerProfile } from './profile.tsx'

export const volunteerPage = get(openVolunteer, {
  title: 'volunteers.tab',
  body: (page) => (
    <>
      <BackLink href="/volunteers">{page.t('volunteers.list.title')}</BackLink>
      <VolunteerProfile page={page} />
    </>
  ),
})

export const ownProfilePage = get(openOwnProfile, {
  title: 'volunteers.own.tab',
  body: (page) => (
    <>
      <VolunteerProfile page={page} own />
      <p>{page.t('volunteers.own.lead')}</p>
      <ButtonLink kind="secondary" href="/my-away">
        {page.t('support.away.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-limits">
        {page.t('volunteers.limits.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-devices">
        {page.t('field.devices.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-circle">
        {page.t('volunteers.circle.title')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-profile/tie">
        {page.t('volunteers.tie.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-messages">
        {page.t('volunteers.message.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-expenses">
        {page.t('papers.expense.own')}
      </ButtonLink>{' '}
      <ButtonLink kind="secondary" href="/my-papers">
        {page.t('volunteers.own.papers')}
      </ButtonLink>
    </>
  ),
})
