// Whom do we have to find, train or free, so that every need has somebody?
import { languages } from '../../cases/case.ts'
import type { PageContext } from '../../core/page.tsx'
import { formatMonth } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { patient } from '../../matching/board/parts.tsx'
import type { OneMore, Standing } from '../../matching/one-more.ts'
import type { Coverage } from '../../matching/solve.server.ts'
import { shortCounty } from '../../partners/county.ts'
import { MonthChart } from '../../ui/chart/months.tsx'
import { TileMap } from '../../ui/chart/tile-map.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { Table } from '../../ui/table.tsx'
import { type CountyValue, countyMapWords, countyTiles } from '../county-tiles.ts'
import { type CoverageFacts, openCoverage } from './coverage.server.ts'
import { Gaps, onTheMap } from './gaps.tsx'

export const coveragePage = patient(openCoverage, {
  title: 'evaluation.coverage.title',
  body: (page) => (page.data.found ? <WhoIsMissing page={page} found={page.data.found} /> : null),
})

type Props = { page: PageContext<CoverageFacts>; found: Coverage }

function WhoIsMissing({ page, found }: Props) {
  const { t } = page
  const needs = found.plan.rows.length
  const missing = found.plan.solution.uncovered.length
  return (
    <>
      <h1>{t('evaluation.coverage.title')}</h1>
      <p class="tv-lead">
        {t(missing === 0 ? 'evaluation.coverage.enough' : 'evaluation.coverage.missing', { needs, missing })}
      </p>
      <Gaps page={page} gaps={found.gaps} />
      <OneMoreCase page={page} found={found} />
      <Months page={page} />
      <p>
        <a href="/reach">{t('evaluation.reach.title')}</a>
      </p>
    </>
  )
}

function OneMoreCase({ page, found }: Props) {
  const { t, data } = page
  const none = found.oneMore.filter(({ ready }) => ready.length === 0)
  const all = none.length === found.oneMore.length
  const nowhere = none.map(({ county }) => shortCounty(data.counties, county)).join(', ')
  const language = t(`cases.language.${data.language}`)
  return (
    <section>
      <h2>{t('evaluation.coverage.oneMore')}</h2>
      <p>{t('evaluation.coverage.oneMoreLead', { months: data.months })}</p>
      <Tabs
        label={t('evaluation.coverage.inLanguage')}
        tabs={tried(page).map((code) => ({
          text: t(`cases.language.${code}`),
          href: `/coverage?language=${code}`,
          current: code === data.language,
        }))}
      />
      <p>
        <strong>
          {t(
            all
              ? 'evaluation.coverage.inNone'
              : none.length === 0
                ? 'evaluation.coverage.everywhere'
                : 'evaluation.coverage.nowhere',
            { language, counties: nowhere, count: none.length },
          )}
        </strong>
      </p>
      <TileMap
        id="one-more"
        title={t('evaluation.coverage.mapTitle', { language })}
        description={t('evaluation.coverage.mapDescription', { language, counties: nowhere || '–' })}
        measure={t('evaluation.coverage.measure')}
        tiles={countyTiles(onTheMap(data.counties), new Map(found.oneMore.map((one) => [one.county, readyIn(one)])))}
        words={countyMapWords(t)}
      />
      <Table
        caption={t('evaluation.coverage.byCounty', { language })}
        columns={[
          {
            name: t('evaluation.map.region'),
            head: true,
            cell: (one: OneMore) => shortCounty(data.counties, one.county),
          },
          {
            name: t('evaluation.coverage.answer'),
            cell: (one) => t(answers[one.standing], { count: one.ready.length, full: one.full.length }),
          },
          {
            name: t('evaluation.coverage.who'),
            cell: (one) => <Codes page={page} codes={one.ready.length > 0 ? one.ready : one.full} />,
          },
        ]}
        rows={byName(data.counties, found.oneMore)}
        empty={<p>–</p>}
        phone="scroll"
      />
    </section>
  )
}

const answers: Record<Standing, Key> = {
  free: 'evaluation.coverage.answer.free',
  moved: 'evaluation.coverage.answer.moved',
  full: 'evaluation.coverage.answer.full',
  nobody: 'evaluation.coverage.answer.nobody',
}

const readyIn = ({ ready }: OneMore): CountyValue => ({ value: ready.length })

function byName(counties: CoverageFacts['counties'], all: readonly OneMore[]): OneMore[] {
  const name = ({ county }: OneMore) => shortCounty(counties, county)
  return [...all].sort((a, b) => new Intl.Collator('et').compare(name(a), name(b)))
}

/** The languages of the country, of the open needs, and the one that is shown. */
function tried({ data }: PageContext<CoverageFacts>) {
  const asked = new Set<string>(['et', 'ru', 'en', data.language, ...data.needs.map(({ language }) => language)])
  return languages.filter((code) => asked.has(code))
}

function Codes({ page: { t, data }, codes }: { page: PageContext<CoverageFacts>; codes: readonly string[] }) {
  const people = data.volunteers.filter(({ code }) => codes.includes(code))
  const shown = people.slice(0, mostShown)
  if (people.length === 0) return <>–</>
  return (
    <>
      {shown.map((one, at) => (
        <>
          {at > 0 ? ', ' : ''}
          <a href={`/volunteers/${one.id}`}>{one.code}</a>
        </>
      ))}
      {people.length > mostShown ? ` ${t('evaluation.coverage.andMore', { count: people.length - mostShown })}` : null}
    </>
  )
}
const mostShown = 6

function Months({ page: { t, data, locale } }: { page: PageContext<CoverageFacts> }) {
  const points = data.history.map(({ month, waiting }) => {
    const name = formatMonth(month, locale)
    return { short: name.slice(0, 3), name, value: waiting }
  })
  const words = {
    month: t('support.work.month'),
    table: t('support.work.table'),
    empty: t('evaluation.coverage.noHistory'),
  }
  return (
    <section>
      <h2>{t('evaluation.coverage.trend')}</h2>
      <MonthChart
        id="waiting"
        kind="line"
        title={t('evaluation.coverage.waiting')}
        description={t('evaluation.coverage.waitingDescription')}
        measure={t('evaluation.coverage.waiting')}
        points={points}
        words={words}
      />
      <Table
        caption={t('evaluation.coverage.monthly')}
        columns={[
          { name: words.month, head: true, cell: ({ month }) => formatMonth(month, locale) },
          { name: t('evaluation.coverage.opened'), number: true, cell: ({ opened }) => String(opened) },
          { name: t('evaluation.coverage.covered'), number: true, cell: ({ covered }) => String(covered) },
          { name: t('evaluation.coverage.waiting'), number: true, cell: ({ waiting }) => String(waiting) },
        ]}
        rows={data.history.toReversed()}
        empty={<p>{words.empty}</p>}
        phone="scroll"
      />
    </section>
  )
}
