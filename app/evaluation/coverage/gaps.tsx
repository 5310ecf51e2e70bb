// Which needs share too few people, where on the map do they lie, and what is set out to mend it?
import type { PageContext } from '../../core/page.tsx'
import type { Key } from '../../i18n/i18n.ts'
import { needText } from '../../matching/board/parts.tsx'
import type { Fact } from '../../matching/facts.ts'
import type { Gap } from '../../matching/gaps.ts'
import { enoughText } from '../../matching/words.ts'
import { shortCounty } from '../../partners/county.ts'
import { type TargetKind, targetFor } from '../../recruitment/target/target.ts'
import { openNewTarget } from '../../recruitment/target/targets.server.ts'
import { howFar, whatText } from '../../recruitment/target/words.tsx'
import { ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { TileMap } from '../../ui/chart/tile-map.tsx'
import { Callout } from '../../ui/panel.tsx'
import { countyMapWords, countyTiles } from '../county-tiles.ts'
import type { CoverageFacts } from './coverage.server.ts'

type Page = PageContext<CoverageFacts>
type Needs = CoverageFacts['needs']

/** Each gap in words with what would mend it, and all of them on the map. */
export function Gaps({ page, gaps }: { page: Page; gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null
  return (
    <>
      <GapMap page={page} gaps={gaps} />
      {gaps.map((gap) => (
        <GapPanel page={page} gap={gap} />
      ))}
    </>
  )
}

/** In a county: how many of its needs belong to a gap; who is missing is said of the whole gap, for its needs share the people. */
function GapMap({ page: { t, data }, gaps }: { page: Page; gaps: readonly Gap[] }) {
  const short = Map.groupBy(
    needsOf(
      data.needs,
      gaps.flatMap(({ needs }) => needs),
    ),
    ({ countyCode }) => countyCode,
  )
  const where = [...short.keys()].map((code) => shortCounty(data.counties, code)).join(', ')
  const values = data.counties.map(({ code }) => [code, { value: short.get(code)?.length ?? 0 }] as const)
  return (
    <TileMap
      id="gaps"
      title={t('evaluation.coverage.gapMap')}
      description={t('evaluation.coverage.gapMapDescription', { counties: where })}
      measure={t('evaluation.coverage.gapMeasure')}
      tiles={countyTiles(onTheMap(data.counties), new Map(values))}
      words={countyMapWords(t)}
    />
  )
}

export const onTheMap = (counties: CoverageFacts['counties']) =>
  counties.map(({ code, col, row }) => ({ code, name: shortCounty(counties, code), tileCol: col, tileRow: row }))

const needsOf = (needs: Needs, numbers: readonly string[]) => needs.filter(({ number }) => numbers.includes(number))

function GapPanel({ page, gap }: { page: Page; gap: Gap }) {
  const { t, data } = page
  const needs = needsOf(data.needs, gap.needs)
  const people = data.volunteers.filter(({ code }) => gap.volunteers.includes(code))
  const spoken = listed(needs.map(({ language }) => t(`cases.language.${language}` as Key)))
  const where = listed(needs.map(({ countyCode }) => shortCounty(data.counties, countyCode)))
  return (
    <Callout
      kind="attention"
      title={t('evaluation.coverage.gap', { needs: needs.length, people: people.length, spoken, where })}
    >
      <p>{t('evaluation.coverage.places', { people: people.length, places: gap.places, missing: gap.missing })}</p>
      {gap.options ? (
        <>
          <h3>{t('evaluation.coverage.whatHelps')}</h3>
          <p>{enoughText(t, gap.options)}</p>
        </>
      ) : null}
      {gap.missing > 1 || gap.options?.some(withoutRecruiting) ? (
        <p>{t('evaluation.coverage.target', { missing: gap.missing, spoken, where })}</p>
      ) : null}
      <SetOut page={page} gap={gap} needs={needs} />
      <ByHand page={page} needs={needs} people={people} />
    </Callout>
  )
}

// Where nothing but a new person helps, the sentence before says all.
const withoutRecruiting = (facts: readonly Fact[]) => facts.every(({ kind }) => kind !== 'recruit')
const byTraining = (facts: readonly Fact[]) => facts.some(({ kind }) => kind === 'training')

/** Each word once, in the order met: "vene keel, eesti keel". */
const listed = (words: readonly string[]) => [...new Set(words)].join(', ')

/** What is set out for this gap already, or the way to set it: what the gap says is filled in. */
function SetOut({ page, gap, needs }: { page: Page; gap: Gap; needs: Needs }) {
  const { t, data } = page
  const where = [...new Set(needs.map(({ countyCode }) => countyCode))]
  const spoken = [...new Set(needs.map(({ language }) => language))]
  const running = targetFor(data.targets, where, spoken)
  if (running)
    return (
      <p>
        {t('evaluation.coverage.setOut')}{' '}
        <a href={`/recruitment/targets/${running.id}`}>{whatText(t, data.counties, running)}</a> ({howFar(t, running)}).
      </p>
    )
  if (!page.can(openNewTarget)) return null
  const facts = { needs: needs.length, fitting: gap.volunteers.length, places: gap.places, missing: gap.missing }
  const address = (as: TargetKind) =>
    `/recruitment/targets/new?${new URLSearchParams({ as, where: where.join(), spoken: spoken.join(), ...strings(facts) })}`
  return (
    <ButtonGroup>
      <ButtonLink href={address('recruit')}>{t('evaluation.coverage.recruit', { missing: gap.missing })}</ButtonLink>
      {gap.options?.some(byTraining) ? (
        <ButtonLink kind="secondary" href={address('train')}>
          {t('evaluation.coverage.train', { missing: gap.missing })}
        </ButtonLink>
      ) : null}
    </ButtonGroup>
  )
}

const strings = (facts: Record<string, number>) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]))

function ByHand({
  page: { t, data },
  needs,
  people,
}: {
  page: Page
  needs: Needs
  people: CoverageFacts['volunteers']
}) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t('evaluation.coverage.byHand')}</span>
      </summary>
      <div class="govuk-details__text">
        <p>{t('evaluation.coverage.byHandHow')}</p>
        <ul>
          {needs.map((need) => (
            <li>
              <a href={`/matching/${need.id}`}>{need.number}</a> {needText(t, data.counties, need)}
            </li>
          ))}
        </ul>
        <p>{people.length === 0 ? t('matching.board.nobodyFits') : t('evaluation.coverage.fitting')}</p>
        <ul>
          {people.map((one) => (
            <li>
              <a href={`/volunteers/${one.id}`}>{one.code}</a> {one.name}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
