// How many cases come for how many people and hands, what is that held against, and where is it said what the country is measured by?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { download, form, get, type PageContext } from '../../core/page.tsx'
import { countyMapWords } from '../../evaluation/county-tiles.ts'
import { hiddenNote } from '../../evaluation/disclosure-words.ts'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import { shortCounty } from '../../partners/county.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { TileMap } from '../../ui/chart/tile-map.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { type CapacityFacts, capacityDocument, openCapacity, openFacts, sayFacts } from './capacity.server.ts'
import { type CountyLine, everywhere, measures, ruleOf, SayFacts } from './capacity.ts'
import { capacityFile } from './capacity-document.ts'
import { casesText, nameOf, ratioText, sentences, sourcesOf, spanOf, tilesOf } from './words.ts'

type Page = PageContext<CapacityFacts>
type FactsPage = PageContext<Awaited<ReturnType<(typeof openFacts)['run']>>>

export const capacityPage = get(openCapacity, {
  title: 'reports.capacity.title',
  body: (page) => <Capacity page={page} />,
})
export const capacityDocumentPage = fresh(download(capacityDocument, capacityFile), { back: () => '/reach/capacity' })

function Capacity({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/reach">{t('evaluation.reach.title')}</BackLink>
      <h1>{t('reports.capacity.title')}</h1>
      <p class="tv-lead">{t('reports.capacity.lead')}</p>
      {data.half ? <Half page={page} half={data.half} /> : <p>{t('reports.capacity.none')}</p>}
      <Measured page={page} />
    </>
  )
}

function Half({ page, half }: { page: Page; half: NonNullable<CapacityFacts['half']> }) {
  const { t, data, locale } = page
  const tabs = data.halves.map((one) => ({
    href: `/reach/capacity?from=${one.fromOn}`,
    text: spanOf(one),
    current: one.fromOn === half.fromOn,
  }))
  const said = sentences(data, t)
  return (
    <>
      {tabs.length > 1 ? <Tabs label={t('evaluation.reach.half')} tabs={tabs} /> : <h2>{spanOf(half)}</h2>}
      {said.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <TileMap
        id="capacity"
        title={t('reports.capacity.map')}
        description={said.at(-1) ?? ''}
        measure={t('reports.capacity.column.women')}
        tiles={tilesOf(data, t)}
        words={countyMapWords(t)}
      />
      <Counties page={page} />
      <p class="tv-quiet">{hiddenNote(ruleOf(half.threshold), t)}</p>
      <p class="tv-quiet">{t('reports.capacity.doubled')}</p>
      <p>
        {t('reports.page.documents')}:{' '}
        {(['pdf', 'docx', 'xlsx'] as const).map((kind) => (
          <>
            <a href={`/reach/capacity/documents/${kind}?from=${half.fromOn}&lang=${locale}`} download>
              {kind.toUpperCase()}
            </a>{' '}
          </>
        ))}
      </p>
    </>
  )
}

function Counties({ page: { t, data } }: { page: Page }) {
  const total = data.lines.find(({ code }) => code === everywhere)
  const cells = (line: CountyLine) => [
    casesText(line.cases, t),
    line.women.wanted === null ? '–' : formatNumber(line.women.wanted / 2, 0),
    ...measures.map((what) => ratioText(line[what], t)),
  ]
  const heads = ['cases', 'wanted', ...measures] as const
  return (
    <Table
      caption={t('reports.capacity.table')}
      captionLook="s"
      phone="scroll"
      empty={null}
      rows={data.lines.filter(({ code }) => code !== everywhere)}
      columns={[
        { name: t('evaluation.map.region'), head: true, cell: ({ code }: CountyLine) => nameOf(data, code, t) },
        ...heads.map((head, at) => ({
          name: t(`reports.capacity.column.${head}`),
          number: true,
          cell: (line: CountyLine) => cells(line)[at],
        })),
      ]}
      foot={total ? [t('evaluation.map.all'), ...cells(total)] : undefined}
    />
  )
}

/** What all of it is measured by: from where, since when, and where it is said anew. */
function Measured({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <section>
      <h2>{t('reports.capacity.measured')}</h2>
      <Summary
        rows={measures.map((what) => {
          const sources = sourcesOf(data, what)
          return {
            name: t(`reports.capacity.what.${what}`),
            value: sources.length > 0 ? sources.join('; ') : t('reports.capacity.unknown'),
            actions: page.can(sayFacts)
              ? [
                  {
                    href: `/reach/capacity/${what}`,
                    text: t('reports.capacity.change'),
                    about: t(`reports.capacity.what.${what}`),
                  },
                ]
              : [],
          }
        })}
      />
      <p>
        {t('reports.capacity.band', {
          women: data.band.capacityPerTenThousand,
          workers: data.band.capacityPerWorker,
          coordination: data.band.capacityPerCoordination,
        })}
      </p>
    </section>
  )
}

export const capacityFactsPage = form(
  openFacts,
  sayFacts,
  { title: 'reports.capacity.title', body: (page) => <Facts page={page} /> },
  () => ({ to: '/reach/capacity', said: 'reports.capacity.saved' }),
)

function Facts({ page }: { page: FactsPage }) {
  const { t, data } = page
  const known = new Map(data.facts.map((fact) => [fact.countyCode, fact]))
  const number = (hundredths: number) => formatNumber(hundredths / 100, hundredths % 100 === 0 ? 0 : 2)
  const lines = data.counties.map(({ code }) => {
    const fact = known.get(code)
    return `${shortCounty(data.counties, code)}${fact ? ` ${number(fact.hundredths)}` : ''}`
  })
  return (
    <div class="tv-narrow">
      <BackLink href="/reach/capacity">{t('reports.capacity.title')}</BackLink>
      <h1>{t(`reports.capacity.what.${data.what}`)}</h1>
      <p class="tv-lead">{t(`reports.capacity.meaning.${data.what}`)}</p>
      <Form page={page}>
        <Field page={page} of={SayFacts} name="lines" rows={17} value={lines.join('\n')} />
        <Field page={page} of={SayFacts} name="validFrom" value={data.today} />
        <Field page={page} of={SayFacts} name="source" value={data.facts[0]?.source} />
        <Button>{t('reports.capacity.save')}</Button>
      </Form>
      {data.coming.length > 0 ? (
        <p>
          {t('reports.capacity.coming')}:{' '}
          {data.coming
            .map(
              (one) =>
                `${shortCounty(data.counties, one.countyCode)} ${number(one.hundredths)} (${formatDate(one.validFrom)})`,
            )
            .join(', ')}
        </p>
      ) : null}
    </div>
  )
}
