// Who may support this one victim, in which order, and why not each of the others?
import type { PageContext } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Mark, Tag } from '../../ui/tag.tsx'
import type { Option } from '../plan.ts'
import type { OneNeed } from '../solve.server.ts'
import { enoughText, priceText, reasonText, shortageText, whyText } from '../words.ts'
import { type Match, openMatch } from './board.server.ts'
import { loadText, needText, patient, VolunteerName } from './parts.tsx'

export const needMatchPage = patient(openMatch, {
  title: 'matching.title',
  body: (page) => (page.data.found ? <OneMatch page={page} found={page.data.found} /> : null),
})

/** With so few reasons against, one of them falling away may be enough. They stand first in the order of options. */
const nearlyFits = 1

type Ranked = Option & { rank: number }

function OneMatch({ page, found }: { page: PageContext<Match>; found: OneNeed }) {
  const { t, data } = page
  const { need } = data
  const fitting = found.options
    .filter((option) => option.answer.kind !== 'hard')
    .map((option, at): Ranked => ({ ...option, rank: at + 1 }))
  return (
    <>
      <BackLink href="/matching">{t('matching.title')}</BackLink>
      <h1>{t('matching.board.need', { number: need.number })}</h1>
      <p class="tv-lead">{needText(t, data.counties, need)}</p>
      {found.shortfall ? (
        <Callout kind="attention" title={t('matching.need.uncovered')}>
          <p>{shortageText(t, found.shortfall) || t('matching.board.nobodyFits')}</p>
          <p>{enoughText(t, found.shortfall.options)}</p>
        </Callout>
      ) : null}
      <Table
        caption={t('matching.need.fitting', { count: fitting.length })}
        columns={fittingColumns(t, data, found)}
        rows={fitting}
        empty={<p>{t('matching.board.nobodyFits')}</p>}
      />
      <Others page={page} found={found} />
    </>
  )
}

/** Who does not fit: those whom a single reason keeps out first, the rest folded away. */
function Others({ page: { t, data }, found }: { page: PageContext<Match>; found: OneNeed }) {
  const others = found.options.filter((option) => option.answer.kind === 'hard')
  const near = others.filter((option) => option.verdict.reasons.length <= nearlyFits)
  const far = others.slice(near.length)
  return (
    <>
      <Table
        caption={t('matching.need.near', { count: near.length })}
        columns={otherColumns(t, data)}
        rows={near}
        empty={<p>{t('matching.need.noneNear')}</p>}
      />
      {far.length > 0 ? (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{t('matching.need.others', { count: far.length })}</span>
          </summary>
          <Table
            caption={t('matching.need.others', { count: far.length })}
            captionLook="hidden"
            columns={otherColumns(t, data)}
            rows={far}
            empty={<p>{t('matching.need.allFit')}</p>}
          />
        </details>
      ) : null}
    </>
  )
}

const lineOf = (data: Match, option: Option) => data.volunteers.find((one) => one.code === option.volunteer)

function Name({ t, data, option }: { t: T; data: Match; option: Option }) {
  const volunteer = lineOf(data, option)
  return <>{volunteer ? <VolunteerName t={t} volunteer={volunteer} /> : option.volunteer}</>
}

function Plain({ data, option }: { data: Match; option: Option }) {
  const volunteer = lineOf(data, option)
  if (!volunteer) return <>{option.volunteer}</>
  return (
    <>
      <a href={`/matching/${data.need.id}/why/${volunteer.id}`}>{volunteer.code}</a> {volunteer.name}
    </>
  )
}

function fittingColumns(t: T, data: Match, found: OneNeed): Column<Ranked>[] {
  return [
    { name: t('matching.column.rank'), number: true, cell: ({ rank }) => rank },
    { name: t('matching.column.volunteer'), head: true, cell: (row) => <Name t={t} data={data} option={row} /> },
    { name: t('matching.column.load'), cell: ({ verdict }) => loadText(t, verdict.load) },
    { name: t('matching.column.price'), cell: (row) => <Standing t={t} option={row} found={found} /> },
    { name: t('matching.column.do'), silent: true, cell: (row) => <Choose t={t} data={data} option={row} /> },
  ]
}

function Standing({ t, option, found }: { t: T; option: Option; found: OneNeed }) {
  const { answer, verdict } = option
  const row = found.plan.rows.find((one) => one.volunteer === option.volunteer && answer.kind === 'chosen')
  return (
    <>
      {answer.kind === 'chosen' ? <Tag kind="ok">{t('matching.need.chosen')}</Tag> : null}
      {answer.kind === 'price' ? priceText(t, answer.price) : null}
      {answer.kind === 'price' && found.alternative?.volunteer === option.volunteer ? (
        <div class="tv-quiet">{t('matching.need.second')}</div>
      ) : null}
      {row ? <div class="tv-quiet">{whyText(t, row.why)}</div> : null}
      {verdict.warnings.map((warning) => (
        <div>
          <Mark kind="attention" /> {reasonText(t, warning)}
        </div>
      ))}
    </>
  )
}

function Choose({ t, data, option }: { t: T; data: Match; option: Option }) {
  const volunteer = lineOf(data, option)
  if (!volunteer) return null
  const path = `/matching/${data.need.id}`
  return (
    <>
      <ButtonLink href={`${path}/assign/${volunteer.id}`} kind="secondary" about={volunteer.code}>
        {t('matching.assign.open')}
      </ButtonLink>
      <WhyLink t={t} path={path} id={volunteer.id} option={option} />
    </>
  )
}

function WhyLink({ t, path, id, option }: { t: T; path: string; id: string; option: Option }) {
  const key = option.answer.kind === 'chosen' ? 'matching.why.yes' : 'matching.why.not'
  return (
    <p>
      <a class="tv-nowrap" href={`${path}/why/${id}`}>
        {t(key, { volunteer: option.volunteer })}
      </a>
    </p>
  )
}

function otherColumns(t: T, data: Match): Column<Option>[] {
  return [
    { name: t('matching.column.volunteer'), head: true, cell: (row) => <Plain data={data} option={row} /> },
    {
      name: t('matching.column.reasons'),
      cell: ({ verdict }) => verdict.reasons.map((reason) => reasonText(t, reason)).join(' · '),
    },
    { name: t('matching.column.load'), cell: ({ verdict: { load } }) => t('matching.loadNow', load) },
  ]
}
