// Which pages show a volunteer: to those who keep them, and to the volunteer?
import { get } from '../../core/page.tsx'
import { BackLink } from '../../ui/buttons.tsx'
import { OwnWays } from './own-ways.tsx'
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
  body: (page) => <VolunteerProfile page={page} own={<OwnWays t={page.t} />} />,
})
