// How much does each of those whom I guide carry, and with whom should I speak first?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { CovisionWords } from '../covision/words.tsx'
import { type Carrier, listLoads } from './load.server.ts'
import { LoadParts, LoadTag } from './load-parts.tsx'

type Page = PageContext<Awaited<ReturnType<(typeof listLoads)['run']>>>

export const loadsPage = get(listLoads, { title: 'supervision.load.tab', body: (page) => <Loads page={page} /> })

function Loads({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('supervision.load.tab')}</h1>
      <p class="tv-lead">{t('supervision.load.lead')}</p>
      <Table
        caption={t('supervision.load.tab')}
        captionLook="hidden"
        columns={columns(page)}
        rows={data.people}
        empty={<p>{t('support.supervision.nobody')}</p>}
      />
      <p class="tv-quiet">{t('supervision.load.how')}</p>
      <p class="tv-quiet">{t('supervision.load.whose')}</p>
    </>
  )
}

function columns({ t, data }: Page): Column<Carrier>[] {
  return [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ id, name, code }) => (
        <>
          <a href={`/supervision/volunteers/${id}`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>
        </>
      ),
    },
    { name: t('supervision.load.tab'), cell: ({ load }) => <LoadTag t={t} load={load} /> },
    { name: t('supervision.load.parts'), cell: ({ load }) => <LoadParts t={t} load={load} /> },
    {
      name: t('supervision.load.next'),
      cell: ({ standing: { dueOn } }) =>
        dueOn === null ? (
          '–'
        ) : (
          <>
            {formatDate(dueOn)}{' '}
            {dueOn < data.today ? <Tag kind="attention">{t('supervision.state.overdue')}</Tag> : null}
          </>
        ),
    },
    {
      name: t('supervision.kind.covision'),
      cell: ({ standing }) => <CovisionWords t={t} standing={standing} today={data.today} />,
    },
  ]
}
