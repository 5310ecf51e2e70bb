// How does the coordinator have the country's entries looked at, and what does she learn of them?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { openCoverage } from '../../supervision/coverage.server.ts'
import { daysOf, Result, Trend } from '../../supervision/sample/result.tsx'
import type { Progress, Round } from '../../supervision/sample/rounds.server.ts'
import { BackLink, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { listCountry, openCountry } from './country.server.ts'

type ListPage = PageContext<Awaited<ReturnType<(typeof listCountry)['run']>>>
type OnePage = PageContext<Awaited<ReturnType<(typeof openCountry)['run']>>>

export const countryPage = get(listCountry, { title: 'supervision.sample.tab', body: (page) => <Rounds page={page} /> })

function Rounds({ page }: { page: ListPage }) {
  const { t, data, locale } = page
  const columns: Column<Round>[] = [
    {
      name: t('supervision.sample.days'),
      head: true,
      cell: (round) => <a href={`/samples/${round.id}`}>{daysOf(round)}</a>,
    },
    { name: t('supervision.sample.entries'), number: true, cell: ({ entries }) => entries },
    { name: t('supervision.sample.size'), number: true, cell: ({ sample }) => sample },
    { name: t('supervision.coverage.state'), cell: (round) => <State t={t} today={data.today} round={round} /> },
  ]
  return (
    <>
      {page.can(openCoverage) ? (
        <BackLink href="/supervision/coverage">{t('supervision.coverage.tab')}</BackLink>
      ) : null}
      <h1>{t('supervision.sample.tab')}</h1>
      <p class="tv-lead">{t('supervision.sample.countryLead')}</p>
      <ButtonGroup>
        <ButtonLink href="/supervision/samples/new?scope=country">{t('supervision.sample.new')}</ButtonLink>
        <ButtonLink href="/samples/checklist" kind="secondary">
          {t('supervision.sample.checklist')}
        </ButtonLink>
      </ButtonGroup>
      <Table
        caption={t('supervision.sample.rounds')}
        columns={columns}
        rows={data.rounds}
        empty={<p>{t('supervision.sample.none')}</p>}
      />
      <Trend t={t} locale={locale} rounds={data.ended} at="/samples" />
    </>
  )
}

function State({ t, today, round }: { t: ListPage['t']; today: string; round: Round }) {
  const { endedAt, dueOn } = round
  if (endedAt) return <Tag kind="ok">{t('supervision.sample.ended', { date: formatDate(isoDate(endedAt)) })}</Tag>
  return (
    <Tag kind={dueOn < today ? 'attention' : 'wait'}>{t('supervision.sample.until', { date: formatDate(dueOn) })}</Tag>
  )
}

export const countryRoundPage = get(openCountry, {
  title: 'supervision.sample.tab',
  body: (page) => <One page={page} />,
})

function One({ page }: { page: OnePage }) {
  const { t, data } = page
  const { round, progress } = data
  const columns: Column<Progress>[] = [
    { name: t('support.supervisor'), head: true, cell: ({ name }) => name ?? t('volunteers.supervisor.none') },
    {
      name: t('supervision.sample.mine'),
      cell: ({ given, looked }) => t('supervision.sample.progressShort', { given, looked }),
    },
  ]
  return (
    <>
      <BackLink href="/samples">{t('supervision.sample.tab')}</BackLink>
      <h1>{daysOf(round)}</h1>
      <p>
        <State t={t} today={data.today} round={round} />
      </p>
      <SoFar page={page} />
      <Table
        caption={t('supervision.sample.whoLooks')}
        columns={columns}
        rows={progress}
        empty={<p>{t('supervision.sample.noneGiven')}</p>}
      />
      <p class="tv-quiet">{t('supervision.sample.countryUnseen')}</p>
      {round.endedAt ? null : (
        <ButtonLink href={`/supervision/samples/${round.id}/end`} kind="secondary">
          {t('supervision.sample.end')}
        </ButtonLink>
      )}
      <p>
        <a href={`/supervision/samples/${round.id}/lot`}>{t('supervision.sample.lot')}</a>
      </p>
    </>
  )
}

/** What came of it; until then, of how much it is. */
function SoFar({ page: { t, locale, data } }: { page: OnePage }) {
  const { round, questions } = data
  const { figures, entries, volunteers, sample: size } = round
  if (figures) return <Result t={t} locale={locale} round={{ ...round, figures, questions }} />
  return (
    <p>
      {t(round.endedAt ? 'supervision.sample.countrySoon' : 'supervision.sample.planCount', {
        entries,
        volunteers,
        size,
      })}
    </p>
  )
}
