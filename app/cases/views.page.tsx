// Who has seen or changed this case, and when?
import { Events } from '../audit/events.tsx'
import { get } from '../core/page.tsx'
import { CaseFrame } from './frame.tsx'
import { openViews } from './views.server.ts'

export const viewsPage = get(openViews, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFrame page={page} head={data.head} tab="views">
        <p class="tv-lead">{t('cases.views.lead')}</p>
        <Events t={t} events={data.events} caption={t('cases.tab.views')} />
      </CaseFrame>
    )
  },
})
