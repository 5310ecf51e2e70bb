// Where do we lose people, and how long do we let them wait?
import { get } from '../../core/page.tsx'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { BarChart } from '../../ui/chart/bars.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { openRecruitmentFigures } from './figures.server.ts'
import type { StageFigures } from './figures.ts'

export const recruitmentFiguresPage = get(openRecruitmentFigures, {
  title: 'recruitment.figures.title',
  body: ({ t, data }) => {
    const empty = t('recruitment.figures.nobody')
    const lost = data.stages.map((one) => ({ name: placeName(t, one), value: one.no }))
    const came = data.weeks.map(({ monday, count }) => ({ name: formatDate(monday), value: count }))
    return (
      <>
        <BackLink href="/recruitment">{t('recruitment.title')}</BackLink>
        <h1>{t('recruitment.figures.title')}</h1>
        <p class="tv-lead">{t('recruitment.figures.lead', { date: formatDate(data.since) })}</p>
        <Table
          caption={t('recruitment.figures.title')}
          captionLook="hidden"
          columns={columns(t)}
          rows={data.stages}
          empty={<p>{empty}</p>}
        />
        <div class="tv-columns">
          <div>
            <BarChart
              title={t('recruitment.figures.lost')}
              kind={t('recruitment.list.place')}
              measure={t('recruitment.figures.no')}
              bars={lost}
              empty={empty}
            />
          </div>
          <div>
            <BarChart
              title={t('recruitment.figures.weeks')}
              kind={t('recruitment.figures.week')}
              measure={t('recruitment.reached.came')}
              bars={came}
              empty={empty}
            />
          </div>
        </div>
      </>
    )
  },
})

const placeName = (t: T, { place }: StageFigures) =>
  place === 'new' ? t('recruitment.place.new') : t(`volunteers.status.${place}`)

function columns(t: T): Column<StageFigures>[] {
  const counts = (['came', 'on', 'no', 'here'] as const).map((name) => ({
    name: t(`recruitment.figures.${name}`),
    number: true,
    cell: (one: StageFigures) => String(one[name]),
  }))
  const days = (one: StageFigures) => (one.days === null ? '–' : formatNumber(one.days))
  return [
    { name: t('recruitment.list.place'), head: true, cell: (one) => placeName(t, one) },
    ...counts,
    { name: t('recruitment.figures.days'), number: true, cell: days },
  ]
}
