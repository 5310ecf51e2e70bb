// Which possible links has the coordinator asked about, and which have turned up in supports that run?
import { LinkTag } from '../../cases/links/glance.tsx'
import { action, get } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { askLink, type LinksListed, listLinks } from './links.server.ts'
import { linkText } from './panel.tsx'

export const askLinkAction = action(askLink, ({ need, volunteer }) => ({
  to: `/matching/${need}/why/${volunteer}`,
  said: 'matching.link.asked',
}))

/** The number leads to where something can be done: the support that runs or was asked, or the reasons beside that volunteer. */
function Need({ line }: { line: LinksListed['lines'][number] }) {
  const { assignment, open, need, volunteerId, number } = line
  if (assignment) return <a href={`/assignments/${assignment}`}>{number}</a>
  return open ? <a href={`/matching/${need}/why/${volunteerId}`}>{number}</a> : <span>{number}</span>
}

export const matchLinksPage = get(listLinks, {
  title: 'matching.title',
  body: ({ t, data }) => (
    <>
      <BackLink href="/matching">{t('matching.title')}</BackLink>
      <h1>{t('matching.link.listTitle')}</h1>
      <p class="tv-lead">{t('matching.link.listLead')}</p>
      <Table
        caption={t('matching.link.listTitle')}
        captionLook="hidden"
        rows={data.lines}
        empty={<p>{t('matching.link.listNone')}</p>}
        columns={[
          { name: t('matching.column.need'), head: true, nowrap: true, cell: (line) => <Need line={line} /> },
          {
            name: t('matching.column.volunteer'),
            cell: (line) => (
              <>
                <a href={`/volunteers/${line.volunteerId}`}>{line.code}</a> {line.name}
              </>
            ),
          },
          { name: t('matching.link.title'), cell: (line) => linkText(t, line) },
          { name: t('cases.link.stateName'), cell: (line) => <LinkTag t={t} state={line.state} /> },
          {
            name: t('matching.link.since'),
            nowrap: true,
            cell: (line) => formatDate(isoDate(line.askedAt ?? line.foundAt)),
          },
          {
            name: t('matching.link.support'),
            cell: (line) => t(line.running ? 'matching.link.running' : 'matching.link.notRunning'),
          },
        ]}
      />
    </>
  ),
})
