// How far is each applicant, whose turn is it, and with whom has nothing been agreed?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { dueWords } from '../../ui/date.ts'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { stages } from '../../volunteers/volunteer.ts'
import { daysWaiting, fallsThrough, type OnTheWay, type Place, toDo } from '../recruitment.ts'
import { Counted } from '../reference/parts.tsx'
import { type Found, listPipeline } from './pipeline.server.ts'
import type { Wanted } from './pipeline-input.ts'

type Page = PageContext<Found>

export const pipelinePage = get(listPipeline, {
  title: 'recruitment.tab',
  body: (page) => <Pipeline page={page} />,
})

function Pipeline({ page }: { page: Page }) {
  const { t, data } = page
  const { wanted, rows } = data
  return (
    <>
      <h1>{t('recruitment.title')}</h1>
      <p class="tv-lead">{t('recruitment.lead', { days: data.days })}</p>
      <p>
        <a href="/recruitment/targets">{t('recruitment.target.title')}</a>
        {' · '}
        <a href="/recruitment/campaigns">{t('recruitment.campaign.title')}</a>
        {' · '}
        <a href="/recruitment/guide">{t('recruitment.guide.title')}</a>
        {' · '}
        <a href="/recruitment/figures">{t('recruitment.figures.title')}</a>
      </p>
      <Ways t={t} data={data} />
      {wanted.view === 'list' || wanted.idle ? (
        <Table
          caption={t('recruitment.title')}
          captionLook="hidden"
          columns={columns(t, data)}
          rows={rows}
          empty={<p>{t(wanted.idle ? 'recruitment.nobodyIdle' : 'recruitment.nobody')}</p>}
        />
      ) : (
        <Board t={t} data={data} />
      )}
      <After t={t} data={data} />
    </>
  )
}

const addressOf = (wanted: Partial<Wanted>) => {
  const query = new URLSearchParams(
    Object.entries(wanted).filter(([, value]) => value !== undefined) as [string, string][],
  )
  return query.size > 0 ? `/recruitment?${query}` : '/recruitment'
}

function Ways({ t, data: { wanted, owners } }: { t: T; data: Found }) {
  const at = wanted.owner ? 'owner' : wanted.idle ? 'idle' : wanted.view === 'list' ? 'list' : 'board'
  const tabs = [
    { href: addressOf({}), text: t('recruitment.view.board'), current: at === 'board' },
    { href: addressOf({ view: 'list' }), text: t('recruitment.view.list'), current: at === 'list' },
    { href: addressOf({ idle: 'yes' }), text: t('recruitment.view.idle'), current: at === 'idle' },
    ...(owners.length > 1 ? owners : []).map(({ id, name }) => ({
      href: addressOf({ owner: id, view: 'list' }),
      text: name,
      current: wanted.owner === id,
    })),
  ]
  return <Tabs label={t('recruitment.view')} tabs={tabs} />
}

function Board({ t, data }: { t: T; data: Found }) {
  const places: Place[] = ['new', ...stages]
  return (
    <div class="tv-board">
      {places.map((place) => {
        const here = data.rows.filter((one) => one.place === place)
        return (
          <section class="tv-board__stage" aria-labelledby={`stage-${place}`}>
            <h2 class="tv-board__name" id={`stage-${place}`}>
              {placeName(t, place)} <span class="tv-quiet">{here.length}</span>
            </h2>
            {here.length === 0 ? <p class="tv-quiet">{t('recruitment.nobodyHere')}</p> : null}
            <ul class="tv-board__people">
              {here.map((one) => (
                <li class="tv-board__one">
                  <Who t={t} one={one} counties={data.counties} />
                  <Waits t={t} one={one} data={data} />
                  <Next t={t} one={one} data={data} />
                  <Counted t={t} count={one.references} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

const placeName = (t: T, place: Place) =>
  place === 'new' ? t('recruitment.place.new') : t(`volunteers.status.${place}`)

function Who({ t, one, counties }: { t: T; one: OnTheWay; counties: Found['counties'] }) {
  return (
    <>
      <a href={`/recruitment/${one.id}`}>{one.name ?? t('recruitment.sealed')}</a>
      <div class="tv-quiet">
        {one.code} · {shortCounty(counties, one.county)}
      </div>
    </>
  )
}

function Waits({ t, one, data }: { t: T; one: OnTheWay; data: Found }) {
  const waited = t('recruitment.waited', { days: daysWaiting(one, data.today) })
  return fallsThrough(one, data.today, data.days) ? <Tag kind="attention">{waited}</Tag> : <div>{waited}</div>
}

function Next({ t, one, data }: { t: T; one: OnTheWay; data: Found }) {
  const { next } = one
  if (!next) return <div class="tv-quiet">{t(toDo(one))}</div>
  const owner = data.owners.find(({ id }) => id === next.owner)?.name
  return (
    <div>
      {t(toDo(one))} · {formatDate(next.dueOn)}
      <div class="tv-quiet">{[dueWords(next.dueOn, data.today, t), owner].filter(Boolean).join(' · ')}</div>
    </div>
  )
}

function columns(t: T, data: Found): Column<OnTheWay>[] {
  return [
    { name: t('recruitment.list.who'), head: true, cell: (one) => <Who t={t} one={one} counties={data.counties} /> },
    { name: t('recruitment.list.place'), cell: (one) => placeName(t, one.place) },
    { name: t('recruitment.list.waited'), cell: (one) => <Waits t={t} one={one} data={data} /> },
    { name: t('recruitment.list.next'), cell: (one) => <Next t={t} one={one} data={data} /> },
    { name: t('recruitment.reference.all'), cell: (one) => <Counted t={t} count={one.references} /> },
  ]
}

function After({ t, data }: { t: T; data: Found }) {
  const count = (status: string) => data.after.find((one) => one.status === status)?.count ?? 0
  return (
    <p>
      {t('recruitment.after')}{' '}
      {(['active', 'paused', 'ended'] as const).map((status, index) => (
        <>
          {index > 0 ? ' · ' : null}
          <a href={`/volunteers?status=${status}`}>
            {t(`volunteers.status.${status}`)} {count(status)}
          </a>
        </>
      ))}
    </p>
  )
}
