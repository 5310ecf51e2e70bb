// Who would support whom, were every open need decided together?
import type { PageContext } from '../../core/page.tsx'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { assignAll } from '../assignment/propose.server.ts'
import type { NeedLine } from '../facts.server.ts'
import type { Row } from '../plan.ts'
import { explainedUpTo } from '../solution.server.ts'
import type { Explained } from '../solve.server.ts'
import { enoughText, priceText, shortageText, whyText } from '../words.ts'
import { type Board, openBoard } from './board.server.ts'
import { Certificate, Goals, loadText, needText, patient, VolunteerName } from './parts.tsx'

export const matchingPage = patient(openBoard, {
  title: 'matching.title',
  body: (page) => (page.data.found ? <Matching page={page} found={page.data.found} /> : null),
})

function Matching({ page, found }: { page: PageContext<Board>; found: Explained }) {
  const { t, data } = page
  const { rows, violations } = found.plan
  const chosen = rows.filter((row) => row.volunteer !== null)
  const short = rows.filter((row) => row.volunteer === null)
  if (rows.length === 0) {
    return (
      <>
        <h1>{t('matching.title')}</h1>
        <div class="tv-empty">
          <p>{t('matching.board.empty')}</p>
        </div>
        <WhereMissing t={t} />
        <Goals t={t} />
      </>
    )
  }
  return (
    <>
      <h1>{t('matching.title')}</h1>
      <Certificate t={t} plan={found.plan} />
      {chosen.length > 0 && violations.length === 0 && page.can(assignAll) ? (
        <ButtonLink href="/matching/assign-all">{t('matching.all.open')}</ButtonLink>
      ) : null}
      <Table
        caption={t('matching.board.chosen')}
        columns={columns(t, data, found)}
        rows={chosen}
        empty={<p>{t('matching.board.nobody')}</p>}
      />
      {short.length > 0 ? <Uncovered t={t} data={data} found={found} rows={short} /> : null}
      <WhereMissing t={t} />
      {rows.length > explainedUpTo ? <p class="tv-quiet">{t('matching.board.many', { max: explainedUpTo })}</p> : null}
      <Goals t={t} />
    </>
  )
}

function WhereMissing({ t }: { t: T }) {
  return (
    <p>
      <a href="/coverage">{t('evaluation.coverage.open')}</a>
      <br />
      <a href="/matching/links">{t('matching.link.listOpen')}</a>
    </p>
  )
}

const needOf = (data: Board, row: Row) => data.needs.find((need) => need.number === row.need)
const volunteerOf = (data: Board, code: string | null) => data.volunteers.find((one) => one.code === code)

function NeedCell({ data, row }: { data: Board; row: Row }) {
  const need = needOf(data, row)
  if (!need) return <>{row.need}</>
  return (
    <a class="tv-nowrap" href={`/matching/${need.id}`}>
      {need.number}
    </a>
  )
}

function columns(t: T, data: Board, found: Explained): Column<Row>[] {
  return [
    { name: t('matching.column.need'), head: true, cell: (row) => <NeedCell data={data} row={row} /> },
    { name: t('matching.column.wish'), cell: (row) => wish(t, data, row) },
    { name: t('matching.column.volunteer'), cell: (row) => <Chosen t={t} data={data} row={row} /> },
    { name: t('matching.column.why'), cell: (row) => whyText(t, withoutLoad(row)) },
    { name: t('matching.column.second'), cell: (row) => <Second t={t} data={data} row={row} found={found} /> },
    { name: t('matching.column.do'), silent: true, cell: (row) => <Do t={t} data={data} row={row} /> },
  ]
}

// The load stands beside the name already.
const withoutLoad = (row: Row) => row.why.filter(({ key }) => key !== 'matching.goal.load.why')

function wish(t: T, data: Board, row: Row): string {
  const need = needOf(data, row)
  return need ? needText(t, data.counties, need) : ''
}

function Chosen({ t, data, row }: { t: T; data: Board; row: Row }) {
  const volunteer = volunteerOf(data, row.volunteer)
  return (
    <>
      {volunteer ? <VolunteerName t={t} volunteer={volunteer} /> : row.volunteer}
      {row.load ? <div class="tv-quiet">{loadText(t, row.load)}</div> : null}
    </>
  )
}

function Second({ t, data, row, found }: { t: T; data: Board; row: Row; found: Explained }) {
  const second = found.alternatives[row.need]
  const need = needOf(data, row)
  if (!second) return <>–</>
  const volunteer = volunteerOf(data, second.volunteer)
  const price = priceText(t, second.price)
  if (!volunteer || !need) return <>{t('matching.second.nobody', { price })}</>
  return (
    <>
      <a href={`/matching/${need.id}/why/${volunteer.id}`}>{volunteer.code}</a>
      <div class="tv-quiet">{price}</div>
    </>
  )
}

function Do({ t, data, row }: { t: T; data: Board; row: Row }) {
  const [need, volunteer] = [needOf(data, row), volunteerOf(data, row.volunteer)]
  if (!need || !volunteer) return null
  return (
    <ButtonLink href={`/matching/${need.id}/assign/${volunteer.id}`} kind="secondary" about={need.number}>
      {t('matching.assign.open')}
    </ButtonLink>
  )
}

function Uncovered({ t, data, found, rows }: { t: T; data: Board; found: Explained; rows: Row[] }) {
  return (
    <>
      <h2>{t('matching.board.uncovered', { count: rows.length })}</h2>
      {rows.map((row) => {
        const need: NeedLine | undefined = needOf(data, row)
        const short = found.shortfalls[row.need]
        return (
          <Callout kind="attention" title={t('matching.board.need', { number: row.need })}>
            {need ? <p>{needText(t, data.counties, need)}</p> : null}
            {short ? <p>{shortageText(t, short) || t('matching.board.nobodyFits')}</p> : null}
            {short ? <p>{enoughText(t, short.options)}</p> : null}
            {need ? (
              <p>
                <a href={`/matching/${need.id}`}>{t('matching.board.everybody')}</a>
              </p>
            ) : null}
          </Callout>
        )
      })}
    </>
  )
}
