// What stands under a report's sentences: counties, own text, documents, definitions, history?
import type { PageContext } from '../../core/page.tsx'
import { countyMapWords } from '../../evaluation/county-tiles.ts'
import { everywhere } from '../../evaluation/indicators/figures.ts'
import { type FigureId, indicators } from '../../evaluation/indicators/indicator.ts'
import { isKey } from '../../i18n/i18n.ts'
import { TileMap } from '../../ui/chart/tile-map.tsx'
import { shadesOf } from '../../ui/chart/tiles.ts'
import { Timeline } from '../../ui/record/timeline.tsx'
import { Table } from '../../ui/table.tsx'
import type { OpenReport } from '../reports.server.ts'
import { bareText, countyFigures, figureText } from '../told.ts'
import { coverageTiles, definitionText } from '../written.ts'

export type Answer = PageContext<OpenReport>

/** The address of a figure's rows; none for those who may not see them. */
export function rowsOf(report: OpenReport, id: FigureId, place?: string): string | undefined {
  const shown = report.shown[id][place ?? everywhere]
  if (!report.exact || typeof shown !== 'number') return undefined
  return `/reports/${report.id}/figures/${id}${place ? `?place=${place}` : ''}`
}

export function Counties({ page }: { page: Answer }) {
  const { t, data } = page
  const cell = (id: FigureId, place: string) => {
    const text = bareText(id, data.shown[id][place], t)
    const href = rowsOf(data, id, place)
    return href && data.shown[id][place] !== 0 ? <a href={href}>{text}</a> : text
  }
  return (
    <section>
      <h2>{t('reports.told.counties')}</h2>
      <TileMap
        id="coverage"
        title={t('reports.map.title')}
        description={t('reports.map.description')}
        measure={t('evaluation.indicator.coverage.name')}
        tiles={coverageTiles(data, t, data.exact ? (code) => rowsOf(data, 'coverage', code) ?? '' : undefined)}
        words={countyMapWords(t)}
        shades={shadesOf([], 100)}
        total={{ name: t('evaluation.map.all'), text: figureText('coverage', data.shown.coverage[everywhere], t) }}
      />
      <Table
        caption={t('reports.counties.title')}
        captionLook="s"
        columns={[
          { name: t('evaluation.map.region'), cell: (county) => county.name },
          ...countyFigures.map((id) => ({
            name: t(`evaluation.indicator.${id}.short`),
            number: true,
            cell: (county: { code: string }) => cell(id, county.code),
          })),
        ]}
        rows={data.counties}
        empty={t('evaluation.map.noValue')}
        phone="scroll"
        foot={[t('evaluation.map.all'), ...countyFigures.map((id) => bareText(id, data.shown[id][everywhere], t))]}
      />
    </section>
  )
}

export function Own({ page }: { page: Answer }) {
  const { t, data } = page
  return (
    <section>
      <h2>{t('reports.told.own')}</h2>
      {data.ownText ? data.ownText.split(/\n+/).map((line) => <p>{line}</p>) : <p>{t('reports.page.noText')}</p>}
    </section>
  )
}

export function Documents({ page }: { page: Answer }) {
  const { t, data, locale } = page
  const audiences = data.exact ? (['inside', 'outside'] as const) : (['inside'] as const)
  const words = {
    inside: data.exact ? 'reports.page.inside' : 'reports.page.published',
    outside: 'reports.page.outside',
  }
  return (
    <section>
      <h2>{t('reports.page.documents')}</h2>
      {audiences.map((audience) => {
        const said = words[audience]
        return (
          <p>
            {isKey(said) ? t(said) : null}:{' '}
            {(['pdf', 'docx', 'xlsx'] as const).map((kind) => (
              <>
                <a href={`/reports/${data.id}/documents/${kind}?audience=${audience}&lang=${locale}`} download>
                  {kind.toUpperCase()}
                  <span class="govuk-visually-hidden"> ({isKey(said) ? t(said) : ''})</span>
                </a>{' '}
              </>
            ))}
          </p>
        )
      })}
    </section>
  )
}

/** As they were when the report was handed in; where one has changed since, that is said beside it. */
export function Definitions({ page: { t, data, locale } }: { page: Answer }) {
  return (
    <section>
      <h2>{t('reports.page.definitions')}</h2>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{t('reports.page.definitionsOpen')}</span>
        </summary>
        <dl class="govuk-summary-list">
          {indicators
            .filter(({ id }) => data.definitions[id])
            .map(({ id, version }) => (
              <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{t(`evaluation.indicator.${id}.name`)}</dt>
                <dd class="govuk-summary-list__value">
                  {definitionText(data, id, t, locale)}
                  {data.redefined.includes(id) ? (
                    <div class="govuk-hint">
                      {t('reports.definitionNow', { definition: t(`evaluation.indicator.${id}.definition`), version })}
                    </div>
                  ) : null}
                </dd>
              </div>
            ))}
        </dl>
      </details>
    </section>
  )
}

export function History({ page }: { page: Answer }) {
  const { t, data, locale } = page
  if (data.events.length === 0) return null
  return (
    <section>
      <h2>{t('reports.page.history')}</h2>
      <Timeline
        locale={locale}
        level={3}
        items={data.events.map((event) => ({
          at: event.recordedAt,
          title: t(`reports.event.${event.kind as 'submitted'}`),
          ...(event.who ? { who: event.who } : {}),
          ...(event.remark ? { children: <p>{event.remark}</p> } : {}),
        }))}
      />
    </section>
  )
}
