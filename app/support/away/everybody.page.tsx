// Who is away when, and in whose supports does somebody else keep in touch meanwhile?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { shortName } from '../../partners/county.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type AwayLine, listAways } from './away.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof listAways)['run']>>>

export const awaysPage = get(listAways, {
  title: 'volunteers.tab',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <BackLink href="/volunteers">{t('volunteers.list.title')}</BackLink>
        <h1>{t('support.away.all')}</h1>
        <p class="tv-lead">{t('support.away.allLead')}</p>
        <Table
          caption={t('support.away.all')}
          captionLook="hidden"
          columns={columns(page)}
          rows={data.aways}
          empty={<p>{t('support.away.nobody')}</p>}
        />
      </>
    )
  },
})

function columns({ t, data }: Page): Column<AwayLine>[] {
  return [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ volunteerId, name, code }) => (
        <>
          <a href={`/volunteers/${volunteerId}/away`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>
        </>
      ),
    },
    { name: t('volunteers.field.county'), cell: ({ county }) => shortName(county) },
    {
      name: t('support.away.tab'),
      cell: ({ fromOn, toOn }) => (
        <>
          {t('support.away.days', { from: formatDate(fromOn), to: formatDate(toOn) })}{' '}
          {fromOn <= data.today ? <Tag kind="wait">{t('support.away.now')}</Tag> : null}
        </>
      ),
    },
    { name: t('support.away.supports'), number: true, cell: ({ supports }) => supports },
    {
      name: t('support.away.keeps'),
      cell: ({ supports, cover }) =>
        supports === 0 ? '–' : (cover ?? <Tag kind="attention">{t('support.away.uncovered')}</Tag>),
    },
  ]
}
