// How did the risk go up and down, and what happened meanwhile?
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { LevelChart } from '../../ui/chart/levels.tsx'
import type { listAssessments } from './assessments.server.ts'
import { levels } from './risk.ts'

type RiskData = Awaited<ReturnType<(typeof listAssessments)['run']>>

/** What stands now of each assessment, over the incidents and over what was done. One assessment alone is no trend. */
export function Trend({ page }: { page: PageContext<RiskData> }) {
  const { t, data } = page
  const standing = data.assessments.filter((one) => one.state !== 'draft' && one.supersededAt === null)
  const events = [
    ...data.incidents.map(({ onDate, kind }) => ({ on: onDate, text: t(`cases.incident.kind.${kind}`), grave: true })),
    ...data.milestones.map(({ onDate, kind }) => ({
      ...{ on: onDate, text: t(`cases.chart.${kind}`) },
      grave: kind === 'danger' || kind === 'help',
    })),
  ]
  if (standing.length + events.length < 2 || standing.length === 0) return null
  const points = standing.map((one) => ({
    on: one.madeOn,
    value: levels.indexOf(one.level),
    text: `${t(`cases.risk.${one.level}`)}, ${t('cases.ground.countIs', { count: one.yesCount })}`,
  }))
  const [latest, first] = [points[0], points.at(-1)]
  const described = t('cases.chart.described', {
    count: points.length,
    first: first ? `${formatDate(first.on)} ${first.text}` : '',
    last: latest ? `${formatDate(latest.on)} ${latest.text}` : '',
    events: events.length,
  })
  return (
    <LevelChart
      id="risk-trend"
      title={t('cases.chart.title')}
      description={described}
      levels={levels.map((level) => t(`cases.chart.level.${level}`))}
      points={points}
      events={events}
      today={data.head.today}
      words={{
        ...{ day: t('cases.chart.day'), what: t('cases.chart.what'), table: t('cases.chart.table') },
        ...{ grave: t('cases.chart.grave'), other: t('cases.chart.other'), empty: t('cases.risk.noneYet') },
      }}
    />
  )
}
