// What does the coordinator see of papers and checks: whose are due, why, and which wait for a signature?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { provenBy } from '../made/paper.ts'
import { RenewalPlan } from '../renewal/renewal.tsx'
import { type DueOfSomeone, openDue, type Unsigned } from './due.server.ts'
import type { Why } from './due.ts'

type Page = PageContext<Awaited<ReturnType<typeof openDue.run>>>

export const papersPage = get(openDue, { title: 'papers.tab', body: (page) => <Papers page={page} /> })

const looks: Record<Why, TagKind> = {
  ...{ first: 'attention', lapsing: 'wait', lapsed: 'danger', failed: 'danger', decide: 'attention' },
}

function Papers({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/volunteers">{t('volunteers.list.title')}</BackLink>
      <h1>{t('papers.title')}</h1>
      <p class="tv-lead">{t('papers.lead', { days: data.warnDays })}</p>
      <p>
        <a href="/papers/templates">{t('papers.template.title')}</a>
        <br />
        <a href="/expenses">{t('papers.expense.title')}</a>
      </p>
      <h2>{t('papers.unsigned')}</h2>
      <Table
        caption={t('papers.unsigned')}
        captionLook="hidden"
        columns={unsignedColumns(page)}
        rows={data.unsigned}
        empty={<p>{t('papers.unsigned.none')}</p>}
      />
      <h2>{t('papers.due')}</h2>
      <Table
        caption={t('papers.due')}
        captionLook="hidden"
        columns={dueColumns(page)}
        rows={data.due}
        empty={<p>{t('papers.due.none')}</p>}
      />
      {data.left.length > 0 ? <LeftWithout page={page} /> : null}
      <RenewalPlan t={t} renewal={data.renewal} counties={data.counties} today={data.today} />
    </>
  )
}

/** Who has left lately, and what they are still owed. */
function LeftWithout({ page: { t, data } }: { page: Page }) {
  return (
    <>
      <h2>{t('papers.left')}</h2>
      <Table
        caption={t('papers.left')}
        captionLook="hidden"
        columns={[
          {
            name: t('papers.who'),
            head: true,
            cell: ({ id, name, code }) => <a href={`/volunteers/${id}/papers`}>{`${name}, ${code}`}</a>,
          },
          { name: t('papers.left.on'), cell: ({ leftOn }) => formatDate(leftOn) },
          { name: t('papers.left.lacks'), cell: ({ lacks }) => lacks.map((one) => t(`papers.left.${one}`)).join(', ') },
        ]}
        rows={data.left}
        empty={null}
      />
    </>
  )
}

function unsignedColumns({ t }: Page): Column<Unsigned>[] {
  return [
    { name: t('papers.who'), cell: ({ name, code }) => `${name}, ${code}` },
    { name: t('papers.kind'), cell: ({ id, kind }) => <a href={`/papers/${id}`}>{t(`papers.kind.${kind}`)}</a> },
    { name: t('papers.madeOn'), cell: ({ madeOn }) => formatDate(madeOn) },
  ]
}

function dueColumns(page: Page): Column<DueOfSomeone>[] {
  const { t, data } = page
  return [
    { name: t('papers.who'), cell: ({ id, name, code }) => <a href={`/volunteers/${id}`}>{`${name}, ${code}`}</a> },
    { name: t('papers.due.what'), cell: ({ kind }) => t(`papers.due.kind.${kind}`) },
    {
      name: t('papers.due.until'),
      cell: ({ until }) => (until ? `${formatDate(until)}, ${dueWords(until, data.today, t)}` : ''),
    },
    {
      name: t('papers.due.why'),
      cell: ({ why, reason, now }) => (
        <>
          <Tag kind={looks[why]}>{t(`papers.due.why.${why}`)}</Tag>
          {reason ? <div class="tv-quiet">{t('papers.due.children', { reason })}</div> : null}
          {now ? <div class="tv-quiet">{t('volunteers.evidence.neededNow')}</div> : null}
        </>
      ),
    },
    { name: t('papers.due.do'), silent: true, cell: (one) => <Step page={page} one={one} /> },
  ]
}

/** Where it is mended: a paper is made, a check or a training is written down, and who meets children is decided in the record. */
function Step({ page: { t }, one: { id, kind, name } }: { page: Page; one: DueOfSomeone }) {
  const made = Object.values(provenBy).includes(kind as 'contract')
  const to = kind === 'children' ? 'edit' : made ? `papers/${kind}` : `evidence/${kind}/new`
  return (
    <a href={`/volunteers/${id}/${to}`}>
      {t(`papers.due.do.${kind}`)}
      <span class="govuk-visually-hidden">: {name}</span>
    </a>
  )
}
