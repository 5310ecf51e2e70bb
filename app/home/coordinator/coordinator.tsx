// How does the coordinator see the day: what waits, how the month goes, how the country stands?
import type { PageContext } from '../../core/page.tsx'
import { formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Figure } from '../../ui/figure.tsx'
import { Tasks } from '../../ui/tasks.tsx'
import { Nothing } from '../parts.tsx'
import type { CoordinatorFacts } from './coordinator.server.ts'
import { coordinatorTasks } from './coordinator-tasks.ts'
import { Coverage } from './coverage.tsx'
import type { MonthFigure } from './month.ts'

export function CoordinatorHome({ page }: { page: PageContext<CoordinatorFacts> }) {
  const { t, data } = page
  return (
    <div class="tv-columns">
      <div>
        <h1>{t('home.tab')}</h1>
        <Tasks tasks={coordinatorTasks(t, data)} empty={<Nothing t={t} />} />
        <h2>{t('home.month')}</h2>
        <ul class="tv-month">
          {data.month.map((figure) => (
            <li>
              <MonthWords t={t} figure={figure} />
            </li>
          ))}
        </ul>
        <p>
          <a href="/support/work">{t('support.work.open')}</a> · <a href="/outings/drills">{t('support.drill.tab')}</a>
        </p>
      </div>
      <div>
        <Coverage t={t} counties={data.coverage} />
        <p>
          <a href="/coverage">{t('evaluation.coverage.open')}</a>
        </p>
      </div>
    </div>
  )
}

function MonthWords({ t, figure: { id, value } }: { t: T; figure: MonthFigure }) {
  if (value === null) return <>{t('home.month.waitNone')}</>
  return (
    <Figure
      id={id}
      value={monthWords(t, { id, value })}
      definition={t(`home.month.meaning.${id}`)}
      href={`/month/${id}`}
    />
  )
}

/** "22 juhtumit toega"; the plural goes by the number as it is written. */
export function monthWords(t: T, { id, value }: { id: MonthFigure['id']; value: number }): string {
  const count = Number(value.toFixed(1))
  return t(`home.month.${id}`, { count, value: formatNumber(value) })
}
